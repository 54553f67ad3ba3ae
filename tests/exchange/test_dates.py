"""Dates as people, spreadsheets and school systems write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.exchange.dates import EXCEL_EPOCH, NotADate, read_date


@pytest.mark.parametrize(
    "text",
    [
        "31/01/2010",
        "31-1-2010",
        "31.1.10",
        "31 01 2010",
        "2010-01-31",
        "2010/1/31",
        "20100131",
        "31 Jan 2010",
        "31st January 2010",
        "Sunday, 31 January 2010",
        "31-jan-10",
        " 31/01/2010 ",
        "2010-01-31T00:00:00",
        "2010-01-31 00:00:00.000",
        "31/01/2010 00:00",
        "31 January, 2010",
        "2010-01-31T09:12:00+01:00",
        "40209",
        "40209.0",
    ],
)
def test_one_day_in_many_hands(text):
    assert read_date(text) == date(2010, 1, 31)


def test_the_day_comes_first_as_in_england():
    assert read_date("02/01/2010") == date(2010, 1, 2)
    assert read_date("2010-02-01") == date(2010, 2, 1)


def test_excels_numbers_are_those_excel_shows():
    # Microsoft's own example: 1 January 2008 is serial number 39448.
    assert read_date("39448") == date(2008, 1, 1)
    assert read_date("10000") == date(1927, 5, 18)
    assert read_date("73050") == date(2099, 12, 31)


@pytest.mark.parametrize(("text", "year"), [("1/2/49", 2049), ("1/2/50", 1950), ("1 Feb 00", 2000)])
def test_two_figures_of_a_year_mean_this_century_to_49(text, year):
    assert read_date(text).year == year


@pytest.mark.parametrize(
    ("text", "problem", "remedy"),
    [
        ("invalid", "“invalid” is not a date.", "Write the day first, such as 31/01/2010."),
        ("", "“” is not a date.", "Write the day first, such as 31/01/2010."),
        ("9999", "“9999” is not a date.", ""),
        ("73051", "“73051” is not a date.", ""),
        ("31/02/2010", "“31/02/2010” is not a day of the calendar.", ""),
        ("2010-02-31", "“2010-02-31” is not a day of the calendar.", ""),
        ("2010-13-13", "“2010-13-13” is not a day of the calendar.", ""),
        ("13/13/2010", "“13/13/2010” is not a day of the calendar.", ""),
        ("2010-13-00", "“2010-13-00” is not a day of the calendar.", ""),
        ("0/13/2010", "“0/13/2010” is not a day of the calendar.", ""),
        ("31 Foo 2010", "“31 Foo 2010” names no month.", ""),
        (
            "2010-31-01",
            "“2010-31-01” begins with the year, so 31 stands where the month belongs.",
            "If it means 31 January 2010, write 31/01/2010.",
        ),
        (
            "12/25/2010",
            "“12/25/2010” has 25 where the month belongs: is the month written first?",
            "If it means 25 December 2010, write 25/12/2010.",
        ),
    ],
)
def test_what_is_no_date_says_why_and_what_to_write(text, problem, remedy):
    with pytest.raises(NotADate) as refused:
        read_date(text)

    assert refused.value.problem == problem
    assert remedy in refused.value.remedy
    assert str(refused.value) == f"{refused.value.problem} {refused.value.remedy}"


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_every_day_is_read_in_every_form(day):
    for written in (
        f"{day:%d/%m/%Y}",
        f"{day:%d/%m/%y}",
        day.isoformat(),
        f"{day:%d %b %Y}",
        f"{day:%Y%m%d}",
        str((day - EXCEL_EPOCH).days),
    ):
        assert read_date(written) == day
