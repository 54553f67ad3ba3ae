"""Steps that the law dates, on days counted by hand."""

from datetime import date

import pytest

from alongside.rules.statutory import BY_KEY, CHECK, STEPS, due_on


def last_day(key: str, event_on: date) -> date:
    return due_on(BY_KEY[key], event_on)


def test_twelve_months_end_on_the_corresponding_day():
    assert last_day("annual-review", date(2026, 1, 15)) == date(2027, 1, 15)


def test_twelve_months_from_a_leap_day_end_on_the_last_of_february():
    assert last_day("annual-review", date(2028, 2, 29)) == date(2029, 2, 28)


def test_papers_go_two_weeks_before_the_meeting():
    assert last_day("review-papers", date(2026, 12, 14)) == date(2026, 11, 30)


def test_weeks_run_on_through_the_holidays():
    """Twelve weeks from Thursday 17 December 2026, Christmas included: Thursday 11 March."""
    assert last_day("final-plan", date(2026, 12, 17)) == date(2027, 3, 11)


def test_fifteen_days_that_begin_with_the_day_of_service_end_fourteen_later():
    assert last_day("draft-views", date(2026, 11, 2)) == date(2026, 11, 16)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_what_was_not_read_in_the_law_says_so(step):
    assert (CHECK in step.source) is not step.is_verified
    assert step.authority in step.source


def test_a_limit_is_said_in_words():
    assert BY_KEY["review-papers"].limit == "2 weeks before the meeting"
    assert BY_KEY["annual-review"].limit == "12 months from the plan, or its last review"
