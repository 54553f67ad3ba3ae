"""The days of a school, or of the council, as the calendar that every clock counts with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q, QuerySet
from django.db.models.functions import JSONObject

from alongside.core.actor import Actor
from alongside.core.models import Council, PlaceKind
from alongside.core.prepared import prepared
from alongside.rules import calendar as rules
from alongside.rules.calendar import Closure, SchoolCalendar
from alongside.rules.open_days import open_day_from
from alongside.schools.models import NonTeachingDay, School, Term

COUNCIL = None
SHARED = "school calendars"
ALONG = "school calendars that came along"


class TermRow(NamedTuple):
    """What a calendar knows of a term. None as its school: the council's."""

    school_id: int | None
    name: str
    starts_on: date
    half_term_starts_on: date | None
    half_term_ends_on: date | None
    ends_on: date


class DayRow(NamedTuple):
    """What a calendar knows of a day, or of days, without teaching."""

    school_id: int | None
    kind: str
    starts_on: date
    ends_on: date
    reason: str
    learned_on: date | None


# For a query that brings them along with something else.
TERM_PARTS, DAY_PARTS = TermRow._fields, DayRow._fields


@dataclass
class Calendars:
    """The terms and days of one council; a school's calendar is made when it is first asked for."""

    terms: dict[int | None, list[TermRow]]
    days: dict[int | None, list[DayRow]]
    _made: dict[int | None, SchoolCalendar] = field(default_factory=dict)

    def of(self, school_id: int | None) -> SchoolCalendar:
        """The school's own terms, else the council's; closures of both.

        INSET days of the council are those of the schools that follow its terms.
        """
        if school_id not in self.terms and school_id not in self.days:
            school_id = COUNCIL  # It follows the council, whose days are then looked at once.
        if school_id not in self._made:
            self._made[school_id] = self._make(school_id)
        return self._made[school_id]

    def _make(self, school_id: int | None) -> SchoolCalendar:
        own, councils = self.days.get(school_id, []), self.days.get(COUNCIL, [])
        follows = not self.terms.get(school_id)
        terms = self.terms.get(COUNCIL, []) if follows else self.terms[school_id]
        if school_id is COUNCIL:
            councils = []
        kept = [d for d in councils if follows or d.kind == NonTeachingDay.Kind.CLOSURE]
        return made(terms, [*own, *kept])


@dataclass(frozen=True)
class Along:
    """The calendars of a few schools."""

    school_ids: frozenset[int | None]
    calendars: Calendars


def calendar_of(actor: Actor | None, school: School) -> SchoolCalendar:
    """The days on which a school teaches. With an actor, two queries a request for all schools."""
    if actor is None:
        mine = Q(school=school) | Q(school=None)
        return _calendars(
            tuple(TermRow(**row) for row in _term_rows(Term.objects.filter(mine))),
            tuple(DayRow(**row) for row in _day_rows(NonTeachingDay.objects.filter(mine))),
        ).of(school.pk)
    return calendar_for(actor, school.pk)


def calendar_for(actor: Actor, school_id: int | None) -> SchoolCalendar:
    """The school's calendar, or the council's, from what came along; else from all, read once."""
    along = actor._shared.get(ALONG)
    if isinstance(along, Along) and school_id in along.school_ids:
        return along.calendars.of(school_id)
    return calendars_of_council(actor).of(school_id)


def own_school_id(actor: Actor) -> int | None:
    """The one school that all of the actor's roles are at; None for everybody else."""
    places = {held.place_id for held in actor.held}
    if len(places) != 1 or any(held.place_kind != PlaceKind.SCHOOL for held in actor.held):
        return None
    at = School.objects.filter(place__in=places, successor=None).order_by("pk")
    return at.values_list("pk", flat=True).first()


def bring_along(
    actor: Actor,
    school_ids: Iterable[int],
    terms: Iterable[dict[str, Any]],
    days: Iterable[dict[str, Any]],
) -> None:
    """Keep for this request the council's terms and days and those of these schools, as rows of
    TERM_PARTS and DAY_PARTS that another query fetched."""
    found = _calendars(
        tuple(TermRow(**_dated(each)) for each in terms),
        tuple(DayRow(**_dated(each)) for each in days),
    )
    actor._shared[ALONG] = Along(frozenset({COUNCIL, *school_ids}), found)


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    """Dates come as text from a query that gathers rows."""
    return {
        name: date.fromisoformat(value) if value and name.endswith("_on") else value
        for name, value in row.items()
    }


def open_day(actor: Actor, school_id: int | None, day: date) -> date:
    """This day when the school is open; else the next on which it is. For days that we set."""
    return open_day_from(day, calendar_for(actor, school_id))[0]


def council_calendar(actor: Actor) -> SchoolCalendar:
    return calendars_of_council(actor).of(COUNCIL)


def calendars_of_council(actor: Actor) -> Calendars:
    """Read once a request."""
    found = actor._shared.get(SHARED)
    if not isinstance(found, Calendars):
        terms = tuple(TermRow(**row) for row in _every_term())
        days = tuple(DayRow(**row) for row in _every_day())
        found = actor._shared[SHARED] = _calendars(terms, days)
    return found


def read_in_one(actor: Actor) -> None:
    """Terms and days by one query instead of two, for a page that asks much else."""
    (found,) = _terms_and_days(council_id=actor.council_id)
    actor._shared[SHARED] = _calendars(
        tuple(TermRow(**_dated(row)) for row in found["terms"]),
        tuple(DayRow(**_dated(row)) for row in found["days"]),
    )


@prepared
def _terms_and_days(*, council_id: Any) -> QuerySet[Any]:
    terms, days = _term_rows(Term.objects.all()), _day_rows(NonTeachingDay.objects.all())
    return Council.objects.filter(pk=council_id).values(
        terms=ArraySubquery(terms.values(row=JSONObject(**{name: name for name in TERM_PARTS}))),
        days=ArraySubquery(days.values(row=JSONObject(**{name: name for name in DAY_PARTS}))),
    )


@prepared
def _every_term() -> QuerySet[Any]:
    return _term_rows(Term.objects.all())


@prepared
def _every_day() -> QuerySet[Any]:
    return _day_rows(NonTeachingDay.objects.all())


def _term_rows(terms: QuerySet[Term]) -> QuerySet[Any]:
    return terms.order_by("starts_on", "id").values(*TERM_PARTS)


def _day_rows(days: QuerySet[NonTeachingDay]) -> QuerySet[Any]:
    return days.order_by("starts_on", "id").values(*DAY_PARTS)


def forget(actor: Actor) -> None:
    """After a change, so that the same request sees it."""
    actor._shared.pop(SHARED, None)
    actor._shared.pop(ALONG, None)


@lru_cache(maxsize=256)
def _calendars(every_term: tuple[TermRow, ...], every_day: tuple[DayRow, ...]) -> Calendars:
    """The same rows make the same calendars: they are asked for all day and change twice a term."""
    terms: dict[int | None, list[TermRow]] = defaultdict(list)
    days: dict[int | None, list[DayRow]] = defaultdict(list)
    for term in every_term:
        terms[term.school_id].append(term)
    for day in every_day:
        days[day.school_id].append(day)
    return Calendars(terms, days)


def terms_of(school: School | None) -> QuerySet[Term]:
    """Terms entered for one school, or for the council; none when a school follows the council."""
    return Term.objects.filter(school=school).order_by("starts_on", "id")


def days_of(school: School | None) -> QuerySet[NonTeachingDay]:
    return NonTeachingDay.objects.filter(school=school).order_by("starts_on", "id")


def made(
    terms: Iterable[Term | TermRow], days: Iterable[NonTeachingDay | DayRow]
) -> SchoolCalendar:
    days = list(days)
    inset = [d for d in days if d.kind == NonTeachingDay.Kind.INSET]
    return SchoolCalendar(
        tuple(_apart(as_rule(term) for term in terms)),
        frozenset(day for each in inset for day in _each(each.starts_on, each.ends_on)),
        tuple(
            Closure(d.starts_on, d.ends_on, d.reason or "no reason given", d.learned_on)
            for d in days
            if d.kind == NonTeachingDay.Kind.CLOSURE
        ),
    )


def _apart(terms: Iterable[rules.Term]) -> Iterator[rules.Term]:
    """Actions keep terms apart; should two overlap all the same, the earlier one counts."""
    last: rules.Term | None = None
    for term in sorted(terms):
        if last is None or term.start > last.end:
            yield term
            last = term


def as_rule(term: Term | TermRow) -> rules.Term:
    half_term = None
    if term.half_term_starts_on and term.half_term_ends_on:
        half_term = (term.half_term_starts_on, term.half_term_ends_on)
    return rules.Term(term.starts_on, term.ends_on, term.name, half_term)


def _each(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
