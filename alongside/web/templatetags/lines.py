"""The lines of a chronology, as HTML. In Python for the same reason as the cells of a list (ADR 0009)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe

from alongside.web.templatetags.cells import SHAPES
from alongside.web.templatetags.cells import text_html as esc

type Line = Mapping[str, Any]
type Spoken = Callable[[Any], str]

SHARED = f'<span class="al-st al-st--info">{SHAPES["info"]}Shared with school</span>'


def lines_html(lines: Sequence[Line], day: Spoken, clock: Spoken) -> SafeString:
    """<li> for each of web.pupils.lines.line_shown; `day` and `clock` say a date and a time."""
    return mark_safe("".join([_line(line, day, clock) for line in lines]))


def _line(line: Line, day: Spoken, clock: Spoken) -> str:
    at = f"<br>{esc(clock(line['time']))}" if line.get("time") else ""
    when = f'<time datetime="{line["on"].isoformat()}">{esc(day(line["on"]))}</time>{at}'
    told = _restricted(line) if line.get("is_restricted") else _told(line, day, clock)
    return f'<li class="al-event"><div class="al-meta">{when}</div>{told}</li>'


def _restricted(line: Line) -> str:
    said = f"{SHAPES['restricted']}<span>{esc(line['text'])}</span>"
    return f'<div><p class="al-restricted">{said}</p></div>'


def _told(line: Line, day: Spoken, clock: Spoken) -> str:
    text = esc(line["text"])
    if line["url"]:
        text = f'<a href="{esc(line["url"])}">{text}</a>'
    return (
        f'<div><p><span class="t-teal">{SHAPES[line["icon"]]}</span>'
        f"{_kind(line)} {text}</p>"
        f"{_more(line)}{_addenda(line['corrections'], day, clock)}"
        f'<p class="al-meta">{esc(line["by"])}{esc(_notes(line, day, clock))}</p></div>'
        f'<div class="al-meta">{SHARED if line["is_shared"] else ""}{_correct(line)}</div>'
    )


def _kind(line: Line) -> str:
    """What sort of line it is, unless its words begin with that: “Daily log: 1 of 2 targets met”."""
    if line["text"].startswith(line["kind"]):
        return ""
    return f' <span class="al-meta">{esc(line["kind"])}.</span>'


def _more(line: Line) -> str:
    """Folded on a screen, with a way to the whole of a long note; open where all is printed."""
    if not line["detail"]:
        return ""
    said = linebreaks(line["detail"], autoescape=True)
    if line.get("is_open"):
        return f'<div class="al-more al-prose">{said}</div>'
    whole = ""
    if line.get("whole_url"):
        whole = (
            f'<p><a href="{esc(line["whole_url"])}">Read all of it'
            f'<span class="govuk-visually-hidden">: {esc(line["text"])}</span></a></p>'
        )
    return f'<details class="al-more"><summary>More</summary>{said}{whole}</details>'


def _addenda(corrections: Sequence[Line], day: Spoken, clock: Spoken) -> str:
    return "".join(
        f'<p class="al-note al-note--act">{SHAPES["edit"]}<span>{esc(c["text"])}'
        f' <span class="al-meta">{esc(c["by"])}, {esc(day(c["at"]))} {esc(clock(c["at"]))}</span>'
        "</span></p>"
        for c in corrections
    )


def _notes(line: Line, day: Spoken, clock: Spoken) -> str:
    late = line["late"]
    parts = [f"Recorded later: {day(late)} at {clock(late)}"] if late else []
    parts += [line["class_note"]] if line["class_note"] else []
    return "".join(f". {part}" for part in parts)


def _correct(line: Line) -> str:
    if not line["correct_url"]:
        return ""
    return (
        f' <a href="{esc(line["correct_url"])}">Correct'
        f'<span class="govuk-visually-hidden">: {esc(line["text"])}</span></a>'
    )
