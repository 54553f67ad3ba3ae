"""Sends a plan for approval; a manager approves it or returns it with a reason."""

from django.db import transaction
from django.utils import timezone

from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.plans import policy
from alongside.plans.actions.agreeing import record_agreement
from alongside.plans.actions.shared import leave_trace, locked, tell, tell_school
from alongside.plans.models import Party, Plan, PlanDecision, PlanState
from alongside.plans.people import approvers
from alongside.plans.queries import agreeing

Answer = PlanDecision.Answer


@transaction.atomic
def submit(*, actor: Actor, plan: Plan) -> Plan:
    """Ask a manager to approve it; they are told at once."""
    plan = locked(plan)
    require(policy.submit(actor, plan))
    plan.state = PlanState.WAITING_APPROVAL
    plan.submitted_by_id = actor.staff_id
    plan.submitted_at = timezone.now()
    plan.save(update_fields=["state", "submitted_by", "submitted_at"])
    told = [staff_id for staff_id, _ in approvers(plan, actor.today)]
    tell(plan, told, "plan.submitted", "A plan waits for your approval.")
    leave_trace(actor, plan, "plan.submitted", f"Plan {plan.number} sent for approval")
    return plan


@transaction.atomic
def return_plan(*, actor: Actor, plan: Plan, reason: str) -> Plan:
    """Give it back to its writer with what is to be changed."""
    plan = locked(plan)
    require(policy.return_plan(actor, plan))
    if not reason.strip():
        raise Problem("Say what should be different, so that the writer can do it.", "reason")
    plan.state = PlanState.RETURNED
    plan.return_reason = reason.strip()
    plan.save(update_fields=["state", "return_reason"])
    _decide(actor, plan, Answer.RETURNED, plan.return_reason)
    tell(plan, _writers(actor, plan), "plan.returned", "A plan came back to you with a reason.")
    leave_trace(actor, plan, "plan.returned", f"Plan {plan.number} returned: {plan.return_reason}")
    return plan


@transaction.atomic
def approve(*, actor: Actor, plan: Plan, comment: str = "") -> Plan:
    """From here on the school sees it, and each party can agree. What was changed first is said.

    Whoever approves the school's own plan for the school has agreed to it.
    """
    plan = locked(plan)
    require(policy.approve(actor, plan))
    is_amended = was_amended(plan)
    if is_amended and not comment.strip():
        raise Problem("Say what was changed, so that its writer knows.", "comment")
    plan.state = PlanState.APPROVED
    plan.approved_by_id = actor.staff_id
    plan.approved_at = timezone.now()
    plan.return_reason = ""
    plan.save(update_fields=["state", "approved_by", "approved_at", "return_reason"])
    _decide(actor, plan, Answer.AMENDED if is_amended else Answer.APPROVED, comment.strip())
    with_changes = "with changes " if is_amended else ""
    tell(
        plan,
        _writers(actor, plan),
        "plan.approved",
        f"Your plan is approved {with_changes}".strip() + ". Ask each party to agree.",
    )
    summary = f"Plan {plan.number} approved {with_changes}by {actor.name}"
    leave_trace(actor, plan, "plan.approved", summary, is_shared=True)
    if policy.agrees_by_approving(actor, plan):
        return record_agreement(
            actor=actor, plan=plan, party=Party.SCHOOL, name=actor.name, is_agreed=True,
            how="as they approved it", agreed_on=actor.today,
        )  # fmt: skip
    if Party.SCHOOL in agreeing(plan):
        tell_school(actor, plan, "plan.to_agree", "A plan waits for the school’s agreement.")
    return plan


def was_amended(plan: Plan) -> bool:
    """Whether who decides changed it after it was sent in."""
    return bool(
        plan.submitted_at
        and plan.changed_at > plan.submitted_at
        and plan.changed_by_id not in plan.author_ids
    )


def _decide(actor: Actor, plan: Plan, answer: PlanDecision.Answer, comment: str) -> None:
    PlanDecision.objects.create(
        plan=plan,
        answer=answer,
        comment=comment,
        decided_by_id=actor.staff_id,
        decided_at=timezone.now(),
    )


def _writers(actor: Actor, plan: Plan) -> list[int]:
    return sorted({*plan.author_ids, plan.changed_by_id} - {actor.staff_id})
