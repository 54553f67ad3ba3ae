"""Makes the Word template from nothing: run `python -m alongside.documents.word_template`."""

from docx import Document as new_document
from docx.shared import Pt, RGBColor

from alongside.documents.word import TEMPLATE

TEAL, SOFT = RGBColor(0x0B, 0x5D, 0x5E), RGBColor(0x4A, 0x59, 0x63)


def make() -> None:
    word = new_document()
    word.styles["Normal"].font.name = "Atkinson Hyperlegible Next"
    word.styles["Normal"].font.size = Pt(10.5)
    for name, size in (("Heading 1", 19), ("Heading 2", 13)):
        font = word.styles[name].font
        font.name, font.size, font.color.rgb = "Atkinson Hyperlegible Next", Pt(size), TEAL
    word.add_heading("{{ doc.title }}", level=1)
    word.add_paragraph("{{ doc.second }}").runs[0].font.color.rgb = SOFT
    word.add_paragraph("{{ doc.note }}", style="Intense Quote")
    facts = word.add_table(rows=3, cols=2)
    facts.rows[0].cells[0].text = "{%tr for label, value in doc.facts %}"
    facts.rows[1].cells[0].paragraphs[0].add_run("{{ label }}").bold = True
    facts.rows[1].cells[1].text = "{{ value }}"
    facts.rows[2].cells[0].text = "{%tr endfor %}"
    word.add_paragraph("{%p for section in doc.sections %}")
    word.add_heading("{{ section.title }}", level=2)
    word.add_paragraph("{%p for part in section.blocks %}")
    _parts(word)
    word.add_paragraph("{%p endfor %}")
    word.add_paragraph("{%p endfor %}")
    word.sections[0].footer.paragraphs[0].text = "{{ doc.foot }}"
    word.save(str(TEMPLATE))


def _parts(word: object) -> None:
    add = word.add_paragraph  # type: ignore[attr-defined]
    add("{%p if part.kind == 'paragraph' %}")
    add("{{ part.text }}")
    add("{%p elif part.kind == 'quote' %}")
    add("“{{ part.text }}”", style="Intense Quote")
    add("{{ part.who }}").runs[0].font.color.rgb = SOFT
    add("{%p elif part.kind == 'bullets' %}")
    add("{%p for item in part['items'] %}")
    add("{{ item }}", style="List Bullet")
    add("{%p endfor %}")
    add("{%p elif part.kind == 'picture' %}")
    add("{{ part.image }}")
    add("{%p elif part.kind == 'table' %}")
    table = word.add_table(rows=4, cols=3)  # type: ignore[attr-defined]
    table.style = "Light List Accent 1"
    cells = table.rows[0].cells
    cells[0].text, cells[2].text = "{%tc for name in part.head %}", "{%tc endfor %}"
    cells[1].paragraphs[0].add_run("{{ name }}").bold = True
    table.rows[1].cells[0].text = "{%tr for row in part.rows %}"
    cells = table.rows[2].cells
    cells[0].text, cells[1].text, cells[2].text = (
        "{%tc for cell in row %}",
        "{{ cell }}",
        "{%tc endfor %}",
    )
    table.rows[3].cells[0].text = "{%tr endfor %}"
    add("{%p endif %}")


if __name__ == "__main__":
    make()
