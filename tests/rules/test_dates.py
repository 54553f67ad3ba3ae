"""A day of another year never reads as one of this: the month always, the year where in doubt."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.ages import school_year_start
from alongside.rules.dates import dated, day_in, short_day, short_weekday, time_in_words

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (TODAY, "26 Nov"),
        (date(2026, 9, 1), "1 Sep"),  # The first day of this school year.
        (date(2026, 8, 31), "31 Aug 2026"),  # The last of the one before, three months ago.
        (date(2025, 12, 10), "10 Dec 2025"),
        (date(2027, 5, 28), "28 May"),  # 183 days on, in this school year.
        (date(2027, 5, 29), "29 May 2027"),  # 184 days on.
        (date(2027, 9, 1), "1 Sep 2027"),
    ],
)
def test_the_year_is_said_of_another_school_year_and_beyond_half_a_year(day, said):
    assert short_day(day, TODAY) == said


def test_a_weekday_says_the_year_by_the_same_rule():
    assert short_weekday(date(2025, 12, 10), TODAY) == "Wed 10 Dec 2025"
    assert short_weekday(date(2026, 12, 10), TODAY) == "Thu 10 Dec"


# No record holds a day before 1900: forms and lists refuse it.
@given(st.dates(date(1900, 1, 1)), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_two_days_a_year_or_more_apart_are_never_said_alike(day, today):
    said = short_day(day, today)

    if said == short_day(today, today):
        assert day == today
    if not said.endswith(str(day.year)):
        assert school_year_start(day) == school_year_start(today)
        assert abs(day - today) <= timedelta(days=183)


def test_what_is_kept_always_says_its_year():
    assert dated(TODAY) == "26 Nov 2026"


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [(0, 5, "12:05am"), (9, 0, "9am"), (12, 0, "12pm"), (14, 30, "2:30pm"), (23, 59, "11:59pm")],
)
def test_times_are_said_in_twelve_hours(hour, minute, said):
    assert time_in_words(datetime(2026, 11, 26, hour, minute)) == said  # noqa: DTZ001


def test_a_trail_says_the_seconds():
    at = datetime(2026, 11, 26, 14, 0, 7)  # noqa: DTZ001
    assert time_in_words(at, seconds=True) == "2:00:07pm"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-26", TODAY),
        ("2026-02-30", None),
        ("20261126", None),
        ("aaaaaaaaaa", None),
        ("", None),
        ("2026-11-26T10:00", None),
    ],
)
def test_a_day_in_an_address_is_read_or_left(text, day):
    assert day_in(text) == day
