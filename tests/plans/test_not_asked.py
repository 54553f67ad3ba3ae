"""A family or a pupil whose agreement a kind of plan does not ask for may withdraw all the same."""

import pytest

from alongside.core.decisions import Refused
from alongside.pathways.models import PlanType
from alongside.plans import actions, policy
from alongside.plans.models import Party, Plan, PlanState
from alongside.plans.withdrawn import state_of
from tests.pages import plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(making) -> Plan:
    """In use by the school's agreement alone: a kind that was made before the family was asked."""
    making.acting("adam")
    PlanType.objects.create(key="QUICK", name="Quick plan", agreeing=["SCHOOL"])
    return making.answer(making.approved(kind="QUICK"), Party.SCHOOL)


def day(name, on):
    return {f"{name}_0": on.day, f"{name}_1": on.month, f"{name}_2": on.year}


@pytest.mark.parametrize("party", ["FAMILY", "PUPIL"])
def test_who_was_not_asked_withdraws_mid_plan_and_the_plan_says_what_to_do(
    making, signed_in, plan, party
):
    client, at = signed_in("asha"), f"/plans/{plan.pk}/"
    assert f'href="{at}withdraw/"' in client.get(at).content.decode()
    told = {"party": party, "words": "Too many meetings.", **day("withdrawn_on", making.today)}

    page = plain(client.post(f"{at}withdraw/", told, follow=True).content)

    label = Party(party).label
    assert f"{label} no longer agrees. Stop the part they object to" in page
    assert "Write the next version" in page
    assert f"Was not asked, and withdrew on {making.today:%-d %B %Y}" in page
    making.acting("asha")
    assert state_of(Plan.objects.get(pk=plan.pk))[0] == f"{label} no longer agrees"


def test_talked_through_they_may_agree_after_all_and_withdraw_again(making, plan):
    asha = making.acting("asha")
    told = {"party": Party.FAMILY, "words": "Too much.", "withdrawn_on": asha.today}
    actions.withdraw_agreement(actor=asha, plan=plan, **told)
    with pytest.raises(Refused, match="no agreement in force"):
        actions.withdraw_agreement(actor=asha, plan=plan, **told)

    making.answer(plan, Party.FAMILY)
    plan = Plan.objects.get(pk=plan.pk)

    assert (plan.state, state_of(plan)[1]) == (PlanState.AGREED, "")
    assert policy.withdraw(making.acting("asha"), plan, Party.FAMILY)


def test_the_next_version_asks_who_withdrew_from_the_one_before(making, plan):
    asha = making.acting("asha")
    told = {"party": Party.FAMILY, "words": "Too much.", "withdrawn_on": asha.today}
    actions.withdraw_agreement(actor=asha, plan=plan, **told)

    following = actions.redraft(actor=asha, plan=plan)
    actions.submit(actor=asha, plan=following)
    actions.approve(actor=making.acting("mina"), plan=following)
    by_school = making.answer(following, Party.SCHOOL)
    by_both = making.answer(following, Party.FAMILY)

    assert (by_school.state, by_both.state) == (PlanState.APPROVED, PlanState.AGREED)


def test_a_school_that_is_not_asked_has_nothing_to_withdraw(making):
    making.acting("adam")
    PlanType.objects.create(key="QUICK", name="Quick plan", agreeing=["FAMILY"])
    plan = making.answer(making.approved(kind="QUICK"), Party.FAMILY)

    assert not policy.withdraw(making.acting("asha"), plan, Party.SCHOOL)
