"""Which kind of plan a plan is, and who approves such a plan."""

from typing import Any

from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.permissions import ROLES, Role
from alongside.pathways.models import PlanType
from alongside.pathways.plan_types import plain, plan_type
from alongside.plans.models import Plan
from alongside.rules.words import listed


def type_of(plan: Plan) -> PlanType:
    """The kind of plan it is; asked for once a plan, or brought along by `get_plan`."""
    known: PlanType | None = getattr(plan, "known_type", None)
    if known is None:
        known = plan_type(plan.kind) if not hasattr(plan, "type_row") else _brought(plan)
        plan.known_type = known  # type: ignore[attr-defined]
    return known


def _brought(plan: Plan) -> PlanType:
    row: dict[str, Any] | None = plan.type_row  # type: ignore[attr-defined]
    return PlanType(**row) if row else plain(plan.kind)


def may_approve(actor: Actor, kind: PlanType) -> Decision:
    """Of those who approve plans, whoever holds a role that the kind names; all, where it names none."""
    if not kind.approving or any(held.role in kind.approving for held in actor.held):
        return ALLOWED
    return refuse(f"A plan of this kind is approved by: {approvers_in_words(kind)}.")


def approvers_in_words(kind: PlanType) -> str:
    return listed([ROLES[Role(role)].label for role in kind.approving], "or")
