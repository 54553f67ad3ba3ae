"""Takes barriers of the needs assessment into a plan, with the strategies chosen against them."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from alongside.assessments.models import Need
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.plans import policy
from alongside.plans.actions.shared import leave_trace, locked
from alongside.plans.actions.writing import facts_of, keep_version
from alongside.plans.models import Party, Plan, PlanAction, PlanBarrier, Target
from alongside.rules.words import count_of

LONGEST_ACTION = 200


@transaction.atomic
def take_barriers(
    *,
    actor: Actor,
    plan: Plan,
    needs: Sequence[Need],
    strategies: Iterable[str] = (),
    gaps: Sequence[Need] = (),
) -> Plan:
    """The plan works on these barriers and no others.

    Each strategy becomes the school's action, and each learning gap a target.
    """
    plan = locked(plan)
    require(policy.edit(actor, plan))
    chosen = {need.pk for need in needs}
    found = Need.objects.filter(pk__in=chosen, pupil=plan.pupil_id, ended_on=None)
    if found.exclude(barrier=None).count() != len(chosen):
        raise Problem("A barrier that was chosen no longer stands. Open the page again.")
    held = PlanBarrier.objects.filter(plan=plan)
    held.exclude(need__in=chosen).delete()
    stands = set(held.values_list("need_id", flat=True))
    PlanBarrier.objects.bulk_create(
        PlanBarrier(plan=plan, need_id=need_id, chosen_by_id=actor.staff_id)
        for need_id in sorted(chosen - stands)
    )
    answers = {
        strategy: need.pk
        for need in found.select_related("barrier")
        if need.barrier
        for strategy in need.barrier.strategies
    }
    added = _add_actions(plan, strategies, answers) + _add_targets(plan, gaps)
    if added:  # Whoever has the plan open to change it is shown both versions.
        plan.version += 1
        plan.changed_by_id, plan.changed_at = actor.staff_id, timezone.now()
        plan.save(update_fields=["version", "changed_by", "changed_at"])
        keep_version(actor, plan, facts_of(plan))
    leave_trace(
        actor,
        plan,
        "plan.barriers_taken",
        f"Plan {plan.number} works on {count_of(len(chosen), 'barrier')}",
        detail={"needs": sorted(chosen), "actions_added": added},
    )
    return plan


def _add_actions(plan: Plan, strategies: Iterable[str], answers: Mapping[str, int]) -> int:
    """Strategies that are no action of the school's yet, at the end of the list.

    Each serves the target that answers its need, where there is one.
    """
    serving = {t.need_id: t for t in plan.targets.order_by("-order") if t.need_id}
    known = set(plan.actions.values_list("text", flat=True))
    new = [text for text in dict.fromkeys(strategies) if text and text not in known]
    last = plan.actions.aggregate(last=Max("order"))["last"] or 0
    PlanAction.objects.bulk_create(
        PlanAction(
            plan=plan,
            target=serving.get(answers.get(text, 0)),
            order=order,
            party=Party.SCHOOL,
            text=text[:LONGEST_ACTION],
            due_on=plan.review_due_on,
        )
        for order, text in enumerate(new, last + 1)
    )
    return len(new)


def _add_targets(plan: Plan, gaps: Sequence[Need]) -> int:
    """A target for each gap that is none yet: to be shown in four tries of five by the review."""
    known = set(plan.targets.values_list("text", flat=True))
    last = plan.targets.aggregate(last=Max("order"))["last"] or 0
    new = [gap for gap in gaps if gap.text[:LONGEST_ACTION] not in known]
    Target.objects.bulk_create(
        Target(
            plan=plan,
            need=gap,
            order=order,
            text=gap.text[:LONGEST_ACTION],
            kind=Target.Kind.OUTCOME,
            unit="of 5 tries",
            lowest=0,
            highest=5,
            baseline=0,
            goal=4,
            due_on=plan.review_due_on,
            owner="Class team",
        )
        for order, gap in enumerate(new, last + 1)
    )
    return len(new)
