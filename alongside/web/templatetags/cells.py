"""The cells of a list, as HTML. In Python and not in a template because a page has hundreds of them:

fifty rows took 87 ms as templates and 7 ms so (measured together), which was most of the page.
"""

import html
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from alongside.web.templatetags.icons import ICONS

SHAPES = {
    name: f'<svg class="al-ico" viewBox="0 0 16 16" aria-hidden="true">{drawing}</svg>'
    for name, drawing in ICONS.items()
}


def row_html(
    row: Mapping[str, Any],
    columns: Sequence[Mapping[str, Any]],
    tones: Mapping[str, str],
    words: Mapping[str, str],
) -> SafeString:
    """One <tr>, under a heading of its own where `row` names a group. A cell has text, url, second, state, tag, reasons [state, text]; the first is its header."""
    cells = [
        _cell(cell, column, is_first=n == 0, tones=tones, words=words)
        for n, (cell, column) in enumerate(zip(row["cells"], columns, strict=False))
    ]
    attribute = ' class="is-on"' if row.get("is_on") else ""
    return mark_safe(f"{_group(row, len(columns))}<tr{attribute}>{''.join(cells)}</tr>")


def _group(row: Mapping[str, Any], width: int) -> str:
    if not row.get("group"):
        return ""
    name = text_html(row["group"])
    return f'<tr class="al-tab__group"><th scope="colgroup" colspan="{width}">{name}</th></tr>'


def _cell(
    cell: Mapping[str, Any],
    column: Mapping[str, Any],
    *,
    is_first: bool,
    tones: Mapping[str, str],
    words: Mapping[str, str],
) -> str:
    head = 'th scope="row"' if is_first else f'td data-label="{text_html(column.get("label"))}"'
    if column.get("is_number"):
        head += ' class="is-number"'
    parts = [f"<{head}>", _first_line(cell, tones, words)]
    if cell.get("second"):
        parts.append(f'<br><span class="al-meta">{text_html(cell["second"])}</span>')
    for reason in cell.get("reasons") or ():
        state = str(reason["state"])
        parts.append(
            f'<div class="al-reason {tones.get(state, "")}">{SHAPES[state]}'
            f"<span>{text_html(reason['text'])}</span></div>"
        )
    parts.append("</th>" if is_first else "</td>")
    return "".join(parts)


def _first_line(cell: Mapping[str, Any], tones: Mapping[str, str], words: Mapping[str, str]) -> str:
    state, text = str(cell.get("state") or ""), text_html(cell.get("text"))
    if cell.get("tag"):
        return f'<span class="al-st al-st--{state}">{SHAPES[state]}{text or words.get(state, "")}</span>'
    if cell.get("url"):
        text = f'<a href="{text_html(cell["url"])}">{text}</a>'
    if state:
        return f'<span class="{tones.get(state, "")} al-nowrap">{SHAPES[state]}{text}</span>'
    return text


def text_html(value: object) -> str:
    """Escaped unless it is markup already: `conditional_escape`, which is slow by the hundred."""
    if value is None:
        return ""
    if hasattr(value, "__html__"):
        return str(value.__html__())
    return html.escape(str(value))
