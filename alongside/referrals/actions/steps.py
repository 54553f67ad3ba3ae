"""What every step of a referral leaves behind: a step, a chronology line, an audit line, notices."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, Q, QuerySet, When
from django.utils import timezone

from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.handling import InformationClass
from alongside.core.models import PlaceKind, RoleAssignment
from alongside.core.permissions import ROLES, Permission, Role
from alongside.core.prepared import prepared
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import EntryKind
from alongside.referrals.models import CameBy, Referral, ReferralState, Step
from alongside.referrals.policy import TRANSITIONS
from alongside.schools.models import School

REFERRING_ROLES = [r for r in Role if Permission.REFERRAL_MAKE in ROLES[r].permissions]
SCREENING_ROLES = [r for r in Role if Permission.REFERRAL_SCREEN in ROLES[r].permissions]
KINDS = {
    "send": "referral.sent",
    "take_call": "referral.taken_from_call",
    "start_screening": "referral.screening_started",
    "answer": "referral.answered",
    "score": "referral.scored",
    "return": "referral.returned",
    "send_again": "referral.sent_again",
    "move": "referral.moved",
    "accept": "referral.accepted",
    "wait": "referral.put_on_waiting_list",
    "change_wait": "referral.wait_changed",
    "decline": "referral.declined",
    "signpost": "referral.signposted",
    "withdraw": "referral.withdrawn",
}


def take(
    *,
    actor: Actor,
    referral: Referral,
    step: str,
    reason: str,
    summary: str = "",
    tell: Iterable[int] = (),
    news: str = "",
    from_state: str | None = None,
    to_state: str | None = None,
    detail: dict[str, object] | None = None,
) -> Step:
    """Record the step and tell who waits for it. The caller has saved the referral's new state."""
    taken = Step.objects.create(
        created_at=timezone.now(),
        referral=referral,
        name=step,
        from_state=from_state or "",
        to_state=to_state or TRANSITIONS[step].to_state,
        round=referral.round,
        reason=reason.strip(),
        taken_by_id=actor.staff_id,
    )
    if summary:
        write_chronology(
            actor=actor,
            pupil=referral.pupil,
            kind=EntryKind.REFERRAL,
            information_class=InformationClass.PUPIL,
            summary=summary,
            url=f"/referrals/{referral.pk}/",
            is_shared=True,
        )
    if news:
        notices.notify(
            staff_ids=set(tell) - {actor.staff_id},
            kind=KINDS[step],
            text=news,
            url=f"/referrals/{referral.pk}/",
            pupil_id=referral.pupil_id,
        )
    audit.record(
        actor=actor,
        kind=KINDS[step],
        subject=f"referral {referral.pk}",
        pupil_ids=[referral.pupil_id],
        detail={"round": referral.round, **(detail or {})},
    )
    return taken


def screeners(referral: Referral, today: date) -> list[int]:
    """Everyone who may screen this referral today, as `policy.screens_here` says of one."""
    return screeners_of(referral.service_id, referral.area_id, today)


def screeners_of(service_id: int, area_id: int | None, today: date) -> list[int]:
    """Who screens for an area of a service, or, of no area, for any part of it."""
    found = _screeners(bool(area_id), service_id=service_id, area_id=area_id or 0, today=today)
    return [one["staff_id"] for one in found]


@prepared
def _screeners(
    has_area: bool, *, service_id: Any, area_id: Any, today: Any
) -> QuerySet[RoleAssignment, Any]:
    where = Q(place_id=service_id) | Q(place__kind=PlaceKind.COUNCIL)
    where |= Q(place_id=area_id) if has_area else Q(place__parent_id=service_id)
    in_force = Q(ends_on=None) | Q(ends_on__gte=today)
    held = RoleAssignment.objects.filter(where, in_force)
    screening = held.filter(role__in=SCREENING_ROLES, starts_on__lte=today, staff__is_active=True)
    return screening.values("staff_id").distinct()


def senders(referral: Referral, today: date) -> set[int]:
    """Who at the school sent it, in any round; of a call, also who refers for the school."""
    taken = list(referral.steps.values_list("name", "to_state", "taken_by_id"))
    sent = (who for name, to, who in taken if to == ReferralState.SENT and name != "move")
    people = {referral.sent_by_id, *sent}
    if referral.came_by == CameBy.CALL:
        return people | set(of_the_school(referral, today))
    if any(name == "move" for name, *_ in taken):  # The school it came from no longer sees it.
        return set(of_the_school(referral, today))
    return people


def of_the_school(referral: Referral, today: date) -> list[int]:
    """Who refers for the pupil's school today."""
    return refer_for(referral.school, today)


def refer_for(school: School, today: date) -> list[int]:
    """Who refers for a school today, its SENDCo first."""
    in_force = Q(ends_on=None) | Q(ends_on__gte=today)
    held = RoleAssignment.objects.filter(
        in_force,
        place_id=school.place_id,
        role__in=REFERRING_ROLES,
        starts_on__lte=today,
        staff__is_active=True,
    )
    by_role = held.order_by(Case(When(role=Role.SCHOOL_SENDCO, then=0), default=1), "staff_id")
    return list(dict.fromkeys(by_role.values_list("staff_id", flat=True)))


def whom_to_ask(referral: Referral, today: date) -> int:
    """Who does what a returned referral asks for: its sender while they refer for the school."""
    people = of_the_school(referral, today)
    if referral.sent_by_id in people or not people:
        return referral.sent_by_id
    return people[0]
