"""The week of a personalised pathway: drawn up, added up, printed, compared, and never overwritten."""

from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal

import pytest

from alongside.core.decisions import Problem, Refused
from alongside.documents.blocks import words_of
from alongside.documents.plan_sheet import plan_sheet
from alongside.plans import actions, comparing, queries, timetable
from alongside.plans.models import AGREEING, Plan, Target
from alongside.plans.timetable import SlotFacts
from alongside.rules.timetable import hours_of
from alongside.rules.working_days import next_working_day
from tests.children import Children
from tests.plans.makers import facts, load_kinds
from tests.web.test_plans import day

pytestmark = pytest.mark.django_db

MATHS = SlotFacts(1, time(9), time(10, 30), "CLASS", "Maths", "Room 4", "Mr Sample")
FARM = SlotFacts(1, time(10, 30), time(15), "PROVIDER", "Animal care", "Hollow Farm", "Jo")


@pytest.fixture
def pathway(making) -> Plan:
    load_kinds(making.acting)
    return making.written(kind="PATHWAY")


def week(making, plan: Plan, *slots: SlotFacts, version: int | None = None) -> Plan:
    plan.refresh_from_db()
    return actions.set_timetable(
        actor=making.acting("asha"), plan=plan, slots=slots, version=version or plan.version
    )


def typed(*rows, version=1):
    told = {"version": version}
    for n, (text, days, start, end, kind) in enumerate(rows, 1):
        told |= {
            f"slot_{n}_text": text, f"slot_{n}_days": days, f"slot_{n}_begins": start,
            f"slot_{n}_ends": end, f"slot_{n}_provision": kind,
            f"slot_{n}_place": "Orchard Centre", f"slot_{n}_who": "Ms Exemplar",
        }  # fmt: skip
    return told


@pytest.mark.duty("SC-65")
def test_a_sendco_builds_a_pathway_with_its_week_provision_outcomes_and_review(
    making, signed_in, cast
):
    load_kinds(making.acting)
    Children(cast, _urn=900500).enrol(making.case.pupil, "orchard", "S")
    sana, client = making.acting("sana"), signed_in("sana")
    review = next_working_day(sana.today + timedelta(days=40))
    told = {
        "kind": "PATHWAY", "aim": "Back to full days by Easter",
        "target_1_text": "Passes entry level maths", "target_1_kind": "OUTCOME",
        "target_1_unit": "of 4 units", "target_1_baseline": "0", "target_1_goal": "3",
        "target_1_lowest": "0", "target_1_highest": "4", "target_1_owner": "Ms Exemplar",
        "action_1_party": "SCHOOL", "action_1_text": "Keeps his seat in maths",
    } | day("starts_on", sana.today) | day("review_due_on", review) | day(
        "target_1_due_on", review
    ) | day("action_1_due_on", review)  # fmt: skip

    written = client.post(f"/cases/{making.case.pk}/plans/new/", told)
    client.post(
        f"{written['Location']}week/",
        typed(
            ("Maths with the class", [1, 2, 3], "9:00", "10.30am", "CLASS"),
            ("Motor vehicle course", [4, 5], "9:30", "14:30", "PROVIDER"),
        ),
    )

    page = client.get(written["Location"]).content.decode()
    for said in (
        "Personalised pathway 1", "Passes entry level maths", "Outcome", "Keeps his seat in maths",
        "Maths with the class", "9am to 10:30am", "Motor vehicle course", "At another provider",
        "14.5 hours a week: 4.5 lessons with the class, 10 at another provider.",
        "4.5 hours of curriculum with the class.",
    ):  # fmt: skip
        assert said in page
    making.acting("sana")
    assert Plan.objects.get().review_due_on == review
    assert Target.objects.get().kind == "OUTCOME"


def test_hours_add_up_by_kind_to_a_tenth():
    slots = [MATHS, FARM, replace(MATHS, day=2, ends=time(9, 50))]

    assert hours_of(slots) == Decimal("6.8")
    assert timetable.curriculum_hours(slots) == Decimal("2.3")
    assert timetable.in_words([MATHS, FARM]) == (
        "6 hours a week: 1.5 lessons with the class, 4.5 at another provider"
    )


@pytest.mark.parametrize(
    ("slots", "said"),
    [
        ([MATHS, replace(FARM, begins=time(10, 29))], "Animal care begins at 10:29am, before"),
        ([replace(MATHS, ends=time(9), row=3)], "Row 3: it ends after it starts"),
    ],
)
def test_a_week_that_cannot_be_lived_is_told(making, pathway, slots, said):
    with pytest.raises(Problem, match=said):
        week(making, pathway, *slots)


def test_one_thing_may_begin_the_minute_another_ends(making, pathway):
    assert week(making, pathway, MATHS, FARM).timetable.count() == 2


def test_a_row_without_days_or_with_an_odd_time_is_told_at_its_box(making, pathway, signed_in):
    client = signed_in("asha")
    row = ("Maths", [], "9:00", "10:00", "CLASS")

    no_day = client.post(f"/plans/{pathway.pk}/week/", typed(row))
    odd = client.post(
        f"/plans/{pathway.pk}/week/", typed(("Maths", [1], "period 1", "10:00", "CLASS"))
    )

    assert (no_day.status_code, odd.status_code) == (422, 422)
    assert "Row 1: choose a day at least" in no_day.content.decode()
    assert ": enter the time like 14:30 or 2.30pm" in odd.content.decode()


def test_two_people_drawing_up_one_week_are_shown_both(making, pathway, signed_in):
    week(making, pathway, MATHS)

    both = signed_in("mina").post(
        f"/plans/{pathway.pk}/week/", typed(("English", [2], "9:00", "10:00", "CLASS"), version=1)
    )

    page = both.content.decode()
    assert both.status_code == 409
    assert "English" in page
    assert "Maths" in page


def test_saving_the_plan_anew_keeps_its_week_and_each_version_tells_it(making, pathway):
    week(making, pathway, MATHS)
    asha = making.acting("asha")
    told = facts(asha.today, kind="PATHWAY", aim="Something else")

    plan = actions.edit_plan(actor=asha, plan=pathway, facts=told, version=2)

    assert plan.timetable.get().what == "Maths"
    newest, drawn, _ = comparing.saved_versions(asha, plan)
    assert [line.label for line in newest.changed] == ["Aim"]
    assert {line.label for line in drawn.changed} == {"Hours a week", "Week: Monday"}


def test_it_is_not_sent_for_approval_without_a_week(making, pathway):
    with pytest.raises(Refused, match="Draw up the week"):
        actions.submit(actor=making.acting("asha"), plan=pathway)


def test_another_kind_of_plan_has_no_week(making, signed_in):
    load_kinds(making.acting)
    plan = making.written(kind="PASTORAL")

    with pytest.raises(Refused, match="has no timetable"):
        week(making, plan, MATHS)
    assert "The week" not in signed_in("asha").get(f"/plans/{plan.pk}/").content.decode()


def agreed(making, plan: Plan) -> Plan:
    week(making, plan, MATHS, FARM)
    plan = actions.submit(actor=making.acting("asha"), plan=plan)
    plan = actions.approve(actor=making.acting("mina"), plan=plan)
    for party in AGREEING:
        plan = making.answer(plan, party)
    return plan


def test_the_week_of_the_next_plan_begins_as_it_was_and_they_are_compared(making, pathway):
    plan = agreed(making, pathway)
    asha = making.acting("asha")
    actions.record_review(actor=asha, plan=plan, facts=making.review())
    following = Plan.objects.get(previous=plan)

    assert following.timetable.count() == 2
    week(making, following, MATHS)
    older, newer = queries.get_with_previous(making.acting("asha"), following.pk)
    changed = {line.label for line in comparing.compare(older, newer) if line.is_changed}
    assert "Week: Monday" in changed


def test_an_agreed_week_is_not_changed_but_printed(making, pathway, signed_in):
    plan = agreed(making, pathway)
    asha = making.acting("asha")

    with pytest.raises(Refused, match="cannot be changed now"):
        week(making, plan, MATHS)
    words = " ".join(words_of(plan_sheet(asha, queries.get_plan(asha, plan.pk))))
    assert "Animal care, Hollow Farm, Jo (until 3pm)" in words
    assert "The week" in signed_in("hana").get(f"/plans/{plan.pk}/").content.decode()


def test_the_hours_of_the_week_are_proposed_where_hours_taught_are_kept(making, pathway, signed_in):
    agreed(making, pathway)

    page = signed_in("asha").get(f"/cases/{making.case.pk}/hours/").content.decode()

    assert "1.5 hours</b> with the class each week" in page
    assert 'value="1.5"' in page


def test_a_row_stands_for_every_day_it_is_the_same_on(making, pathway, signed_in):
    week(making, pathway, MATHS, replace(MATHS, day=3), FARM)

    page = signed_in("asha").get(f"/plans/{pathway.pk}/week/").content.decode()

    assert page.count('value="Maths"') == 1
    assert page.count("checked") == 3
