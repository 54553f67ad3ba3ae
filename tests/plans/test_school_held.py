"""A plan that a school holds itself: written, approved, agreed, scored and reviewed by its people."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from alongside.assessments.actions.needs import record_need
from alongside.assessments.models import Need
from alongside.core.decisions import NotFound, Refused
from alongside.plans import actions, policy, queries
from alongside.plans.facts import ActionFacts, Scored
from alongside.plans.models import Party, PlanState
from tests.duties.test_due import whats
from tests.plans.makers import added, facts, load_kinds, school_held


def test_a_schools_plan_is_approved_by_another_of_the_school_or_the_services_manager(making):
    plan = school_held(making)
    plan = actions.submit(actor=making.acting("petra"), plan=plan)

    assert "You wrote this plan" in policy.approve(making.acting("petra"), plan).reason
    assert policy.approve(making.acting("mina"), plan)
    plan = actions.approve(actor=making.acting("hana"), plan=plan)
    assert plan.state == PlanState.APPROVED


def test_who_approves_the_schools_plan_for_the_school_is_not_asked_to_agree_to_it(
    making, signed_in
):
    plan = school_held(making)
    plan = actions.submit(actor=making.acting("petra"), plan=plan)
    head = signed_in("hana")
    asked = head.get(f"/plans/{plan.pk}/decide/").content.decode()

    head.post(f"/plans/{plan.pk}/decide/", {"answer": "approve"})

    assert "This is Chalkhill High School’s agreement too." in asked
    assert "Agree the plan: Robin Testerly" not in whats(making.acting("hana"))
    given = plan.agreements.get(party="SCHOOL")
    assert (given.is_agreed, given.name) == (True, making.acting("hana").name)
    shown = head.get(f"/plans/{plan.pk}/").content.decode()
    assert "It comes into use when the family and the pupil agree." in shown


def test_a_manager_who_approves_the_schools_plan_does_not_agree_for_the_school(making):
    plan = actions.submit(actor=making.acting("petra"), plan=school_held(making))

    plan = actions.approve(actor=making.acting("mina"), plan=plan)

    assert not plan.agreements.exists()
    assert "Agree the plan: Robin Testerly" in whats(making.acting("hana"))


def test_what_is_next_gives_the_school_the_button_to_answer(making, signed_in):
    plan = making.approved()

    shown = signed_in("hana").get(f"/plans/{plan.pk}/").content.decode()
    worker = signed_in("asha").get(f"/plans/{plan.pk}/").content.decode()

    steps = shown.split("What is next")[1].split("</section>")[0]
    assert f'href="/plans/{plan.pk}/agree/school/"' in steps and "Answer for the school" in steps
    assert "Answer for the school" not in worker


def test_a_schools_plan_is_due_to_whoever_else_of_the_school_may_approve_it(making):
    plan = school_held(making)
    actions.submit(actor=making.acting("petra"), plan=plan)
    asked = "Approve or return the plan: Robin Testerly"

    assert asked in whats(making.acting("hana"))
    assert asked in whats(making.acting("mina"))
    assert asked not in whats(making.acting("petra"))
    assert asked not in whats(making.acting("marta"))


def test_whoever_approves_a_plan_comes_to_it_from_the_pupils_own_record(making, signed_in):
    """The school's headteacher of its own, and a unit's headteacher of every plan of the service."""
    plan = school_held(making)
    actions.submit(actor=making.acting("petra"), plan=plan)
    at = f"/pupils/{making.case.pupil_id}/"
    line = re.compile(rf'href="/plans/{plan.pk}/"[^>]*>Approve or return the plan<')

    for name, is_asked in (("hana", True), ("hugo", True), ("mina", True), ("petra", False)):
        assert bool(line.search(signed_in(name).get(at).content.decode())) is is_asked, name


def test_a_school_reads_who_approves_the_plan_it_writes(making, signed_in):
    plan = school_held(making)

    page = signed_in("petra").get(f"/plans/{plan.pk}/edit/").content.decode()

    assert "Your headteacher or a manager of the service approves it" in page


def test_a_head_who_reads_a_summary_sees_every_action_of_a_plan_they_approve(making):
    asha = making.acting("asha")
    kept = ActionFacts(Party.SERVICE, "Sit in on maths", facts(asha.today).review_due_on, "", False)
    plan = actions.write_plan(
        actor=asha, case=making.case, facts=facts(asha.today, actions=(kept,))
    )
    plan = actions.submit(actor=making.acting("asha"), plan=plan)

    seen = queries.get_plan(making.acting("hugo"), plan.pk)

    assert [one.text for one in seen.actions.all()] == ["Sit in on maths"]
    assert actions.approve(actor=making.acting("hugo"), plan=plan).state == PlanState.APPROVED


def test_another_school_neither_writes_nor_sees_a_schools_plan(making):
    plan = school_held(making)

    with pytest.raises(NotFound):
        queries.get_plan(making.acting("marta"), plan.pk)
    assert not policy.edit(making.acting("marta"), plan)


def test_a_school_sees_all_it_approves_in_its_own_plan_and_can_change_it(making, signed_in):
    petra = making.acting("petra")
    kept = ActionFacts(
        Party.SERVICE, "Sit in on maths", facts(petra.today).review_due_on, "", False
    )
    told = facts(petra.today, actions=(kept,))
    plan = actions.write_plan(actor=petra, case=making.case, facts=told)

    seen = queries.get_plan(making.acting("hana"), plan.pk)
    assert [one.text for one in seen.actions.all()] == ["Sit in on maths"]

    petra = making.acting("petra")
    without = facts(petra.today, actions=())
    actions.edit_plan(actor=petra, plan=plan, facts=without, version=plan.version)
    assert not plan.actions.exists()


def test_keeping_something_from_the_school_is_not_offered_to_the_school(making, signed_in):
    plan = school_held(making)
    family = added(making, plan, Party.FAMILY, "Jo Testerly")
    pages = [
        f"/plans/{plan.pk}/edit/",
        f"/plans/{plan.pk}/contributors/add/",
    ]
    for url in pages:
        page = signed_in("petra").get(url).content.decode()
        assert "<form" in page
        assert "Keep this from the school" not in page

    at = f"/plans/{plan.pk}/contributors/{family.pk}/"
    assert "Keep this from the school" in signed_in("asha").get(at).content.decode()


@pytest.fixture
def approved_by_its_school(making):
    plan = actions.submit(actor=making.acting("petra"), plan=school_held(making))
    return actions.approve(actor=making.acting("hana"), plan=plan)


def test_a_school_brings_its_own_plan_into_use_scores_and_reviews_it(
    making, approved_by_its_school, signed_in
):
    plan, petra = approved_by_its_school, making.acting("petra")
    for party in (Party.FAMILY, Party.PUPIL):
        plan = making.answer(plan, party, by="petra")
    assert plan.state == PlanState.AGREED

    page, at = signed_in("petra"), f"/plans/{plan.pk}/"
    shown = page.get(at).content.decode()
    for act in ("scores", "review", "withdraw"):
        assert f'href="{at}{act}/"' in shown
        assert page.get(f"{at}{act}/").status_code == 200
    assert 'name="stage"' not in page.get(f"{at}review/").content.decode()

    target = plan.targets.get(order=1)
    said = Scored(Decimal(3), "")
    actions.score_targets(actor=petra, plan=plan, scores={target.pk: said}, scored_on=petra.today)
    with pytest.raises(Refused, match="The service decides"):
        actions.record_review(actor=petra, plan=plan, facts=making.review("STEP_UP"))
    actions.record_review(actor=petra, plan=plan, facts=making.review("CONTINUE"))
    plan.refresh_from_db()
    assert plan.state == PlanState.REVIEWED


def test_a_school_records_that_the_family_withdrew_from_its_plan(making, approved_by_its_school):
    plan, petra = approved_by_its_school, making.acting("petra")
    for party in (Party.FAMILY, Party.PUPIL):
        plan = making.answer(plan, party, by="petra")

    actions.withdraw_agreement(
        actor=petra, plan=plan, party=Party.FAMILY, words="Too much.", withdrawn_on=petra.today
    )

    assert plan.agreements.get(party="FAMILY").withdrawn_on == petra.today


def test_a_school_records_nobody_elses_answer_on_the_services_plan(making):
    plan = making.approved()

    assert not policy.agree(making.acting("petra"), plan, Party.FAMILY)
    assert not policy.score(making.acting("petra"), plan)
    assert not policy.review(making.acting("petra"), plan)


def test_a_school_that_is_told_of_no_need_sends_its_plan_without_one_and_names_those_it_reads(
    making,
):
    load_kinds(making.acting)
    petra = making.acting("petra")
    told = facts(petra.today)
    serving = [replace(one, target_number=1 + n % 2) for n, one in enumerate(told.actions)]
    plan = actions.write_plan(
        actor=petra, case=making.case, facts=replace(told, actions=tuple(serving))
    )

    need = record_need(
        actor=making.acting("asha"), pupil=making.case.pupil, kind="BARRIER", text="Reading aloud"
    )
    assert policy.submit(making.acting("petra"), plan)
    Need.objects.filter(pk=need.pk).update(is_shared=True)
    assert "say which need it answers" in policy.submit(making.acting("petra"), plan).reason
