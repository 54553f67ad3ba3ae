"""Agreement withdrawn while a plan is in use: how that is read and said. Must not change anything."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from alongside.plans.models import Agreement, Party, Plan, PlanState
from alongside.rules.words import listed


def no_longer_agrees(parties: Sequence[str]) -> str:
    """The family no longer agrees."""
    names = [Party(party).label for party in parties]
    who = listed([names[0], *(name[:1].lower() + name[1:] for name in names[1:])])
    return f"{who} no longer agree{'s' if len(names) == 1 else ''}"


def beside() -> dict[str, Any]:
    """Beside a plan: the parties that no longer agree to it, and whether its school is another now."""
    given = Agreement.objects.filter(plan=OuterRef("pk"))
    is_of_former = Q(school__isnull=False) & ~Q(school=OuterRef("case__school"))
    # What a former school took back says nothing of the school of now, which has yet to be asked.
    withdrawn = given.exclude(withdrawn_on=None).exclude(is_of_former).order_by("pk")
    return {
        "withdrawn_by": ArraySubquery(withdrawn.values("party")),
        "is_of_former": Exists(given.filter(is_of_former)),
    }


def state_of(plan: Plan) -> tuple[str, str]:
    """How a plan stands in words, and how pressing it is that its agreement no longer holds."""
    if plan.state != PlanState.AGREED:
        return plan.state_word, ""
    withdrawn, is_of_former = _agreement_of(plan)
    if withdrawn:
        return no_longer_agrees(withdrawn), "overdue"
    if is_of_former:
        return "Agreed with the former school", "soon"
    return plan.state_word, ""


def _agreement_of(plan: Plan) -> tuple[Sequence[str], bool]:
    """As `beside` brought it, else as it stands."""
    if hasattr(plan, "withdrawn_by"):
        return plan.withdrawn_by, plan.is_of_former  # type: ignore[attr-defined]
    given = plan.agreements.all()
    withdrawn = [one.party for one in given if one.withdrawn_on and not one.is_of_former_school]
    return withdrawn, any(one.is_of_former_school for one in given)


def withdrawn_from(case: str) -> Subquery:
    """Of the plan in use of a case: the first party that no longer agrees, and since when."""
    withdrawn = Agreement.objects.filter(
        plan__case=OuterRef(case), plan__state=PlanState.AGREED, withdrawn_on__isnull=False
    )
    withdrawn = withdrawn.filter(Q(school=None) | Q(school=F("plan__case__school")))
    told = JSONObject(party="party", on="withdrawn_on", plan_id="plan_id")
    return Subquery(withdrawn.order_by("withdrawn_on", "pk").values(told=told)[:1])
