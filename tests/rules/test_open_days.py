"""Whether a school is open on a day, and the sentence for one on which it is not."""

from datetime import date

import pytest

from alongside.rules.calendar import Closure, SchoolCalendar, Term
from alongside.rules.open_days import open_day_from, shut_on

AUTUMN = Term(
    date(2026, 9, 2), date(2026, 12, 18), "Autumn", (date(2026, 10, 26), date(2026, 10, 30))
)
SPRING = Term(date(2027, 1, 5), date(2027, 3, 25), "Spring")
CALENDAR = SchoolCalendar(
    (AUTUMN, SPRING),
    frozenset({date(2026, 9, 2), date(2027, 1, 5)}),
    (Closure(date(2026, 12, 3), date(2026, 12, 4), "boiler"),),
)


@pytest.mark.parametrize(
    ("day", "why", "next_on"),
    [
        (date(2026, 11, 28), "at a weekend", date(2026, 11, 30)),
        (date(2026, 12, 25), "Christmas Day", date(2027, 1, 6)),  # The 5th is a training day.
        (date(2026, 12, 19), "at a weekend", date(2027, 1, 6)),  # The day after the last.
        (date(2026, 12, 21), "in the school holidays", date(2027, 1, 6)),
        (date(2026, 10, 28), "in half-term", date(2026, 11, 2)),
        (date(2027, 1, 5), "a training day", date(2027, 1, 6)),
        (date(2026, 12, 3), "a closure (boiler)", date(2026, 12, 7)),
    ],
)
def test_a_day_without_school_says_why_and_when_next(day, why, next_on):
    shut = shut_on(day, CALENDAR)

    assert shut is not None
    assert (shut.why, shut.next_on, shut.is_school_day) == (why, next_on, True)


@pytest.mark.parametrize("day", [date(2026, 12, 18), date(2026, 11, 26), date(2027, 1, 6)])
def test_the_last_day_of_term_and_any_school_day_are_open(day):
    assert shut_on(day, CALENDAR) is None
    assert open_day_from(day, CALENDAR) == (day, True)


def test_it_is_said_in_one_sentence_with_the_school_and_the_next_day():
    shut = shut_on(date(2026, 12, 25), CALENDAR)

    assert shut.sentences("Testbury Park") == (
        "Friday 25 December 2026 is Christmas Day: Testbury Park is closed. "
        "The next school day is Wednesday 6 January 2027."
    )
    assert "schools are closed" in shut.sentences()


def test_beyond_the_terms_only_weekends_and_bank_holidays_are_known():
    assert shut_on(date(2027, 8, 10), CALENDAR) is None
    assert shut_on(date(2026, 12, 24)) is None

    shut = shut_on(date(2027, 8, 28), CALENDAR)

    # The Monday after is the summer bank holiday.
    assert (shut.next_on, shut.is_school_day) == (date(2027, 8, 31), False)
    assert "The next working day is Tuesday 31 August 2027." in shut.sentences()


def test_a_holiday_after_the_last_term_entered_knows_no_next_school_day():
    shut = shut_on(date(2027, 3, 26), CALENDAR)  # Good Friday, the day after.

    assert (shut.why, shut.is_school_day) == ("Good Friday", False)
    assert shut.next_on == date(2027, 3, 30)
