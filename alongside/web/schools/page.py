"""What the page of one school says, part by part."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from alongside.cases.models import CaseState
from alongside.core.actor import Actor
from alongside.rules.calendar import SchoolCalendar
from alongside.rules.words import day_in_words
from alongside.schools.models import School, SchoolContact, SchoolStatus
from alongside.schools.queries import calendar_of

ROLES_FIRST = ("Headteacher", "SENDCo", "DSL", "Designated safeguarding lead")
LOOK_AHEAD = timedelta(days=130)
NOTABLE = ("half-term", "school holiday", "training day", "closed", "bank holiday")


def second_line(school: School) -> str:
    status = "" if school.status == SchoolStatus.OPEN else school.get_status_display()
    parts = [school.phase, school.type_name, school.town, f"URN {school.urn}", status]
    return " · ".join(part for part in parts if part)


def profile(school: School) -> list[dict[str, str]]:
    ages = f"{school.age_low} to {school.age_high}" if school.age_high else ""
    number = (
        f"{school.la_code}/{school.establishment_number}" if school.establishment_number else ""
    )
    facts = {
        "Type": school.type_name,
        "Ages": ages,
        "Gender": school.gender,
        "Pupils": f"{school.pupils_on_roll:,}" if school.pupils_on_roll is not None else "",
        "Trust": school.trust_name,
        "Address": ", ".join(p for p in (school.street, school.town, school.postcode) if p),
        "Telephone": school.phone,
        "Website": school.website,
        "DfE number": number,
        "Opened": day_in_words(school.opened_on) if school.opened_on else "",
        "Closed": day_in_words(school.closed_on) if school.closed_on else "",
    }
    return [{"label": label, "value": value} for label, value in facts.items() if value]


def contacts(school: School, found: Sequence[SchoolContact]) -> list[dict[str, object]]:
    """Who to reach; the head as the register has it when nobody entered one."""
    found = sorted(found, key=lambda c: ROLES_FIRST.index(c.role) if c.role in ROLES_FIRST else 9)
    people: list[dict[str, object]] = [
        {
            "name": c.name,
            "role": " · ".join(part for part in (c.role, c.phone, c.email) if part),
            "url": f"/schools/{school.pk}/contacts/{c.pk}/",
        }
        for c in found
    ]
    if school.head_name and not any(c.role == "Headteacher" for c in found):
        people.insert(0, {"name": school.head_name, "role": "Headteacher, from the register"})
    return people


def workers(actor: Actor, found: Iterable[dict[str, Any]]) -> list[dict[str, object]]:
    return [{"name": worker["name"], "role": _when(actor, worker)} for worker in found]


def _when(actor: Actor, worker: dict[str, Any]) -> str:
    starts_on, ends_on = worker["starts_on"], worker["ends_on"]
    if ends_on:
        return f"from {day_in_words(starts_on)} to {day_in_words(ends_on)}"
    return f"{'since' if starts_on <= actor.today else 'from'} {day_in_words(starts_on)}"


def days(actor: Actor, school: School) -> dict[str, object]:
    """Whether it teaches today, and what interrupts the coming weeks."""
    calendar = calendar_of(actor, school)
    if not calendar.terms:
        return {"today": "No terms are entered yet.", "coming": []}
    reason = why_not(calendar, actor, 0)
    today = "Today is a school day." if not reason else f"No school today: {reason}."
    return {"today": today, "coming": coming(calendar, actor)[:5]}


def why_not(calendar: SchoolCalendar, actor: Actor, ahead: int) -> str:
    day = actor.today + timedelta(days=ahead)
    try:
        return calendar.why_not(day)
    except LookupError:
        return "outside the terms entered"


def coming(calendar: SchoolCalendar, actor: Actor) -> list[dict[str, object]]:
    """Runs of days without school, each with its first and last day and what it is."""
    found: list[dict[str, object]] = []
    run: list[str] = []
    for ahead in range(LOOK_AHEAD.days):
        day = actor.today + timedelta(days=ahead)
        if day.weekday() > 4:
            continue
        reason = why_not(calendar, actor, ahead)
        if not reason.startswith(NOTABLE):
            run = []
        elif run:
            run.append(reason)
            found[-1] |= {"to": day, "what": _called(run)}
        else:
            run = [reason]
            found.append({"on": day, "to": day, "what": _called(run)})
    return found


def _called(run: list[str]) -> str:
    """A bank holiday within the Christmas holiday is part of it."""
    longest = next((word for word in ("school holiday", "half-term") if word in run), run[0])
    return longest[:1].upper() + longest[1:]


def cases(found: Iterable[dict[str, Any]]) -> dict[str, object]:
    columns = ("Pupil", "Case", "Service", "State", "Since")
    return {
        "caption": "Pupils with an open case",
        "columns": [{"label": label} for label in columns],
        "rows": [
            {
                "cells": [
                    {"text": case["pupil_name"], "url": f"/pupils/{case['pupil_id']}/"},
                    {"text": case["reference"], "url": f"/cases/{case['pk']}/"},
                    {"text": case["service_name"]},
                    {"text": CaseState(case["state"]).label},
                    {"text": day_in_words(case["opened_on"])},
                ]
            }
            for case in found
        ],
    }


def history(school: School, earlier: Iterable[School]) -> list[dict[str, object]]:
    """What this school was, and what it became."""
    lines: list[dict[str, object]] = []
    if school.successor:
        lines.append(
            {
                "icon": "referral",
                "text": "Became",
                "name": school.successor.name,
                "url": f"/schools/{school.successor_id}/",
                "note": f"URN {school.successor.urn}",
            }
        )
    for before in earlier:
        closed = f", closed {day_in_words(before.closed_on)}" if before.closed_on else ""
        lines.append(
            {
                "icon": "history",
                "text": "Was",
                "name": before.name,
                "url": f"/schools/{before.pk}/",
                "note": f"URN {before.urn}{closed}",
            }
        )
    return lines
