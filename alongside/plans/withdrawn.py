"""Agreement withdrawn while a plan is in use: how that is read and said. Must not change anything."""

from collections.abc import Sequence

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from alongside.plans.models import Agreement, Party, Plan, PlanState
from alongside.rules.words import listed


def no_longer_agrees(parties: Sequence[str]) -> str:
    """The family no longer agrees."""
    names = [Party(party).label for party in parties]
    who = listed([names[0], *(name[:1].lower() + name[1:] for name in names[1:])])
    return f"{who} no longer agree{'s' if len(names) == 1 else ''}"


def withdrawn_by() -> ArraySubquery:
    """Beside a plan: the parties that agreed to it and no longer do."""
    withdrawn = Agreement.objects.filter(plan=OuterRef("pk")).exclude(withdrawn_on=None)
    return ArraySubquery(withdrawn.order_by("pk").values("party"))


def state_of(plan: Plan) -> tuple[str, bool]:
    """How a plan stands, in words, and whether somebody no longer agrees to it while it is in use."""
    withdrawn: list[str] | None = getattr(plan, "withdrawn_by", None)
    if withdrawn is None:
        withdrawn = [one.party for one in plan.agreements.all() if one.withdrawn_on]
    if plan.state != PlanState.AGREED or not withdrawn:
        return plan.state_word, False
    return no_longer_agrees(withdrawn), True


def withdrawn_from(case: str) -> Subquery:
    """Of the plan in use of a case: the first party that no longer agrees, and since when."""
    withdrawn = Agreement.objects.filter(
        plan__case=OuterRef(case), plan__state=PlanState.AGREED, withdrawn_on__isnull=False
    )
    told = JSONObject(party="party", on="withdrawn_on", plan_id="plan_id")
    return Subquery(withdrawn.order_by("withdrawn_on", "pk").values(told=told)[:1])
