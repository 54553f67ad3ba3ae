"""Merges a neighbourhood away: everything that stood in it stands in another from the same moment.

It stands here because referrals are the highest that know of places; it changes what is below.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from alongside.cases.models import Announcement, Case, CaseState, Task
from alongside.core import audit, notices, policy
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.models import Place, PlaceKind, RoleAssignment, Staff
from alongside.core.queries import assignments_in_force
from alongside.pathways.models import Framework
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import EntryKind, Involvement, Pupil
from alongside.referrals.models import Referral, ReferralState


@dataclass(frozen=True)
class Stands:
    """What stands in a neighbourhood: shown before it is merged away, and said after."""

    open_cases: int
    closed_cases: int
    referrals: int  # Not decided yet.
    schools: int
    people: tuple[str, ...]  # Who holds a role there.


def stands_in(actor: Actor, place: Place) -> Stands:
    """Numbers, and no child: whoever configures the service sees none."""
    cases = Case.objects.filter(area=place).aggregate(
        open=Count("pk", filter=~Q(state=CaseState.CLOSED)),
        closed=Count("pk", filter=Q(state=CaseState.CLOSED)),
    )
    undecided = [ReferralState.SENT, ReferralState.SCREENING, ReferralState.RETURNED]
    held = assignments_in_force(actor.today).filter(place=place).order_by("staff__name")
    return Stands(
        open_cases=cases["open"],
        closed_cases=cases["closed"],
        referrals=Referral.objects.filter(area=place, state__in=undecided).count(),
        schools=Place.objects.filter(parent=place, kind=PlaceKind.SCHOOL).count(),
        people=tuple(dict.fromkeys(held.values_list("staff__name", flat=True))),
    )


def could_take_over(place: Place) -> list[Place]:
    """The other neighbourhoods of the same service that go on."""
    beside = Place.objects.filter(parent=place.parent_id, kind=PlaceKind.NEIGHBOURHOOD)
    return list(beside.filter(ends_on=None).exclude(pk=place.pk).order_by("name", "pk"))


@transaction.atomic
def merge_neighbourhood(*, actor: Actor, place: Place, into: Place, reason: str) -> Stands:
    """Cases, referrals, schools, roles, tasks and access go over; the place ends today.

    Nothing is lost on the way: who worked there works in the other, and sees the same children.
    """
    locked = {p.pk: p for p in Place.objects.select_for_update().filter(pk__in=[place.pk, into.pk])}
    place, into = locked[place.pk], locked[into.pk]
    require(policy.merge_place(actor, place, into))
    if not reason.strip():
        raise Problem("Say who decided it, and when.", "reason")
    told = stands_in(actor, place)
    pupils = list(_pupils_of(place))
    Case.objects.filter(area=place).update(area=into)
    Referral.objects.filter(area=place).update(area=into)
    Place.objects.filter(parent=place).update(parent=into)
    Task.objects.filter(team=place).update(team=into)
    Announcement.objects.filter(place=place).update(place=into)
    Framework.objects.filter(owner=place).update(owner=into)
    Staff.objects.filter(employer=place).update(employer=into)
    _current(actor, place).update(place=into)
    holders = _move_roles(actor, place, into)
    place.ends_on, place.merged_into = actor.today, into
    place.save(update_fields=["ends_on", "merged_into"])
    _tell(actor, place, into, pupils, holders)
    audit.record(
        actor=actor,
        kind="place.merged",
        subject=f"place {place.pk}",
        pupil_ids=[pupil.pk for pupil in pupils],
        detail={"into": into.pk, "reason": reason.strip()[:300], "open_cases": told.open_cases},
    )
    return told


def _pupils_of(place: Place) -> QuerySet[Pupil]:
    running = Case.objects.filter(area=place).exclude(state=CaseState.CLOSED)
    return Pupil.objects.filter(pk__in=running.values("pupil_id")).order_by("pk")


def _current(actor: Actor, place: Place) -> QuerySet[Any]:
    """Involvements that still bring a pupil into view, or will."""
    given = Involvement.objects.filter(place=place)
    return given.filter(Q(access_ends_on=None) | Q(access_ends_on__gte=actor.today))


def _move_roles(actor: Actor, place: Place, into: Place) -> list[int]:
    """Each role held there, now or later, is held in the other; nobody holds one twice."""
    held = RoleAssignment.objects.filter(place=place).exclude(ends_on__lt=actor.today)
    holders = []
    for assignment in held.select_for_update():
        holders.append(assignment.staff_id)
        has_it = assignments_in_force(actor.today).filter(
            place=into, staff=assignment.staff_id, role=assignment.role
        )
        if has_it.exists():
            assignment.ends_on = max(actor.today, assignment.starts_on)
            assignment.save(update_fields=["ends_on"])
            continue
        assignment.place = into
        assignment.save(update_fields=["place"])
    return holders


def _tell(
    actor: Actor, place: Place, into: Place, pupils: Iterable[Pupil], holders: list[int]
) -> None:
    """The children's records say where they belong now; whoever works in either reads it."""
    for pupil in pupils:
        write_chronology(
            actor=actor,
            pupil=pupil,
            kind=EntryKind.CASE,
            information_class=InformationClass.PUPIL,
            summary=f"{place.name} became part of {into.name}. The case and who works it go on",
            is_shared=True,
        )
    there = assignments_in_force(actor.today).filter(place=into).values_list("staff_id", flat=True)
    notices.notify(
        staff_ids={*holders, *there},
        kind="place.merged",
        text=f"{place.name} is now part of {into.name}. Its cases, referrals and schools are there.",
        url="/caseload/?view=all",
    )
