"""A pupil changes school: what was planned with them at the one they leave is settled in that step."""

from typing import Any

from django.db import transaction

from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.fieldwork.models import Visit
from alongside.fieldwork.visits import planned_where_on_roll
from alongside.people.models import Pupil, RegisterChange
from alongside.referrals.actions import moving
from alongside.rules.dates import short_weekday
from alongside.schools.models import School

MOVE, CALL_OFF, ASK = "MOVE", "CALL_OFF", "ASK"


@transaction.atomic
def change_school(*, actor: Actor, pupil: Pupil, visits: str = "", **change: Any) -> RegisterChange:
    """`visits` says what becomes of those planned there, by anybody, from the first day elsewhere."""
    school, first = change["school"], change["starts_on"]
    planned = planned_where_on_roll(pupil, actor.today).exclude(school__place=school.place_id)
    ids = [visit.pk for visit in planned if visit.on >= first]
    if ids and visits not in (MOVE, CALL_OFF, ASK):
        raise Problem("Say what becomes of the visits that are planned.", "visits")
    kept = moving.change_school(actor=actor, pupil=pupil, **change)
    for visit in Visit.objects.select_for_update().filter(pk__in=ids).order_by("pk"):
        _settle(actor, visit, school, visits)
    return kept


def _settle(actor: Actor, visit: Visit, school: School, then: str) -> None:
    before, day = visit.school, short_weekday(visit.on, actor.today)
    said = f"A pupil of yours left {before.name}. Your visit of {day} there "
    if then == MOVE:
        visit.school = school
        visit.save(update_fields=["school"])
        said = f"A pupil of yours left {before.name}. Your visit of {day} is at {school.name} now: see "
        said += "whether the hour suits."
    elif then == CALL_OFF:
        visit.cancelled_because = f"The pupil changed to {school.name}."[:200]
        visit.save(update_fields=["cancelled_because"])
        said += "is called off."
    else:
        said += "still stands. Move it or call it off."
    audit.record(
        actor=actor,
        kind="visit.after_a_move",
        subject=f"visit {visit.pk}",
        pupil_ids=[visit.pupil_id] if visit.pupil_id else [],
        detail={"then": then, "from": before.pk, "to": school.pk},
    )
    notices.notify(
        staff_ids=[visit.staff_id],
        kind="visit.after_a_move",
        text=said,
        url=f"/planner/?week={visit.on}",
        pupil_id=visit.pupil_id,
    )
