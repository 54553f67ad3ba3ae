"""Why a case stands where it does on a caseload: facts in words, each with how pressing it is."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.cases.leading import begun_on
from alongside.cases.models import CaseState
from alongside.core.actor import Actor
from alongside.duties import standards
from alongside.duties.calendars import Calendars
from alongside.plans.models import PlanState
from alongside.plans.withdrawn import no_longer_agrees
from alongside.rules.dates import short_day


@dataclass(frozen=True)
class Reason:
    """One fact that puts a case where it is: a state (its shape and colour) and words."""

    state: str
    words: str


def reasons_of(
    actor: Actor,
    case: dict[str, Any],
    calendars: Calendars,
    unseen: int,
    review_left: int | None,
) -> list[Reason]:
    """Facts in words, most pressing first. No score: each can be checked and disagreed with."""
    if case["state"] == CaseState.CLOSED:
        return [_check_reason(actor, case["check_due_on"])]
    found, plan = [], case["plan"]
    if case["state"] == CaseState.WAITING:
        waited = calendars.since(case["school_id"], begun_on(case), actor.today)
        late = waited > standards.ALLOCATE_WITHIN
        found.append(Reason("overdue" if late else "soon", _waiting_words(waited)))
    if withdrawn := case["withdrawn"]:
        found.append(Reason("overdue", no_longer_agrees([withdrawn["party"]])))
    if review_left is not None and review_left < 0:
        found.append(Reason("overdue", f"Plan review {_days(-review_left)} late"))
    elif review_left is not None and review_left <= 10:
        found.append(Reason("soon", f"Plan review in {_days(review_left)}"))
    needs_plan = plan is None or (plan["state"] == PlanState.ENDED and case["reopened_on"])
    if case["led_from"] and case["led_from"] > actor.today:
        found.append(
            Reason("waiting", f"Allocated from {short_day(case['led_from'], actor.today)}")
        )
    elif needs_plan and case["state"] == CaseState.OPEN:
        found.append(_no_plan(actor, case, calendars))
    elif plan and plan["state"] not in (PlanState.AGREED, PlanState.ENDED):
        state = PlanState(plan["state"]).label.lower()
        found.append(Reason("soon", f"Plan {plan['number']}: {state}"))
    if said := _task_late(actor, case, calendars):
        found.append(Reason("overdue", said))
    # Whom the work is not shared with cannot tell from it that nobody came.
    if actor.reads_work and unseen > standards.CONTACT_WITHIN:
        found.append(Reason("overdue", f"Not seen for {_days(unseen)}"))
    return found or [Reason("met", "On track")]


def _task_late(actor: Actor, case: dict[str, Any], calendars: Calendars) -> str:
    """Of the next thing asked for, that its day has gone by."""
    task = case["task"]
    due_on = date.fromisoformat(task["due_on"]) if task else actor.today
    if due_on >= actor.today:
        return ""
    late = -calendars.left(case["school_id"], actor.today, due_on)
    return f"Next step {_days(late)} late" if late else "Next step late"


def _waiting_words(waited: int) -> str:
    return f"No lead worker for {_days(waited)}" if waited else "No lead worker yet"


def _no_plan(actor: Actor, case: dict[str, Any], calendars: Calendars) -> Reason:
    due_on = calendars.add(case["school_id"], begun_on(case), standards.plan_within(actor))
    left = calendars.left(case["school_id"], actor.today, due_on)
    which = "Next" if case["plan"] else "First"
    if left < 0:
        return Reason("overdue", f"{which} plan {_days(-left)} late")
    return Reason("soon" if left <= 5 else "waiting", f"{which} plan due in {_days(left)}")


def _check_reason(actor: Actor, due_on: date | None) -> Reason:
    if due_on is None:
        return Reason("met", "Closed, checks answered")
    if due_on < actor.today:
        return Reason("overdue", f"Check was due {short_day(due_on, actor.today)}")
    return Reason("waiting", f"Next check {short_day(due_on, actor.today)}")


def _days(count: int) -> str:
    return "1 school day" if count == 1 else f"{count} school days"
