"""One sheet of paper as a PDF, for what a school hands in: written by hand, so that it costs nothing."""

WORDS = "Everything on this sheet is invented."
SHOWN = f"BT /F1 16 Tf 40 140 Td ({WORDS}) Tj ET"
FONT = "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
OBJECTS = (
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 200]/Contents 4 0 R/Resources{FONT}>>",
    f"<</Length {len(SHOWN)}>>stream\n{SHOWN}\nendstream",
)


def sheet() -> bytes:
    """Whole, with its table of where each object begins: readers that are strict open it too."""
    content, starts = "%PDF-1.4\n", []
    for number, body in enumerate(OBJECTS, 1):
        starts.append(len(content))
        content += f"{number} 0 obj{body}endobj\n"
    places = "".join(f"{at:010} 00000 n \n" for at in starts)
    count = len(OBJECTS) + 1
    return (
        f"{content}xref\n0 {count}\n0000000000 65535 f \n{places}"
        f"trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{len(content)}\n%%EOF\n"
    ).encode()


PAPER = sheet()
