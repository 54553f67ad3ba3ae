"""A kind of plan is changed under plans of it: those that wait for an answer keep what they wait for."""

from django.db import transaction

from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.pathways import plan_types
from alongside.pathways.models import PlanType
from alongside.pathways.plan_types import KindFacts, KindParts
from alongside.plans.kinds import nobody_approves_at
from alongside.plans.models import Plan, PlanState
from alongside.rules.words import count_of, listed


@transaction.atomic
def change_kind(
    *, actor: Actor, key: str, facts: KindFacts, parts: KindParts | None = None, seen: str = ""
) -> PlanType:
    """Change a kind of plan. Whose agreement it asks for stands while a plan of it is being agreed."""
    found = plan_types.get_plan_type(key)
    if set(facts.approving) != set(found.approving):
        _require_approvers(actor, facts)
    if parts and set(parts.agreeing) != set(found.agreeing):
        waiting = Plan.objects.filter(kind=key, state=PlanState.APPROVED).count()
        if waiting:
            is_one = waiting == 1
            raise Problem(
                f"{count_of(waiting, 'plan')} of this kind {'is' if is_one else 'are'} being agreed. "
                f"Who agrees can change once {'that one is' if is_one else 'those are'} settled.",
                "agreeing",
            )
    return plan_types.change(actor=actor, key=key, facts=facts, parts=parts, seen=seen)


@transaction.atomic
def add_kind(*, actor: Actor, facts: KindFacts, parts: KindParts) -> PlanType:
    """A kind of plan of the council's own, which somebody in each service may approve."""
    _require_approvers(actor, facts)
    return plan_types.add(actor=actor, facts=facts, parts=parts)


def _require_approvers(actor: Actor, facts: KindFacts) -> None:
    if without := nobody_approves_at(facts.approving, actor.today):
        raise Problem(
            f"Nobody at {listed(without)} holds a role that you name: plans there could not be "
            "approved. Name one that is held there as well, or none.",
            "approving",
        )
