"""A child who was referred before: the form, the referral, its list and the screening say so."""

import re
from uuid import uuid4

import pytest
from django.utils import timezone

from alongside.cases.actions import allocate
from alongside.cases.models import Case
from alongside.core.models import Staff
from alongside.pathways.models import Criterion
from alongside.people.models import Capacity
from alongside.plans.actions import close_case
from alongside.plans.models import Plan
from alongside.referrals import actions
from alongside.referrals.models import Referral
from tests.plans.makers import Making
from tests.referrals import made
from tests.web_page import Page

pytestmark = pytest.mark.django_db


def closed(acting, cast) -> Case:
    """Accepted, worked with by a plan that was approved, and closed. Mina is acting."""
    referral = made.accepted(acting, cast)
    mina = acting("mina")
    allocate(
        actor=mina,
        case=referral.case,
        staff=Staff.objects.get(pk=cast.staff["asha"]),
        capacity=Capacity.LEAD,
        starts_on=mina.today,
        reason="Knows the school.",
    )
    plan = Making(acting, cast, referral.case).written()
    Plan.objects.filter(pk=plan.pk).update(state="ENDED", approved_at=timezone.now())
    return close_case(
        actor=acting("mina"),
        case=referral.case,
        closed_on=mina.today,
        outcome="SUSTAINED",
        risk_at_end="LOW",
        closing_summary="He is in his lessons again.",
    )


def again(acting, case: Case) -> Referral:
    petra = acting("petra")
    return actions.send(
        actor=petra,
        pupil=case.pupil,
        framework=case.framework,
        told=made.told(petra.today, tried=[]),
        submission=uuid4(),
    )


def page_of(client, url: str) -> str:
    page = client.get(url).content.decode()
    assert Page(page).problems() == []
    return page


def is_chosen(page: str, criterion: Criterion, finding: str) -> bool:
    inputs = re.findall(rf'<input[^>]*name="finding_{criterion.pk}"[^>]*>', page)
    (one,) = (each for each in inputs if f'value="{finding}"' in each)
    return "checked" in one


@pytest.mark.duty("RC-77")
def test_who_refers_a_child_again_reads_on_the_form_what_came_before(acting, cast, signed_in):
    case = closed(acting, cast)

    page = page_of(signed_in("petra"), f"/referrals/new/{case.pupil_id}/")

    assert "Re-referral" in page and case.reference in page
    assert case.referral.reference in page and "Accepted" in page
    assert "Place sustained" not in page, "the school reads no casework"
    assert f"plan 1 of case {case.reference}" in page, "it has had a plan at school"


@pytest.mark.duty("RC-77")
def test_the_referral_its_list_and_its_screening_say_what_came_before(acting, cast, signed_in):
    case = closed(acting, cast)
    second = again(acting, case)
    actions.start_screening(actor=acting("asha"), referral=second)
    asha = signed_in("asha")

    assert second.previous_id == case.referral.pk
    for url in (f"/referrals/{second.pk}/", f"/referrals/{second.pk}/screen/"):
        page = page_of(asha, url)
        assert "Re-referral" in page and case.referral.reference in page
        assert case.reference in page and "Place sustained" in page
    assert "re-referral" in page_of(asha, "/referrals/?view=waiting")


def test_a_plan_of_the_closed_case_is_filled_in_for_the_screener(acting, cast, signed_in):
    case = closed(acting, cast)
    second = actions.start_screening(actor=acting("asha"), referral=again(acting, case))

    page = page_of(signed_in("asha"), f"/referrals/{second.pk}/screen/")

    assert f"From the record. Met by plan 1 of case {case.reference}" in page
    acting("asha")
    had, reviews = second.framework.criteria.filter(shown_by="CYCLES").order_by("order")
    assert is_chosen(page, had, "MET") and not is_chosen(page, reviews, "MET")


def test_a_child_referred_for_the_first_time_is_no_re_referral(acting, cast, signed_in):
    first = made.screening(acting, cast)
    asha = signed_in("asha")

    for url in (f"/referrals/{first.pk}/", f"/referrals/{first.pk}/screen/", "/referrals/"):
        assert "e-referral" not in page_of(asha, url)


def test_a_plan_never_approved_is_no_plan_at_school(acting, cast, signed_in):
    case = closed(acting, cast)
    acting("mina")
    Plan.objects.filter(case=case).update(approved_at=None)

    page = page_of(signed_in("petra"), f"/referrals/new/{case.pupil_id}/")

    assert "plan 1 of case" not in page


def test_the_plan_tab_goes_on_with_a_referral_that_is_under_way(acting, cast, signed_in):
    referral = made.returned(acting, cast)

    page = page_of(signed_in("petra"), f"/pupils/{referral.pupil_id}/plan/")

    assert f'href="/referrals/{referral.pk}/"' in page and "returned: something is missing" in page
    assert f"/referrals/new/{referral.pupil_id}/" not in page
