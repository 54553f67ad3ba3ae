"""Strategies from the service's hands into the school's, and support stepping down by plan."""

from datetime import timedelta
from decimal import Decimal

import pytest

from alongside.core.decisions import NotFound, Problem, Refused
from alongside.people.models import ChronologyEntry
from alongside.plans import actions, tapering
from alongside.plans.actions.strategies import StepFacts
from alongside.plans.facts import StrategySaid
from alongside.plans.models import Strategy, StrategyReview, TaperStep
from alongside.rules.working_days import next_working_day
from tests.plans.makers import Making
from tests.web.test_plans import day


def strategy(making: Making, text: str = "A card on the desk") -> Strategy:
    return actions.add_strategy(actor=making.acting("asha"), case=making.case, text=text)


def steps(making: Making, *hours: float) -> list[StepFacts]:
    begin = making.today
    return [
        StepFacts(Decimal(str(h)), begin + timedelta(weeks=n), f"{n} weeks without leaving")
        for n, h in enumerate(hours, 1)
    ]


def taper(making: Making, *hours: float) -> list[TaperStep]:
    asha = making.acting("asha")
    return actions.plan_taper(actor=asha, case=making.case, steps=steps(making, *hours))


@pytest.mark.duty("SA-38")
def test_a_strategy_marked_for_development_is_raised_at_the_next_review(making, signed_in):
    plan = making.agreed()
    one = strategy(making)
    asha = making.acting("asha")
    actions.mark_for_development(actor=asha, strategy=one, because="Supply staff do not know it")

    page = signed_in("asha").get(f"/plans/{plan.pk}/review/").content.decode()
    assert "First what was marked for development." in page
    assert "To be developed: Supply staff do not know it" in page
    making.acting("asha")
    said = {one.pk: StrategySaid("TOGETHER", "PARTLY", "A note in the supply folder")}
    review = actions.record_review(
        actor=making.acting("asha"), plan=plan, facts=making.review(strategies=said)
    )

    raised = StrategyReview.objects.get(review=review)
    assert raised.raised_because == "Supply staff do not know it"
    assert raised.settled == "A note in the supply folder"
    one.refresh_from_db()
    assert (one.run_by, one.develop_because) == ("TOGETHER", "")


def test_what_is_not_settled_is_raised_again(making):
    plan = making.agreed()
    one = strategy(making)
    actions.mark_for_development(actor=making.acting("asha"), strategy=one, because="Too loud")

    review = actions.record_review(actor=making.acting("asha"), plan=plan, facts=making.review())

    assert StrategyReview.objects.get(review=review).raised_because == "Too loud"
    one.refresh_from_db()
    assert one.develop_because == "Too loud"


@pytest.mark.duty("LP-61")
def test_support_steps_down_in_stages_and_shows_what_the_school_has_taken_on(making, signed_in):
    first, second = taper(making, 4, 2)
    one = strategy(making)
    asha = making.acting("asha")
    actions.change_strategy(actor=asha, strategy=one, run_by="SCHOOL", works="YES")
    actions.take_step(actor=asha, step=first, note="Three targets of four are met")

    assert [(s.hours_a_week, s.starts_on, s.criteria) for s in (first, second)] == [
        (Decimal(4), making.today + timedelta(weeks=1), "1 weeks without leaving"),
        (Decimal(2), making.today + timedelta(weeks=2), "2 weeks without leaving"),
    ]
    first.refresh_from_db()
    assert first.taken_on == making.today
    page = signed_in("petra").get(f"/cases/{making.case.pk}/support/").content.decode()
    assert "Chalkhill High School runs 1 of 1 strategy unaided." in page
    assert "The school runs it unaided" in page
    assert "Three targets of four are met" in page


@pytest.mark.parametrize(
    ("hours", "field"),
    [((2, 2), "step_2_hours"), ((1, 3), "step_2_hours"), ((-1,), "step_1_hours")],
)
def test_a_step_that_does_not_lead_down_is_told_at_its_field(making, hours, field):
    with pytest.raises(Problem) as problem:
        taper(making, *hours)

    assert problem.value.field == field
    assert not TaperStep.objects.exists()


def test_steps_are_taken_one_after_another(making):
    _, second = taper(making, 4, 2)

    with pytest.raises(Refused, match="The step before it comes first"):
        actions.take_step(actor=making.acting("asha"), step=second)


def test_a_step_put_off_waits_for_another_day_and_says_why(making):
    first, second = taper(making, 4, 2)
    asha = making.acting("asha")
    with pytest.raises(Problem, match="The step after it"):
        actions.put_off(actor=asha, step=first, starts_on=second.starts_on, because="A hard week")

    later = first.starts_on + timedelta(days=2)
    first = actions.put_off(actor=asha, step=first, starts_on=later, because="A hard week")

    assert (first.starts_on, first.note, first.taken_on) == (later, "A hard week", None)


def test_a_taper_planned_anew_leaves_what_was_taken_as_it_was(making):
    first, _ = taper(making, 4, 2)
    actions.take_step(actor=making.acting("asha"), step=first)

    asha = making.acting("asha")
    anew = [StepFacts(Decimal(3), making.today + timedelta(weeks=3), "Two weeks on")]
    actions.plan_taper(actor=asha, case=making.case, steps=anew)

    found = tapering.taper_of(asha, making.case)
    assert [(s.order, s.hours_a_week) for s in found] == [(1, 4), (2, 3)]


def test_the_school_reads_but_does_not_change_the_list(making):
    one = strategy(making)
    with pytest.raises(Refused):
        actions.change_strategy(actor=making.acting("petra"), strategy=one, run_by="SCHOOL")

    with pytest.raises(NotFound):
        tapering.get_strategy(making.acting("marta"), making.case, one.pk)


def test_handing_over_is_told_once_and_a_second_of_the_same_name_is_refused(making):
    one = strategy(making)
    asha = making.acting("asha")
    actions.change_strategy(actor=asha, strategy=one, run_by="SCHOOL", works="")
    actions.change_strategy(actor=asha, strategy=one, run_by="SCHOOL", works="YES")

    told = "The school runs it unaided: A card on the desk"
    assert ChronologyEntry.objects.filter(summary=told, is_shared=True).count() == 1
    with pytest.raises(Problem, match="on the list already"):
        strategy(making)


def test_the_taper_is_typed_on_one_page_and_nothing_is_lost(making, signed_in):
    client = signed_in("asha")
    url = f"/cases/{making.case.pk}/taper/"
    sent = {
        "step_1_text": "Two weeks without leaving",
        "step_1_hours": "3",
        **day("step_1_starts_on", next_working_day(making.today + timedelta(weeks=2))),
    }
    more = client.post(url, sent | {"add": "step"}).content.decode()
    assert "Two weeks without leaving" in more
    wrong = client.post(url, sent | {"step_1_hours": ""})
    assert wrong.status_code == 422
    assert "Step 1: enter how many hours a week" in wrong.content.decode()

    assert client.post(url, sent).status_code == 302
    page = client.get(f"/cases/{making.case.pk}/support/").content.decode()
    assert "3 hours a week" in page


def test_a_step_without_what_shows_it_and_an_empty_taper_are_told_in_the_summary(making, signed_in):
    client = signed_in("asha")
    url = f"/cases/{making.case.pk}/taper/"

    half = client.post(url, {"step_1_hours": "1"}).content.decode()
    none = client.post(url, {}).content.decode()

    assert "Step 1: say what it is, or empty the row" in half
    assert 'href="#id_step_1_text"' in half
    assert "govuk-error-summary" in none
    assert none.count("Plan one step at least.") == 1


def test_a_case_without_strategies_says_how_to_begin(making, signed_in):
    page = signed_in("asha").get(f"/cases/{making.case.pk}/support/").content.decode()

    assert "No strategy is on the list yet" in page
    assert "No taper is planned yet" in page
