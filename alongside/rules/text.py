"""Text as a database takes it and a page shows it. Holds no rule of any form."""

import re

# Marks that turn or embed what follows, so that a page reads otherwise than it is written. Scripts
# written from the right need none of them: their letters carry their own direction.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


# Marks that take no room: pasted along with words, or in their place. Within words they may mean
# something (a family of emoji is joined by one), so only a text of nothing else is no text.
UNSEEN = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u2060-\u2064\u2800\ufe0f\ufeff]*")


def storable(text: str) -> str:
    """Without NULs and halves of a character, which no database stores, and without `TURNING`.

    What shows nothing at all was not written: it is empty, and a form asks for it as for a blank.
    """
    kept = TURNING.sub("", text.replace("\x00", "")).encode("utf-8", "ignore").decode()
    return kept if kept.isspace() or not UNSEEN.fullmatch(kept) else ""
