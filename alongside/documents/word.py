"""A document as Word. Its template is a Word file that a person can restyle; words are escaped."""

import io
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage

from alongside.documents.blocks import Document, Picture, reworded
from alongside.documents.pdf import as_png

TEMPLATE = Path(__file__).parent / "templates" / "document.docx"

NOT_WRITTEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # By XML 1.0.


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def as_word(document: Document) -> bytes:
    word = DocxTemplate(io.BytesIO(_template()))
    data = reworded(document, _writable).as_data()
    pictures: list[Picture] = []
    for section, drawn in zip(document.sections, data["sections"], strict=True):
        for part, values in zip(section.blocks, drawn["blocks"], strict=True):
            if isinstance(part, Picture):
                image = io.BytesIO(as_png(part))
                values["image"] = InlineImage(word, image, width=Cm(16 * part.width / 100))
                pictures.append(part)
    word.render({"doc": data}, autoescape=True)
    for shape, picture in zip(word.docx.inline_shapes, pictures, strict=True):
        shape._inline.docPr.set("descr", _writable(picture.alt))
    properties = word.docx.core_properties
    properties.title = _writable(document.title)
    properties.author, properties.language = "Alongside", "en-GB"
    properties.comments, properties.last_modified_by = "", "Alongside"
    properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)
    _without_thumbnail(word)
    made = io.BytesIO()
    word.save(made)
    return made.getvalue()


def _without_thumbnail(word: DocxTemplate) -> None:
    """The picture of the template's first page is not a picture of this one."""
    parts = word.docx.part.package.rels
    for key in [key for key, rel in parts.items() if rel.reltype.endswith("/thumbnail")]:
        del parts[key]


def _writable(text: str) -> str:
    """Word holds every letter; only signs that no XML may hold are left out."""
    return NOT_WRITTEN.sub("", text)
