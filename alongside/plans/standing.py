"""Whether a plan in use still rests on agreement, said where work under it begins. Changes nothing."""

from dataclasses import dataclass

from django.db.models import Q

from alongside.core.actor import Actor
from alongside.plans.models import Plan, PlanState
from alongside.plans.queries import visible_plans
from alongside.plans.withdrawn import beside, no_longer_agrees
from alongside.rules.words import day_in_words, listed

STILL = (
    "Until they agree again, or the next version is agreed, leave out what they object to. You may "
    "still write down what was done, speak with them, and raise a concern."
)


@dataclass(frozen=True)
class Doubt:
    """What is said at the head of a form, and the plan to read."""

    text: str
    url: str


def doubt_of(actor: Actor, pupil_id: int, case_id: int | None = None) -> Doubt | None:
    """Of a pupil's plan in use: who no longer agrees, or whose agreement was another school's."""
    of_case = Q(case=case_id) if case_id else Q()
    plans = visible_plans(actor, of=pupil_id).filter(of_case, state=PlanState.AGREED)
    for plan in plans.annotate(**beside()).select_related("case__school").order_by("pk"):
        if text := _said(plan):
            return Doubt(text, f"/plans/{plan.pk}/")
    return None


def _said(plan: Plan) -> str:
    withdrawn = plan.withdrawn_by  # type: ignore[attr-defined]
    if withdrawn:
        days = plan.agreements.filter(party__in=withdrawn).values_list("withdrawn_on", flat=True)
        since = listed([day_in_words(on) for on in sorted({day for day in days if day})])
        return f"{no_longer_agrees(withdrawn)} to plan {plan.number}, since {since}. {STILL}"
    if plan.is_of_former:  # type: ignore[attr-defined]
        return (
            f"Plan {plan.number} was agreed with the former school. {plan.case.school.name} has not "
            "agreed yet: ask before you rely on what the school was to do."
        )
    return ""
