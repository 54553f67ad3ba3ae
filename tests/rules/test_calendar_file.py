"""Reading a calendar file names everything that is wrong with it."""

from datetime import date

import pytest

from alongside.rules.calendar import CalendarError, Closure
from alongside.rules.calendar_file import read_calendar, write_calendar

AUTUMN = {"name": "Autumn", "start": "2025-09-01", "end": "2025-12-19"}


def problems_of(data):
    with pytest.raises(CalendarError) as refused:
        read_calendar(data)
    return [str(each) for each in refused.value.problems]


def test_a_term_without_an_end_asks_for_it():
    assert problems_of({"terms": [{"name": "Autumn", "start": "2025-09-01"}]}) == [
        "Autumn has no end date. Enter its last day."
    ]


def test_a_term_without_a_start_or_name_is_called_by_its_number():
    assert problems_of({"terms": [AUTUMN, {"end": "2026-03-27", "start": ""}]}) == [
        "Term 2 has no start date. Enter its first day."
    ]


def test_a_day_that_is_no_date_is_named():
    assert problems_of({"terms": [AUTUMN | {"end": "19/12/2025"}]}) == [
        "Autumn: “19/12/2025” is not a date. Write it as 2026-09-01."
    ]


@pytest.mark.parametrize("half_term", [["2025-10-27"], "2025-10-27"])
def test_a_half_term_needs_both_ends(half_term):
    assert problems_of({"terms": [AUTUMN | {"half_term": half_term}]}) == [
        "The half-term of Autumn needs a first and a last day. Write both in a list."
    ]


def test_every_problem_of_the_file_is_told_at_once():
    found = problems_of(
        {
            "terms": [AUTUMN | {"half_term": ["x", "2025-10-31"]}, AUTUMN, AUTUMN],
            "training_days": ["y"],
            "closures": [
                {"date": "z"},
                {"first": "2025-09-03", "last": "w", "learned_on": "v"},
            ],
        }
    )

    assert [each.partition(" is not a date")[0] for each in found[:5]] == [
        "Autumn: “x”",
        "Training days: “y”",
        "no reason given: “z”",
        "no reason given: “w”",
        "no reason given: “v”",
    ]
    assert found[5].startswith("Autumn starts on 1 September 2025, before Autumn ends")


def test_a_closure_is_one_day_or_several_and_says_when_it_was_learned():
    calendar = read_calendar(
        {
            "terms": [AUTUMN],
            "closures": [
                {"date": "2025-09-10", "reason": "no water"},
                {
                    "first": "2025-09-03",
                    "last": "2025-09-04",
                    "reason": "flood",
                    "learned_on": "2025-09-03",
                },
                {"first": "2025-09-08", "reason": "boiler"},
            ],
        }
    )

    assert calendar.closures == (
        Closure(date(2025, 9, 3), date(2025, 9, 4), "flood", date(2025, 9, 3)),
        Closure(date(2025, 9, 8), date(2025, 9, 8), "boiler"),
        Closure(date(2025, 9, 10), date(2025, 9, 10), "no water"),
    )


@pytest.mark.parametrize("key", ["training_days", "closures"])
def test_what_should_be_a_list_and_is_none_is_said(key):
    with pytest.raises(CalendarError, match="is not a list"):
        read_calendar({"terms": [AUTUMN], key: "2025-09-10"})


def test_an_empty_file_is_an_empty_calendar():
    assert write_calendar(read_calendar({})) == {
        "terms": [],
        "training_days": [],
        "closures": [],
    }
