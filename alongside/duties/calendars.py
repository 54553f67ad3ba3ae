"""The calendars of a council's schools, loaded once a request: two queries however many schools."""

from collections import defaultdict
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from alongside.core.actor import Actor
from alongside.core.prepared import prepared
from alongside.rules.calendar import BeyondCalendar, CalendarError, Closure, SchoolCalendar
from alongside.rules.calendar import Term as RuleTerm
from alongside.rules.working_days import add_working_days, count_working_days
from alongside.schools.models import NonTeachingDay, Term

KNOWN_BACK = timedelta(days=500)


class Calendars:
    """School days for any school of the actor's council; working days where none are known."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._made: dict[int | None, SchoolCalendar | None] = {}

    def of(self, school_id: int | None) -> SchoolCalendar | None:
        """The school's own terms, else the council's; None when there are none, or they clash."""
        if school_id not in self._terms and school_id not in self._days:
            school_id = None  # It follows the council, whose days are then looked at once.
        if school_id not in self._made:
            self._made[school_id] = self._make(school_id)
        return self._made[school_id]

    def add(self, school_id: int | None, after: date, days: int) -> date:
        """The nth school day after a day; working days beyond what the calendar knows."""
        calendar = self.of(school_id)
        try:
            return calendar.add_school_days(after, days) if calendar else self._guess(after, days)
        except BeyondCalendar:
            return self._guess(after, days)

    def left(self, school_id: int | None, today: date, due_on: date) -> int:
        """School days from today to the due day; negative when it has gone by."""
        if due_on >= today:
            return self._count(school_id, today, due_on)
        return -self._count(school_id, due_on, today)

    def since(self, school_id: int | None, day: date, today: date) -> int:
        return self._count(school_id, day, today)

    def _count(self, school_id: int | None, after: date, until: date) -> int:
        calendar = self.of(school_id)
        try:
            return (
                calendar.count_school_days(after, until)
                if calendar
                else count_working_days(after, until)
            )
        except BeyondCalendar:
            return count_working_days(after, until)

    def _guess(self, after: date, days: int) -> date:
        return add_working_days(after, days)

    def _make(self, school_id: int | None) -> SchoolCalendar | None:
        terms = self._terms.get(school_id) or self._terms.get(None)
        if not terms:
            return None
        days = [*self._days.get(None, []), *(self._days.get(school_id, []) if school_id else [])]
        try:
            return SchoolCalendar(
                terms=tuple(terms),
                training_days=frozenset(
                    day for row in days if row.kind == "INSET" for day in _days(row)
                ),
                closures=tuple(
                    Closure(row.starts_on, row.ends_on, row.reason, row.learned_on)
                    for row in days
                    if row.kind == "CLOSURE"
                ),
            )
        except CalendarError:
            return None

    @cached_property
    def _terms(self) -> dict[int | None, list[RuleTerm]]:
        by_school = defaultdict(list)
        for row in _terms_since(day=self._actor.today - KNOWN_BACK):
            half_term = (
                (row.half_term_starts_on, row.half_term_ends_on)
                if row.half_term_starts_on and row.half_term_ends_on
                else None
            )
            by_school[row.school_id].append(
                RuleTerm(row.starts_on, row.ends_on, row.name, half_term)
            )
        return dict(by_school)

    @cached_property
    def _days(self) -> dict[int | None, list[NonTeachingDay]]:
        by_school = defaultdict(list)
        for row in _days_since(day=self._actor.today - KNOWN_BACK):
            by_school[row.school_id].append(row)
        return dict(by_school)


@prepared
def _terms_since(day: Any) -> QuerySet[Term]:
    return Term.objects.filter(ends_on__gte=day).order_by("pk")


@prepared
def _days_since(day: Any) -> QuerySet[NonTeachingDay]:
    return NonTeachingDay.objects.filter(ends_on__gte=day).order_by("pk")


def _days(row: NonTeachingDay) -> list[date]:
    return [
        row.starts_on + timedelta(days=n) for n in range((row.ends_on - row.starts_on).days + 1)
    ]
