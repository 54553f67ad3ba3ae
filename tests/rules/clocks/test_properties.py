"""What must hold of every clock, whatever the day: checked on days that nobody chose."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from alongside.rules.calendar_file import read_calendar
from alongside.rules.clocks.clock import ClockProblem
from alongside.rules.clocks.counting import after, before, beginning_with
from alongside.rules.clocks.due import work_out
from alongside.rules.clocks.kinds_of_day import (
    EVERY_DAY,
    TRIBUNAL_DAYS,
    WORKING_DAYS,
    WORKING_DAYS_ANYWHERE,
    school_days,
)
from alongside.rules.clocks.table import clocks
from alongside.rules.words import day_in_words
from alongside.rules.working_days import ONE_DAY

DATA = Path(__file__).parents[2] / "data" / "calendars"
LUTON = read_calendar(json.loads((DATA / "luton_2025_26.json").read_text()))
KINDS = [EVERY_DAY, WORKING_DAYS, TRIBUNAL_DAYS, WORKING_DAYS_ANYWHERE, school_days(LUTON, "EX11")]
# Days from which twenty school days lie both before and after in Luton's year.
DAYS = st.dates(date(2025, 11, 1), date(2026, 5, 15))
COUNTS = st.integers(1, 12)
NEWEST = [versions[-1] for versions in clocks().values()]
DATED = [
    clock
    for clock in NEWEST
    if clock.is_in_force
    and not clock.facts
    and clock.counting in ("after", "before", "beginning with", "starting with")
    and clock.unit != "hour"
    and clock.was_in_force(date(2025, 11, 1))
]
CLOCKS = st.sampled_from(DATED)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@given(day=DAYS, n=COUNTS)
def test_a_count_ends_on_a_day_that_counts(kind, day, n):
    for counted in (after, before, beginning_with):
        assert kind.why_not(counted(kind, day, n)[0]) == ""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@given(day=DAYS, n=COUNTS)
def test_counting_back_undoes_counting_forward(kind, day, n):
    assume(kind.why_not(day) == "")

    assert before(kind, after(kind, day, n)[0], n)[0] == day


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@given(day=DAYS, n=COUNTS, m=COUNTS)
def test_two_counts_in_a_row_are_the_count_of_both(kind, day, n, m):
    assert after(kind, after(kind, day, n)[0], m)[0] == after(kind, day, n + m)[0]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@given(day=DAYS, n=COUNTS)
def test_beginning_with_a_day_that_counts_ends_one_sooner(kind, day, n):
    assume(kind.why_not(day) == "")

    assert beginning_with(kind, day, n + 1)[0] == after(kind, day, n)[0]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@given(day=DAYS, n=COUNTS)
def test_the_working_counts_each_day_once_and_names_the_last(kind, day, n):
    due, lines = after(kind, day, n)

    assert [line.n for line in lines if line.counted] == list(range(1, n + 1))
    assert lines[-1].date == due
    assert [line.date for line in lines] == [
        day + timedelta(days=ahead) for ahead in range((due - day).days + 1)
    ]
    assert all(line.reason for line in lines)


@settings(max_examples=400)
@given(clock=CLOCKS, day=st.dates(date(2025, 11, 1), date(2026, 2, 20)), later=st.integers(1, 20))
def test_a_later_event_is_never_due_sooner(clock, day, later):
    first = work_out(clock.id, day, LUTON)
    second = work_out(clock.id, day + timedelta(days=later), LUTON)

    assert first.due <= second.due
    assert first.safe_by <= second.safe_by


@settings(max_examples=400)
@given(clock=CLOCKS, day=st.dates(date(2025, 11, 1), date(2026, 2, 20)))
def test_the_safe_day_is_never_after_the_day_due(clock, day):
    answer = work_out(clock.id, day, LUTON)

    assert answer.safe_by <= answer.due


BEGUN = [clock for versions in clocks().values() for clock in versions if clock.in_force_from]


@pytest.mark.parametrize("clock", BEGUN, ids=lambda clock: f"{clock.id}-{clock.in_force_from}")
def test_the_day_before_the_law_began_is_not_under_it(clock):
    oldest = clocks()[clock.id][0]
    before_it = clock.in_force_from - ONE_DAY

    assert clock.was_in_force(clock.in_force_from)
    assert not clock.was_in_force(before_it)
    if clock is oldest:
        with pytest.raises(ClockProblem, match=f"not in force on {day_in_words(before_it)}"):
            work_out(clock.id, before_it)


def test_an_older_law_still_counts_what_began_under_it():
    """The sixth consecutive day over several suspensions counts since 5 January 2015 (SI 2014/3216)."""
    old, new = clocks()["EX08"]

    assert (old.in_force_to, new.in_force_from) == (date(2015, 1, 4), date(2015, 1, 5))
    assert not old.is_verified
