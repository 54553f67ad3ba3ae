"""School days: Luton's terms of 2025/26 counted by hand, and what must hold for every calendar."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.calendar import (
    BeyondCalendar,
    CalendarError,
    Closure,
    CountedDay,
    SchoolCalendar,
    Term,
)
from alongside.rules.calendar_file import read_calendar, write_calendar

DATA = Path(__file__).parent.parent / "data" / "calendars"
LUTON = read_calendar(json.loads((DATA / "luton_2025_26.json").read_text()))
AUTUMN, SPRING, SUMMER = LUTON.terms


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        # Weeks of five days, less the half-term week; summer also loses 4 May, a bank holiday.
        (AUTUMN, 16 * 5 - 5),
        (SPRING, 12 * 5 - 5),
        (SUMMER, 14 * 5 - 5 - 1),
    ],
)
def test_terms_hold_the_days_counted_by_hand(term, expected):
    assert len(LUTON.school_days_between(term.start, term.end)) == expected


def test_a_school_year_is_195_days_of_teaching_and_training():
    # School teachers' pay and conditions document, paragraph 51.2: 195 days, 190 with pupils.
    # Schools take four of the five training days out of the dates given; the fifth is 20 July.
    days = LUTON.school_days_between(AUTUMN.start, SUMMER.end)

    assert len(days) + len(LUTON.training_days) == 195


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2025, 9, 1), ""),
        (date(2025, 9, 6), "Saturday"),
        (date(2025, 9, 7), "Sunday"),
        (date(2025, 10, 24), ""),
        (date(2025, 10, 27), "half-term"),
        (date(2025, 10, 31), "half-term"),
        (date(2025, 11, 3), ""),
        (date(2025, 12, 19), ""),
        (date(2025, 12, 22), "school holiday"),
        (date(2025, 12, 25), "bank holiday: Christmas Day"),
        (date(2026, 5, 4), "bank holiday: Early May bank holiday"),
        (date(2026, 5, 25), "bank holiday: Spring bank holiday"),
        (date(2026, 7, 17), ""),
    ],
)
def test_a_day_says_why_it_is_no_school_day(day, reason):
    assert LUTON.why_not(day) == reason
    assert LUTON.is_school_day(day) is not bool(reason)


def test_training_days_and_closures_drop_out_with_their_reason():
    calendar = SchoolCalendar(
        (AUTUMN,),
        frozenset({date(2025, 9, 1)}),
        (Closure(date(2025, 11, 18), date(2025, 11, 19), "snow", date(2025, 11, 18)),),
    )

    assert calendar.why_not(date(2025, 9, 1)) == "training day"
    assert calendar.why_not(date(2025, 11, 17)) == ""
    assert calendar.why_not(date(2025, 11, 18)) == "closed: snow"
    assert calendar.why_not(date(2025, 11, 19)) == "closed: snow"
    assert calendar.why_not(date(2025, 11, 20)) == ""


def test_the_calendar_can_be_read_as_it_was_known_before_the_closure():
    told = date(2025, 11, 18)
    always = Closure(date(2025, 9, 2), date(2025, 9, 2), "building work")
    snow = Closure(told, told, "snow", told)
    calendar = SchoolCalendar((AUTUMN,), frozenset(), (snow, always))

    assert calendar.closures == (always, snow)
    assert calendar.as_known_on(date(2025, 11, 17)).closures == (always,)
    assert calendar.as_known_on(told).closures == (always, snow)


class TestCounting:
    def test_the_day_after_which_days_are_counted_is_not_counted(self):
        assert LUTON.add_school_days(date(2025, 9, 1), 1) == date(2025, 9, 2)

    def test_beginning_with_a_day_counts_that_day(self):
        assert LUTON.nth(date(2025, 9, 1), 1) == date(2025, 9, 1)
        assert LUTON.nth(date(2025, 9, 1), 6) == date(2025, 9, 8)
        assert LUTON.nth(date(2025, 9, 6), 1) == date(2025, 9, 8)

    def test_fifteen_school_days_cross_the_half_term(self):
        # From Monday 13 October 2025: 4 + 5 days to 24 October, then 5 + 1 from 3 November.
        assert LUTON.add_school_days(date(2025, 10, 13), 15) == date(2025, 11, 10)

    def test_nought_days_after_a_day_is_that_day(self):
        assert LUTON.add_school_days(date(2025, 9, 6), 0) == date(2025, 9, 6)

    def test_counting_backwards_is_the_mirror(self):
        assert LUTON.school_days_before(date(2025, 11, 10), 15) == date(2025, 10, 13)
        assert LUTON.school_days_before(date(2025, 11, 3), 1) == date(2025, 10, 24)

    def test_the_next_school_day_may_be_today(self):
        assert LUTON.next_school_day(date(2025, 10, 24)) == date(2025, 10, 24)
        assert LUTON.next_school_day(date(2025, 10, 25)) == date(2025, 11, 3)

    def test_both_ends_are_counted_between_and_only_the_last_after(self):
        monday, friday = date(2025, 9, 8), date(2025, 9, 12)

        assert len(LUTON.school_days_between(monday, friday)) == 5
        assert LUTON.count_school_days(monday, friday) == 4
        assert LUTON.school_days_between(friday, monday) == ()

    def test_the_working_shows_each_day_and_its_reason(self):
        assert list(LUTON.working(date(2025, 9, 5), 1)) == [
            CountedDay(date(2025, 9, 6), None, "Saturday"),
            CountedDay(date(2025, 9, 7), None, "Sunday"),
            CountedDay(date(2025, 9, 8), 1),
        ]

    def test_counts_go_forward_from_one(self):
        with pytest.raises(ValueError, match="forward"):
            LUTON.add_school_days(date(2025, 9, 1), -1)
        with pytest.raises(ValueError, match="number 1"):
            LUTON.nth(date(2025, 9, 1), 0)


class TestTerms:
    def test_days_left_count_today(self):
        assert LUTON.school_days_left_in_term(date(2025, 12, 19)) == 1
        assert LUTON.school_days_left_in_term(date(2025, 12, 15)) == 5
        assert LUTON.school_days_left_in_term(date(2025, 12, 13)) == 5
        assert LUTON.school_days_left_in_term(date(2025, 12, 20)) == 0

    def test_the_next_term_starts_after_the_day(self):
        assert LUTON.next_term(date(2025, 8, 1)) == AUTUMN
        assert LUTON.next_term(date(2025, 9, 1)) == SPRING
        assert LUTON.next_term(date(2026, 1, 4)) == SPRING
        with pytest.raises(BeyondCalendar, match="ends on Friday 17 July 2026, with Summer"):
            LUTON.next_term(date(2026, 4, 13))

    def test_the_term_of_a_day_is_none_in_the_holidays(self):
        assert LUTON.term_on(date(2025, 12, 19)) == AUTUMN
        assert LUTON.term_on(date(2025, 12, 20)) is None

    def test_a_term_without_a_name_is_called_by_its_first_day(self):
        assert Term(date(2025, 9, 1), date(2025, 12, 19)).called == "The term from 1 September 2025"


class TestBeyond:
    def test_the_day_after_the_last_term_says_what_to_enter(self):
        with pytest.raises(BeyondCalendar) as refused:
            LUTON.is_school_day(date(2026, 9, 1))

        assert str(refused.value) == (
            "The calendar ends on Friday 17 July 2026, with Summer. "
            "Enter the term dates that follow, to at least 1 September 2026."
        )

    def test_the_day_before_the_first_term_says_what_to_enter(self):
        with pytest.raises(BeyondCalendar) as refused:
            LUTON.why_not(date(2025, 8, 31))

        assert str(refused.value) == (
            "The calendar begins on Monday 1 September 2025. "
            "Enter the term dates that include 31 August 2025."
        )

    def test_a_count_that_runs_off_the_end_is_refused(self):
        assert LUTON.add_school_days(date(2026, 7, 16), 1) == date(2026, 7, 17)
        with pytest.raises(BeyondCalendar):
            LUTON.add_school_days(date(2026, 7, 16), 2)

    def test_an_empty_calendar_asks_for_terms(self):
        empty = SchoolCalendar(())

        assert (empty.known_from, empty.known_to) == (None, None)
        with pytest.raises(BeyondCalendar, match="No terms have been entered"):
            empty.is_school_day(date(2026, 1, 5))

    def test_what_is_known_runs_from_the_first_term_to_the_last(self):
        assert (LUTON.known_from, LUTON.known_to) == (
            date(2025, 9, 1),
            date(2026, 7, 17),
        )

    def test_an_unnamed_last_term_is_still_a_sentence(self):
        calendar = SchoolCalendar((Term(date(2025, 9, 1), date(2025, 12, 19)),))
        with pytest.raises(BeyondCalendar, match="with the last term"):
            calendar.next_term(date(2025, 9, 1))


class TestProblems:
    @pytest.mark.parametrize(
        ("terms", "expected"),
        [
            (
                [
                    Term(date(2025, 9, 1), date(2025, 12, 19), "Autumn"),
                    Term(date(2025, 12, 19), date(2026, 3, 27), "Spring"),
                ],
                (
                    "Spring starts on 19 December 2025, before Autumn ends on 19 December 2025. "
                    "Correct one of the two dates."
                ),
            ),
            (
                [Term(date(2025, 9, 2), date(2025, 9, 1), "Autumn")],
                (
                    "Autumn ends on 1 September 2025, before it starts on 2 September 2025. "
                    "Correct one of the two dates."
                ),
            ),
            (
                [
                    Term(
                        date(2025, 9, 1),
                        date(2025, 12, 19),
                        "Autumn",
                        (date(2025, 10, 31), date(2025, 10, 27)),
                    )
                ],
                (
                    "The half-term of Autumn ends on 27 October 2025, before it starts on "
                    "31 October 2025. Correct one of the two dates."
                ),
            ),
            (
                [
                    Term(
                        date(2025, 9, 1),
                        date(2025, 12, 19),
                        "Autumn",
                        (date(2025, 12, 19), date(2025, 12, 20)),
                    )
                ],
                (
                    "The half-term of Autumn (19 December 2025 to 20 December 2025) lies outside the "
                    "term (1 September 2025 to 19 December 2025). Correct its dates, or those of the term."
                ),
            ),
            (
                [
                    Term(
                        date(2025, 9, 1),
                        date(2025, 12, 19),
                        "Autumn",
                        (date(2025, 8, 31), date(2025, 9, 1)),
                    )
                ],
                (
                    "The half-term of Autumn (31 August 2025 to 1 September 2025) lies outside the "
                    "term (1 September 2025 to 19 December 2025). Correct its dates, or those of the term."
                ),
            ),
        ],
    )
    def test_each_contradiction_is_named(self, terms, expected):
        with pytest.raises(CalendarError) as refused:
            SchoolCalendar(tuple(terms))

        assert str(refused.value) == expected

    def test_every_problem_is_told_at_once(self):
        with pytest.raises(CalendarError) as refused:
            SchoolCalendar(
                (Term(date(2025, 9, 2), date(2025, 9, 1), "Autumn"),),
                closures=(Closure(date(2025, 9, 5), date(2025, 9, 4), "flood"),),
            )

        assert [each.where for each in refused.value.problems] == ["Autumn", "flood"]
        assert "The closure “flood” ends on 4 September 2025, before it starts" in str(
            refused.value
        )

    def test_terms_may_touch_and_breaks_may_fill_a_term_and_a_training_day_lie_anywhere(
        self,
    ):
        SchoolCalendar(
            (
                Term(date(2025, 9, 1), date(2025, 9, 1), "One day"),
                Term(
                    date(2025, 9, 2),
                    date(2025, 9, 5),
                    "Two",
                    (date(2025, 9, 2), date(2025, 9, 5)),
                ),
            ),
            frozenset({date(2030, 1, 1)}),
            (Closure(date(2031, 1, 1), date(2031, 1, 1), "after everything"),),
        )

    def test_a_missing_term_is_suspected_not_refused(self):
        assert LUTON.warnings() == ()
        assert SchoolCalendar((AUTUMN, SUMMER)).warnings() == (
            (
                "There are 16 weeks between the end of Autumn and the start of Summer. "
                "Is a term missing?"
            ),
        )

    @pytest.mark.parametrize(("days", "suspected"), [(70, 0), (71, 1)])
    def test_ten_weeks_is_the_longest_ordinary_holiday(self, days, suspected):
        after = Term(AUTUMN.end + timedelta(days), AUTUMN.end + timedelta(days + 5), "Next")

        assert len(SchoolCalendar((AUTUMN, after)).warnings()) == suspected


@st.composite
def calendars(draw):
    """Two to six terms in order, with breaks, training days and closures strewn about."""
    terms, day = [], date(2025, 9, 1)
    for number in range(draw(st.integers(2, 6))):
        end = day + timedelta(draw(st.integers(14, 80)))
        offset = draw(st.integers(0, 10))
        half_term = draw(
            st.sampled_from([None, (day + timedelta(offset), day + timedelta(offset + 3))])
        )
        terms.append(Term(day, end, f"Term {number}", half_term))
        day = end + timedelta(draw(st.integers(1, 50)))
    some_day = st.integers(0, 300).map(lambda n: date(2025, 9, 1) + timedelta(n))
    closures = [
        Closure(d, d + timedelta(1), "burst pipe") for d in draw(st.lists(some_day, max_size=3))
    ]
    return SchoolCalendar(
        tuple(terms), frozenset(draw(st.lists(some_day, max_size=5))), tuple(closures)
    )


@given(calendars(), st.data())
def test_the_nth_school_day_is_a_school_day_and_counts_back_to_n(calendar, data):
    after = calendar.terms[0].start
    total = calendar.count_school_days(after, calendar.terms[-1].end)
    n = data.draw(st.integers(0, total))

    reached = calendar.add_school_days(after, n)

    assert n == 0 or calendar.is_school_day(reached)
    assert calendar.count_school_days(after, reached) == n


@given(calendars())
def test_going_on_and_coming_back_ends_where_it_began(calendar):
    days = calendar.school_days_between(calendar.terms[0].start, calendar.terms[-1].end)
    n = len(days) - 1

    assert calendar.add_school_days(days[0], n) == days[-1]
    assert calendar.school_days_before(days[-1], n) == days[0]


@given(calendars())
def test_a_closure_never_brings_a_date_forward(calendar):
    start = calendar.terms[0].start
    open_throughout = SchoolCalendar(calendar.terms, calendar.training_days)
    n = calendar.count_school_days(start, calendar.terms[-1].end)

    assert calendar.add_school_days(start, n) >= open_throughout.add_school_days(start, n)


@given(calendars())
def test_a_calendar_written_and_read_is_the_same(calendar):
    assert read_calendar(json.loads(json.dumps(write_calendar(calendar)))) == calendar


def test_holidays_are_half_terms_and_what_lies_between_terms_within_the_days_asked():
    first, last = AUTUMN.start, SPRING.start + timedelta(days=3)

    half_term, christmas = LUTON.holidays(first, last)

    assert half_term == AUTUMN.half_term
    assert christmas == (AUTUMN.end + timedelta(days=1), SPRING.start - timedelta(days=1))
    assert LUTON.holidays(christmas[0], christmas[0]) == ((christmas[0], christmas[0]),)
