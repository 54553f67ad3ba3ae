"""Cases change hands with what is planned on them: on the day itself, today or a coming one."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from alongside.cases import actions, team
from alongside.cases.models import Allocation, Case
from alongside.core import notices
from alongside.core.actor import Actor
from alongside.core.models import Staff
from alongside.fieldwork.actions.visits import take_over_visits
from alongside.people.models import Capacity

JUST_AFTER_MIDNIGHT = time(0, 1)


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
) -> int:
    """Today, or planned: until a coming day the former lead leads, is asked and is listed."""
    told: dict[str, Any] = {"former": former, "to": to}
    given = team.hand_over(actor=actor, cases=cases, note=note, starts_on=starts_on, **told)
    if starts_on > actor.today:
        at = timezone.make_aware(datetime.combine(starts_on, JUST_AFTER_MIDNIGHT))
        on_the_day = app.configure_task("duties.hand_over", schedule_at=at)
        on_the_day.defer(
            staff_id=actor.staff_id,
            former_id=former.pk,
            to_id=to.pk,
            case_ids=",".join(str(case.pk) for case in cases),
            takes_checks=int(takes_checks),
        )
    else:
        _bring_along(actor, given, takes_checks=takes_checks, **told)
    return len(given)


@transaction.atomic
def on_the_day(
    *, actor: Actor, former: Staff, to: Staff, case_ids: Sequence[int], takes_checks: bool
) -> int:
    """What was planned comes about. Who planned it hears of cases that changed hands meanwhile."""
    cases = list(Case.objects.filter(pk__in=case_ids).order_by("pk"))
    moved = team.carry_out(actor=actor, cases=cases, former=former, to=to)
    count = len(moved)
    _bring_along(actor, moved, former=former, to=to, takes_checks=takes_checks)
    if count < len(case_ids):
        notices.notify(
            staff_ids=[actor.staff_id],
            kind="caseload.handover_incomplete",
            text=f"{count} of {len(case_ids)} cases went from {former.name} to {to.name}. The others "
            "were closed or had another lead by today.",
            url=f"/team/{former.pk}/",
        )
    return count


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
