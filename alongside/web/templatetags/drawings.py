"""What pictures repeat by the dozen, as HTML. In Python for the same reason as the cells of a list (ADR 0009)."""

from collections.abc import Iterable
from typing import Any

from alongside.web.templatetags.cells import text_html

IS_DUE = (
    '<circle cx="15" cy="57" r="6" fill="#fff" stroke="#7a4a00" stroke-width="2"/>'
    '<path d="M15 51a6 6 0 0 1 0 12z" fill="#7a4a00"/>'
)


def words_html(text: Any, size: int) -> str:
    """Words at their place (web.charts.base.Text)."""
    more = f' text-anchor="{text.anchor}"' if text.anchor != "start" else ""
    more += f' font-weight="{text.weight}"' if text.weight != 400 else ""
    more += f' class="{text.tone}"' if text.tone else ""
    start = f'<text x="{text.x}" y="{text.y}" font-size="{size}"{more}>'
    return f"{start}{text_html(text.words)}</text>"


def shapes_html(chart: Any) -> str:
    """The shades, boxes, lines, diamonds and points of a timeline (web.charts.timeline.Timeline)."""
    drawn, shade = chart.canvas, f"url(#{chart.id}-h)"
    shades = [f'{_box(b)} fill="{shade}"/>' for b in chart.shades]
    boxes = [f'{_box(b)} rx="2" fill="{b.fill}">{_note(b)}</rect>' for b in drawn.boxes]
    strokes = [
        f'<path d="{s.path}" fill="none" stroke="{s.colour}" stroke-width="{s.width}"{_dashes(s)}/>'
        for s in drawn.strokes
    ]
    diamonds = [
        f'<path d="{path}" fill="{fill}" stroke="#0b5d5e" stroke-width="1.8"/>'
        for path, fill in drawn.diamonds
    ]
    dots = [f'<circle cx="{d.x}" cy="{d.y}" r="3.5" fill="{d.colour}"/>' for d in drawn.dots]
    return "".join([*shades, *boxes, *strokes, *diamonds, *dots])


def _box(box: Any) -> str:
    return f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}"'


def _note(box: Any) -> str:
    return f"<title>{text_html(box.note)}</title>" if box.note else ""


def _dashes(stroke: Any) -> str:
    return f' stroke-dasharray="{stroke.dashes}"' if stroke.dashes != "none" else ""


def figures_html(table: Any) -> str:
    """Head and rows of the table beneath a picture (web.charts.base.Table)."""
    head = "".join([f'<th scope="col">{text_html(name)}</th>' for name in table.head])
    rows = "".join([_figures(row) for row in table.rows])
    return f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"


def _figures(row: Iterable[object]) -> str:
    first, *others = [text_html(cell) for cell in row]
    cells = "".join([f"<td>{cell}</td>" for cell in others])
    return f'<tr><th scope="row">{first}</th>{cells}</tr>'


def days_html(days: Iterable[Any]) -> str:
    """Each day of two weeks (web.charts.weeks.DayBox): its box, visits, words and what is due."""
    return "".join([_day(day) for day in days])


def _day(day: Any) -> str:
    paint = (
        'fill="#e3efec" stroke="#0b5d5e" stroke-width="1.5"'
        if day.is_today
        else 'fill="#fff" stroke="#d5dbd8"'
    )
    parts = [
        f'<rect x="{day.x}" y="1" width="{day.width}" height="68" rx="5" {paint}/>',
        words_html(day.name, 15),
    ]
    colour = "#8fbdb7" if day.is_past else "#0b5d5e"
    for x in day.marks:
        parts.append(f'<rect x="{x}" y="31" width="12" height="9" rx="2" fill="{colour}"/>')
    if day.note:
        parts.append(words_html(day.note, 14))
    if day.due:
        parts.append(f'<g transform="translate({day.x} 0)">{IS_DUE}</g>{words_html(day.due, 14)}')
    return "".join(parts)
