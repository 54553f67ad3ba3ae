"""A case closes with its measures taken again; checks follow at 6, 12 and 24 weeks."""

from datetime import timedelta

import pytest

from alongside.cases import actions, closing, policy, queries
from alongside.cases.models import CaseState, ChecklistItem, SustainedCheck
from alongside.core.decisions import Problem, Refused
from alongside.people.models import Pupil
from alongside.rules.working_days import next_working_day
from alongside.schools.models import Term

pytestmark = pytest.mark.django_db


def close(actor, route, **changes):
    told = {
        "closed_on": actor.today,
        "outcome": "SUSTAINED",
        "risk_at_end": "LOW",
        "closing_summary": "Stays in lessons. The school runs the exit card.",
    }
    return closing.close_case(actor=actor, case=route.case, **(told | changes))


def test_checks_are_asked_6_12_and_24_weeks_after_closing(acting, route):
    asha = acting("asha")

    close(asha, route)

    checks = SustainedCheck.objects.order_by("weeks")
    assert [(c.weeks, (c.due_on - asha.today).days) for c in checks] == [
        (6, 42),
        (12, 84),
        (24, 168),
    ]
    assert {c.owner_id for c in checks} == {route.staff("asha").pk}


def enter_terms(*terms):
    for number, (starts_on, ends_on) in enumerate(terms):
        Term.objects.create(name=f"Term {number}", starts_on=starts_on, ends_on=ends_on)


def test_a_check_that_would_fall_in_a_holiday_waits_for_the_first_day_of_term(acting, route):
    asha = acting("asha")
    in_six_weeks = asha.today + timedelta(weeks=6)
    back = next_monday(in_six_weeks + timedelta(days=14))
    enter_terms(
        (asha.today - timedelta(days=60), in_six_weeks - timedelta(days=1)),
        (back, back + timedelta(weeks=40)),
    )

    close(asha, route)

    check = SustainedCheck.objects.get(weeks=6)
    assert check.due_on == next_working_day(back)
    assert "The next school day." in queries.working_of(asha, check.case, check)


def test_access_lasts_until_the_last_check_however_late_it_is_asked(acting, route):
    asha = acting("asha")
    in_24_weeks = asha.today + timedelta(weeks=24)
    back = next_monday(in_24_weeks + timedelta(days=7))
    enter_terms(
        (asha.today - timedelta(days=60), in_24_weeks - timedelta(days=1)),
        (back, back + timedelta(weeks=10)),
    )

    close(asha, route)

    involvement = route.case.allocations.get().involvement
    assert involvement.access_ends_on == next_working_day(back) + timedelta(days=10)


def test_a_case_opened_again_tells_no_working(acting, route):
    asha = acting("asha")
    close(asha, route)
    case = closing.reopen_case(actor=asha, case=route.case, reason="The place did not last")

    assert queries.working_of(asha, case, SustainedCheck.objects.first()) == ""


def next_monday(day):
    return day + timedelta(days=-day.weekday() % 7)


def test_the_lead_can_still_open_the_pupil_for_the_last_check(acting, route):
    asha = acting("asha")
    close(asha, route)

    involvement = route.case.allocations.get().involvement

    assert involvement.access_ends_on == asha.today + timedelta(days=168 + 10)
    assert Pupil.objects.visible_to(asha).filter(pk=route.pupil.pk).exists()


def test_a_baseline_that_was_not_measured_again_stops_closure(acting, route):
    asha = acting("asha")
    route.result(asha, "BASELINE", 24)

    with pytest.raises(Problem, match=r"Difficulties score \(teacher\)"):
        close(asha, route)


def test_a_repeat_measure_lets_it_close(acting, route):
    asha = acting("asha")
    route.result(asha, "BASELINE", 24)
    route.result(asha, "EXIT", 17)

    assert close(asha, route).state == CaseState.CLOSED


def test_a_reason_why_it_was_not_measured_again_is_kept(acting, route):
    asha = acting("asha")
    route.result(asha, "BASELINE", 24)

    case = close(asha, route, not_measured_because="The teacher left in July")

    assert "Not measured again: The teacher left in July" in case.closing_notes
    assert "Not measured" not in case.closing_summary


def test_a_reason_for_what_is_not_missing_is_refused(acting, route):
    asha = acting("asha")
    route.result(asha, "BASELINE", 24)
    route.result(asha, "EXIT", 17)

    with pytest.raises(Problem, match="nothing to explain"):
        close(asha, route, not_measured_because="Same day")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"closing_summary": "  "}, "what changed"),
        ({"days": 1}, "has not come"),
        ({"days": -1}, "The case opened on"),
    ],
)
def test_what_cannot_stand_is_refused_in_words(acting, route, changes, words):
    asha = acting("asha")
    if "days" in changes:
        changes = {"closed_on": asha.today + timedelta(days=changes["days"])}

    with pytest.raises(Problem, match=words):
        close(asha, route, **changes)


def test_a_closed_case_takes_no_more_work(acting, route):
    asha = acting("asha")
    case = close(asha, route)

    assert "was closed on" in policy.work(asha, case).reason
    with pytest.raises(Refused, match="was closed on"):
        close(asha, route)


@pytest.mark.parametrize("name", ["ben", "petra", "theo", "ines"])
def test_only_the_lead_or_a_manager_closes(acting, route, name):
    assert not policy.close(acting(name), route.case)


def test_a_waiting_case_is_not_closed(acting, route):
    route.case.state = CaseState.WAITING
    assert "no lead worker" in policy.close(acting("asha"), route.case).reason


def test_a_check_is_answered_once_and_not_long_before_its_day(acting, route):
    asha = acting("asha")
    close(asha, route)
    check = SustainedCheck.objects.get(weeks=6)

    assert "not before" in policy.answer_check(asha, check).reason
    SustainedCheck.objects.filter(pk=check.pk).update(due_on=asha.today)
    check.refresh_from_db()
    closing.answer_check(actor=asha, check=check, answer="HELD", note="", done_on=asha.today)
    with pytest.raises(Refused, match="was answered"):
        closing.answer_check(actor=asha, check=check, answer="HELD", note="", done_on=asha.today)


def test_a_place_that_did_not_last_opens_the_case_again(acting, route):
    asha = acting("asha")
    close(asha, route)
    check = SustainedCheck.objects.get(weeks=6)
    SustainedCheck.objects.filter(pk=check.pk).update(due_on=asha.today)

    with pytest.raises(Problem, match="what has happened"):
        closing.answer_check(actor=asha, check=check, answer="FAILED", note=" ", done_on=asha.today)
    closing.answer_check(
        actor=asha, check=check, answer="FAILED", note="Out of lessons again", done_on=asha.today
    )
    case = closing.reopen_case(actor=asha, case=route.case, reason="The place did not last")

    assert case.state == CaseState.WAITING
    assert case.closed_on is None


def test_the_start_checklist_is_settled_item_by_item(acting, route):
    asha = acting("asha")
    item = ChecklistItem.objects.get(case=route.case, key="family")

    actions.settle_checklist_item(actor=asha, item=item, done_on=asha.today, note="Rang Jo")

    item.refresh_from_db()
    assert (item.done_on, item.done_by_id) == (asha.today, asha.staff_id)
    with pytest.raises(Problem, match="not both"):
        actions.settle_checklist_item(
            actor=asha, item=item, done_on=asha.today, not_applicable_because="x"
        )
    with pytest.raises(Problem, match="has not come"):
        actions.settle_checklist_item(actor=asha, item=item, done_on=asha.today + timedelta(days=1))
