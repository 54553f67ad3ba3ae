"""A document as PDF/UA, and its pictures as PNG. Words go in as data: none can become markup."""

import json
from functools import cache
from pathlib import Path

import typst

from alongside.documents.blocks import Document, Picture

HERE = Path(__file__).parent
TEMPLATE = HERE / "templates" / "document.typ"
PICTURE = b'#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image(bytes(sys.inputs.svg), format: "svg", width: 15cm)'


@cache
def _fonts() -> typst.Fonts:
    """Our own typeface only, so that every machine makes the same pages."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(HERE / "fonts")])


def as_pdf(document: Document) -> bytes:
    return typst.compile(
        TEMPLATE.read_bytes(),
        sys_inputs={"document": json.dumps(document.as_data(), ensure_ascii=False)},
        font_paths=_fonts(),
        format="pdf",
        pdf_standards=["ua-1"],
    )


def as_images(document: Document, *, ppi: float = 80) -> list[bytes]:
    """Each page as a picture, to look at."""
    made = typst.compile(
        TEMPLATE.read_bytes(),
        sys_inputs={"document": json.dumps(document.as_data(), ensure_ascii=False)},
        font_paths=_fonts(),
        format="png",
        ppi=ppi,
    )
    return made if isinstance(made, list) else [made]


def as_png(picture: Picture) -> bytes:
    """A picture for where SVG is not read."""
    return typst.compile(
        PICTURE, sys_inputs={"svg": picture.svg}, font_paths=_fonts(), format="png", ppi=200
    )
