"""Keeps the hours of mainstream curriculum a pupil is taught each week, against full time."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from alongside.cases.models import Case
from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import EntryKind
from alongside.plans import curriculum
from alongside.plans.models import CurriculumWeek
from alongside.rules.words import day_in_words


@transaction.atomic
def record_hours(
    *,
    actor: Actor,
    case: Case,
    week: date,
    hours: Decimal,
    full_time_hours: Decimal,
    why_short: str = "",
) -> CurriculumWeek:
    """One week, by any day in it. The same week again is a correction."""
    case = hold(Case, case.pk, "pupil", "school")
    require(curriculum.record(actor, case))
    if week > actor.today:
        raise Problem("This week has not come yet.", "week")
    if full_time_hours <= 0:
        raise Problem("Enter how many hours full time is.", "full_time_hours")
    if not 0 <= hours <= full_time_hours:
        raise Problem(
            f"Enter hours from 0 to {float(full_time_hours):g}, which is full time.", "hours"
        )
    if hours < full_time_hours and not why_short.strip():
        raise Problem("Say why it was less than full time.", "why_short")
    monday = week - timedelta(days=week.weekday())
    made, is_new = CurriculumWeek.objects.update_or_create(
        pupil=case.pupil,
        week_starts_on=monday,
        defaults={
            "case": case,
            "hours": hours,
            "full_time_hours": full_time_hours,
            "why_short": why_short.strip() if hours < full_time_hours else "",
            "recorded_by_id": actor.staff_id,
        },
    )
    said = f"Taught {curriculum.in_words(made)} in the week of {day_in_words(monday)}"
    write_chronology(
        actor=actor,
        pupil=case.pupil,
        kind=EntryKind.PLAN,
        information_class=InformationClass.PUPIL,
        summary=said if is_new else f"Corrected: {said[0].lower()}{said[1:]}",
        url=f"/cases/{case.pk}/hours/",
        is_shared=True,
    )
    audit.record(
        actor=actor,
        kind="curriculum.recorded" if is_new else "curriculum.corrected",
        subject=f"case {case.pk}",
        pupil_ids=[case.pupil_id],
        detail={"week": monday.isoformat(), "hours": str(hours), "full_time": str(full_time_hours)},
    )
    return made
