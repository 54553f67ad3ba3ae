"""Working days against gov.uk's bank holidays; weeks and months against the calendar."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules import calendar_days, words
from alongside.rules import working_days as wd
from alongside.rules.calendar_days import (
    months_after,
    weeks_after,
    years_after,
)

DATA = Path(__file__).parent.parent / "data" / "calendars"
GOV_UK = {
    date.fromisoformat(row["date"])
    for row in csv.DictReader(
        (DATA / "bank_holidays_england.csv").read_text(encoding="utf-8").splitlines()
    )
}


def test_weekdays_off_are_exactly_those_gov_uk_lists_from_2012_to_2028():
    days = wd.days_between(date(2012, 1, 2), date(2028, 12, 31))

    found = {day for day in days if not wd.is_weekend(day) and wd.bank_holiday(day)}

    assert len(GOV_UK) > 130
    assert found == GOV_UK


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 5, 4), "Early May bank holiday"),
        (date(2026, 5, 25), "Spring bank holiday"),
        (date(2026, 8, 31), "Summer bank holiday"),
        (date(2026, 12, 28), "Boxing Day (substitute day)"),
        (date(2026, 4, 3), "Good Friday"),
        (date(2026, 4, 2), None),
    ],
)
def test_bank_holidays_have_the_names_gov_uk_gives_them(day, name):
    assert wd.bank_holiday(day) == name


def test_easter_2026_is_skipped():
    # Good Friday 3 April, Easter Monday 6 April 2026.
    assert wd.add_working_days(date(2026, 4, 2), 1) == date(2026, 4, 7)
    assert wd.working_days_before(date(2026, 4, 7), 1) == date(2026, 4, 2)
    assert wd.count_working_days(date(2026, 4, 2), date(2026, 4, 8)) == 2


def test_fifteen_working_days_beginning_with_the_day_and_after_it():
    # Monday 5 January 2026; no bank holiday until Easter.
    assert wd.nth_working_day(date(2026, 1, 5), 15) == date(2026, 1, 23)
    assert wd.add_working_days(date(2026, 1, 5), 15) == date(2026, 1, 26)
    assert wd.nth_working_day(date(2026, 1, 3), 1) == date(2026, 1, 5)


def test_a_working_day_is_its_own_next():
    assert wd.next_working_day(date(2026, 4, 2)) == date(2026, 4, 2)
    assert wd.next_working_day(date(2026, 4, 3)) == date(2026, 4, 7)
    assert wd.add_working_days(date(2026, 4, 4), 0) == date(2026, 4, 4)


def test_the_reason_is_the_weekday_or_the_bank_holiday():
    assert wd.why_no_working_day(date(2026, 4, 4)) == "Saturday"
    assert wd.why_no_working_day(date(2026, 4, 6)) == "Easter Monday"
    assert wd.why_no_working_day(date(2026, 4, 7)) == ""


def test_counts_go_forward_from_one():
    with pytest.raises(ValueError, match="forward"):
        wd.add_working_days(date(2026, 1, 5), -1)
    with pytest.raises(ValueError, match="number 1"):
        wd.nth_working_day(date(2026, 1, 5), 0)


@given(st.dates(date(2013, 1, 1), date(2026, 1, 1)), st.integers(1, 60))
def test_the_nth_working_day_counts_back_to_n(day, n):
    reached = wd.add_working_days(day, n)

    assert wd.is_working_day(reached)
    assert wd.count_working_days(day, reached) == n


def test_weeks_keep_the_weekday_through_the_holidays():
    # An Ombudsman's count: 21 February 2025 and ten weeks is 2 May 2025 (LGSCO 25 007 473).
    assert weeks_after(date(2025, 2, 21), 10) == date(2025, 5, 2)
    assert calendar_days.review_due(date(2026, 11, 23)) == date(2027, 1, 4)
    assert calendar_days.review_due(date(2026, 11, 23), weeks=2) == date(2026, 12, 7)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        # Dodds v Walker [1981] 1 WLR 1027: four months from 30 September end on 30 January.
        (date(1978, 9, 30), 4, date(1979, 1, 30)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 15), 0, date(2026, 3, 15)),
    ],
)
def test_months_end_on_the_corresponding_date_or_the_last(day, months, expected):
    assert months_after(day, months) == expected


def test_years_after_a_leap_day_end_on_the_28th():
    assert years_after(date(2024, 2, 29), 25) == date(2049, 2, 28)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_words_read_as_a_person_writes_them():
    assert words.day_in_words(date(2026, 7, 7)) == "7 July 2026"
    assert words.weekday_in_words(date(2026, 7, 17)) == "Friday 17 July 2026"
    assert words.count_of(1, "school day") == "1 school day"
    assert words.count_of(1200, "child", "children") == "1,200 children"
    assert words.count_of(0, "week") == "0 weeks"
    assert [words.listed(x) for x in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert words.listed(["a", "b"], "or") == "a or b"
