"""How far away a day may be: the last that may, and the day after."""

from datetime import date

from alongside.rules.bounds import too_far, too_long_ago

TODAY = date(2026, 11, 26)


def test_a_year_ahead_is_not_too_far_and_the_day_after_is():
    assert too_far(date(2027, 11, 27), ahead_of=TODAY) == ""
    assert too_far(date(2027, 11, 28), ahead_of=TODAY) == (
        "28 November 2027 is a long way ahead. Enter a day up to 27 November 2027."
    )


def test_two_years_ahead_where_two_are_given():
    assert too_far(date(2028, 11, 27), ahead_of=TODAY, years=2) == ""
    assert too_far(date(9999, 1, 1), ahead_of=TODAY, years=2)


def test_a_year_ago_is_not_too_long_and_the_day_before_is():
    assert too_long_ago(date(2025, 11, 25), before=TODAY) == ""
    assert too_long_ago(date(2025, 11, 24), before=TODAY) == (
        "24 November 2025 is long ago. Enter a day from 25 November 2025 on."
    )
