"""The rows of the caseload: the child, how pressing and why, the last contact and what comes next."""

from datetime import date
from typing import Any

from alongside.cases.models import Case, CaseState
from alongside.core.actor import Actor
from alongside.duties import standards
from alongside.duties.caseload import Chosen, Row
from alongside.duties.needs import label_of
from alongside.duties.priority import SAFEGUARDING, Standing, standing_of
from alongside.rules.dates import short_weekday
from alongside.web.downloads import Cells

# How each priority is shown: a shape, a colour and always the word.
LOOKS = {"VERY_HIGH": "overdue", "HIGH": "soon", "MEDIUM": "waiting", "LOW": "met"}
SHOWN_FACTS = 2
# Of a column's width, in tens of pixels at a desk; nothing where there is no such column.
ROOM = (16, 12, 16, 12, 12, 17, 12, 0)
NARROWER = (15, 11, 14, 11, 12, 14, 11, 9)  # With what to do in each row beside them.


def contact_label(actor: Actor) -> str:
    """A school counts what is shared with it, and is told that this is not the whole."""
    return "Last contact" if actor.reads_work else "Last contact shared with you"


def columns_of(actor: Actor, chosen: Chosen, sees_priority: bool) -> list[tuple[str, str, int]]:
    """Label, what a click on it sorts by, and its share of the width."""
    room = NARROWER if chosen.view == "unseen" else ROOM
    columns = [
        ("Pupil", "name"),
        ("Priority", "priority"),
        ("Why here", ""),
        ("Stage" if chosen.view == "mine" else "Stage and lead", ""),
        (contact_label(actor), ""),
        ("Next", ""),
        ("Next review", "review"),
        ("Act", ""),
    ]
    return [
        (label, sort, share)
        for (label, sort), share in zip(columns, room, strict=True)
        if share and (sees_priority or label != "Priority")
    ]


def table_rows(actor: Actor, chosen: Chosen, found: list[Row], sees_priority: bool) -> list[Any]:
    """Each with its cells; the first of a school carries its name when sorted by school."""
    made, school = [], None
    for row in found:
        is_new = chosen.sort == "school" and row.case["school_id"] != school
        school = row.case["school_id"]
        heading = {"group": row.case["school_name"]} if is_new else {}
        made.append({"cells": _cells(actor, chosen, row, sees_priority), **heading})
    return made


def _cells(actor: Actor, chosen: Chosen, row: Row, sees_priority: bool) -> list[dict[str, Any]]:
    case = row.case
    year = f"Year {case['year_group'] or '–'}"
    return [
        {
            "text": case["pupil_name"],
            "url": f"/cases/{case['pk']}/",
            "second": year if chosen.sort == "school" else f"{year}, {case['school_name']}",
        },
        *([_priority(case)] if sees_priority else []),
        {"text": "", "reasons": [{"state": r.state, "text": r.words} for r in row.reasons]},
        _tier(chosen, case),
        _contact(actor, row),
        _next(actor, row),
        _review(actor, row),
        *([_act(row)] if chosen.view == "unseen" else []),
    ]


def _priority(case: dict[str, Any]) -> dict[str, Any]:
    standing = standing_of(case)
    return {
        "text": standing.priority.label,
        "url": f"/priority/{case['pk']}/",
        "state": LOOKS[standing.priority],
        "second": ", ".join(facts_in_short(standing, case)),
    }


def facts_in_short(standing: Standing, case: dict[str, Any], *, leaves: bool = False) -> list[str]:
    """Why, in a few words: a person's own view first, then the weightiest facts.

    What leaves in a file or on paper says the same, without a flag for the child's safety.
    """
    said = [f"Set by {standing.override['by']}"] if standing.override else []
    weighty = [f for f in standing.facts if f.weight][:SHOWN_FACTS] or list(standing.facts[:1])
    weighty = [f for f in weighty if not leaves or f.heading != SAFEGUARDING]
    said += [_short(fact.words, is_first=not said and n == 0) for n, fact in enumerate(weighty)]
    if case["is_contentious"]:
        said.append("contentious" if said else "Contentious")
    return said


def _short(words: str, *, is_first: bool) -> str:
    words = (
        words.replace("Risk of exclusion ", "Risk ")
        .replace(" not said yet", " not said")
        .replace(" case", "")
    )
    return words if is_first or words[:4].isupper() else words[0].lower() + words[1:]


def _tier(chosen: Chosen, case: dict[str, Any]) -> dict[str, Any]:
    if chosen.view == "mine":
        return {"text": stage_of(case) or "None yet"}
    return {"text": stage_of(case) or "None yet", "second": case["lead"] or "Nobody yet"}


def stage_of(case: dict[str, Any]) -> str:
    stage = case["stage"]
    return f"{stage['order']} {stage['name']}" if stage else ""


def _contact(actor: Actor, row: Row) -> dict[str, Any]:
    if not row.contact_on:
        return {"text": row.contact_words}
    days = f"{row.contact_days} school {'day' if row.contact_days == 1 else 'days'} ago"
    return {
        "text": short_weekday(row.contact_on, actor.today),
        "second": f"{row.contact_words}, {days if row.contact_days else 'today'}",
    }


def _next(actor: Actor, row: Row) -> dict[str, Any]:
    """The next thing asked for, and by when the next contact is in time."""
    case = row.case
    if case["state"] == CaseState.CLOSED:
        return {"text": "–"}
    asked = []
    if actor.reads_work:
        is_late, on = row.contact_by < actor.today, short_weekday(row.contact_by, actor.today)
        asked.append(
            {"text": f"Contact was due {on}" if is_late else f"Contact by {on}", "late": is_late}
        )
    if task := case["task"]:
        due_on = date.fromisoformat(task["due_on"])
        words = f"{short_weekday(due_on, actor.today)}: {_in_a_row(task['text'])}"
        asked.insert(0, {"text": words, "late": due_on < actor.today})
    if not any(one["late"] for one in asked):
        said = [one["text"] for one in asked] + ["", ""]
        return {"text": said[0] or "–", "second": said[1]}
    lines = [{"state": "overdue" if one["late"] else "", "text": one["text"]} for one in asked]
    return {"text": "", "reasons": lines}


def _review(actor: Actor, row: Row) -> dict[str, Any]:
    if row.days_left is None:
        return {"text": _why_no_review(row.case["in_use_number"])}
    late, days = row.days_left < 0, abs(row.days_left)
    return {
        "text": short_weekday(row.case["review_due_on"], actor.today),
        "second": f"{days} {'late' if late else 'left'}",
        "state": "overdue" if late else "soon" if days <= 5 else "",
    }


def _why_no_review(in_use: int | None) -> str:
    """In the words of the plan's own page: one that was reviewed stays in use until the next."""
    if in_use:
        return f"Plan {in_use} reviewed, in use until the next is agreed"
    return "No plan in use"


def _act(row: Row) -> dict[str, Any]:
    """What a late case waits for: its review when the pupil was seen in time, else a contact."""
    is_late = row.days_left is not None and row.days_left < 0
    if is_late and row.contact_days <= standards.CONTACT_WITHIN:
        return {"text": "Hold the review", "url": f"/plans/{row.case['in_use_id']}/review/"}
    return {
        "text": "Record a contact",
        "url": f"/pupils/{row.case['pupil_id']}/chronology/new/",
    }


COLUMNS = (
    "Reference", "Pupil", "Year", "School", "State", "Lead", "Priority", "Because", "Complexity",
    "Contentious", "Primary need", "Framework", "Stage", "Why", "Last contact", "School days since", "Review due",
)  # fmt: skip

PRINTED = (
    "Pupil", "Year", "School", "Lead", "Priority", "Stage", "Why", "Last contact", "Review due",
)  # fmt: skip


def taken_columns(actor: Actor, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(contact_label(actor) if name == "Last contact" else name for name in columns)


def line_of(row: Row, sees_priority: bool) -> Cells:
    """One line of what is taken away."""
    case = row.case
    standing = standing_of(case)
    judged = [
        standing.priority.label,
        ", ".join(facts_in_short(standing, case, leaves=True)),
        Case.Complexity(case["complexity"]).label if case["complexity"] else "",
        "Yes" if case["is_contentious"] else "",
        label_of(case["primary_need"]),
    ]
    return [
        case["reference"],
        case["pupil_name"],
        case["year_group"],
        case["school_name"],
        CaseState(case["state"]).label,
        case["lead"] or "",
        *(judged if sees_priority else [""] * len(judged)),
        case["framework_name"],
        stage_of(case),
        "; ".join(reason.words for reason in row.reasons),
        row.contact_on or "",
        row.contact_days if row.contact_on else "",
        case["review_due_on"] or "",
    ]


def _in_a_row(words: str) -> str:
    """What fits in a row, cut between two words and said to be cut."""
    return words if len(words) <= 48 else f"{words[:48].rsplit(' ', 1)[0]}…"
