"""Questions about a child's needs, and whom to ask about a suspected one."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from alongside.assessments import policy
from alongside.assessments.models import Need, SendNeeds
from alongside.core.actor import Actor
from alongside.core.models import RoleAssignment, Staff
from alongside.core.prepared import prepared
from alongside.people.models import Enrolment, Pupil


def needs_of(actor: Actor, pupil: Pupil) -> list[Need]:
    """What the actor may read: in force first, the newest first."""
    return needs_and_struck(actor, pupil)[0]


def needs_and_struck(actor: Actor, pupil: Pupil) -> tuple[list[Need], list[Need]]:
    """What stands or stood, and apart from it what was struck out; in one query."""
    every = _every(actor, pupil_id=pupil.pk)
    stand = [need for need in every if not need.struck_out_because]
    stand.sort(key=lambda need: need.ended_on is not None)
    return stand, [need for need in every if need.struck_out_because]


@prepared
def _every(actor: Actor, *, pupil_id: Any) -> QuerySet[Need]:
    found = Need.objects.within(actor).filter(pupil_id=pupil_id)
    related = found.select_related(
        "recorded_by", "answered_by", "pupil", "moved_from__recorded_by", "struck_out_by"
    )
    return related.order_by("-recorded_on", "-pk")


def get_need(actor: Actor, pupil: Pupil, need_id: int) -> Need:
    """One need; struck out too, so that who presses twice reads what became of it."""
    found = Need.objects.within(actor).filter(pupil=pupil)
    return found.select_related("pupil", "recorded_by", "assessment").one(pk=need_id)


def sendco_ids(actor: Actor, pupil: Pupil) -> list[int]:
    """Who signs in as SENDCo of a school the pupil is on the roll of today."""
    return [person.pk for person in sendcos_of(actor, pupil)]


def sendcos_of(actor: Actor, pupil: Pupil) -> list[Staff]:
    enrolled = Enrolment.objects.current(actor.today).filter(pupil=pupil)
    return sendcos_at(actor, enrolled.values("school__place"))


def sendcos_at(actor: Actor, places: Any) -> list[Staff]:
    """Who signs in as SENDCo of these places today."""
    held = RoleAssignment.objects.filter(
        role__in=policy.SENDCOS, place__in=places, starts_on__lte=actor.today
    ).exclude(ends_on__lt=actor.today)
    return list(Staff.objects.filter(pk__in=held.values("staff"), is_active=True).order_by("pk"))


def gaps_of(actor: Actor, pupil: Pupil) -> list[Need]:
    """Learning gaps the actor reads: open ones first, the newest first."""
    return [need for need in needs_of(actor, pupil) if need.kind == Need.Kind.LEARNING_GAP]


def own_barriers(actor: Actor, pupil: Pupil) -> list[Need]:
    """Barriers in somebody's own words: of no list, and found by no needs assessment."""
    found = Need.objects.readable_by(actor).filter(pupil=pupil, kind=Need.Kind.BARRIER)
    return list(found.filter(barrier=None, ended_on=None).order_by("-recorded_on", "-pk"))


def send_needs_of(pupil: Pupil) -> list[SendNeeds]:
    """The child's needs in national categories, the one in force first. Pupil core: all may read."""
    found = SendNeeds.objects.filter(pupil=pupil).select_related("recorded_by")
    return list(found.order_by("-pk"))


def texts_by_id(actor: Actor, need_ids: Iterable[int]) -> dict[int, str]:
    """The same each by its number, on one line."""
    found = Need.objects.filter(pk__in=need_ids).readable_by(actor)
    return {pk: " ".join(text.split()) for pk, text in found.values_list("pk", "text")}


def texts_of(actor: Actor, need_ids: list[int]) -> list[str]:
    """What these needs say, as far as the actor reads them."""
    found = Need.objects.filter(pk__in=need_ids).readable_by(actor).order_by("pk")
    return list(found.values_list("text", flat=True))
