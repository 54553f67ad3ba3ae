"""A small picture, whole and of nothing, for what the tests hand in."""

import io

from PIL import Image


def picture(kind: str, side: int = 3) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (side, side), "white").save(made, kind)
    return made.getvalue()


PNG = picture("PNG")
