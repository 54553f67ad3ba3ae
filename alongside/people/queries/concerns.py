"""Concerns: those that reached my setting, and those I raised myself."""

from django.db.models import Q, QuerySet

from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.core.permissions import Permission
from alongside.people.models import Concern, Enrolment

MOST = 100


def received(actor: Actor) -> QuerySet[Concern]:
    """Concerns of the settings whose safeguarding lead this actor is."""
    places = actor.place_ids(permission=Permission.CONCERN_READ)
    mine = Enrolment.objects.current(actor.today).filter(school__place_id__in=places)
    return Concern.objects.filter(
        Q(school__place_id__in=places) | Q(pupil__in=mine.values("pupil"))
    )


def list_received(actor: Actor) -> list[Concern]:
    """Those waiting to be acknowledged first, the oldest of them on top."""
    found = received(actor).select_related("pupil", "school", "recorded_by", "acknowledged_by")
    waiting = list(found.filter(acknowledged_at=None).order_by("pk")[:MOST])
    return waiting + list(found.exclude(acknowledged_at=None).order_by("-pk")[:MOST])


def list_raised(actor: Actor) -> list[Concern]:
    raised = Concern.objects.filter(recorded_by_id=actor.staff_id)
    return list(raised.select_related("school", "acknowledged_by").order_by("-pk")[:MOST])


def get_concern(actor: Actor, concern_id: int) -> Concern:
    """One that reached the actor's setting or that they raised, or `NotFound`."""
    found = Concern.objects.filter(
        Q(pk__in=received(actor).values("pk")) | Q(recorded_by_id=actor.staff_id)
    )
    related = ("pupil", "school", "recorded_by", "acknowledged_by")
    concern = found.select_related(*related).filter(pk=concern_id).first()
    if concern is None:
        raise NotFound
    return concern


def receives(actor: Actor, concern: Concern) -> bool:
    """Whether it reached this actor as safeguarding lead, so that they read and acknowledge it."""
    return received(actor).filter(pk=concern.pk).exists()
