"""A plan is sent and approved only when its targets are specific, measurable and dated."""

from datetime import date

import pytest

from alongside.core.decisions import Refused
from alongside.plans import actions
from alongside.plans.models import PlanState, Target
from tests.plans.makers import target

pytestmark = pytest.mark.django_db


@pytest.mark.duty("LP-26")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": "Improve behaviour in all lessons"}, "means different things"),
        ({"unit": " "}, "what is counted"),
        ({"due_on": date(2020, 1, 1)}, "before the plan starts"),
    ],
)
def test_a_plan_is_approved_only_when_each_target_is_specific_measurable_and_dated(
    making, signed_in, change, said
):
    plan = making.submitted()
    Target.objects.filter(plan=plan, order=1).update(**change)  # Past the check of sending it.

    answer = signed_in("mina").post(f"/plans/{plan.pk}/decide/", {"answer": "approve"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page and "Return it, so that its writer can settle this." in page
    making.acting("mina")
    plan.refresh_from_db()
    assert plan.state == PlanState.WAITING_APPROVAL
    Target.objects.filter(plan=plan, order=1).update(
        text="Stays for the whole maths lesson", unit="of 10 times", due_on=plan.review_due_on
    )
    signed_in("mina").post(f"/plans/{plan.pk}/decide/", {"answer": "approve"})
    making.acting("mina")
    plan.refresh_from_db()
    assert plan.state == PlanState.APPROVED


@pytest.mark.duty("OW-26")
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text": "Improve behaviour in all lessons"}, "means different things"),
        ({"text": "Good"}, "a few more words"),
        ({"unit": " "}, "what is counted"),
        ({"owner": ""}, "who leads"),
    ],
)
def test_a_plan_waits_until_each_target_can_be_counted(making, change, reason):
    today = making.today
    plan = making.written(targets=(target(today, **change),))

    with pytest.raises(Refused, match=reason):
        actions.submit(actor=making.acting("asha"), plan=plan)
