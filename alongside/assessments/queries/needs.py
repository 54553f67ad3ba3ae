"""Questions about a child's needs, and whom to ask about a suspected one."""

from alongside.assessments import policy
from alongside.assessments.models import Need
from alongside.core.actor import Actor
from alongside.core.models import RoleAssignment, Staff
from alongside.people.models import Enrolment, Pupil


def needs_of(actor: Actor, pupil: Pupil) -> list[Need]:
    """What the actor may read: in force first, the newest first."""
    found = Need.objects.filter(pupil=pupil).readable_by(actor)
    related = found.select_related("recorded_by", "answered_by", "pupil")
    newest = related.order_by("-recorded_on", "-pk")
    return sorted(newest, key=lambda need: need.ended_on is not None)


def get_need(actor: Actor, pupil: Pupil, need_id: int) -> Need:
    found = Need.objects.filter(pupil=pupil).readable_by(actor)
    return found.select_related("pupil", "recorded_by").one(pk=need_id)


def sendco_ids(actor: Actor, pupil: Pupil) -> list[int]:
    """Who signs in as SENDCo of a school the pupil is on the roll of today."""
    return [person.pk for person in sendcos_of(actor, pupil)]


def sendcos_of(actor: Actor, pupil: Pupil) -> list[Staff]:
    enrolled = Enrolment.objects.current(actor.today).filter(pupil=pupil)
    held = RoleAssignment.objects.filter(
        role__in=policy.SENDCOS,
        place__in=enrolled.values("school__place"),
        starts_on__lte=actor.today,
    ).exclude(ends_on__lt=actor.today)
    return list(Staff.objects.filter(pk__in=held.values("staff"), is_active=True).order_by("pk"))
