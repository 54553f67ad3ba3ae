"""Text as a database takes it. Holds no rule of any form."""


def storable(text: str) -> str:
    """Without NULs and without halves of a character, which no database stores."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()
