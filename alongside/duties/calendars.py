"""School days between dates, for any school of the actor's council; working days where none are known."""

from datetime import date

from alongside.core.actor import Actor
from alongside.rules.calendar import BeyondCalendar, SchoolCalendar
from alongside.rules.open_days import count_open_days
from alongside.rules.working_days import (
    add_working_days,
    working_days_before,
)
from alongside.schools.queries import calendar_for, own_school_id


class Calendars:
    """Counts by each school's own calendar, else the council's. Beyond what they know, weekdays."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._known: dict[int | None, SchoolCalendar | None] = {}
        self.today = actor.today
        self._own_id: int | None = None
        self._knows_own = False

    def of(self, school_id: int | None) -> SchoolCalendar | None:
        """The school's own terms, else the council's; None when there are none."""
        if school_id not in self._known:
            calendar = calendar_for(self._actor, school_id)
            self._known[school_id] = calendar if calendar.terms else None
        return self._known[school_id]

    def own(self) -> SchoolCalendar | None:
        """What the actor's own days are counted by: their school's where they work for one school,
        with its INSET days and closures; else the council's."""
        if not self._knows_own:
            self._own_id, self._knows_own = own_school_id(self._actor), True
        return self.of(self._own_id)

    def add(self, school_id: int | None, after: date, days: int) -> date:
        """The nth school day after a day; working days beyond what the calendar knows."""
        calendar = self.of(school_id)
        try:
            return (
                calendar.add_school_days(after, days) if calendar else add_working_days(after, days)
            )
        except BeyondCalendar:
            return add_working_days(after, days)

    def term_began(self, school_id: int | None, day: date) -> date | None:
        """The first day of the term of this day; in a holiday, of the term before it."""
        calendar = self.of(school_id)
        begun = [term.start for term in calendar.terms if term.start <= day] if calendar else []
        return max(begun, default=None)

    def before(self, school_id: int | None, day: date, days: int) -> date:
        """The nth school day before a day; working days beyond what the calendar knows."""
        calendar = self.of(school_id)
        try:
            return (
                calendar.school_days_before(day, days)
                if calendar
                else working_days_before(day, days)
            )
        except BeyondCalendar:
            return working_days_before(day, days)

    def left(self, school_id: int | None, today: date, due_on: date) -> int:
        """School days from today to the due day; negative when it has gone by."""
        if due_on >= today:
            return self.since(school_id, today, due_on)
        return -self.since(school_id, due_on, today)

    def since(self, school_id: int | None, after: date, until: date) -> int:
        return count_open_days(after, until, self.of(school_id))
