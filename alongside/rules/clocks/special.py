"""Countings that only one clock has, each after its own provision."""

from bisect import bisect_left
from datetime import date, timedelta
from math import ceil

from alongside.rules.calendar import BeyondCalendar
from alongside.rules.clocks.clock import ClockProblem, Line
from alongside.rules.clocks.counting import (
    Counted,
    after,
    months_on,
    rolled,
    starting_with,
)
from alongside.rules.clocks.facts import Facts
from alongside.rules.clocks.kinds_of_day import (
    TRIBUNAL_DAYS,
    WORKING_DAYS_ANYWHERE,
    school_days,
)
from alongside.rules.words import weekday_in_words
from alongside.rules.working_days import ONE_DAY

type Reached = tuple[date | None, list[Line]]

UNAUTHORISED = frozenset("GNOU")
SCHOOL_WEEKS = 10
THURSDAY = 3


def excluded_day(facts: Facts, day: date) -> date:
    """A day out of school lies on a school day; a Sunday is a slip of the pen."""
    kind = school_days(facts.calendar, facts.clock.id)
    if why := kind.why_not(day):
        raise ClockProblem(
            f"{weekday_in_words(day)} is no school day at this school ({why}). Give the first day"
            " with a session, or correct the school’s calendar."
        )
    return day


def sixth_consecutive(facts: Facts) -> Reached:
    """The sixth consecutive school day out, over one suspension or several (SI 2014/3216)."""
    kind = school_days(facts.calendar, facts.clock.id)
    suspensions = facts.given.get("suspensions")
    if not suspensions:
        excluded_day(facts, facts.trigger)
        suspensions = [(facts.trigger, facts.amount)]
    out = _days_out(facts, suspensions)
    lines: list[Line] = []
    run, day = 0, min(out)
    while day <= max(out):
        if why := kind.why_not(day):
            lines.append(Line(day, False, None, why))
        elif day in out:
            run += 1
            lines.append(Line(day, True, run, "school day out of school"))
            if run == facts.amount:
                return day, lines
        else:
            run = 0
            lines.append(Line(day, False, None, "in school: the days are no longer consecutive"))
        day += ONE_DAY
    return None, lines


def _days_out(facts: Facts, suspensions: list[tuple[date, float]]) -> set[date]:
    """Every school day touched by a suspension; half a day is a day on which the pupil was out."""
    assert facts.calendar is not None
    found: set[date] = set()
    for first, length in suspensions:
        excluded_day(facts, first)
        found |= {facts.calendar.nth(first, n) for n in range(1, ceil(length) + 1)}
    return found


def before_the_exam(facts: Facts) -> Counted:
    """Before the date of the exam; at the latest the 15th school day after notice (reg 6)."""
    exam_on = facts.given["exam_on"]
    if exam_on <= facts.trigger:
        raise ClockProblem(
            f"exam_on: {weekday_in_words(exam_on)} is not after the day of the notice."
            " Without an exam still to come, EX11 is the clock."
        )
    kind = school_days(facts.calendar, facts.clock.id)
    latest, lines = after(kind, facts.trigger, facts.amount)
    due = min(exam_on - ONE_DAY, latest)
    if due < latest:
        lines = [line for line in lines if line.date < exam_on]
        lines.append(Line(exam_on, False, None, "the exam: decided before its date"))
    return due, lines


def appeal(facts: Facts) -> Counted:
    """Two months from the notice or one from the certificate, whichever ends later (r.20(1)(c)).

    What ends on no working day of the Tribunal moves to the next: so the first of September, not
    August, and January, not Christmas (IPSEA's worked dates; a literal count gives a later day).
    """
    due, lines = months_on(facts.trigger, facts.amount)
    issued_on = facts.given.get("certificate_issued_on")
    if issued_on:
        month_on, of_certificate = months_on(issued_on, 1)
        if month_on > due:
            due, lines = month_on, of_certificate
    return rolled(TRIBUNAL_DAYS, due, lines), lines


def later_of_two_reviews(facts: Facts) -> Counted:
    """12 months beginning with the last review, 3 beginning with the transfer (reg 15(5))."""
    by_review = starting_with(facts.given["last_review_on"], facts.amount)
    by_transfer = starting_with(facts.trigger, 3)
    return max(by_review, by_transfer, key=lambda counted: counted[0])


def school_and_working_days(facts: Facts) -> Counted:
    """The 20th working day that is a school day, or the 60th working day (SI 2004/3364 reg 3)."""
    kind = school_days(facts.calendar, facts.clock.id)
    lines = [Line(facts.trigger, False, None, "the day of receipt, which is not counted")]
    day, both, working = facts.trigger, 0, 0
    while both < facts.amount and working < facts.clock.numbers["at_most"]:
        day += ONE_DAY
        if why := WORKING_DAYS_ANYWHERE.why_not(day):
            lines.append(Line(day, False, None, why))
            continue
        working += 1
        if why := kind.why_not(day):
            lines.append(Line(day, False, None, f"working day {working}, but no school day: {why}"))
            continue
        both += 1
        lines.append(Line(day, True, both, f"school day and working day {working}"))
    return day, lines


def ten_sessions(facts: Facts) -> Reached:
    """The day of the tenth unauthorised session within ten school weeks.

    A school week is a week with at least one school session; the ten may span terms and years.
    """
    kind = school_days(facts.calendar, facts.clock.id)
    lines: list[Line] = []
    missed: list[int] = []  # The number of the school week of each unauthorised session.
    for day, session, code in facts.given["absences"]:
        if code not in UNAUTHORISED:
            lines.append(Line(day, False, None, f"{session}: code {code} is not unauthorised"))
            continue
        if why := kind.why_not(day):
            raise ClockProblem(f"absences: {weekday_in_words(day)} is no school day ({why}).")
        missed.append(_school_week(facts, day))
        within = len(missed) - bisect_left(missed, missed[-1] - SCHOOL_WEEKS + 1)
        lines.append(Line(day, True, within, f"{session}: code {code}, school week {missed[-1]}"))
        if within >= facts.amount:
            return day, lines
    return None, lines


def _school_week(facts: Facts, day: date) -> int:
    """Weeks with a session, numbered from the first of the calendar."""
    assert facts.calendar is not None and facts.calendar.known_from is not None
    monday = day - timedelta(days=day.weekday())
    days = facts.calendar.school_days_between(facts.calendar.known_from, day)
    return len({d - timedelta(days=d.weekday()) for d in days if d < monday}) + 1


def before_the_fixed_date(facts: Facts) -> Counted:
    """Before 15 February or 31 March of the year of the transfer: the day before is the last."""
    numbers = facts.clock.numbers
    fixed = date(facts.trigger.year, numbers["month"], numbers["day"])
    due = fixed - ONE_DAY
    return due, [
        Line(due, True, None, "the last day before the date in the regulation"),
        Line(fixed, False, None, "must be done before this day; no weekend moves it"),
    ]


def nth_thursday(facts: Facts) -> Counted:
    """The first Thursday of October, the third of January, the third of May."""
    first = date(facts.trigger.year, facts.clock.numbers["month"], 1)
    first += timedelta(days=(THURSDAY - first.weekday()) % 7)
    lines = [
        Line(first + timedelta(weeks=number), True, number + 1, "Thursday of the month")
        for number in range(facts.amount)
    ]
    return lines[-1].date, lines


def end_of_term(facts: Facts, terms_on: int = 0) -> Counted:
    """The last day of the term the event lies in, or so many terms on."""
    if facts.calendar is None:
        raise ClockProblem(f"{facts.clock.id} runs to the end of a term, so it needs the calendar.")
    later = [term for term in facts.calendar.terms if term.end >= facts.trigger]
    if len(later) <= terms_on:
        raise BeyondCalendar(
            "The calendar ends before that term does. Enter the term dates that follow."
        )
    term = later[terms_on]
    return term.end, [
        Line(facts.trigger, False, None, "the day of the event"),
        Line(term.end, True, None, f"the last day of {term.called}"),
    ]
