"""The one question: when is it due? Facts in; the last day in time, its safe reading, its working."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from alongside.rules.calendar import SchoolCalendar
from alongside.rules.clocks import special
from alongside.rules.clocks.clock import Answer, ClockProblem, Line
from alongside.rules.clocks.counting import (
    after,
    before,
    beginning_with,
    deemed,
    months_on,
    rolled,
    starting_with,
    weeks_after,
    weeks_before,
)
from alongside.rules.clocks.facts import Facts, read_facts, read_trigger
from alongside.rules.clocks.kinds_of_day import (
    EVERY_DAY,
    TRIBUNAL_DAYS,
    WORKING_DAYS,
    Kind,
    school_days,
)
from alongside.rules.clocks.table import clock_on
from alongside.rules.working_days import ONE_DAY

type Worked = tuple[date | None, date | None, list[Line]]  # Due, safe by, working.

KINDS = {"day": EVERY_DAY, "working day": WORKING_DAYS, "tribunal working day": TRIBUNAL_DAYS}


def work_out(
    clock_id: str,
    trigger: object,
    calendar: SchoolCalendar | None = None,
    args: Mapping[str, Any] | None = None,
) -> Answer:
    """The answer for one event. `trigger` is a date, or its text; `args` as in `facts.HELP`.

    Raises ClockProblem when there is no such clock, it was not in force, or a fact is missing or
    wrong; BeyondCalendar when the answer lies outside the school's terms.
    """
    on, at = read_trigger(trigger)
    clock = clock_on(clock_id, on)
    return answer(Facts(clock, on, calendar, read_facts(clock, args or {}), at))


def answer(facts: Facts) -> Answer:
    """As `work_out`, for facts read before: a county's clocks are worked out again by this."""
    due, safe_by, working = COUNTINGS[facts.clock.counting](facts)
    return Answer(facts.clock, facts.at or facts.trigger, due, safe_by, tuple(working))


def _kind(facts: Facts) -> Kind:
    unit = facts.clock.unit
    return school_days(facts.calendar, facts.clock.id) if unit == "school day" else KINDS[unit]


def _after(facts: Facts) -> Worked:
    clock, n = facts.clock, facts.amount
    if clock.unit == "hour":
        return _hours(facts, n)
    if clock.unit in ("week", "month", "year"):
        due, lines = _by_the_calendar(facts.trigger, n, clock.unit)
    else:
        start, given, why = deemed(facts.trigger, facts.given.get("service"))
        due, lines = after(_kind(facts), start, n, why)
        lines = given + lines
    if clock.rolls:
        due = rolled(WORKING_DAYS, due, lines)
    return due, _safe_after(facts, due), lines


def _by_the_calendar(start: date, n: int, unit: str) -> tuple[date, list[Line]]:
    return weeks_after(start, n) if unit == "week" else months_on(start, n, unit)


def _safe_after(facts: Facts, due: date) -> date:
    clock = facts.clock
    if clock.safe == "one day earlier":
        return due - ONE_DAY
    if clock.safe == "counting the first day":
        return beginning_with(_kind(facts), facts.trigger, facts.amount)[0]
    if sooner := clock.numbers.get("safe_amount"):
        return _by_the_calendar(facts.trigger, sooner, clock.unit)[0]
    return due


def _beginning_with(facts: Facts) -> Worked:
    if facts.given.get("service") == "first_class_post":
        raise ClockProblem(
            f"{facts.clock.id} begins with the day of receipt, and how long post takes is not"
            " settled here. Give the day it was delivered."
        )
    due, lines = beginning_with(_kind(facts), facts.trigger, facts.amount)
    return due, due, lines


def _nth(facts: Facts) -> Worked:
    """The nth school day out of school, of which the first is day 1."""
    special.excluded_day(facts, facts.trigger)
    due, lines = beginning_with(_kind(facts), facts.trigger, facts.amount)
    return due, due, lines


def _before(facts: Facts) -> Worked:
    """Counted back. `Not less than` may mean clear days: then the safe day is one unit earlier."""
    clock, n = facts.clock, facts.amount
    if clock.unit == "hour":
        return _hours(facts, -n)
    if clock.unit in ("week", "month"):
        back = weeks_before if clock.unit == "week" else _months_before
        due, lines = back(facts.trigger, n)
        return due, due - ONE_DAY if clock.safe else due, lines
    due, lines = before(_kind(facts), facts.trigger, n)
    safe_by = before(_kind(facts), facts.trigger, n + 1)[0] if clock.safe else due
    return due, safe_by, lines


def _months_before(start: date, n: int) -> tuple[date, list[Line]]:
    return months_on(start, -n)


def _hours(facts: Facts, hours: int) -> Worked:
    """By the clock when its time is given. Of a day alone, the whole day before is safe."""
    if facts.at:
        due: date = facts.at + timedelta(hours=hours)
        return (
            due,
            due,
            [
                Line(
                    due.date() if isinstance(due, datetime) else due,
                    True,
                    None,
                    f"{abs(hours)} hours",
                )
            ],
        )
    due = facts.trigger + timedelta(hours=hours)
    return (
        due,
        due - ONE_DAY,
        [Line(due, True, None, f"{abs(hours)} hours; the time of day is not known")],
    )


def _starting_with(facts: Facts) -> Worked:
    due, lines = starting_with(facts.trigger, facts.amount)
    return due, due, lines


def _same_day(facts: Facts) -> Worked:
    return facts.trigger, facts.trigger, [Line(facts.trigger, True, None, "the same day")]


def _without_delay(facts: Facts) -> Worked:
    """The law counts no days. What is done the same day is in time."""
    return None, facts.trigger, [Line(facts.trigger, True, None, "without delay: the same day")]


def _no_date(facts: Facts) -> Worked:
    said = facts.clock.rule or facts.clock.unit or "the law sets no number of days"
    return None, None, [Line(facts.trigger, False, None, said)]


def _looking_back(facts: Facts) -> Worked:
    """What happened on or after this day counts; the day before it no longer does."""
    if facts.clock.unit == "year":
        first = months_on(facts.trigger, -facts.amount, "year")[0] + ONE_DAY
    else:
        first = facts.trigger - timedelta(weeks=facts.amount)
    return (
        first,
        first,
        [
            Line(first, True, None, "the first day looked back to"),
            Line(facts.trigger, False, None, "the day looked back from"),
        ],
    )


def _at_the_meeting(facts: Facts) -> Worked:
    on = facts.given["meeting_on"]
    if on < facts.trigger:
        raise ClockProblem("meeting_on: the meeting is before the event. Give the next meeting.")
    return on, on, [Line(on, True, None, "the next meeting")]


def _exactly(count: Callable[[Facts], special.Reached]) -> Callable[[Facts], Worked]:
    """A counting with one reading: what is due is what is safe."""

    def counted(facts: Facts) -> Worked:
        due, lines = count(facts)
        return due, due, lines

    return counted


COUNTINGS: dict[str, Callable[[Facts], Worked]] = {
    "after": _after,
    "beginning with": _beginning_with,
    "nth": _nth,
    "before": _before,
    "starting with": _starting_with,
    "same day": _same_day,
    "without delay": _without_delay,
    "no date": _no_date,
    "looking back": _looking_back,
    "at the meeting": _at_the_meeting,
    "sixth consecutive": _exactly(special.sixth_consecutive),
    "before the exam": _exactly(special.before_the_exam),
    "appeal": _exactly(special.appeal),
    "later of two reviews": _exactly(special.later_of_two_reviews),
    "school and working days": _exactly(special.school_and_working_days),
    "ten sessions in ten school weeks": _exactly(special.ten_sessions),
    "before the fixed date": _exactly(special.before_the_fixed_date),
    "nth Thursday": _exactly(special.nth_thursday),
    "by the end of": _exactly(special.end_of_term),
    "by the end of the next": _exactly(lambda facts: special.end_of_term(facts, 1)),
}
