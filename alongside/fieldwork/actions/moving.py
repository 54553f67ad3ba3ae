"""A pupil changes school, or leaves: what was planned with them is settled in that step."""

from typing import Any

from django.db import transaction

from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.fieldwork.models import Visit
from alongside.fieldwork.visits import planned_where_on_roll, planned_with
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


@transaction.atomic
def call_off_all(*, actor: Actor, pupil: Pupil, because: str) -> int:
    """What anybody has planned with a pupil for whom the work has ended. Answers how many.

    The caller has ended the work, and asked the policy of that.
    """
    planned = planned_with(pupil)
    for visit in planned:
        visit.cancelled_because = because[:200]
        visit.save(update_fields=["cancelled_because"])
        audit.record(
            actor=actor,
            kind="visit.cancelled",
            subject=f"visit {visit.pk}",
            pupil_ids=[pupil.pk],
        )
        if visit.staff_id != actor.staff_id:
            day = short_weekday(visit.on, actor.today)
            notices.notify(
                staff_ids=[visit.staff_id],
                kind="visit.cancelled",
                text=f"Your visit of {day} is called off: the work with a pupil of yours has ended.",
                url=f"/planner/?week={visit.on}",
                pupil_id=pupil.pk,
            )
    return len(planned)


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
