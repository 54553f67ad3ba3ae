"""Handovers of a coming day: planned, called off, carried out on the day.

Until the day nothing changes: the former lead leads, is asked and is listed.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from alongside.cases import policy, room, team
from alongside.cases.models import Allocation, Case, CaseState, HandoverCase, PlannedHandover
from alongside.cases.queries import visible_cases
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.base import CouncilQuerySet
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.models import RoleAssignment, Staff
from alongside.core.permissions import ROLES, Permission, Role
from alongside.core.prepared import hold, prepared
from alongside.core.queries import assignments_in_force
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import Capacity, EntryKind
from alongside.rules.words import count_of, day_in_words

State, Outcome = PlannedHandover.State, HandoverCase.Outcome
ALLOCATING = [role for role in Role if Permission.CASE_ALLOCATE in ROLES[role].permissions]
PAGE = 50
WORKING = [role for role in Role if Permission.CASE_WORK in ROLES[role].permissions]


@transaction.atomic
def plan_handover(
    *,
    actor: Actor,
    cases: Sequence[Case],
    former: Staff,
    to: Staff,
    note: str,
    starts_on: date,
    takes_checks: bool,
    despite: str = "",
) -> PlannedHandover:
    """Say on each case who leads it from when, and tell both. The lead stays the lead until then."""
    team.check_handover(actor, cases, former, to, note, starts_on)
    if other := _planned_already(cases):
        raise Problem(
            f"{other.case.reference} goes to {other.handover.to.name} on "
            f"{day_in_words(other.handover.starts_on)} already. Leave it out, or call that off first.",
            "cases",
        )
    for case in cases:
        require(policy.allocate(actor, case))
    said = room.despite_all(to, starts_on, starts_on, more=len(cases), despite=despite)
    handover = PlannedHandover.objects.create(
        former=former,
        to=to,
        starts_on=starts_on,
        note=note.strip(),
        takes_checks=takes_checks,
        despite=said[:500],
        planned_by_id=actor.staff_id,
    )
    HandoverCase.objects.bulk_create(HandoverCase(handover=handover, case=case) for case in cases)
    day = day_in_words(starts_on)
    _say(actor, cases, f"{to.name} leads from {day}, {former.name} until then", note.strip())
    _tell_both(handover, "planned", f"{_of(handover, len(cases))} to {to.name} on {day}.")
    _audit(actor, handover, "planned", cases)
    return handover


def _planned_already(cases: Sequence[Case]) -> HandoverCase | None:
    found = HandoverCase.objects.filter(case__in=cases, handover__state=State.PLANNED)
    return found.select_related("case", "handover__to").order_by("pk").first()


@transaction.atomic
def call_off(*, actor: Actor, handover: PlannedHandover, reason: str) -> PlannedHandover:
    """The cases stay where they are. Both people are told, and each case says so."""
    handover = hold(PlannedHandover, handover.pk, "former", "to", "planned_by")
    require(policy.call_off(actor, handover))
    if not reason.strip():
        raise Problem("Say why, for both of them.", "reason")
    cases = cases_of(handover)
    _end(handover, State.CALLED_OFF, reason.strip(), actor.staff_id)
    day = day_in_words(handover.starts_on)
    summary = f"Not handed over to {handover.to.name} on {day}: called off"
    _say(actor, [c for c in cases if c.state != CaseState.CLOSED], summary, reason.strip())
    stay = f"{count_of(len(cases), 'case')} of {handover.former.name}"
    _tell_both(
        handover,
        "called_off",
        f"{actor.name} called it off: {stay} will not go to {handover.to.name} on {day}. "
        f"{handover.reason}",
    )
    _audit(actor, handover, "called_off", cases)
    return handover


@transaction.atomic
def carry_out_planned(*, actor: Actor, handover: PlannedHandover) -> list[Case]:
    """What was planned comes about on its day; done twice, it changes nothing the second time.

    In the name of the service itself, whoever planned it: that was decided while they managed the
    team, both people and the families' records have been told, and a manager who has left since must
    not leave children with a lead who may have left too. Each case says who planned it. What could
    not be done is put before those who allocate the service's cases today, and nothing is guessed:
    cases closed or given elsewhere stay so, and when who was to lead no longer works here, none moves.
    """
    handover = hold(PlannedHandover, handover.pk, "former", "to", "planned_by")
    if handover.state != State.PLANNED:
        return []
    cases = cases_of(handover)
    if not _works_here(handover.to, actor.today):
        reason = f"{handover.to.name} does not work here any more."
        _end(handover, State.NOT_DONE, reason)
        _report(actor, handover, cases, f"None of {count_of(len(cases), 'case')} went. {reason}")
        _audit(actor, handover, "not_done", cases)
        return []
    moved = team.carry_out(
        actor=actor,
        cases=cases,
        former=handover.former,
        to=handover.to,
        note=f"Planned by {handover.planned_by.name}. {handover.note}",
        despite=handover.despite,
    )
    said = _incomplete(_keep_outcomes(handover, cases))
    _end(handover, State.DONE)
    if said:
        _report(actor, handover, cases, said)
    return moved


def _keep_outcomes(handover: PlannedHandover, cases: list[Case]) -> dict[int, str]:
    """What became of each case: a case that the other leads by now, however that came, is given."""
    leads = Allocation.objects.filter(
        case__in=cases, staff=handover.to, capacity=Capacity.LEAD, ends_on=None
    )
    given = set(leads.values_list("case_id", flat=True))
    found: dict[int, str] = {}
    for case in cases:
        found[case.pk] = Outcome.CLOSED if case.state == CaseState.CLOSED else Outcome.ELSEWHERE
        if case.pk in given:
            found[case.pk] = Outcome.GIVEN
        handover.cases.filter(case=case).update(outcome=found[case.pk])
    return found


def _incomplete(outcomes: dict[int, str]) -> str:
    """How many went, and why the others did not; nothing when all of them did."""
    counted = Counter(outcomes.values())
    if counted[Outcome.GIVEN] == len(outcomes):
        return ""
    said = [f"{counted[Outcome.GIVEN]} of {count_of(len(outcomes), 'case')} went."]
    if closed := counted[Outcome.CLOSED]:
        said.append(f"{closed} {'was' if closed == 1 else 'were'} closed by then.")
    if elsewhere := counted[Outcome.ELSEWHERE]:
        said.append(f"{elsewhere} {'has' if elsewhere == 1 else 'have'} another lead by now.")
    return " ".join(said)


def _works_here(staff: Staff, today: date) -> bool:
    held = assignments_in_force(today).filter(role__in=WORKING, staff__is_active=True)
    return held.filter(staff=staff).exists()


def _report(actor: Actor, handover: PlannedHandover, cases: list[Case], said: str) -> None:
    """To who planned it when they still allocate here, else to all who do."""
    people = _allocators(cases, actor.today)
    who = {handover.planned_by_id} & people or people
    notices.notify(
        staff_ids=who,
        kind="caseload.handover_incomplete",
        text=f"Handover from {handover.former.name} to {handover.to.name}: {said}",
        url=f"/team/handovers/{handover.pk}/",
    )


def _allocators(cases: Iterable[Case], today: date) -> set[int]:
    """Who allocates these cases today, for their service, its areas or above it."""
    places = {
        place
        for case in cases
        for place in (case.service_id, case.area_id, case.service.parent_id)
        if place
    }
    held: Q = Q(place_id__in=places, role__in=ALLOCATING, staff__is_active=True)
    found: Iterable[RoleAssignment] = assignments_in_force(today).filter(held)
    return {one.staff_id for one in found}


def cases_of(handover: PlannedHandover) -> list[Case]:
    found = Case.objects.filter(handovers__handover=handover).select_related("pupil", "service")
    return list(found.order_by("pk"))


def _end(
    handover: PlannedHandover, state: PlannedHandover.State, reason: str = "", by: int | None = None
) -> None:
    handover.state, handover.reason, handover.called_off_by_id = state, reason, by
    handover.ended_at = timezone.now()
    handover.save(update_fields=["state", "reason", "called_off_by", "ended_at"])


def _of(handover: PlannedHandover, count: int) -> str:
    return f"{count_of(count, 'case')} of {handover.former.name} {'goes' if count == 1 else 'go'}"


def _say(actor: Actor, cases: Iterable[Case], summary: str, detail: str) -> None:
    for case in cases:
        write_chronology(
            actor=actor,
            pupil=case.pupil,
            kind=EntryKind.ALLOCATION,
            information_class=InformationClass.CASEWORK,
            summary=summary,
            detail=detail,
            url=f"/cases/{case.pk}/",
        )


def _tell_both(handover: PlannedHandover, what: str, text: str) -> None:
    notices.notify(
        staff_ids=[handover.former_id, handover.to_id],
        kind=f"caseload.handover_{what}",
        text=text,
        url="/caseload/",
    )


def _audit(actor: Actor, handover: PlannedHandover, what: str, cases: Sequence[Case]) -> None:
    audit.record(
        actor=actor,
        kind=f"caseload.handover_{what}",
        subject=f"staff {handover.former_id}",
        pupil_ids=[case.pupil_id for case in cases],
        detail={
            "handover": handover.pk,
            "to": handover.to_id,
            "from": str(handover.starts_on),
        },
    )


def due_ids(today: date) -> list[int]:
    """Handovers whose day has come."""
    due = PlannedHandover.objects.filter(state=State.PLANNED, starts_on__lte=today)
    return list(due.order_by("pk").values_list("pk", flat=True))


def listed_for(actor: Actor, staff_id: int | None = None) -> list[PlannedHandover]:
    """Handovers to come of cases that the actor sees, the next first; of one person when asked."""
    return _listed_for(actor, bool(staff_id), staff_id=staff_id or 0)


@prepared
def _listed_for(actor: Actor, is_of_one: bool, *, staff_id: Any) -> QuerySet[PlannedHandover]:
    found = _seen_by(actor).filter(state=State.PLANNED)
    if is_of_one:
        found = found.filter(Q(former_id=staff_id) | Q(to_id=staff_id))
    return found.annotate(count=Count("cases")).order_by("starts_on", "pk")[:PAGE]


def get_seen(actor: Actor, handover_id: int) -> PlannedHandover:
    return _seen_by(actor).one(pk=handover_id)


def _seen_by(actor: Actor) -> CouncilQuerySet[PlannedHandover]:
    """By who sees one of its cases: somebody may have left since."""
    seen = HandoverCase.objects.filter(
        handover=OuterRef("pk"), case__in=visible_cases(actor).values("pk")
    )
    found = PlannedHandover.objects.filter(Exists(seen))
    return found.select_related("former", "to", "planned_by", "called_off_by")


def lines_of(actor: Actor, handover: PlannedHandover) -> list[HandoverCase]:
    """Its cases that the actor sees, by the pupil's name."""
    found = handover.cases.filter(case__in=visible_cases(actor).values("pk"))
    return list(
        found.select_related("case__pupil", "case__school").order_by(
            "case__pupil__search_name", "pk"
        )
    )


def planned_of(cases: Iterable[Case]) -> dict[int, PlannedHandover]:
    """The handover to come of each case that has one."""
    found = HandoverCase.objects.filter(case__in=list(cases), handover__state=State.PLANNED)
    return {one.case_id: one.handover for one in found.select_related("handover__to")}


def get_planned(handover_id: int) -> PlannedHandover:
    return PlannedHandover.objects.select_related("former", "to", "planned_by").one(pk=handover_id)
