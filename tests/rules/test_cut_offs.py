"""The weekly cut-off: the last moment, the moment after, holidays, and looking back from today."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.cut_offs import Rhythm, next_triage, triage_of


def at(year: int, month: int, day: int, hour: int) -> datetime:
    """A moment as a clock on the wall shows it."""
    return datetime.combine(date(year, month, day), time(hour))


# Wednesday noon, read on Thursday. 2 December 2026 is a Wednesday.
WEEK = Rhythm(2, time(12), 3)
CUT_OFF = at(2026, 12, 2, 12)


@pytest.mark.parametrize(
    ("received", "held_on"),
    [
        (CUT_OFF, date(2026, 12, 3)),
        (CUT_OFF + timedelta(microseconds=1), date(2026, 12, 10)),
        (CUT_OFF - timedelta(days=7) + timedelta(minutes=1), date(2026, 12, 3)),
        (at(2026, 12, 4, 9), date(2026, 12, 10)),
    ],
)
def test_what_is_in_by_the_cut_off_is_read_that_week(received, held_on):
    assert triage_of(received, WEEK).held_on == held_on


def test_a_triage_on_the_day_of_the_cut_off_is_that_day():
    assert triage_of(CUT_OFF, Rhythm(2, time(12), 2)).held_on == date(2026, 12, 2)


def test_a_triage_on_an_earlier_weekday_is_in_the_week_after():
    assert triage_of(CUT_OFF, Rhythm(2, time(12), 0)).held_on == date(2026, 12, 7)


def test_in_a_holiday_the_triage_moves_to_the_next_school_day():
    def is_open(day: date) -> bool:
        return day >= date(2027, 1, 4)

    assert triage_of(at(2026, 12, 22, 9), WEEK, is_open).held_on == date(2027, 1, 4)


def test_where_no_day_is_known_to_be_open_it_is_the_weekday_itself():
    assert triage_of(CUT_OFF, WEEK, lambda _: False).held_on == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("now", "held_on"),
    [
        (at(2026, 12, 3, 16), date(2026, 12, 3)),  # On the day, after its cut-off.
        (at(2026, 12, 2, 15), date(2026, 12, 3)),
        (at(2026, 12, 4, 9), date(2026, 12, 10)),
    ],
)
def test_the_coming_triage_is_todays_until_the_day_is_over(now, held_on):
    assert next_triage(now, WEEK).held_on == held_on


def test_after_a_holiday_all_that_came_in_it_is_read_on_one_day():
    def is_open(day: date) -> bool:
        return day < date(2026, 12, 18) or day >= date(2027, 1, 4)

    coming = next_triage(at(2026, 12, 28, 9), WEEK, is_open)

    assert (coming.held_on, coming.cut_off) == (date(2027, 1, 4), at(2026, 12, 30, 12))


@given(
    received=st.datetimes(at(2024, 1, 1, 0), at(2030, 1, 1, 0)),
    weekday=st.integers(0, 4),
    triage=st.integers(0, 4),
    hour=st.integers(0, 23),
)
def test_nothing_waits_for_two_cut_offs_nor_is_read_before_it_came(received, weekday, triage, hour):
    found = triage_of(received, Rhythm(weekday, time(hour), triage))

    assert received <= found.cut_off < received + timedelta(days=7)
    assert found.cut_off.date() <= found.held_on < found.cut_off.date() + timedelta(days=7)
