"""One line of the chronology as a screen, a printed page and a spreadsheet show it."""

from django.utils import timezone

from alongside.core.handling import InformationClass
from alongside.people.models import EntryKind
from alongside.people.queries.chronology import Line

# Said beside a line when it is not what everybody on the case reads.
NOT_ORDINARY = {
    InformationClass.HEALTH_AND_SEND: "Health and SEND",
    InformationClass.SAFEGUARDING: "Safeguarding: restricted",
    InformationClass.FAMILY: "Family-confidential: not for the school",
    InformationClass.CHALLENGE: "Challenge: restricted",
}


def restricted_words(ask: str) -> str:
    return f"Restricted entry. To know more, ask {ask}."


def line_shown(
    line: Line, *, ask: str, may_write: bool, closed: frozenset[str] = frozenset()
) -> dict[str, object]:
    """What `chronology_lines` prints of one line. `closed` are addresses closed to the reader."""
    entry = line.entry
    if entry is None:
        return {"on": line.on, "is_restricted": True, "text": restricted_words(ask)}
    at = timezone.localtime(entry.occurred_at)
    return {
        "on": line.on,
        "time": "" if (at.hour, at.minute) == (12, 0) else entry.occurred_at,
        "icon": line.icon,
        "kind": EntryKind(entry.kind).label,
        "text": entry.summary,
        "url": "" if entry.url in closed else entry.url,
        "detail": entry.detail,
        "by": entry.author,
        "late": line.recorded_late,
        "is_shared": entry.is_shared,
        "class_note": NOT_ORDINARY.get(line.information_class, ""),
        "corrections": [
            {"text": c.summary, "by": c.author, "at": c.created_at} for c in line.corrections
        ],
        "correct_url": f"/pupils/{entry.pupil_id}/chronology/{entry.pk}/correct/"
        if may_write
        else "",
    }


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
            "ask": f"To know more, ask {ask}.",
        }
        for line in lines
    ]


def csv_row(line: Line, ask: str) -> list[object]:
    entry = line.entry
    if entry is None:
        return [f"{line.on:%d/%m/%Y}", "", "", restricted_words(ask), "", "", "", "", "", ""]
    return [
        f"{line.on:%d/%m/%Y}",
        f"{timezone.localtime(entry.occurred_at):%H:%M}",
        EntryKind(entry.kind).label,
        entry.summary,
        entry.detail,
        line.information_class.label,
        "Yes" if entry.is_shared else "No",
        entry.author,
        f"{timezone.localtime(entry.created_at):%d/%m/%Y %H:%M}",
        " / ".join(f"{c.summary} ({c.author})" for c in line.corrections),
    ]


def _short_note(line: Line) -> str:
    if line.entry is None:
        return ""
    if line.information_class in NOT_ORDINARY:
        return NOT_ORDINARY[line.information_class]
    return "Shared with school" if line.entry.is_shared else line.entry.author
