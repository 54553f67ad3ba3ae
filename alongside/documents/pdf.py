"""A document as PDF/UA, and its pictures as PNG. Words go in as data: none can become markup."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import typst

from alongside.documents.blocks import Document, Picture, reworded
from alongside.documents.glyphs import FONTS, drawable, plain

TEMPLATE = Path(__file__).parent / "templates" / "document.typ"
NO_SHAPE = ("missing codepoints", "could not be displayed with font")
PICTURE = b'#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image(bytes(sys.inputs.svg), format: "svg", width: 15cm)'


@cache
def _fonts() -> typst.Fonts:
    """Our own typefaces only, so that every machine makes the same pages."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def as_pdf(document: Document) -> bytes:
    try:
        return _pdf(document, drawable)
    except typst.TypstError as problem:
        # Two signs side by side that no one face has both of, such as Ĥ and an Arabic comma.
        if not any(said in str(problem) for said in NO_SHAPE):
            raise
        return _pdf(document, plain)


def _pdf(document: Document, worded: Callable[[str], str]) -> bytes:
    return typst.compile(
        TEMPLATE.read_bytes(),
        sys_inputs=_inputs(document, worded),
        font_paths=_fonts(),
        format="pdf",
        pdf_standards=["ua-1"],
    )


def as_images(document: Document, *, ppi: float = 80) -> list[bytes]:
    """Each page as a picture, to look at."""
    made = typst.compile(
        TEMPLATE.read_bytes(),
        sys_inputs=_inputs(document),
        font_paths=_fonts(),
        format="png",
        ppi=ppi,
    )
    return made if isinstance(made, list) else [made]


def as_png(picture: Picture) -> bytes:
    """A picture for where SVG is not read."""
    return typst.compile(
        PICTURE,
        sys_inputs={"svg": drawable(picture.svg)},
        font_paths=_fonts(),
        format="png",
        ppi=200,
    )


def _inputs(document: Document, worded: Callable[[str], str] = drawable) -> dict[str, str]:
    drawn = reworded(document, worded)
    data: dict[str, Any] = drawn.as_data() | {"replaced": ""}
    for section in data["sections"]:
        for part in section["blocks"]:
            if part["kind"] == "picture":
                part["svg"], part["alt"] = worded(part["svg"]), worded(part["alt"])
    if drawn != document:
        data["replaced"] = (
            "Words in square brackets stand for signs that cannot be printed here. "
            f"{document.whole_in} shows them as they were written."
        )
    return {
        "document": json.dumps(data, ensure_ascii=False),
        "families": json.dumps(_fonts().families()),
    }
