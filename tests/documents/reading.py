"""Reads the words out of a PDF as a screen reader does: text given for a shape before the shape."""

import re
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

type Letters = dict[bytes, str]


def words_in(pdf: bytes) -> str:
    """Every letter, page by page, in the order written; without spaces, which a PDF may only imply."""
    reader = PdfReader(BytesIO(pdf))
    return re.sub(r"\s", "", "".join(_page(page) for page in reader.pages))


def _page(page: PageObject) -> str:
    fonts = {
        name: _letters(font.get_object()["/ToUnicode"].get_data())
        for name, font in page["/Resources"]["/Font"].items()  # type: ignore[union-attr,index]
    }
    said: list[str] = []
    spans: list[bool] = []  # Whether each open span says itself what its shapes mean.
    font: Letters = {}
    for values, operator in ContentStream(page["/Contents"].get_object(), page.pdf).operations:
        if operator == b"Tf":
            font = fonts[values[0]]
        elif operator in (b"BDC", b"BMC"):
            given = values[1].get("/ActualText") if len(values) > 1 else None
            said += [] if given is None else [str(given)]
            spans.append(given is not None)
        elif operator == b"EMC":
            spans.pop()
        elif operator in (b"Tj", b"TJ") and not any(spans):
            shown = values[0] if operator == b"TJ" else values
            said += [_spelt(piece, font) for piece in shown if isinstance(piece, bytes | str)]
    return "".join(said)


def _spelt(piece: bytes | str, font: Letters) -> str:
    raw = piece if isinstance(piece, bytes) else piece.original_bytes  # type: ignore[attr-defined]
    return "".join(font.get(raw[at : at + 2], "") for at in range(0, len(raw), 2))


def _letters(table: bytes) -> Letters:
    """A font's table from shapes to letters."""
    found: Letters = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for shape, letters in re.findall(rb"<(\w+)>\s*<(\w*)>", block):
            text = bytes.fromhex(letters.decode()).decode("utf-16-be")
            found[bytes.fromhex(shape.decode())] = text
    return found
