"""A kind of plan with a rhythm of its own: proposed, named, and asked about when it is passed."""

from datetime import timedelta

import pytest

from alongside.plans import actions
from alongside.plans.dates import propose_review
from alongside.plans.models import Plan
from tests.plans.makers import Making, load_kinds, make_case
from tests.web.test_plans import day, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def making(acting, cast) -> Making:
    load_kinds(acting)
    return make_case(acting, cast)


def in_weeks(making: Making, weeks: int):
    return propose_review(making.today, weeks, "").on


def new(making: Making) -> str:
    return f"/cases/{making.case.pk}/plans/new/"


def test_the_plan_form_says_whose_rhythm_it_proposes(making, signed_in):
    page = signed_in("asha").get(new(making)).content.decode()

    assert "6 weeks from" in page
    assert "Our standard: Eastmere inclusion framework." in page
    assert "Reviewed every 4 weeks" in page  # Beside the kind that has a rhythm of its own.


def test_changing_a_plan_shows_the_rhythm_of_its_kind(making, signed_in):
    plan = making.written(kind="PASTORAL")

    page = signed_in("asha").get(f"/plans/{plan.pk}/edit/").content.decode()

    assert "Our standard: Pastoral Support Plan, which has its own rhythm." in page


def test_a_day_proposed_for_another_kind_is_asked_back_with_the_kinds_own(making, signed_in):
    late, own = in_weeks(making, 6), in_weeks(making, 4)
    client = signed_in("asha")
    sent = typed(making, **day("review_due_on", late))

    asked = client.post(new(making), sent)
    client.post(new(making), sent | {"instead": f"review_due_on:{own.isoformat()}"})

    assert asked.status_code == 422
    assert "Pastoral Support Plan: 4 weeks from" in asked.content.decode()
    making.acting("asha")
    assert Plan.objects.get(case=making.case).review_due_on == own


def test_a_later_day_is_saved_by_who_is_sure_of_it(making, signed_in):
    late = in_weeks(making, 6)
    sure = f"review_due_on:{late.isoformat()}"

    signed_in("asha").post(new(making), typed(making, **day("review_due_on", late), sure=sure))

    making.acting("asha")
    assert Plan.objects.get(case=making.case).review_due_on == late


def test_the_review_of_a_plan_proposes_the_next_by_its_kind(making, signed_in):
    plan = making.agreed(kind="PASTORAL")

    page = signed_in("asha").get(f"/plans/{plan.pk}/review/").content.decode()

    assert "4 weeks from" in page


def test_the_next_cycle_is_begun_with_the_rhythm_of_the_kind(making, signed_in):
    plan = making.agreed(kind="PASTORAL")
    closing = making.review("CLOSE", next_review_on=None)
    actions.record_review(actor=making.acting("asha"), plan=plan, facts=closing)

    signed_in("asha").post(f"/plans/{plan.pk}/following/")

    making.acting("asha")
    following = Plan.objects.get(previous=plan)
    assert following.review_due_on - making.today <= timedelta(weeks=4)
