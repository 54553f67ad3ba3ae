"""Scoring and reviewing a plan: what is carried on, where a step leads, what is told at its field."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.core.decisions import Problem
from alongside.pathways.models import Stage, Standing
from alongside.plans import actions, queries
from alongside.plans.models import Plan, PlanState
from tests.plans.makers import scored, target


@pytest.mark.duty("SA-08")
def test_targets_of_each_kind_are_scored_apart(making):
    today = making.today
    targets = tuple(
        target(today, f"Stays for the whole lesson, {kind}", kind=kind)
        for kind in ("PROVISION", "BEHAVIOUR", "OUTCOME")
    )
    plan = making.agreed(targets=targets)

    actions.score_targets(
        actor=making.acting("asha"), plan=plan, scores=scored(plan, 2, 5, 8), scored_on=today
    )

    stood = [(t.kind, t.latest, queries.is_met(t)) for t in queries.targets_of(plan)]
    assert stood == [("PROVISION", 2, False), ("BEHAVIOUR", 5, False), ("OUTCOME", 8, True)]


@pytest.mark.duty("LP-60")
def test_a_review_carries_on_what_is_not_yet_met(making):
    plan = making.agreed()
    scores = scored(plan, 6, 3)

    actions.record_review(
        actor=making.acting("asha"), plan=plan, facts=making.review(scores=scores)
    )

    following = Plan.objects.get(previous=plan)
    (kept,) = following.targets.all()
    assert (kept.carried_from.order, kept.baseline, kept.goal) == (1, 6, 8)
    assert (following.number, following.state) == (2, PlanState.DRAFT)
    assert queries.plan_in_use(making.acting("asha"), making.case) == plan


@pytest.mark.duty("LP-60")
@pytest.mark.parametrize("decision", ["STEP_UP", "STEP_DOWN"])
def test_a_step_moves_the_pupil_on_the_framework(making, decision):
    stage = Stage.objects.get(framework=making.case.framework, order=2)

    making.reviewed(decision, stage=stage)

    standing = Standing.objects.get(pupil=making.case.pupil, ends_on=None)
    assert (standing.stage, standing.reason) == (stage, "He uses the card and comes back.")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"next_review_on": None}, "next_review_on"),
        ({"decision": "STEP_DOWN"}, "stage"),
        ({"held_on": date(2099, 1, 1)}, "held_on"),
        ({"held_on": date(2020, 1, 1)}, "held_on"),
    ],
)
def test_an_incomplete_review_is_told_at_its_field(making, change, field):
    plan = making.agreed()
    with pytest.raises(Problem) as problem:
        actions.record_review(
            actor=making.acting("asha"), plan=plan, facts=replace(making.review(), **change)
        )
    assert problem.value.field == field


@pytest.mark.duty("LP-60")
def test_closing_ends_the_plan_and_begins_none(making):
    plan = making.ended()

    assert (plan.state, plan.ended_on) == (PlanState.ENDED, making.today)
    assert not Plan.objects.filter(previous=plan).exists()
