"""How far off a day is, counted in school days and put in words. Every screen says it from here."""

from dataclasses import dataclass
from datetime import date, timedelta

from alongside.duties.calendars import Calendars
from alongside.rules.dates import short_day

SOON = 3  # School days within which a date is shown as due soon.


@dataclass(frozen=True, slots=True)
class Left:
    """From today to the day something is due. `days` are school days, negative when it has gone by."""

    today: date
    due_on: date
    days: int

    @property
    def state(self) -> str:
        """overdue, soon or waiting."""
        if self.due_on < self.today:
            return "overdue"
        if self.due_on <= self.today + timedelta(days=1):
            return "soon"
        is_this_week = self.due_on <= _sunday(self.today)
        return "soon" if is_this_week and self.days <= SOON else "waiting"

    @property
    def word(self) -> str:
        if self.due_on < self.today:
            return "Overdue"
        if self.due_on == self.today:
            return "Today"
        if self.due_on == self.today + timedelta(days=1):
            return "Tomorrow"
        if self.due_on <= _sunday(self.today):
            return "This week"
        if self.due_on <= _sunday(self.today) + timedelta(days=7):
            return "Next week"
        return short_day(self.due_on, self.today)

    @property
    def figure(self) -> str:
        """What stands large: how many school days, where there is a number to tell."""
        if self.due_on == self.today:
            return "Today"
        return "Late" if self._is_late_by_no_school_day else str(abs(self.days))

    @property
    def side(self) -> str:
        """Left or late, beside a number."""
        if not self.figure.isdigit():
            return ""
        return "late" if self.due_on < self.today else "left"

    @property
    def unit(self) -> str:
        if self._is_late_by_no_school_day:
            return "by a holiday or weekend"
        if self.due_on == self.today:
            return ""
        return "school day" if abs(self.days) == 1 else "school days"

    @property
    def _is_late_by_no_school_day(self) -> bool:
        return self.due_on < self.today and self.days == 0


def left_of(calendars: Calendars, school_id: int | None, today: date, due_on: date) -> Left:
    """Counted on the calendar of the school, or of the council when it is no school's."""
    return Left(today, due_on, calendars.left(school_id, today, due_on))


def _sunday(day: date) -> date:
    return day + timedelta(days=6 - day.weekday())
