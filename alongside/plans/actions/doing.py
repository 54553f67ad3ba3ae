"""While a plan is in use: scores its targets and ticks its actions."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.prepared import hold
from alongside.plans import policy
from alongside.plans.actions.shared import PARTS, leave_trace, locked
from alongside.plans.facts import Scored
from alongside.plans.models import Plan, PlanAction, Review, Target, TargetScore
from alongside.plans.wording import figure
from alongside.rules.words import day_in_words


@transaction.atomic
def score_target(
    *, actor: Actor, target: Target, value: Decimal, scored_on: date, note: str = ""
) -> TargetScore:
    """Where a target stood on a day, between reviews."""
    plan = Plan.objects.select_related(*PARTS).get(pk=target.plan_id)
    require(policy.score(actor, plan))
    score = add_score(actor, plan, target, value, scored_on, note)
    leave_trace(actor, plan, "target.scored", detail={"target": target.pk})
    return score


def add_score(
    actor: Actor,
    plan: Plan,
    target: Target,
    value: Decimal,
    scored_on: date,
    note: str = "",
    *,
    field: str = "value",
    review: Review | None = None,
) -> TargetScore:
    """One score within its scale and the plan's life. The caller has asked the policy."""
    require_score(actor, plan, target, value, scored_on, field)
    return TargetScore.objects.create(
        target=target,
        review=review,
        value=value,
        scored_on=scored_on,
        note=note,
        recorded_by_id=actor.staff_id,
    )


def require_score(
    actor: Actor, plan: Plan, target: Target, value: Decimal, scored_on: date, field: str
) -> None:
    if not target.lowest <= value <= target.highest:
        low, high = figure(target.lowest), figure(target.highest)
        raise Problem(f"Target {target.order}: its scale goes from {low} to {high}.", field)
    if scored_on > actor.today:
        raise Problem("This day has not come yet.", field)
    if scored_on < plan.starts_on:
        raise Problem(f"The plan started on {day_in_words(plan.starts_on)}.", field)


@transaction.atomic
def mark_action(
    *, actor: Actor, action: PlanAction, is_done: bool, note: str = "", done_on: date | None = None
) -> PlanAction:
    """Tick an action off, or take the tick away."""
    related = [f"plan__{part}" for part in PARTS]
    action = hold(PlanAction, action.pk, *related)
    require(policy.tick(actor, action))
    if done_on and done_on > actor.today:
        raise Problem("This day has not come yet.", "done_on")
    action.done_on = (done_on or actor.today) if is_done else None
    action.done_note = note if is_done else ""
    action.done_by_id = actor.staff_id if is_done else None
    action.save(update_fields=["done_on", "done_note", "done_by"])
    leave_trace(
        actor,
        action.plan,
        "plan_action.done" if is_done else "plan_action.undone",
        f"Done by {action.get_party_display().lower()}: {action.text}" if is_done else "",
        is_shared=action.is_shared,
        detail={"action": action.pk},
    )
    return action


@transaction.atomic
def score_targets(
    *, actor: Actor, plan: Plan, scores: Mapping[int, Scored], scored_on: date
) -> list[TargetScore]:
    """Several targets on one day, in one go."""
    plan = locked(plan)
    require(policy.score(actor, plan))
    if not scores:
        raise Problem("Score one target at least.")
    made = [
        add_score(
            actor,
            plan,
            target,
            scores[target.pk].value,
            scored_on,
            scores[target.pk].note,
            field=f"score_{target.pk}",
        )
        for target in plan.targets.all()
        if target.pk in scores
    ]
    leave_trace(actor, plan, "targets.scored", detail={"targets": [s.target_id for s in made]})
    return made
