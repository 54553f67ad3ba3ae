"""Cases change hands with what is planned on them: on the day itself, today or a coming one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from alongside.cases import actions, planned, team
from alongside.cases.models import Allocation, Case, PlannedHandover
from alongside.core.actor import Actor
from alongside.core.models import Staff
from alongside.fieldwork.actions.visits import take_over_visits
from alongside.people.models import Capacity


@transaction.atomic
def hand_over(
    *,
    actor: Actor,
    cases: Sequence[Case],
    former: Staff,
    to: Staff,
    note: str,
    starts_on: date,
    takes_checks: bool,
    despite: str = "",
) -> int:
    """Today, or planned: until a coming day the former lead leads, is asked and is listed."""
    told: dict[str, Any] = {"former": former, "to": to, "note": note, "despite": despite}
    if starts_on > actor.today:
        planned.plan_handover(
            actor=actor,
            cases=cases,
            starts_on=starts_on,
            takes_checks=takes_checks,
            **told,
        )
        return len(cases)
    given = team.hand_over(actor=actor, cases=cases, starts_on=starts_on, **told)
    _bring_along(actor, given, former=former, to=to, takes_checks=takes_checks)
    return len(given)


@transaction.atomic
def on_the_day(*, actor: Actor, handover: PlannedHandover) -> int:
    """What was planned comes about, with what is planned on the cases."""
    moved = planned.carry_out_planned(actor=actor, handover=handover)
    if moved:
        _bring_along(
            actor,
            moved,
            former=handover.former,
            to=handover.to,
            takes_checks=handover.takes_checks,
        )
    return len(moved)


def _bring_along(
    actor: Actor, cases: Sequence[Case], *, former: Staff, to: Staff, takes_checks: bool
) -> None:
    pupil_ids = [case.pupil_id for case in cases]
    take_over_visits(actor=actor, former=former, to=to, pupil_ids=pupil_ids)
    if takes_checks:
        team.hand_over_checks(actor=actor, former=former, to=to)


@transaction.atomic
def allocate(*, actor: Actor, case: Case, **told: Any) -> Allocation:
    """Give one case; what a former lead planned with the pupil goes along with a new one."""
    leads = Allocation.objects.filter(case=case, capacity=Capacity.LEAD, ends_on=None)
    formerly = leads.select_related("staff").first()
    given = actions.allocate(actor=actor, case=case, **told)
    if formerly and given.capacity == Capacity.LEAD and formerly.staff_id != given.staff_id:
        take_over_visits(
            actor=actor, former=formerly.staff, to=given.staff, pupil_ids=[case.pupil_id]
        )
    return given
