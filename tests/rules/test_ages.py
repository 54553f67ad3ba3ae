"""Ages and year groups, by the dates that decide them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.ages import (
    YEAR_GROUPS,
    Age,
    age_on,
    key_stage,
    read_year_group,
    school_year_start,
    year_group_in_words,
    year_group_on,
)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2014, 10, 2), date(2026, 10, 1), Age(11, 11)),
        (date(2014, 10, 2), date(2026, 10, 2), Age(12, 0)),
        (date(2014, 10, 2), date(2026, 11, 22), Age(12, 1)),
        (date(2014, 1, 31), date(2026, 2, 28), Age(12, 0)),
        (date(2014, 1, 31), date(2026, 3, 1), Age(12, 1)),
        (date(2012, 2, 29), date(2025, 2, 28), Age(12, 11)),
        (date(2012, 2, 29), date(2025, 3, 1), Age(13, 0)),
        (date(2014, 1, 1), date(2014, 1, 1), Age(0, 0)),
    ],
)
def test_age_in_whole_years_and_months(born, day, age):
    assert age_on(born, day) == age


def test_age_in_words_and_before_birth():
    assert str(Age(10, 3)) == "10 years 3 months"
    assert str(Age(1, 1)) == "1 year 1 month"
    with pytest.raises(ValueError, match="before the day of birth"):
        age_on(date(2014, 1, 2), date(2014, 1, 1))


@pytest.mark.parametrize(
    ("born", "day", "group"),
    [
        # gov.uk/national-curriculum: 4 to 5 Reception, 5 to 6 Year 1, 11 to 12 Year 7, 15 to 16 Year 11.
        (date(2014, 9, 1), date(2026, 9, 1), "7"),
        (date(2014, 8, 31), date(2026, 9, 1), "8"),
        (date(2015, 8, 31), date(2026, 9, 1), "7"),
        (date(2015, 8, 31), date(2026, 8, 31), "6"),
        (date(2010, 1, 1), date(2026, 1, 1), "11"),
        (date(2021, 9, 1), date(2026, 9, 1), "R"),
        (date(2022, 8, 31), date(2026, 9, 1), "R"),
        (date(2022, 9, 1), date(2026, 9, 1), "N2"),
        (date(2023, 9, 1), date(2026, 9, 1), "N1"),
        (date(2024, 9, 1), date(2026, 9, 1), ""),
        (date(2007, 9, 1), date(2026, 9, 1), "14"),
        (date(2007, 8, 31), date(2026, 9, 1), ""),
    ],
)
def test_year_group_by_the_first_of_september(born, day, group):
    assert year_group_on(born, day) == group


@given(st.dates(date(2005, 1, 1), date(2022, 1, 1)))
def test_everybody_moves_up_together_on_the_first_of_september(born):
    before = year_group_on(born, date(2026, 8, 31))
    after = year_group_on(born, date(2026, 9, 1))

    if before and after:
        assert YEAR_GROUPS.index(after) == YEAR_GROUPS.index(before) + 1


def test_the_school_year_starts_in_september():
    assert school_year_start(date(2026, 8, 31)) == date(2025, 9, 1)
    assert school_year_start(date(2026, 9, 1)) == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("7", "7"),
        ("07", "7"),
        ("Year 7", "7"),
        ("Yr07", "7"),
        ("Y 11", "11"),
        ("NC Year 9", "9"),
        ("R", "R"),
        ("Rec", "R"),
        ("Reception", "R"),
        ("0", "R"),
        ("N2", "N2"),
        ("Nursery", "N2"),
        ("Yr. 8", "8"),
        ("14", "14"),
        ("15", ""),
        ("99", ""),
        ("", ""),
        ("Giraffes", ""),
        ("x", "X"),
        ("Year R", "R"),
        ("1a", ""),
    ],
)
def test_year_groups_as_schools_write_them(text, code):
    assert read_year_group(text) == code


def test_year_groups_in_words():
    assert [year_group_in_words(code) for code in ("R", "7", "N1", "")] == [
        "Reception",
        "Year 7",
        "Nursery, first year",
        "",
    ]


@pytest.mark.parametrize(
    ("codes", "stage"),
    [
        ("N1 N2 R", "EYFS"),
        ("1 2", "1"),
        ("3 6", "2"),
        ("7 9", "3"),
        ("10 11", "4"),
        ("12 14 X ?", ""),
    ],
)
def test_key_stages_of_the_education_act_2002(codes, stage):
    assert {key_stage(code) for code in codes.split()} == {stage}
