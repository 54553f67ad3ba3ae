"""The cells of a list, as HTML. In Python and not in a template because a page has hundreds of them:

fifty rows took 87 ms as templates and 7 ms so (measured together), which was most of the page.
"""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from alongside.web.templatetags.icons import ICONS

NONE = "–"  # In a table a column needs it; on a narrow page the line is left out.
STATES = ("overdue", "soon", "met", "met_late", "restricted", "waiting", "info")
SHAPES = {
    name: f'<svg class="al-ico" viewBox="0 0 16 16" aria-hidden="true">{drawing}</svg>'
    for name, drawing in ICONS.items()
}
# A list of fifty has a hundred shapes of states: drawn once at the foot of the page, named in each row.
STATE_SHAPES = "<svg hidden>%s</svg>" % "".join(
    f'<symbol id="s-{name}" viewBox="0 0 16 16">{ICONS[name]}</symbol>' for name in STATES
)
MARKS = SHAPES | {
    name: f'<svg class="al-ico" aria-hidden="true"><use href="#s-{name}"/></svg>' for name in STATES
}
MARKS[""] = ""  # A line that is in no state has no shape.
# Whatever html.escape would change. Most words of a page have nothing of it.
MARKUP = re.compile("[&<>\"']").search


def rows_html(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[Mapping[str, Any]],
    tones: Mapping[str, str],
    words: Mapping[str, str],
) -> SafeString:
    """Every <tr>, under a heading of its own where a row names a group. A cell has text, url, second, state, tag, reasons [state, text]; the first is its header."""
    heads = [_head(column, is_first=n == 0) for n, column in enumerate(columns)]
    made = []
    for row in rows:
        cells = [
            _cell(cell, head, tones, words) for cell, head in zip(row["cells"], heads, strict=False)
        ]
        attribute = ' class="is-on"' if row.get("is_on") else ""
        made.append(f"{_group(row, len(columns))}<tr{attribute}>{''.join(cells)}</tr>\n")
    return mark_safe("".join(made))


def _group(row: Mapping[str, Any], width: int) -> str:
    if not row.get("group"):
        return ""
    name = text_html(row["group"])
    return f'<tr class="al-tab__group"><th scope="colgroup" colspan="{width}">{name}</th></tr>'


def _head(column: Mapping[str, Any], *, is_first: bool) -> tuple[str, str, str]:
    """How a cell of this column opens and closes, and one with nothing in it."""
    number = "is-number" if column.get("is_number") else ""
    tag = "th" if is_first else "td"
    opens = '<th scope="row"' if is_first else f'<td data-label="{text_html(column.get("label"))}"'
    classes = f' class="{number}"' if number else ""
    nothing = f'{opens} class="{f"{number} is-none".strip()}">{NONE}</{tag}>'
    return f"{opens}{classes}>", f"</{tag}>", nothing


def _cell(
    cell: Mapping[str, Any],
    head: tuple[str, str, str],
    tones: Mapping[str, str],
    words: Mapping[str, str],
) -> str:
    get = cell.get
    opens, closes, nothing = head
    second, state, reasons = get("second"), get("state") or "", get("reasons")
    if get("text") == NONE and not (second or state or reasons):
        return nothing
    text = text_html(get("text"))
    if get("tag"):
        text = f'<span class="al-st al-st--{state}">{MARKS[state]}{text or words.get(state, "")}</span>'
    else:
        if url := get("url"):
            text = f'<a href="{text_html(url)}">{text}</a>'
        if state:
            text = f'<span class="{tones.get(state, "")}">{MARKS[state]}{text}</span>'
    below = f"<br><small>{text_html(second)}</small>" if second else ""
    if not reasons:
        return f"{opens}{text}{below}{closes}"
    return f"{opens}{text}{below}{''.join([_reason(r, tones) for r in reasons])}{closes}"


def _reason(reason: Mapping[str, Any], tones: Mapping[str, str]) -> str:
    state, text = reason["state"], text_html(reason["text"])
    if not state:
        return f"<div>{text}</div>"
    return f'<div class="al-reason {tones.get(state, "")}">{MARKS[state]}{text}</div>'


def due_rows_html(
    rows: Iterable[Mapping[str, Any]], tones: Mapping[str, str], words: Mapping[str, str]
) -> SafeString:
    """Every <li> of what is due. A row has state, word, what, url, why, left, unit."""
    return mark_safe("".join([_due_row(row, tones, words) for row in rows]))


def _due_row(row: Mapping[str, Any], tones: Mapping[str, str], words: Mapping[str, str]) -> str:
    state, what = row["state"], text_html(row["what"])
    word = text_html(row.get("word")) or words.get(state, "")
    if row.get("url"):
        what = f'<a class="al-quiet" href="{text_html(row["url"])}">{what}</a>'
    else:
        what = f"<b>{what}</b>"
    unit = f"<small>{text_html(row['unit'])}</small>" if row.get("unit") else ""
    return (
        f'<li class="al-job"><div><span class="al-st al-st--{state}">{MARKS[state]}{word}</span></div>'
        f'<div class="al-job__what"><p>{what}</p><p class="al-job__why">{text_html(row.get("why"))}</p></div>'
        f'<p class="al-left {tones.get(state, "")}">{text_html(row.get("left"))}{unit}</p></li>'
    )


def text_html(value: object) -> str:
    """Escaped unless it is markup already: `conditional_escape`, which is slow by the hundred."""
    if type(value) is not str:
        if value is None:
            return ""
        if hasattr(value, "__html__"):
            return str(value.__html__())
        value = str(value)
    return html.escape(value) if MARKUP(value) else value
