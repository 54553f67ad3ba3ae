"""A review steps up to more support or down to less, and never says one and does the other."""

from dataclasses import replace

import pytest

from alongside.core.decisions import Problem
from alongside.pathways.actions import move
from alongside.pathways.models import Stage, Standing
from alongside.plans import actions
from alongside.plans.models import Plan, Review
from alongside.plans.queries import stage_of
from tests.plans.makers import Making, make_case


@pytest.fixture
def standing(acting, cast) -> tuple[Making, Plan]:
    """Robin stands at Outreach, the third stage of four."""
    making = make_case(acting, cast)
    plan = making.agreed()
    move(
        actor=acting("mina"),
        pupil=making.case.pupil,
        stage=stage("Outreach"),
        reason="Accepted",
        starts_on=making.case.opened_on,
    )
    return making, plan


def stage(name: str) -> Stage:
    return Stage.objects.get(name=name)


def review(making: Making, plan: Plan, decision: str, to: str | None) -> Review:
    facts = making.review(decision, stage=stage(to) if to else None)
    return actions.record_review(actor=making.acting("asha"), plan=plan, facts=facts)


@pytest.mark.parametrize(
    ("decision", "to"),
    [
        ("STEP_DOWN", "Panel"),
        ("STEP_DOWN", "Outreach"),
        ("STEP_UP", "School plan"),
        ("STEP_UP", "Outreach"),
        ("CONTINUE", "Panel"),
    ],
)
def test_a_stage_that_does_not_fit_the_decision_is_refused_in_words(standing, decision, to):
    making, plan = standing

    with pytest.raises(Problem, match="support than Outreach|is no step") as problem:
        review(making, plan, decision, to)

    assert problem.value.field == "stage"
    assert not Review.objects.exists()
    assert stage_of(plan).name == "Outreach"


@pytest.mark.parametrize(
    ("decision", "to"), [("STEP_DOWN", "School plan"), ("STEP_UP", "Panel"), ("CONTINUE", None)]
)
def test_a_stage_that_fits_is_taken(standing, decision, to):
    making, plan = standing

    review(making, plan, decision, to)

    assert stage_of(plan).name == (to or "Outreach")


def test_where_no_stage_is_recorded_a_step_may_lead_to_any(acting, cast):
    making = make_case(acting, cast)
    plan = making.agreed()

    review(making, plan, "STEP_UP", "Whole school")

    assert stage_of(plan).name == "Whole school"


def test_the_form_offers_each_stage_under_the_decision_it_fits(standing, signed_in):
    _, plan = standing

    page = signed_in("asha").get(f"/plans/{plan.pk}/review/").content.decode()

    up = page.split('<optgroup label="Step up to">')[1].split("</optgroup>")[0]
    down = page.split('<optgroup label="Step down to">')[1].split("</optgroup>")[0]
    assert "Panel" in up
    assert "Whole school" not in up
    assert "School plan" in down
    assert "Panel" not in down
    assert ">Outreach</option>" not in page


def test_a_step_onto_a_stage_that_others_decide_on_asks_for_their_decision(standing):
    making, plan = standing
    Stage.objects.filter(name="Panel").update(decided_by="The inclusion panel")
    facts, asha = making.review("STEP_UP", stage=stage("Panel")), making.acting("asha")

    with pytest.raises(Problem, match="The inclusion panel. Say who decided") as told:
        actions.record_review(actor=asha, plan=plan, facts=facts)
    assert told.value.field == "decided_by" and not Review.objects.exists()
    decided = replace(facts, decided_by="The panel", decided_on=facts.held_on)
    actions.record_review(actor=asha, plan=plan, facts=decided)

    assert Standing.objects.get(ends_on=None).decided_by == "The panel"
