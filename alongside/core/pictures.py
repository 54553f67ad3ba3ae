"""Whether a picture that is handed in can be opened. Keeps nothing and changes nothing of it."""

import io

from PIL import Image

from alongside.core.decisions import Problem

MOST_PIXELS = 80_000_000  # More than a camera's, and few enough to be looked through at once.


def must_open(name: str, content: bytes, kind: str) -> None:
    """Raises `Problem` when these bytes are no whole picture of this kind, PNG or JPEG."""
    try:
        with Image.open(io.BytesIO(content), formats=(kind,)) as picture:
            _must_be_of_a_size(name, picture)
            if kind == "PNG":
                picture.verify()  # Every part by its own checksum; nothing is unpacked.
            else:
                picture.draft("L", (1, 1))  # Read to its end, an eighth as wide and as high.
                picture.load()
    except Problem:
        raise
    except Exception as error:  # Pillow raises whatever its parts raise on a broken picture.
        raise Problem(
            f"{name} is not a whole picture. Save it or take it again, and choose it anew."
        ) from error


def _must_be_of_a_size(name: str, picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        most = MOST_PIXELS // 1_000_000
        raise Problem(f"{name} has more than {most} million points. Save it smaller.")
