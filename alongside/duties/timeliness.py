"""Days from a referral to the first contact and to the first plan, and which are past our standard."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from alongside.cases.models import CaseState
from alongside.cases.queries import visible_cases
from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.duties import standards
from alongside.duties.calendars import Calendars
from alongside.duties.contacts import KINDS
from alongside.pathways.models import ServiceStandard
from alongside.people.models import ChronologyEntry, called
from alongside.plans.models import Plan
from alongside.rules.dates import day_in
from alongside.rules.numbers import number_in

PAGE = 50
MOST = 2_000  # Cases that the figures at the head are of: the newest.
PERIOD = timedelta(days=365)
KEYS = {"contact": "first-contact", "plan": "referral-to-plan"}
VIEWS = ("late", "open", "all")


@dataclass(frozen=True)
class Target:
    """How many school days from the referral, and where the figure comes from."""

    days: int
    source: str


@dataclass(frozen=True)
class Reached:
    """One of the two things: on which day and after how many school days, or not yet."""

    on: date | None
    days: int  # Until it was reached, or until today.
    is_late: bool

    @property
    def is_waiting(self) -> bool:
        return self.on is None


@dataclass(frozen=True)
class Row:
    """One case with how long both took."""

    case_id: int
    reference: str
    pupil_id: int
    pupil: str
    school: str
    where: str
    received_on: date
    contact: Reached
    plan: Reached


@dataclass(frozen=True)
class Figures:
    """Of the cases of the last year: how many, how long, how many in time."""

    cases: int
    contact_median: float | None
    contact_in_time: int
    plan_median: float | None
    plan_in_time: int


@dataclass(frozen=True)
class Page:
    rows: list[Row]
    following: str


def targets(actor: Actor) -> dict[str, Target]:
    """Our standards in force; the proposed defaults where a council has set none."""
    found = {s.key: s for s in ServiceStandard.objects.filter(key__in=KEYS.values(), ends_on=None)}
    defaults = {
        "contact": standards.CONTACT_AFTER_REFERRAL,
        "plan": standards.PLAN_AFTER_REFERRAL,
    }
    return {
        name: Target(
            found[key].amount * (5 if found[key].unit == ServiceStandard.Unit.WEEKS else 1),
            found[key].source,
        )
        if key in found
        else Target(defaults[name], "Proposed. Your manager has set none")
        for name, key in KEYS.items()
    }


def page(actor: Actor, calendars: Calendars, view: str, after: str = "", most: int = PAGE) -> Page:
    """Cases in scope that began with a referral, newest first. The audit line names every pupil."""
    asked = targets(actor)
    found = _cases(actor)
    if view == "open":
        found = found.filter(state__in=[CaseState.WAITING, CaseState.OPEN])
    if view == "late":
        late = _waits_too_long(calendars, asked)
        found = found.filter(state__in=[CaseState.WAITING, CaseState.OPEN]).filter(late)
    day, _, number = after.partition("|")
    opened_on, last = day_in(day), number_in(number)
    if opened_on and last:
        found = found.filter(Q(opened_on__lt=opened_on) | Q(opened_on=opened_on, pk__lt=last))
    values = list(_facts(found).order_by("-opened_on", "-pk")[: most + 1])
    following = (
        f"{values[most - 1]['opened_on']}|{values[most - 1]['pk']}" if len(values) > most else ""
    )
    rows = [_row(value, calendars, asked) for value in values[:most]]
    if rows:
        audit.record(
            actor=actor,
            kind="timeliness.viewed",
            subject="referral to contact and plan",
            pupil_ids=[row.pupil_id for row in rows],
        )
    return Page(rows, following)


def figures(actor: Actor, calendars: Calendars) -> Figures:
    """Of the newest cases opened in the last year, those that reached each."""
    asked = targets(actor)
    recent = _cases(actor).filter(opened_on__gte=actor.today - PERIOD)
    values = _facts(recent).order_by("-opened_on", "-pk")[:MOST]
    rows = [_row(value, calendars, asked) for value in values]
    contacts = [row.contact for row in rows if not row.contact.is_waiting]
    plans = [row.plan for row in rows if not row.plan.is_waiting]
    return Figures(
        cases=len(rows),
        contact_median=_middle(contacts),
        contact_in_time=sum(not one.is_late for one in contacts),
        plan_median=_middle(plans),
        plan_in_time=sum(not one.is_late for one in plans),
    )


def _cases(actor: Actor) -> QuerySet[Any]:
    """With the first contact since the referral, and the first plan that was approved."""
    contacts = ChronologyEntry.objects.filter(
        pupil=OuterRef("pupil"), kind__in=KINDS, occurred_at__gte=OuterRef("referral__created_at")
    )
    plans = Plan.objects.filter(case=OuterRef("pk"), approved_at__isnull=False)
    return (
        visible_cases(actor)
        .filter(referral__isnull=False)
        .annotate(
            contact_at=Subquery(contacts.order_by("occurred_at").values("occurred_at")[:1]),
            plan_at=Subquery(plans.order_by("approved_at").values("approved_at")[:1]),
        )
    )


def _facts(found: QuerySet[Any]) -> QuerySet[Any]:
    return found.values(
        "pk",
        "reference",
        "pupil_id",
        "school_id",
        "opened_on",
        "contact_at",
        "plan_at",
        received_at=F("referral__created_at"),
        pupil_name=called("pupil"),
        school_name=F("school__name"),
        area_name=F("area__name"),
        service_name=F("service__name"),
    )


def _waits_too_long(calendars: Calendars, asked: dict[str, Target]) -> Q:
    """Received before the last day that can still be in time, by the council's own calendar."""
    late = Q(pk__in=[])
    for name, column in (("contact", "contact_at"), ("plan", "plan_at")):
        first = _last_day_in_time(calendars, asked[name].days)
        late |= Q((f"{column}__isnull", True), ("referral__created_at__date__lt", first))
    return late


def _last_day_in_time(calendars: Calendars, days: int) -> date:
    """The earliest day from which no more than so many school days have passed."""
    day = calendars.today - timedelta(days=days)
    while calendars.since(None, day, calendars.today) < days:
        day -= timedelta(days=1)
    return day


def _row(value: dict[str, Any], calendars: Calendars, asked: dict[str, Target]) -> Row:
    received_on = _day(value["received_at"])
    assert received_on  # Every case here began with a referral.

    def reached(at: datetime | None, target: Target) -> Reached:
        on = _day(at)
        days = calendars.since(value["school_id"], received_on, on or calendars.today)
        return Reached(on, days, days > target.days)

    return Row(
        case_id=value["pk"],
        reference=value["reference"],
        pupil_id=value["pupil_id"],
        pupil=value["pupil_name"],
        school=value["school_name"],
        where=value["area_name"] or value["service_name"],
        received_on=received_on,
        contact=reached(value["contact_at"], asked["contact"]),
        plan=reached(value["plan_at"], asked["plan"]),
    )


def _middle(found: Iterable[Reached]) -> float | None:
    days = [one.days for one in found]
    return median(days) if days else None


def _day(at: datetime | None) -> date | None:
    return day_of(at) if at else None
