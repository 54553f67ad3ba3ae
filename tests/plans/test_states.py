"""Every act on a plan in every state: done where TRANSITIONS lets it, refused everywhere else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from alongside.core.decisions import Refused
from alongside.plans import actions, policy
from alongside.plans.models import Party, Plan, PlanState
from tests.plans.makers import Making, facts

MAKERS = {
    PlanState.DRAFT: Making.written,
    PlanState.WAITING_APPROVAL: Making.submitted,
    PlanState.RETURNED: Making.returned,
    PlanState.APPROVED: Making.approved,
    PlanState.AGREED: Making.agreed,
    PlanState.REVIEWED: Making.reviewed,
    PlanState.ENDED: Making.ended,
}


def act(name: str, making: Making, plan: Plan) -> None:
    by = making.acting("mina" if name in ("approve", "return") else "asha")
    acts = {
        "edit": lambda: actions.edit_plan(
            actor=by, plan=plan, facts=facts(by.today), version=plan.version
        ),
        "submit": lambda: actions.submit(actor=by, plan=plan),
        "return": lambda: actions.return_plan(actor=by, plan=plan, reason="Say more"),
        "approve": lambda: actions.approve(actor=by, plan=plan),
        "agree": lambda: making.answer(plan, Party.SCHOOL),
        "withdraw": lambda: actions.withdraw_agreement(
            actor=by, plan=plan, party=Party.FAMILY, words="No more", withdrawn_on=by.today
        ),
        "redraft": lambda: actions.redraft(actor=by, plan=plan),
        "score": lambda: actions.score_target(
            actor=by, target=plan.targets.first(), value=2, scored_on=by.today
        ),
        "tick": lambda: actions.mark_action(actor=by, action=plan.actions.first(), is_done=True),
        "review": lambda: actions.record_review(actor=by, plan=plan, facts=making.review()),
        "close_case": lambda: close(making),
    }
    acts[name]()


def close(making: Making) -> None:
    actor = making.acting("asha")
    actions.close_case(
        actor=actor,
        case=making.case,
        closed_on=actor.today,
        outcome="SUSTAINED",
        risk_at_end="LOW",
        closing_summary="Stays in lessons.",
    )


WRONG = [
    (name, state)
    for name, transition in policy.TRANSITIONS.items()
    for state in PlanState
    if state not in transition.sources and name != "close_case"
]


@pytest.mark.parametrize(("name", "state"), WRONG, ids=str)
def test_an_act_is_refused_in_every_other_state(making, name, state):
    plan = MAKERS[state](making)

    with pytest.raises(Refused) as refused:
        act(name, making, plan)

    assert refused.value.reason
    plan.refresh_from_db()
    assert plan.state == state


RIGHT = [
    (name, state)
    for name, transition in policy.TRANSITIONS.items()
    for state in transition.sources
    if name not in ("redraft", "withdraw") and (name, state) != ("submit", PlanState.RETURNED)
]


@pytest.mark.parametrize(("name", "state"), RIGHT, ids=str)
def test_an_act_leads_only_where_the_table_says(making, name, state):
    plan = MAKERS[state](making)

    act(name, making, plan)

    plan.refresh_from_db()
    assert plan.state in policy.TRANSITIONS[name].leads_to


@pytest.mark.parametrize("name", policy.TRANSITIONS)
def test_a_closed_case_refuses_every_act(making, name):
    state = policy.TRANSITIONS[name].sources[0]
    plan = MAKERS[state](making)
    making.close()

    with pytest.raises(Refused, match="closed"):
        act(name, making, plan)


def test_a_review_before_the_plan_starts_is_refused(making):
    tomorrow = making.today + timedelta(days=1)
    plan = making.agreed(starts_on=tomorrow)

    with pytest.raises(Refused, match="starts on"):
        act("review", making, plan)


def test_a_returned_plan_is_sent_again_only_when_it_is_changed(making):
    plan = making.returned()
    asha = making.acting("asha")
    same = facts(asha.today)

    actions.edit_plan(actor=asha, plan=plan, facts=same, version=plan.version)
    with pytest.raises(Refused, match="nothing in it has changed since"):
        actions.submit(actor=asha, plan=plan)
    plan.refresh_from_db()
    changed = replace(same, aim="Robin stays in maths and art, and feels able to come back.")
    actions.edit_plan(actor=asha, plan=plan, facts=changed, version=plan.version)

    assert actions.submit(actor=asha, plan=plan).state == "WAITING_APPROVAL"
