"""What the screens of alternatives print: facts, steps, checks, the list and the figures."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from alongside.pathways.models import Alternative, AlternativeStep, HoldCheck
from alongside.pathways.queries import Figures
from alongside.rules.words import day_in_words
from alongside.web.dates import short_day

TERMS = {1: "one term", 2: "two terms"}


# `tells`: whether the reader is told why, which is casework (`pathways.policy.read_reasons`).
def facts(found: Alternative, *, tells: bool) -> list[dict[str, str]]:
    rows = [
        ("Why exclusion was considered", found.reason if tells else ""),
        ("Agreed", found.agreed_by),
        ("School", found.school.name),
        ("Began", day_in_words(found.starts_on)),
        ("Planned last day", day_in_words(found.planned_end_on)),
        ("Ended", day_in_words(found.ended_on) if found.ended_on else ""),
        ("Outcome", found.get_outcome_display()),
        ("How it ended", found.outcome_note if tells else ""),
        ("Pathway", f"{found.framework.name}, version {found.framework.version}"),
        ("Recorded by", found.recorded_by.name),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def steps(found: Alternative, today: date, may_work: bool, *, tells: bool) -> list[dict[str, Any]]:
    rows = [_step(found, step, today, tells) for step in found.steps.order_by("order")]
    return rows if may_work else [row | {"url": ""} for row in rows]


def _step(found: Alternative, step: AlternativeStep, today: date, tells: bool) -> dict[str, Any]:
    row: dict[str, Any] = {
        "what": step.text,
        "url": f"/alternatives/{found.pk}/steps/{step.pk}/",
        "note": f"{step.who}, by {short_day(step.due_on)}",
    }
    if step.done_on:
        note = f". {step.note}" if step.note and tells else ""
        return row | {
            "state": "met",
            "word": "Done",
            "note": f"{step.who}, {short_day(step.done_on)}{note}",
        }
    if step.due_on < today:
        return row | {"state": "overdue", "word": "Overdue"}
    return row | {"state": "waiting", "word": "To do"}


def checks(found: Alternative, today: date, may_work: bool, *, tells: bool) -> list[dict[str, Any]]:
    rows = [_check(found, check, today, tells) for check in found.checks.order_by("terms")]
    return rows if may_work else [row | {"url": ""} for row in rows]


ANSWERED = {"HELD": ("met", "Held"), "SHAKY": ("soon", "With worries"), "FAILED": ("overdue", "No")}


def _check(found: Alternative, check: HoldCheck, today: date, tells: bool) -> dict[str, Any]:
    row = {
        "what": f"Held after {TERMS[check.terms]}?",
        "url": f"/alternatives/{found.pk}/checks/{check.pk}/",
    }
    if check.answered_on:
        state, word = ANSWERED[check.answer]
        note = f"{short_day(check.answered_on)}. {check.note if tells else ''}".strip()
        return row | {"state": state, "word": word, "note": note}
    note = f"Due {short_day(check.due_on)}. {check.working}"
    if check.due_on <= today:
        return row | {"state": "overdue", "word": "To ask now", "note": note}
    return row | {"state": "waiting", "word": "To come", "note": note, "url": ""}


def listed(found: Iterable[dict[str, Any]], today: date, *, tells: bool) -> dict[str, Any]:
    """components/table.html"""
    return {
        "caption": "Alternatives to permanent exclusion",
        "columns": [
            {"label": label} for label in ("Pupil", "Alternative", "Began", "To end", "Outcome")
        ],
        "rows": [{"cells": _cells(row, today, tells)} for row in found],
    }


def _cells(row: dict[str, Any], today: date, tells: bool) -> list[dict[str, Any]]:
    late = row["ended_on"] is None and row["planned_end_on"] < today
    asked = row["next_check"]
    outcome = Alternative.Outcome(row["outcome"]).label if row["outcome"] else "Running"
    return [
        {
            "text": row["pupil_name"],
            "url": f"/alternatives/{row['pk']}/",
            "second": row["school_name"],
        },
        {"text": row["kind"], "second": row["reason"] if tells else ""},
        {"text": short_day(row["starts_on"])},
        {
            "text": short_day(row["ended_on"] or row["planned_end_on"]),
            "second": "Ended" if row["ended_on"] else "Passed" if late else "Planned",
            "state": "overdue" if late else "",
        },
        {
            "text": outcome,
            "second": f"Next asked {short_day(asked)}" if asked else "",
            "state": "overdue" if asked and asked <= today else "",
        },
    ]


def figures(found: dict[str, Figures]) -> dict[str, Any]:
    """components/table.html: each kind and all together."""
    labels = (
        "In place of exclusion",
        "Used",
        "Running",
        "Exclusion avoided",
        "Excluded all the same",
        "Held after one term",
        "Held after two terms",
    )
    rows = [_figures(kind, figures) for kind, figures in found.items()]
    if len(rows) > 1:
        rows.append(_figures("All", together(found.values())))
    return {
        "caption": "How many avoided exclusion, and how many have held",
        "columns": [{"label": label, "is_number": place > 0} for place, label in enumerate(labels)],
        "rows": [{"cells": [{"text": text} for text in row]} for row in rows],
    }


def together(found: Iterable[Figures]) -> Figures:
    total = Figures()
    for each in found:
        total.used += each.used
        total.running += each.running
        total.avoided += each.avoided
        total.excluded += each.excluded
        for terms, held in each.after.items():
            total.after[terms].due += held.due
            total.after[terms].asked += held.asked
            total.after[terms].held += held.held
    return total


def _figures(kind: str, of: Figures) -> list[Any]:
    return [
        kind,
        of.used,
        of.running,
        of.avoided,
        of.excluded,
        *(_of_due(of, terms) for terms in (1, 2)),
    ]


def _of_due(of: Figures, terms: int) -> str:
    """3 of 4 asked; what is due and not asked yet is said, never counted as held."""
    held = of.after[terms]
    if not held.due:
        return "None due yet"
    left = held.due - held.asked
    return f"{held.held} of {held.asked}" + (f", {left} to ask" if left else "")
