"""The day on which something has held for whole terms, with its working."""

from datetime import date

from alongside.rules.calendar import SchoolCalendar, Term
from alongside.rules.terms_after import hold_day

AUTUMN = Term(date(2025, 9, 3), date(2025, 12, 19), "Autumn")
SPRING = Term(date(2026, 1, 5), date(2026, 3, 27), "Spring")
SUMMER = Term(date(2026, 4, 13), date(2026, 7, 21), "Summer")
YEAR = SchoolCalendar(terms=(AUTUMN, SPRING, SUMMER))


def test_one_term_is_the_whole_term_after_the_one_it_began_in():
    assert hold_day(date(2025, 10, 1), 1, YEAR).due_on == SPRING.end
    assert hold_day(date(2025, 10, 1), 2, YEAR).due_on == SUMMER.end


def test_the_last_day_of_a_term_still_begins_in_it():
    assert hold_day(AUTUMN.end, 1, YEAR).due_on == SPRING.end


def test_what_begins_in_the_holidays_begins_in_the_term_that_follows():
    assert hold_day(date(2025, 12, 22), 1, YEAR).due_on == SUMMER.end


def test_the_working_names_the_term():
    working = hold_day(date(2025, 10, 1), 1, YEAR).working

    assert working == "1 whole term after 1 October 2025: the last day of Spring."


def test_beyond_the_terms_entered_a_term_is_thirteen_weeks_and_says_so():
    day = hold_day(date(2026, 4, 20), 1, YEAR)

    assert day.due_on == date(2026, 7, 20)
    assert "counted as 13 weeks: the term dates entered do not reach it" in day.working


def test_before_the_terms_entered_no_term_is_guessed():
    assert "13 weeks" in hold_day(date(2025, 5, 1), 1, YEAR).working


def test_without_any_terms_weeks_are_counted():
    assert hold_day(date(2026, 1, 1), 2, SchoolCalendar(terms=())).due_on == date(2026, 7, 2)


def test_a_term_that_ends_with_a_training_day_has_held_on_its_last_school_day():
    year = SchoolCalendar((AUTUMN, SPRING, SUMMER), frozenset({SPRING.end}))

    assert hold_day(date(2025, 10, 1), 1, year).due_on == date(2026, 3, 26)


def test_thirteen_weeks_that_end_at_a_weekend_end_on_the_next_working_day():
    assert hold_day(date(2026, 4, 25), 1, YEAR).due_on == date(2026, 7, 27)
