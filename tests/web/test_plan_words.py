"""The child's words stand at the top of the plan: on the page, where it is decided, and on paper."""

import re
from datetime import timedelta

import pytest

from alongside.assessments.models import Voice
from alongside.documents.blocks import words_of
from alongside.documents.plan_sheet import plan_sheet
from alongside.plans import actions
from alongside.plans.models import Party, Plan, PlanAction, PlanState
from alongside.plans.queries import get_plan
from alongside.rules.words import day_in_words
from tests.plans.makers import Making, make_case


@pytest.fixture
def making(acting, cast) -> Making:
    made = make_case(acting, cast)
    asha = acting("asha")
    for days, words, more in (
        (9, "I want to stay in maths.", {"question": "What would you change first?"}),
        (5, "Do not tell them I cried.", {"is_shared": False}),
        (3, "He covered his ears.", {"method": "OBSERVED"}),
    ):
        told = {"method": "TALK", "is_shared": True, "recorded_by_id": asha.staff_id} | more
        said_on = asha.today - timedelta(days=days)
        Voice.objects.create(pupil=made.case.pupil, said_on=said_on, words=words, **told)
    return made


@pytest.mark.parametrize("name", ["asha", "mina", "hana", "petra"])
def test_what_the_child_let_be_passed_on_stands_first_for_everybody(making, signed_in, name):
    plan = making.agreed()

    page = signed_in(name).get(f"/plans/{plan.pk}/").content.decode()

    on = f"{making.today - timedelta(days=9):%-d %B %Y}"
    assert "In Robin’s own words" in page
    assert f"Robin, {on}, asked: What would you change first?" in page
    assert page.index("I want to stay in maths.") < page.index("What it is for")
    assert "I cried" not in page
    assert "covered his ears" not in page


def test_the_manager_and_the_school_read_them_where_they_decide(making, signed_in):
    plan = making.submitted()
    decided = signed_in("mina").get(f"/plans/{plan.pk}/decide/").content.decode()

    assert "I want to stay in maths." in decided
    assert "I cried" not in decided


def test_the_printed_plan_begins_with_them(making):
    plan = making.agreed()
    asha = making.acting("asha")

    words = words_of(plan_sheet(asha, get_plan(asha, plan.pk)))

    assert words.index("I want to stay in maths.") < words.index("Targets")
    assert "Do not tell them I cried." not in words


def test_the_printed_plan_says_who_agrees_no_longer_and_that_it_has_ended(making):
    plan = making.agreed()
    asha = making.acting("asha")
    actions.withdraw_agreement(
        actor=asha, plan=plan, party=Party.FAMILY, words="Not like this", withdrawn_on=asha.today
    )

    words = " ".join(words_of(plan_sheet(asha, get_plan(asha, plan.pk))))

    assert f"Agreement withdrawn: the family on {day_in_words(asha.today)}." in words
    assert "Not like this" not in words
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.ENDED)
    assert "This plan has ended" in " ".join(words_of(plan_sheet(asha, get_plan(asha, plan.pk))))


def test_a_plan_without_words_has_no_empty_heading(acting, cast, signed_in):
    made = make_case(acting, cast)
    plan = made.agreed()

    assert "own words" not in signed_in("asha").get(f"/plans/{plan.pk}/").content.decode()


def test_where_it_is_approved_what_the_school_will_not_see_is_marked(making, signed_in):
    plan = making.submitted()
    PlanAction.objects.filter(plan=plan, party="FAMILY").update(is_shared=False)

    page = signed_in("mina").get(f"/plans/{plan.pk}/decide/").content.decode()

    (marked,) = re.findall(r"<li>(?:(?!</li>).)*Not shown to the school", page, re.DOTALL)
    assert "Text school after a hard morning" in marked


def test_a_case_opened_again_leads_to_writing_the_next_plan(making, signed_in):
    plan = making.ended()

    at = f"/cases/{making.case.pk}/plans/new/"

    assert at in signed_in("asha").get(f"/plans/{plan.pk}/").content.decode()
    assert at in signed_in("asha").get(f"/cases/{making.case.pk}/").content.decode()
    assert at not in signed_in("hana").get(f"/plans/{plan.pk}/").content.decode()


@pytest.mark.parametrize("answer", ["approve", "return"])
def test_who_may_not_decide_is_told_who_does_and_not_to_return_it(making, signed_in, answer):
    plan = making.submitted()

    own = signed_in("asha").post(f"/plans/{plan.pk}/decide/", {"answer": answer, "reason": "No"})

    assert "A manager of the service approves plans." in own.content.decode()
    assert "Return it" not in own.content.decode()
