"""Which kind of plan a plan is, and who approves such a plan."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from alongside.cases.models import Case, CaseState
from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.models import Place
from alongside.core.own_rules import in_force
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


def nobody_approves_at(approving: Sequence[str], today: date) -> list[str]:
    """Services at work where nobody holds one of these roles: plans there could not be approved."""
    if not approving:
        return []
    at_work = Case.objects.exclude(state=CaseState.CLOSED).values("service")
    held = in_force(today).filter(role__in=approving)
    services = Place.objects.filter(pk__in=at_work).exclude(
        Q(pk__in=held.values("place")) | Q(parent__in=held.values("place"))
    )
    return list(services.order_by("name").values_list("name", flat=True))


def approvers_in_words(kind: PlanType) -> str:
    return listed([ROLES[Role(role)].label for role in kind.approving], "or")
