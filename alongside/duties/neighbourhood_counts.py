"""What one time holds of a service's neighbourhoods, and the end of that time: each asked for once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from alongside.cases.models import Case, CaseState
from alongside.core.days import end_of, start_of
from alongside.core.models import Place
from alongside.core.prepared import planned_for_its_values
from alongside.plans.models import Plan
from alongside.referrals.models import Referral, ReferralState, TriageScore

S = ReferralState
OUTCOMES = {
    "Being decided": (S.SENT, S.SCREENING, S.RETURNED),
    "Waiting list": (S.WAITING,),
    "Accepted": (S.ACCEPTED,),
    "Declined": (S.DECLINED,),
    "Signposted": (S.SIGNPOSTED,),
    "Withdrawn": (S.WITHDRAWN,),
}

type Found = tuple[int | None, str, int]  # Which place, which column, how many.


@dataclass(frozen=True)
class Scored:
    """How many referrals of one neighbourhood, in one state, had one total by one version."""

    area_id: int | None
    state: str
    total: int
    version: int
    accept_from: int
    number: int
    last: datetime


@dataclass(frozen=True)
class Counted:
    """What one time holds, not yet in tables."""

    outcomes: list[Found]
    scored: list[Scored]
    plans: list[Found]  # By the key of their kind.
    closed: list[tuple[int | None, int]]  # The days of each case.


def count_both(service: Place, since: date, recent: date, until: date) -> tuple[Counted, Counted]:
    first, later, last = start_of(since), start_of(recent), end_of(until)
    outcomes = outcomes_in(service, first, later, last)
    scored = scored_in(service, first, later, last)
    plans = _in_two(
        [
            ((row["area_id"], row["kind"]), row["number"], row["recent"])
            for row in _first_plans(service_id=service.pk, since=since, recent=recent, until=until)
        ]
    )
    closed = list(_closed(service_id=service.pk, since=since, until=until))
    spans = [
        [
            (c["area_id"], (c["closed_on"] - c["opened_on"]).days)
            for c in closed
            if c["closed_on"] >= day
        ]
        for day in (since, recent)
    ]
    every, latest = (Counted(*one) for one in zip(outcomes, scored, plans, spans, strict=True))
    return every, latest


def _in_two(
    counted: Iterable[tuple[tuple[int | None, str], int, int]],
) -> tuple[list[Found], list[Found]]:
    """Of all the time, and of the end of it."""
    every = list(counted)
    return [(*of, n) for of, n, _ in every], [(*of, n) for of, _, n in every if n]


def outcomes_in(
    service: Place, since: datetime, recent: datetime, until: datetime
) -> tuple[list[Found], list[Found]]:
    names = {state: name for name, states in OUTCOMES.items() for state in states}
    received = _received(service_id=service.pk, since=since, recent=recent, until=until)
    return _in_two(
        ((row["area_id"], names[S(row["state"])]), row["number"], row["recent"]) for row in received
    )


@planned_for_its_values
def _received(*, service_id: Any, since: Any, recent: Any, until: Any) -> QuerySet[Any]:
    received = Referral.objects.filter(
        service_id=service_id, created_at__gte=since, created_at__lte=until
    )
    counted = received.values("area_id", "state").annotate(
        number=Count("pk"), recent=Count("pk", filter=Q(created_at__gte=recent))
    )
    return counted.order_by("area_id", "state")


def scored_in(
    service: Place, since: datetime, recent: datetime, until: datetime
) -> tuple[list[Scored], list[Scored]]:
    """Every score of the referrals received then, counted: there are few totals and few versions."""
    counted = _counted_scores(service_id=service.pk, since=since, recent=recent, until=until)
    found = [
        (Scored(**{k: v for k, v in row.items() if k != "recent"}), row["recent"])
        for row in counted
    ]
    return [one for one, _ in found], [replace(one, number=n) for one, n in found if n]


@planned_for_its_values
def _counted_scores(*, service_id: Any, since: Any, recent: Any, until: Any) -> QuerySet[Any]:
    """A referral is scored after it came: what was scored before the time is none of it."""
    is_recent = Q(scored_at__gte=recent, referral__created_at__gte=recent)
    return (
        TriageScore.objects.filter(
            scored_at__gte=since,
            referral__service_id=service_id,
            referral__created_at__gte=since,
            referral__created_at__lte=until,
        )
        .values(
            "total",
            area_id=F("referral__area_id"),
            state=F("referral__state"),
            version=F("form__version"),
            accept_from=F("form__accept_from"),
        )
        .annotate(number=Count("pk"), recent=Count("pk", filter=is_recent), last=Max("scored_at"))
        .order_by("area_id", "state", "total", "version", "accept_from")
    )


@planned_for_its_values
def _first_plans(*, service_id: Any, since: Any, recent: Any, until: Any) -> QuerySet[Any]:
    """Plans of a case are numbered from 1, and none is ever taken out."""
    first = Plan.objects.filter(
        number=1,
        case__service_id=service_id,
        case__opened_on__gte=since,
        case__opened_on__lte=until,
    )
    counted = first.values("kind", area_id=F("case__area_id")).annotate(
        number=Count("pk"), recent=Count("pk", filter=Q(case__opened_on__gte=recent))
    )
    return counted.order_by("area_id", "kind")


@planned_for_its_values
def _closed(*, service_id: Any, since: Any, until: Any) -> QuerySet[Any]:
    closed = Case.objects.filter(
        service_id=service_id, state=CaseState.CLOSED, closed_on__gte=since, closed_on__lte=until
    )
    return closed.order_by("pk").values("area_id", "opened_on", "closed_on")
