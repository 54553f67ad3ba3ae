"""The day a check is asked: weeks counted by hand on Luton's terms of 2025/26, then a school day."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.calendar import Closure, SchoolCalendar
from alongside.rules.calendar_file import read_calendar
from alongside.rules.sustained_checks import check_day, check_days, working
from alongside.rules.working_days import next_working_day

DATA = Path(__file__).parent.parent / "data" / "calendars"
LUTON = read_calendar(json.loads((DATA / "luton_2025_26.json").read_text()))


@pytest.mark.parametrize(
    ("closed_on", "due_on", "why"),
    [
        # Six weeks from Tuesday 9 September 2025 is Tuesday 21 October, in term.
        (date(2025, 9, 9), date(2025, 10, 21), "a school day"),
        # From Friday 7 November it is Friday 19 December, the last day of term.
        (date(2025, 11, 7), date(2025, 12, 19), "a school day"),
        # The day after closing a day later: Saturday 20 December, and school is back on 5 January.
        (date(2025, 11, 8), date(2026, 1, 5), "is Saturday 20 December 2025. The next"),
        # Sunday 14 September: Sunday 26 October, then the half-term week to 31 October.
        (date(2025, 9, 14), date(2025, 11, 3), "is Sunday 26 October 2025. The next"),
        # Wednesday in the half-term week.
        (date(2025, 9, 17), date(2025, 11, 3), "Wednesday 29 October 2025, half-term"),
        # The early May bank holiday, Monday 4 May 2026.
        (date(2026, 3, 23), date(2026, 5, 5), "bank holiday: Early May bank holiday"),
    ],
)
def test_a_check_waits_for_the_next_school_day(closed_on, due_on, why):
    found = check_day(closed_on, 6, LUTON)

    assert found.due_on == due_on
    assert why in found.working


def test_a_closure_known_beforehand_moves_the_check_past_it():
    closed = replace(
        LUTON, closures=(Closure(date(2025, 10, 20), date(2025, 10, 21), "no heating"),)
    )

    found = check_day(date(2025, 9, 9), 6, closed)

    assert found.due_on == date(2025, 10, 22)
    assert found.working == (
        "6 weeks after closing is Tuesday 21 October 2025, closed: no heating. The next school day."
    )


def test_beyond_the_terms_entered_the_plain_day_stands_and_says_so():
    day_after = next_working_day(LUTON.known_to + timedelta(days=1))

    found = check_day(day_after - timedelta(weeks=6), 6, LUTON)

    assert found.due_on == day_after
    assert found.working == (
        "6 weeks after closing. The term dates entered do not reach that day, so it stands as it is."
    )


def test_beyond_the_terms_entered_a_weekend_is_passed_over_and_the_working_says_so():
    found = check_day(date(2026, 6, 13), 6, LUTON)  # A Saturday, and so is the day six weeks on.

    assert found.due_on == date(2026, 7, 27)
    assert found.working == "6 weeks after closing is Saturday 25 July 2026. The next working day."


def test_with_no_terms_every_plain_day_stands():
    days = check_days(date(2026, 3, 27), SchoolCalendar(()))

    assert [(d.weeks, d.due_on) for d in days] == [
        (6, date(2026, 5, 8)),
        (12, date(2026, 6, 19)),
        (24, date(2026, 9, 11)),
    ]


def test_checks_come_in_order_of_weeks():
    assert [d.weeks for d in check_days(date(2025, 9, 9), LUTON, (8, 4))] == [4, 8]


def test_a_day_that_became_a_closure_after_it_was_set_is_told():
    closed = replace(LUTON, closures=(Closure(date(2025, 10, 21), date(2025, 10, 21), "flood"),))

    said = working(date(2025, 9, 9), 6, date(2025, 10, 21), closed)

    assert said == "6 weeks after closing. That day is now no school day: closed: flood."


def test_a_day_set_past_a_holiday_is_told_also_when_the_terms_are_gone():
    said = working(date(2025, 11, 8), 6, date(2026, 1, 5), SchoolCalendar(()))

    assert said == "6 weeks after closing is Saturday 20 December 2025. The next school day."


@given(st.dates(date(2025, 9, 1), date(2026, 7, 1)), st.integers(1, 24))
def test_a_check_is_never_before_its_weeks_and_on_a_school_day_where_it_can_be(closed_on, weeks):
    plain = closed_on + timedelta(weeks=weeks)

    due_on = check_day(closed_on, weeks, LUTON).due_on

    assert due_on >= plain
    if plain <= LUTON.known_to:
        assert LUTON.is_school_day(due_on) or due_on == plain
        assert not LUTON.school_days_between(plain, due_on - timedelta(days=1))
    else:
        assert due_on == next_working_day(plain)
