"""Records a review: where targets stand, what each party says, what is decided, what follows."""

from dataclasses import replace
from decimal import Decimal

from django.db import transaction

from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.pathways.actions import move
from alongside.people.models import EntryKind
from alongside.plans import policy, wording
from alongside.plans.actions.agreeing import bring_along, copy_of
from alongside.plans.actions.doing import add_score
from alongside.plans.actions.meeting import adopt_scores, change_score
from alongside.plans.actions.shared import leave_trace, locked, tell_school
from alongside.plans.actions.strategies import review_strategies
from alongside.plans.actions.writing import new_plan
from alongside.plans.dates import propose_review, rhythm_of
from alongside.plans.facts import STEPS, PlanFacts, ReviewFacts, check_review, check_step
from alongside.plans.kinds import type_of
from alongside.plans.meeting import said_on, versions_of
from alongside.plans.models import Plan, PlanState, Review, TargetScore
from alongside.plans.queries import stage_of
from alongside.plans.wording import figure
from alongside.rules.words import day_in_words
from alongside.schools.queries import calendar_for


@transaction.atomic
def record_review(*, actor: Actor, plan: Plan, facts: ReviewFacts) -> Review:
    """Close this plan's cycle. Unless the decision is to close, the next number is begun."""
    plan = locked(plan)
    require(policy.review(actor, plan))
    require(policy.decide_step(actor, facts.decision))
    check_review(facts, plan.starts_on, actor.today)
    check_step(facts, stage_of(plan))
    review = Review.objects.create(
        plan=plan,
        held_on=facts.held_on,
        decision=facts.decision,
        reason=facts.reason,
        present=facts.present,
        pupil_view=facts.pupil_view,
        family_view=facts.family_view,
        school_view=facts.school_view,
        next_review_on=facts.next_review_on,
        stage=facts.stage,
        recorded_by_id=actor.staff_id,
    )
    _score(actor, plan, review, facts)
    review_strategies(actor, plan.case, review, facts.strategies)
    _step(actor, plan, facts)
    leave_trace(
        actor,
        plan,
        "plan.reviewed",
        f"Plan {plan.number} reviewed: {review.get_decision_display().lower()}",
        entry_kind=EntryKind.REVIEW,
        is_shared=True,
        detail={"decision": facts.decision},
    )
    tell_school(actor, plan, "plan.reviewed", "A plan was reviewed.")
    _end(plan, facts)
    if facts.decision != Review.Decision.CLOSE and not _has_next(plan):
        _begin_next(actor, plan, facts)
    return review


def _score(actor: Actor, plan: Plan, review: Review, facts: ReviewFacts) -> None:
    """What the form says of each target, beside what was scored live on the day of the review."""
    said = said_on(plan, facts.held_on)
    is_today = facts.held_on == actor.today
    is_stale = is_today and facts.scores_seen not in (None, versions_of(said))
    for target in plan.targets.all():
        scored, before = facts.scores.get(target.pk), said.get(target.pk)
        field = f"score_{target.pk}"
        if scored is None:
            continue
        if before is None:
            told = (target, scored.value, facts.held_on, scored.note)
            add_score(actor, plan, *told, field=field, review=review)
            continue
        if is_stale and before.value != scored.value:
            who = before.recorded_by.name
            raise Problem(
                f"{who} scored this {figure(before.value)} meanwhile. Look again, then save.", field
            )
        change_score(actor, plan, before, scored.value, scored.note, field=field, review=review)
    adopt_scores(review, said.values())


def _step(actor: Actor, plan: Plan, facts: ReviewFacts) -> None:
    """Move the pupil to the stage chosen, in the framework of the case."""
    if facts.decision not in STEPS or facts.stage is None:
        return
    if facts.stage.framework_id != plan.case.framework_id:
        raise Problem("Choose a stage of the framework this case is in.", "stage")
    move(
        actor=actor,
        pupil=plan.pupil,
        stage=facts.stage,
        reason=facts.reason[:300],
        starts_on=facts.held_on,
        evidence=_evidence(plan, facts),
        decided_by=facts.decided_by,
        decided_on=facts.decided_on,
        judged_on=plan.case.opened_on,
    )


def _evidence(plan: Plan, facts: ReviewFacts) -> str:
    """The plan that was run and reviewed is what shows the stage before was tried."""
    return (
        f"Plan {plan.number}, from {day_in_words(plan.starts_on)}, "
        f"reviewed {day_in_words(facts.held_on)}: {facts.reason}"
    )


def _end(plan: Plan, facts: ReviewFacts) -> None:
    """A plan reviewed stays in use until the next is agreed; one reviewed to close has ended."""
    is_closing = facts.decision == Review.Decision.CLOSE
    plan.state = PlanState.ENDED if is_closing else PlanState.REVIEWED
    plan.ended_on = facts.held_on if is_closing else None
    plan.save(update_fields=["state", "ended_on"])


@transaction.atomic
def next_cycle(*, actor: Actor, plan: Plan) -> Plan:
    """Begin again from the last review, where no next plan was begun with it."""
    plan = locked(plan)
    require(policy.next_cycle(actor, plan))
    review = plan.review
    rhythm = rhythm_of(type_of(plan), plan.case.framework)
    calendar = calendar_for(actor, plan.case.school_id)
    due = propose_review(actor.today, rhythm.weeks, rhythm.whose, calendar)
    _begin_next(
        actor,
        plan,
        ReviewFacts(
            held_on=actor.today,
            decision=review.decision,
            reason=review.reason,
            next_review_on=due.on,
        ),
    )
    return Plan.objects.get(previous=plan)


def _begin_next(actor: Actor, plan: Plan, facts: ReviewFacts) -> None:
    """The next number, with the targets not yet met and the actions not yet done."""
    assert facts.next_review_on
    next_facts = carried_on(plan, facts)
    following = new_plan(actor, plan.case, next_facts, previous=plan, held_by=plan.held_by)
    bring_along(plan, following)
    leave_trace(
        actor,
        following,
        "plan.written",
        f"Plan {following.number} is being written",
        detail={"previous": plan.pk},
    )


def carried_on(plan: Plan, facts: ReviewFacts) -> PlanFacts:
    """What of a plan goes into the next: each target starts where it stands now."""
    due = facts.next_review_on or plan.review_due_on
    latest: dict[int | None, Decimal] = {
        s.target_id: s.value
        for s in TargetScore.objects.filter(target__plan=plan).order_by("scored_on", "pk")
    }
    before = copy_of(plan)
    targets = tuple(
        replace(target, baseline=latest.get(target.carried_from_id, target.baseline), due_on=due)
        for target in before.targets
        if not wording.is_met(target.baseline, target.goal, latest.get(target.carried_from_id))
    )
    kept = {target.carried_from_id for target in targets}
    still = [n for n, target in enumerate(before.targets, 1) if target.carried_from_id in kept]
    renumbered = {number: place for place, number in enumerate(still, 1)}
    actions = tuple(
        replace(action, due_on=due, target_number=renumbered.get(action.target_number, 0))
        for action in before.actions
    )
    return replace(
        before, starts_on=facts.held_on, review_due_on=due, targets=targets, actions=actions
    )


def _has_next(plan: Plan) -> bool:
    return Plan.objects.filter(previous=plan).exists()
