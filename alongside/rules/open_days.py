"""Whether a school is open on a day; if not, why, and when next. Says it, and refuses nothing.

Where the terms entered do not reach, only weekends and bank holidays are known to be closed.
"""

from dataclasses import dataclass
from datetime import date

from alongside.rules.calendar import BeyondCalendar, SchoolCalendar
from alongside.rules.words import weekday_in_words
from alongside.rules.working_days import (
    bank_holiday,
    count_working_days,
    is_weekend,
    next_working_day,
    why_no_working_day,
)

IN_WORDS = {
    "training day": "a training day",
    "school holiday": "in the school holidays",
    "half-term": "in half-term",
}


@dataclass(frozen=True, slots=True)
class ShutDay:
    """A day on which the school is not open, and the next on which it is."""

    day: date
    why: str  # What the day is: "Christmas Day", "a training day".
    next_on: date
    is_school_day: bool  # Whether the next one is known to be: else it is a working day.

    def sentences(self, school: str = "") -> str:
        """Friday 25 December 2026 is Christmas Day: Testbury Park is closed. The next school …"""
        closed = f"{school} is closed" if school else "schools are closed"
        kind = "school" if self.is_school_day else "working"
        return (
            f"{weekday_in_words(self.day)} is {self.why}: {closed}. "
            f"The next {kind} day is {weekday_in_words(self.next_on)}."
        )


def shut_on(day: date, calendar: SchoolCalendar | None = None) -> ShutDay | None:
    """None when the school is open on that day, as far as is known."""
    try:
        reason = calendar.why_not(day) if calendar else why_no_working_day(day)
    except BeyondCalendar:
        reason = why_no_working_day(day)
    if not reason:
        return None
    next_on, is_known = open_day_from(day, calendar)
    return ShutDay(day, _what_it_is(day, reason), next_on, is_known)


def open_day_from(day: date, calendar: SchoolCalendar | None = None) -> tuple[date, bool]:
    """This day when the school is open, else the next such; and whether the terms entered say so."""
    try:
        if calendar:
            return calendar.next_school_day(day), True
    except BeyondCalendar:
        pass
    return next_working_day(day), False


def count_open_days(after: date, until: date, calendar: SchoolCalendar | None = None) -> int:
    """School days after `after`, up to and including `until`; working days where terms are not known."""
    try:
        return (
            calendar.count_school_days(after, until)
            if calendar
            else count_working_days(after, until)
        )
    except BeyondCalendar:
        return count_working_days(after, until)


def _what_it_is(day: date, reason: str) -> str:
    if is_weekend(day):
        return "at a weekend"
    if name := bank_holiday(day):
        return name
    if reason.startswith("closed: "):
        return f"a closure ({reason.removeprefix('closed: ')})"
    return IN_WORDS[reason]
