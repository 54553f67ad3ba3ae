"""What makes a day count: a session at the school, work in the country, a Tribunal that sits.

Each kind says why a day does not count, in words; empty when it does. Asked of the same day again
it answers from memory: a county's clocks ask about the same few hundred days.
"""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import NamedTuple

import holidays

from alongside.rules.calendar import SchoolCalendar
from alongside.rules.clocks.clock import ClockProblem
from alongside.rules.working_days import is_weekend, why_no_working_day

AUGUST, DECEMBER = 8, 12
CHRISTMAS_DAY, NEW_YEARS_DAY = 25, (1, 1)
DIVISIONS = ("ENG", "WLS", "SCT", "NIR")


class Kind(NamedTuple):
    """A kind of day: what it is called, and why a day is none."""

    name: str
    why_not: Callable[[date], str]


def school_days(calendar: SchoolCalendar | None, clock_id: str) -> Kind:
    """Days with a session at this school (EA 1996, s.579(1)). Raises BeyondCalendar past its terms."""
    if calendar is None:
        raise ClockProblem(
            f"{clock_id} counts school days, so it needs the school’s calendar: its terms,"
            " half-terms, training days and closures."
        )
    return Kind("school day", calendar.why_not)


@cache
def _why_no_working_day(day: date) -> str:
    return why_no_working_day(day)


@cache
def _why_no_tribunal_day(day: date) -> str:
    if why := why_no_working_day(day):
        return why
    if day.month == AUGUST:
        return "August, which the Tribunal does not count"
    is_christmas = day.month == DECEMBER and day.day >= CHRISTMAS_DAY
    if is_christmas or (day.month, day.day) == NEW_YEARS_DAY:
        return "25 December to 1 January, which the Tribunal does not count"
    return ""


@cache
def _bank_holidays_anywhere(year: int) -> dict[date, str]:
    found: dict[date, str] = {}
    for division in DIVISIONS:
        for day, name in holidays.country_holidays("GB", subdiv=division, years=year).items():
            found.setdefault(day, str(name))
    return found


@cache
def _why_no_working_day_anywhere(day: date) -> str:
    if is_weekend(day):
        return f"{day:%A}"
    name = _bank_holidays_anywhere(day.year).get(day)
    return f"bank holiday in a part of the United Kingdom: {name}" if name else ""


EVERY_DAY = Kind("day", lambda day: "")
# Not a weekend, nor a bank holiday in England.
WORKING_DAYS = Kind("working day", _why_no_working_day)
# Also without 25 December to 1 January and all of August (SI 2008/2699, rule 12).
TRIBUNAL_DAYS = Kind("working day", _why_no_tribunal_day)
# Not a weekend, nor a bank holiday in any part of the United Kingdom (FOIA 2000, s.10(6)).
WORKING_DAYS_ANYWHERE = Kind("working day", _why_no_working_day_anywhere)
