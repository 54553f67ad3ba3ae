"""The lines of a chronology, as HTML. In Python for the same reason as the cells of a list (ADR 0009)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe

from alongside.web.templatetags.cells import SHAPES

EMPTY = SafeString("")

type Line = Mapping[str, Any]
type Spoken = Callable[[Any], str]


def lines_html(lines: Sequence[Line], day: Spoken, clock: Spoken) -> SafeString:
    """<li> for each of web.pupils.lines.line_shown; `day` and `clock` say a date and a time."""
    return mark_safe("".join(_line(line, day, clock) for line in lines))


def _line(line: Line, day: Spoken, clock: Spoken) -> str:
    at = format_html("<br>{}", clock(line["time"])) if line.get("time") else EMPTY
    when = format_html(
        '<time datetime="{}">{}</time>{}', line["on"].isoformat(), day(line["on"]), at
    )
    told = _restricted(line) if line.get("is_restricted") else _told(line, day, clock)
    return format_html('<li class="al-event"><div class="al-meta">{}</div>{}</li>', when, told)


def _restricted(line: Line) -> SafeString:
    shape = mark_safe(SHAPES["restricted"])
    return format_html(
        '<div><p class="al-restricted">{}<span>{}</span></p></div>', shape, line["text"]
    )


def _told(line: Line, day: Spoken, clock: Spoken) -> SafeString:
    text = line["text"]
    return format_html(
        '<div><p><span class="t-teal">{}</span> <span class="al-meta">{}.</span> {}</p>{}{}'
        '<p class="al-meta">{}{}</p></div><div class="al-meta">{}{}</div>',
        mark_safe(SHAPES[line["icon"]]),
        line["kind"],
        format_html('<a href="{}">{}</a>', line["url"], text) if line["url"] else text,
        _more(line),
        _addenda(line["corrections"], day, clock),
        line["by"],
        _notes(line, day, clock),
        SHARED if line["is_shared"] else EMPTY,
        _correct(line),
    )


SHARED = format_html(
    '<span class="al-st al-st--info">{}Shared with school</span>', mark_safe(SHAPES["info"])
)


def _more(line: Line) -> SafeString:
    """Folded on a screen, with a way to the whole of a long note; open where all is printed."""
    if not line["detail"]:
        return EMPTY
    said = mark_safe(linebreaks(line["detail"], autoescape=True))
    if line.get("is_open"):
        return format_html('<div class="al-more al-prose">{}</div>', said)
    whole = EMPTY
    if line.get("whole_url"):
        whole = format_html(
            '<p><a href="{}">Read all of it<span class="govuk-visually-hidden">: {}</span></a></p>',
            line["whole_url"],
            line["text"],
        )
    return format_html(
        '<details class="al-more"><summary>More</summary>{}{}</details>', said, whole
    )


def _addenda(corrections: Sequence[Line], day: Spoken, clock: Spoken) -> SafeString:
    return format_html_join(
        "",
        '<p class="al-note al-note--act">{}<span>{} <span class="al-meta">{}, {} {}</span></span></p>',
        (
            (mark_safe(SHAPES["edit"]), c["text"], c["by"], day(c["at"]), clock(c["at"]))
            for c in corrections
        ),
    )


def _notes(line: Line, day: Spoken, clock: Spoken) -> str:
    late = line["late"]
    parts = [f"Recorded later: {day(late)} at {clock(late)}"] if late else []
    parts += [line["class_note"]] if line["class_note"] else []
    return "".join(f". {part}" for part in parts)


def _correct(line: Line) -> SafeString:
    if not line["correct_url"]:
        return EMPTY
    return format_html(
        ' <a href="{}">Correct<span class="govuk-visually-hidden">: {}</span></a>',
        line["correct_url"],
        line["text"],
    )
