"""How often a plan is reviewed, and when next, with its working. Must not query."""

from dataclasses import dataclass
from datetime import date, timedelta

from alongside.pathways.models import Framework, PlanType
from alongside.rules.calendar import BeyondCalendar, SchoolCalendar
from alongside.rules.words import count_of, weekday_in_words
from alongside.rules.working_days import is_working_day, why_no_working_day, working_days_before


@dataclass(frozen=True)
class Rhythm:
    """So many weeks from one review to the next, and whose rhythm that is."""

    weeks: int
    whose: str
    is_of_kind: bool = False


def rhythm_of(kind: PlanType, framework: Framework) -> Rhythm:
    """A kind of plan with a rhythm of its own goes before its framework."""
    if kind.review_weeks:
        return Rhythm(kind.review_weeks, f"{kind.name}, which has its own rhythm", True)
    return Rhythm(framework.review_weeks, framework.name)


@dataclass(frozen=True)
class Proposal:
    """A day and how it was reached."""

    on: date
    working: str


def propose_review(
    starts_on: date, weeks: int, whose: str, calendar: SchoolCalendar | None = None
) -> Proposal:
    """So many weeks on; the last school day before, when the school is shut on that day.

    Without a calendar, or beyond the terms it knows, working days.
    """
    counted = starts_on + timedelta(weeks=weeks)
    many = count_of(weeks, "week")
    working = f"{many} from {weekday_in_words(starts_on)} is {weekday_in_words(counted)}"
    on, why = _open_day(counted, starts_on, calendar)
    if on != counted:
        reason = "a weekend" if why in ("Saturday", "Sunday") else why
        working += f", {reason}, so {weekday_in_words(on)}"
    return Proposal(on, f"{working}. Our standard: {whose}.")


def _open_day(counted: date, starts_on: date, calendar: SchoolCalendar | None) -> tuple[date, str]:
    """The day, or the last school day before it and why."""
    on = counted
    try:
        while calendar and not calendar.is_school_day(on) and on > starts_on:
            on -= timedelta(days=1)
        if calendar and on > starts_on:
            return on, calendar.why_not(counted)
    except BeyondCalendar:
        pass
    if is_working_day(counted):
        return counted, ""
    return working_days_before(counted, 1), why_no_working_day(counted)
