"""From an assessed need to the target that answers it, and from the target to who does what."""

from dataclasses import replace

import pytest

from alongside.assessments.actions.needs import record_need
from alongside.assessments.models import Need
from alongside.core.decisions import Problem, Refused
from alongside.plans import actions, queries
from alongside.plans.models import Plan, PlanState
from tests.plans.makers import Making, facts, load_kinds, scored, target


@pytest.fixture
def need(making) -> Need:
    load_kinds(making.acting)
    asha = making.acting("asha")
    return record_need(
        actor=asha,
        pupil=making.case.pupil,
        kind=Need.Kind.BARRIER,
        text="Reading aloud in front of others",
    )


def traced(making: Making, need: Need, **more):
    today = making.today
    targets = (target(today, need_id=need.pk), target(today, "Stays all maths", need_id=need.pk))
    serving = tuple(
        replace(action, target_number=number)
        for action, number in zip(facts(today).actions, (1, 2, 1, 2), strict=True)
    )
    return facts(today, targets=targets, actions=serving, **more)


@pytest.mark.duty("OW-136")
def test_a_plan_leads_from_a_need_to_each_target_and_from_a_target_to_each_action(making, need):
    asha = making.acting("asha")
    bare = actions.write_plan(actor=asha, case=making.case, facts=facts(asha.today))
    with pytest.raises(Refused) as refused:
        actions.submit(actor=asha, plan=bare)
    for said in ("Target 1: say which need it answers.", "Action 4: say which target it serves."):
        assert said in refused.value.reason

    actions.edit_plan(actor=asha, plan=bare, facts=traced(making, need), version=bare.version)
    plan = actions.submit(actor=asha, plan=bare)

    assert plan.state == PlanState.WAITING_APPROVAL
    found = queries.get_plan(asha, plan.pk)
    assert {t.need_text for t in found.targets.all()} == {need.text}
    assert [a.target_number for a in found.actions.all()] == [1, 2, 1, 2]


def test_a_target_that_nobody_works_towards_is_told(making, need):
    asha = making.acting("asha")
    made = traced(making, need)
    alone = replace(made, actions=tuple(a for a in made.actions if a.target_number == 1))
    plan = actions.write_plan(actor=asha, case=making.case, facts=alone)

    with pytest.raises(Refused, match="Target 2: nobody does anything towards it yet"):
        actions.submit(actor=asha, plan=plan)


def test_a_need_of_another_child_or_a_restricted_one_cannot_be_answered(making, need, cast):
    asha = making.acting("asha")
    trauma = record_need(
        actor=asha,
        pupil=making.case.pupil,
        kind=Need.Kind.TRAUMA,
        text="Not to be passed on",
        source="Told by mum",
    )
    for wrong in (trauma.pk, need.pk + 999):
        with pytest.raises(Problem) as problem:
            actions.write_plan(
                actor=asha,
                case=making.case,
                facts=facts(asha.today, targets=(target(asha.today, need_id=wrong),)),
            )
        assert problem.value.field == "target_1_need"


def test_the_next_plan_keeps_the_line_from_need_to_action(making, need):
    asha = making.acting("asha")
    plan = actions.write_plan(actor=asha, case=making.case, facts=traced(making, need))
    actions.submit(actor=asha, plan=plan)
    plan = actions.approve(actor=making.acting("mina"), plan=plan)
    for party in queries.agreeing(plan):
        plan = making.answer(plan, party)

    met_the_first = making.review(scores=scored(plan, 8, 2))
    actions.record_review(actor=making.acting("asha"), plan=plan, facts=met_the_first)

    following = Plan.objects.get(previous=plan)
    (kept,) = following.targets.all()
    assert kept.need_id == need.pk
    assert [a.target_number for a in following.actions.all()] == [0, 1, 0, 1]


def test_the_school_reads_no_need_that_is_not_shared_with_it(making, need):
    asha = making.acting("asha")
    plan = actions.write_plan(actor=asha, case=making.case, facts=traced(making, need))
    actions.submit(actor=asha, plan=plan)
    actions.approve(actor=making.acting("mina"), plan=plan)

    found = queries.get_plan(making.acting("petra"), plan.pk)

    assert {t.need_text for t in found.targets.all()} == {None}


def test_the_schools_page_says_that_a_need_is_kept_and_not_that_there_is_none(
    making, need, signed_in
):
    asha = making.acting("asha")
    plan = actions.write_plan(actor=asha, case=making.case, facts=traced(making, need))
    actions.submit(actor=asha, plan=plan)
    actions.approve(actor=making.acting("mina"), plan=plan)

    page = signed_in("petra").get(f"/plans/{plan.pk}/").content.decode()

    assert "A need that is not shared with you" in page
    assert "No need named" not in page
    assert need.text not in page


def test_the_page_draws_the_line_and_the_form_offers_the_needs(making, need, signed_in):
    asha = making.acting("asha")
    plan = actions.write_plan(actor=asha, case=making.case, facts=traced(making, need))
    client = signed_in("asha")

    assert "From need to action" in client.get(f"/plans/{plan.pk}/").content.decode()
    assert f"Barrier: {need.text}" in client.get(f"/plans/{plan.pk}/edit/").content.decode()
