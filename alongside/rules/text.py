"""Text as a database takes it and a page shows it. Holds no rule of any form."""

import re

# Marks that turn or embed what follows, so that a page reads otherwise than it is written. Scripts
# written from the right need none of them: their letters carry their own direction.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def storable(text: str) -> str:
    """Without NULs and halves of a character, which no database stores, and without `TURNING`."""
    return TURNING.sub("", text.replace("\x00", "")).encode("utf-8", "ignore").decode()
