"""Plans a visit to a school, records that it was made, and calls one off with its reason."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.core.decisions import Problem, require
from alongside.core.models import Staff
from alongside.fieldwork import policy
from alongside.fieldwork.models import Visit
from alongside.fieldwork.visits import begun_with, between, moments_of, with_pupils
from alongside.people.models import Pupil
from alongside.rules.bounds import too_far
from alongside.schools.models import School

LONGEST = 480


@transaction.atomic
def plan_visit(
    *,
    actor: Actor,
    school: School,
    starts_at: datetime,
    minutes: int,
    purpose: str,
    pupil: Pupil | None = None,
) -> Visit:
    """One's own visit: nobody needs a manager to plan it."""
    require(policy.plan_visit(actor))
    day = day_of(starts_at)
    if day < actor.today:
        raise Problem("This day has gone by. Record the contact instead.", "on")
    if said := too_far(day, ahead_of=actor.today):
        raise Problem(said, "on")
    if not 0 < minutes <= LONGEST:
        raise Problem(f"Between 1 and {LONGEST} minutes.", "minutes")
    for other in between(actor, day, day):
        if other.starts_at < starts_at + timedelta(minutes=minutes) and starts_at < other.ends_at:
            raise Problem(f"You are at {other.school_name} then.", "at")
    visit = Visit.objects.create(
        staff_id=actor.staff_id,
        school=school,
        pupil=pupil,
        starts_at=starts_at,
        minutes=minutes,
        purpose=purpose.strip(),
    )
    _audit(actor, "visit.planned", visit)
    return visit


@transaction.atomic
def record_visit(*, actor: Actor, visit: Visit) -> Visit:
    """It was made: from now on it is a contact with the school."""
    visit = Visit.objects.select_for_update().one(pk=visit.pk)
    require(policy.record_visit(actor, visit))
    return _made(actor, visit)


def made_with(actor: Actor, pupil: Pupil, day: date) -> None:
    """What somebody wrote of a pupil's day records their own visits with them on it as made.

    The caller has asked its policy.
    """
    for row in begun_with(staff_id=actor.staff_id, pupil_id=pupil.pk, **moments_of(day)):
        _made(actor, Visit.objects.select_for_update().one(pk=row["pk"]))


def _made(actor: Actor, visit: Visit) -> Visit:
    visit.done_at = timezone.now()
    visit.save(update_fields=["done_at"])
    _audit(actor, "visit.recorded", visit)
    return visit


@transaction.atomic
def cancel_visit(*, actor: Actor, visit: Visit, because: str) -> Visit:
    visit = Visit.objects.select_for_update().one(pk=visit.pk)
    require(policy.cancel_visit(actor, visit))
    if not because.strip():
        raise Problem("Say why it is called off.", "because")
    visit.cancelled_because, visit.done_at = because.strip(), None
    visit.save(update_fields=["cancelled_because", "done_at"])
    _audit(actor, "visit.cancelled", visit)
    return visit


@transaction.atomic
def take_over_visits(*, actor: Actor, former: Staff, to: Staff, pupil_ids: Iterable[int]) -> int:
    """What the former lead planned with these pupils is the new lead's from today. Answers how many.

    The caller has given the cases, and asked the policy of that.
    """
    moved = list(with_pupils(former, pupil_ids, actor.today).select_for_update().order_by("pk"))
    for visit in moved:
        visit.staff = to
        visit.save(update_fields=["staff"])
        _audit(actor, "visit.handed_over", visit)
    if moved:
        count = "1 visit" if len(moved) == 1 else f"{len(moved)} visits"
        notices.notify(
            staff_ids=[to.pk],
            kind="visit.handed_over",
            text=f"{count} planned by {former.name} came to you with what was handed over. See "
            "whether the times suit you.",
            url="/planner/",
        )
    return len(moved)


def _audit(actor: Actor, kind: str, visit: Visit) -> None:
    pupil_ids = [visit.pupil_id] if visit.pupil_id else []
    audit.record(actor=actor, kind=kind, subject=f"visit {visit.pk}", pupil_ids=pupil_ids)
