"""When we ask whether a place has lasted: weeks after closing, and then on a day the school is open.

Weeks are plain weeks. Where the day they reach is no school day, we ask on the next one; where term
dates do not reach that far, on the next working day, and the working says so.
"""

from dataclasses import dataclass
from datetime import date

from alongside.rules.calendar import BeyondCalendar, SchoolCalendar
from alongside.rules.calendar_days import weeks_after
from alongside.rules.open_days import open_day_from
from alongside.rules.words import count_of, weekday_in_words
from alongside.rules.working_days import next_working_day, why_no_working_day

CHECK_WEEKS = (6, 12, 24)  # Brief, journey 3a step 19.


@dataclass(frozen=True, slots=True)
class CheckDay:
    """The day of one check, with its working in one line."""

    weeks: int
    due_on: date
    working: str


def check_days(
    closed_on: date, calendar: SchoolCalendar, weeks: tuple[int, ...] = CHECK_WEEKS
) -> tuple[CheckDay, ...]:
    return tuple(check_day(closed_on, each, calendar) for each in sorted(weeks))


def check_day(closed_on: date, weeks: int, calendar: SchoolCalendar) -> CheckDay:
    plain = weeks_after(closed_on, weeks)
    due_on, _ = open_day_from(plain, calendar)
    return CheckDay(weeks, due_on, working(closed_on, weeks, due_on, calendar))


def working(closed_on: date, weeks: int, due_on: date, calendar: SchoolCalendar) -> str:
    """Why a check stands on the day it does, also when the calendar was changed after it was set."""
    plain = weeks_after(closed_on, weeks)
    after = f"{count_of(weeks, 'week')} after closing"
    following = "school"
    try:
        why_not = calendar.why_not(plain)
    except BeyondCalendar:
        if due_on == plain:
            return f"{after}. The term dates entered do not reach that day, so it stands as it is."
        why_not = why_no_working_day(plain)
        following = "working" if due_on == next_working_day(plain) else "school"
    if due_on != plain:
        said = weekday_in_words(plain)
        reason = f", {why_not}" if why_not and not said.startswith(why_not) else ""
        return f"{after} is {said}{reason}. The next {following} day."
    if why_not:
        return f"{after}. That day is now no school day: {why_not}."
    return f"{after}, a school day."
