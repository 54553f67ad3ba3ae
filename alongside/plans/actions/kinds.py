"""A kind of plan is changed under plans of it: those that wait for an answer keep what they wait for."""

from django.db import transaction

from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.pathways import plan_types
from alongside.pathways.models import PlanType
from alongside.pathways.plan_types import KindFacts, KindParts
from alongside.plans.models import Plan, PlanState
from alongside.rules.words import count_of


@transaction.atomic
def change_kind(
    *, actor: Actor, key: str, facts: KindFacts, parts: KindParts | None = None, seen: str = ""
) -> PlanType:
    """Change a kind of plan. Whose agreement it asks for stands while a plan of it is being agreed."""
    found = plan_types.get_plan_type(key)
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
