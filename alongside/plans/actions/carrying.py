"""Starts a plan at the school that receives a pupil, from what worked in the one before."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db import transaction

from alongside.cases.models import Case
from alongside.core.actor import Actor
from alongside.core.decisions import require
from alongside.core.prepared import hold
from alongside.pathways.plan_types import offered, plan_type
from alongside.plans import policy, wording
from alongside.plans.actions.agreeing import CONTRIBUTED, copy_of
from alongside.plans.actions.shared import leave_trace
from alongside.plans.actions.writing import new_plan
from alongside.plans.dates import propose_review, rhythm_of
from alongside.plans.facts import ActionFacts, PlanFacts, TargetFacts
from alongside.plans.models import Contributor, Party, Plan, Strategy, TargetScore
from alongside.plans.tapering import worth_carrying
from alongside.schools.queries import calendar_for

KIND = "PASTORAL"  # Where the council offers it; else the kind of the plan before.


@transaction.atomic
def carry_forward(*, actor: Actor, case: Case, earlier: Plan) -> Plan:
    """A draft at the receiving school: strategies that worked, targets still open, who is there.

    What the former school wrote stays with the former plan.
    """
    case = hold(Case, case.pk, "pupil", "framework", "school")
    require(policy.carry_forward(actor, case, earlier))
    worked = worth_carrying(earlier)
    is_followed = Plan.objects.filter(previous=earlier).exists()
    plan = new_plan(
        actor,
        case,
        _facts(actor, case, earlier, worked),
        previous=None if is_followed else earlier,
    )
    for one in earlier.contributors.exclude(party__in=(Party.SCHOOL, Party.SERVICE)):
        Contributor.objects.create(plan=plan, **{name: getattr(one, name) for name in CONTRIBUTED})
    for strategy in worked:
        _begin(actor, case, strategy)
    leave_trace(
        actor,
        plan,
        "plan.carried_forward",
        f"Plan {plan.number} at {case.school.name} begins with what worked before",
        detail={"earlier": earlier.pk, "strategies": [one.pk for one in worked]},
    )
    return plan


def _facts(actor: Actor, case: Case, earlier: Plan, worked: list[Strategy]) -> PlanFacts:
    before = copy_of(earlier)
    kind = KIND if KIND in {one.key for one in offered(actor.today)} else earlier.kind
    rhythm = rhythm_of(plan_type(kind), case.framework)
    calendar = calendar_for(actor, case.school_id)
    due = propose_review(actor.today, rhythm.weeks, rhythm.whose, calendar).on
    theirs = (Party.FAMILY, Party.PUPIL)
    actions = tuple(ActionFacts(Party.SCHOOL, strategy.text, due) for strategy in worked) + tuple(
        ActionFacts(a.party, a.text, due, a.who, a.is_shared)
        for a in before.actions
        if a.party in theirs
    )
    return PlanFacts(
        aim=earlier.aim,
        starts_on=max(actor.today, case.opened_on),
        review_due_on=due,
        kind=kind,
        targets=tuple(_still_open(earlier, before.targets, due)),
        actions=actions,
    )


def _still_open(earlier: Plan, targets: tuple[TargetFacts, ...], due: date) -> list[TargetFacts]:
    """Targets not met yet, each from where it stood last."""
    scores = TargetScore.objects.filter(target__plan=earlier).order_by("scored_on", "pk")
    latest: dict[int | None, Decimal] = {s.target_id: s.value for s in scores}
    return [
        replace(target, baseline=latest.get(target.carried_from_id, target.baseline), due_on=due)
        for target in targets
        if not wording.is_met(target.baseline, target.goal, latest.get(target.carried_from_id))
    ]


def _begin(actor: Actor, case: Case, strategy: Strategy) -> None:
    """The new school has not run it yet: it begins together."""
    Strategy.objects.get_or_create(
        case=case,
        text=strategy.text,
        defaults={
            "pupil": case.pupil,
            "how": strategy.how,
            "run_by": Strategy.RunBy.TOGETHER,
            "run_since": actor.today,
            "works": strategy.works,
            "started_on": actor.today,
            "recorded_by_id": actor.staff_id,
        },
    )
