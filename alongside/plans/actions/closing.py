"""Closes a case with its plans: none stays in use, or half written, once the work has ended."""

from datetime import date

from django.db import transaction

from alongside.cases import closing
from alongside.cases.models import Case
from alongside.core.actor import Actor
from alongside.plans.actions.shared import PARTS, leave_trace
from alongside.plans.models import Plan, PlanState
from alongside.plans.people import tell_school


@transaction.atomic
def close_case(
    *,
    actor: Actor,
    case: Case,
    closed_on: date,
    outcome: str,
    risk_at_end: str,
    closing_summary: str,
    closing_notes: str = "",
    not_measured_because: str = "",
) -> Case:
    """Close the case, and on the same day end the plan in use and set aside one being written.

    Opened again, the case begins with no plan: these stay as they were.
    """
    closed = closing.close_case(
        actor=actor,
        case=case,
        closed_on=closed_on,
        outcome=outcome,
        risk_at_end=risk_at_end,
        closing_summary=closing_summary,
        closing_notes=closing_notes,
        not_measured_because=not_measured_because,
    )
    still_open = Plan.objects.filter(case=closed).exclude(state=PlanState.ENDED)
    locked = still_open.select_for_update(of=("self",)).select_related(*PARTS)
    for plan in locked.order_by("number"):
        _end(actor, plan, closed_on)
    if outcome != closing.LEFT_AREA:
        # Of a pupil who left the area it is told apart.
        tell_school(
            actor,
            closed,
            kind="case.closed",
            text=f"Support has ended: {closed.reference}. Open the case for your copy of the closure report.",
            url=f"/cases/{closed.pk}/",
        )
    return closed


def _end(actor: Actor, plan: Plan, ended_on: date) -> None:
    # A pupil may have gone before it began, and nobody knew: then it ended on its first day.
    plan.state, plan.ended_on = PlanState.ENDED, max(ended_on, plan.starts_on)
    plan.save(update_fields=["state", "ended_on"])
    if plan.approved_at:
        said = f"Plan {plan.number} ended, because the case was closed"
        leave_trace(actor, plan, "plan.ended", said, is_shared=True)
    else:
        said = f"Plan {plan.number} was set aside unfinished, because the case was closed"
        leave_trace(actor, plan, "plan.set_aside", said)
