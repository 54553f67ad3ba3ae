"""Days from a referral to the first contact and to the first plan, and which are past our standard."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from alongside.cases.models import Case, CaseState
from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.days import day_of, start_of
from alongside.core.prepared import prepared
from alongside.core.reach import Reach
from alongside.duties import standards
from alongside.duties.calendars import Calendars
from alongside.duties.contacts import KINDS
from alongside.pathways.models import ServiceStandard
from alongside.people.models import ChronologyEntry, called, in_scope
from alongside.plans.models import Plan
from alongside.rules.dates import day_in
from alongside.rules.numbers import number_in

PAGE = 50
MOST = 300  # Cases that the figures at the head are of: the newest, enough for half and in time.
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
    found = {standard.key: standard for standard in _standards()}
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


@prepared
def _standards() -> QuerySet[ServiceStandard]:
    return ServiceStandard.objects.filter(key__in=KEYS.values(), ends_on=None)


def page(actor: Actor, calendars: Calendars, view: str, after: str = "", most: int = PAGE) -> Page:
    """Cases in scope that began with a referral, newest first. The audit line names every pupil."""
    asked = targets(actor)
    day, _, number = after.partition("|")
    opened_on, last = day_in(day), number_in(number)
    follows = bool(opened_on and last)
    keys = _keys(
        *actor.reach.shape, view, follows, most,
        **actor.reach.values,
        contact_by=_first_in_time(calendars, asked["contact"].days),
        plan_by=_first_in_time(calendars, asked["plan"].days),
        opened_on=opened_on or calendars.today,
        last=last or 0,
    )  # fmt: skip
    ids = [row["pk"] for row in keys]
    following = f"{keys[most - 1]['opened_on']}|{ids[most - 1]}" if len(ids) > most else ""
    rows = [_row(value, calendars, asked) for value in _facts(case_ids=ids[:most])]
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
    values = _reached(
        *actor.reach.shape, **actor.reach.values, since=actor.today - PERIOD
    )  # fmt: skip
    found = [_both(value, calendars, asked) for value in values]
    contacts = [contact for contact, _ in found if not contact.is_waiting]
    plans = [plan for _, plan in found if not plan.is_waiting]
    return Figures(
        cases=len(found),
        contact_median=_middle(contacts),
        contact_in_time=sum(not one.is_late for one in contacts),
        plan_median=_middle(plans),
        plan_in_time=sum(not one.is_late for one in plans),
    )


def count_late(calendars: Calendars, name: str, days: int) -> int:
    """Open cases of all the council without their first `contact` or `plan` in so many school days."""
    reached = _contacts() if name == "contact" else _plans()
    found = Case.objects.filter(
        state__in=[CaseState.WAITING, CaseState.OPEN],
        referral__created_at__lt=_first_in_time(calendars, days),
    )
    return found.filter(~Exists(reached)).count()


def _cases(reach: Reach) -> QuerySet[Any]:
    return Case.objects.filter(in_scope(reach, "pupil_id"), referral__isnull=False)


def _contacts() -> QuerySet[Any]:
    """Of a case's pupil since its referral was received."""
    return ChronologyEntry.objects.filter(
        pupil=OuterRef("pupil"), kind__in=KINDS, occurred_at__gte=OuterRef("referral__created_at")
    )


def _plans() -> QuerySet[Any]:
    return Plan.objects.filter(case=OuterRef("pk"), approved_at__isnull=False)


def _with_both(cases: QuerySet[Any]) -> QuerySet[Any]:
    """With the first contact since the referral, and the first plan that was approved."""
    return cases.annotate(
        contact_at=Subquery(_contacts().order_by("occurred_at").values("occurred_at")[:1]),
        plan_at=Subquery(_plans().order_by("approved_at").values("approved_at")[:1]),
    )


@prepared
def _keys(
    is_everything: bool,
    is_council_wide: bool,
    is_every_place: bool,
    has_roll: bool,
    view: str,
    follows: bool,
    most: int,
    *,
    contact_by: Any,
    plan_by: Any,
    opened_on: Any,
    last: Any,
    **reach: Any,
) -> QuerySet[Any]:
    """Only which cases, newest first: the index is read no further than the page needs."""
    found = _cases(Reach(is_everything, is_council_wide, is_every_place, has_roll, **reach))
    if view != "all":
        found = found.filter(state__in=[CaseState.WAITING, CaseState.OPEN])
    if view == "late":
        unseen = Q(referral__created_at__lt=contact_by) & ~Exists(_contacts())
        unplanned = Q(referral__created_at__lt=plan_by) & ~Exists(_plans())
        found = found.filter(unseen | unplanned)
    if follows:
        found = found.filter(Q(opened_on__lt=opened_on) | Q(opened_on=opened_on, pk__lt=last))
    return found.order_by("-opened_on", "-pk").values("pk", "opened_on")[: most + 1]


@prepared
def _facts(*, case_ids: Any) -> QuerySet[Any]:
    found = _with_both(Case.objects.filter(pk__among=case_ids)).order_by("-opened_on", "-pk")
    return found.values(
        "pk",
        "reference",
        "pupil_id",
        "school_id",
        "contact_at",
        "plan_at",
        received_at=F("referral__created_at"),
        pupil_name=called("pupil"),
        school_name=F("school__name"),
        area_name=F("area__name"),
        service_name=F("service__name"),
    )


@prepared
def _reached(*shape: bool, since: Any, **reach: Any) -> QuerySet[Any]:
    found = _cases(Reach(*shape, **reach)).filter(opened_on__gte=since)
    return (
        _with_both(found)
        .order_by("-opened_on", "-pk")
        .values("school_id", "contact_at", "plan_at", received_at=F("referral__created_at"))[:MOST]
    )


def _first_in_time(calendars: Calendars, days: int) -> datetime:
    """The first moment from which no more than so many school days of the council have passed."""
    day = calendars.today - timedelta(days=days)
    # As many have passed since a Friday as since the Sunday after it: the Friday is the first.
    while calendars.since(None, day - timedelta(days=1), calendars.today) <= days:
        day -= timedelta(days=1)
    return start_of(day)


def _row(value: dict[str, Any], calendars: Calendars, asked: dict[str, Target]) -> Row:
    contact, plan = _both(value, calendars, asked)
    return Row(
        case_id=value["pk"],
        reference=value["reference"],
        pupil_id=value["pupil_id"],
        pupil=value["pupil_name"],
        school=value["school_name"],
        where=value["area_name"] or value["service_name"],
        received_on=day_of(value["received_at"]),
        contact=contact,
        plan=plan,
    )


def _both(
    value: dict[str, Any], calendars: Calendars, asked: dict[str, Target]
) -> tuple[Reached, Reached]:
    """First contact and first plan, each counted from the day the referral was received."""
    received_on = day_of(value["received_at"])

    def reached(at: datetime | None, target: Target) -> Reached:
        on = day_of(at) if at else None
        days = calendars.since(value["school_id"], received_on, on or calendars.today)
        return Reached(on, days, days > target.days)

    return reached(value["contact_at"], asked["contact"]), reached(value["plan_at"], asked["plan"])


def _middle(found: Iterable[Reached]) -> float | None:
    days = [one.days for one in found]
    return median(days) if days else None
