"""One line of the chronology as a screen, a printed page and a spreadsheet show it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone

from alongside.core.handling import InformationClass
from alongside.people.models import EntryKind
from alongside.people.queries.chronology import OPENING, Line

# Said beside a line when it is not what everybody on the case reads.
NOT_ORDINARY = {
    InformationClass.HEALTH_AND_SEND: "Health and SEND",
    InformationClass.SAFEGUARDING: "Safeguarding: restricted",
    InformationClass.FAMILY: "Family-confidential: not for the school",
    InformationClass.CHALLENGE: "Challenge: restricted",
}


def restricted_words(ask: str) -> str:
    return f"Restricted entry. To know more, ask {ask}."


def words_of_presence(line: Line, ask: str) -> str:
    """A note for named people says whom to ask; what is restricted by its class, the DSL."""
    if line.ask:
        return f"A note for named people only. To know more, ask {line.ask}."
    return restricted_words(ask)


def opening(text: str) -> str:
    """The beginning of a long note, ended at a word."""
    if len(text) <= OPENING:
        return text
    return f"{text[:OPENING].rsplit(maxsplit=1)[0]} …"


def _class_note(line: Line) -> str:
    parts = NOT_ORDINARY.get(line.information_class, ""), line.for_whom
    return ". ".join(filter(None, parts))


def line_shown(
    line: Line,
    *,
    ask: str,
    may_write: bool,
    is_whole: bool = True,
    closed: frozenset[str] = frozenset(),
) -> dict[str, object]:
    """What `chronology_lines` prints of one line. A list that is not whole shows how a note begins.

    `closed` are addresses closed to the reader.
    """
    entry = line.entry
    if entry is None:
        return {"on": line.on, "is_restricted": True, "text": words_of_presence(line, ask)}
    begins = "" if is_whole else entry.begins
    said = entry.detail if is_whole else opening(begins)
    is_cut = len(begins) > OPENING
    at = timezone.localtime(entry.occurred_at)
    return {
        "on": line.on,
        "time": "" if (at.hour, at.minute) == (12, 0) else entry.occurred_at,
        "icon": line.icon,
        "kind": EntryKind(entry.kind).label,
        "text": entry.summary,
        "url": "" if entry.url in closed else entry.url,
        "detail": said,
        "is_open": is_whole,
        "whole_url": f"/pupils/{entry.pupil_id}/chronology/{entry.pk}/" if is_cut else "",
        "by": entry.author,
        "late": line.recorded_late,
        "is_shared": entry.is_shared,
        "class_note": _class_note(line),
        "corrections": [
            {"text": c.summary, "by": c.author, "at": c.created_at} for c in line.corrections
        ],
        "correct_url": f"/pupils/{entry.pupil_id}/chronology/{entry.pk}/correct/"
        if may_write
        else "",
    }


def on_paper(
    lines: list[dict[str, Any]], clean: Callable[[Iterable[str]], list[str]]
) -> list[dict[str, Any]]:
    """Lines as they are printed: what must not leave is taken out of all their words at once.

    Paper has no links, and a reader of it none that refuse.
    """
    texts = {line.get(part) or "" for line in lines for part in ("text", "detail")}
    texts |= {c["text"] for line in lines for c in line.get("corrections", ())}
    cleaned = dict(zip(texts, clean(texts), strict=True))
    return [
        line
        | {"url": ""}
        | {part: cleaned[line[part]] for part in ("text", "detail") if line.get(part)}
        | {"corrections": [c | {"text": cleaned[c["text"]]} for c in line.get("corrections", ())]}
        for line in lines
    ]


def lately_shown(lines: list[Line], ask: str, closed: frozenset[str]) -> list[dict[str, object]]:
    """The variables of components/lately.html."""
    return [
        {
            "on": line.on,
            "icon": line.icon,
            "text": line.entry.summary if line.entry else "",
            "url": line.entry.url if line.entry and line.entry.url not in closed else "",
            "note": _short_note(line),
            "is_restricted": line.entry is None,
            "ask": f"To know more, ask {line.ask or ask}.",
        }
        for line in lines
    ]


def csv_row(line: Line, ask: str) -> list[object]:
    entry = line.entry
    if entry is None:
        words = words_of_presence(line, ask)
        return [line.on, "", "", words, "", "", line.for_whom, "", "", "", ""]
    return [
        line.on,  # As in every file: a spreadsheet takes 2026-03-01 for one day whatever its country.
        f"{timezone.localtime(entry.occurred_at):%H:%M}",
        EntryKind(entry.kind).label,
        entry.summary,
        entry.detail,
        line.information_class.label,
        line.for_whom,
        "Yes" if entry.is_shared else "No",
        entry.author,
        f"{timezone.localtime(entry.created_at):%Y-%m-%d %H:%M}",
        " / ".join(f"{c.summary} ({c.author})" for c in line.corrections),
    ]


def _short_note(line: Line) -> str:
    if line.entry is None:
        return ""
    if note := _class_note(line):
        return note
    return "Shared with school" if line.entry.is_shared else line.entry.author
