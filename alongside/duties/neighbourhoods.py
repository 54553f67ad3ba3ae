"""The neighbourhoods of a service beside each other: counts and medians only, small numbers hidden.

Whoever compares sees no pupil by it, so it reaches over the whole service and not one's own scope.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any

from django.db.models import Count, F, Max, OuterRef, QuerySet, Subquery, Sum

from alongside.cases.models import Case, CaseState
from alongside.core.actor import Actor
from alongside.core.days import end_of, start_of
from alongside.core.models import Place
from alongside.core.prepared import planned_for_its_values, prepared
from alongside.pathways.plan_types import plan_types
from alongside.plans.models import Plan
from alongside.referrals.models import Referral, ReferralState, TriageScore
from alongside.referrals.triage import neighbourhoods_of
from alongside.rules.suppression import THRESHOLD, Link, Table, suppress_table, suppress_tables
from alongside.schools.models import School

S = ReferralState
OUTCOMES = {
    "Being decided": (S.SENT, S.SCREENING, S.RETURNED),
    "Waiting list": (S.WAITING,),
    "Accepted": (S.ACCEPTED,),
    "Declined": (S.DECLINED,),
    "Signposted": (S.SIGNPOSTED,),
    "Withdrawn": (S.WITHDRAWN,),
}
JUDGED = ("Accepted at or above", "Accepted below", "Turned away at or above", "Turned away below")
NOWHERE = "No neighbourhood"
ACCEPTED, TURNED_AWAY = (S.ACCEPTED, S.WAITING), (S.DECLINED, S.SIGNPOSTED)


@dataclass(frozen=True)
class Figures:
    """One table of counts by neighbourhood, with what its columns are called."""

    columns: tuple[str, ...]
    table: Table


@dataclass(frozen=True)
class Comparison:
    """Everything of one service in one period. Rows are in the order of `places`; what is said of
    each beside its counts is said of all of them last."""

    places: tuple[str, ...]
    referrals: Figures
    rates: tuple[float | None, ...]  # Referrals for each 1,000 pupils on roll.
    judged: Figures
    scores: tuple[float | None, ...]  # The median total of what was accepted.
    plans: Figures
    lengths: tuple[float | None, ...]  # The median weeks of a case, from opened to closed.
    closed: Figures
    versions: Figures  # Referrals scored by each version of the triage form.
    last_used: tuple[str, ...]  # The version each neighbourhood last scored by, and when.


def compare(actor: Actor, service: Place, since: date, until: date) -> Comparison:
    """Referrals received, cases opened and cases closed from one day to another, both included."""
    places = neighbourhoods_of(service)
    rows = _Rows(service, places)
    first, last = start_of(since), end_of(until)
    scored = _scored(service, first, last)
    referrals, judged, versions = _beside_each_other(rows, service, first, last, scored)
    lengths: dict[int | None, list[int]] = defaultdict(list)
    for row in _closed(service_id=service.pk, since=since, until=until):
        lengths[row["area_id"]].append((row["closed_on"] - row["opened_on"]).days)
    return Comparison(
        places=rows.names,
        referrals=referrals,
        rates=_rates(rows, referrals),
        judged=judged,
        scores=rows.medians(_totals_accepted(scored), float),
        plans=_plans(rows, service, since, until),
        lengths=rows.medians(lengths, lambda days: days / 7),
        closed=rows.counted(
            [(place, "Closed", len(spans)) for place, spans in lengths.items()], ("Closed",)
        ),
        versions=versions,
        last_used=_last_used(rows, service, scored),
    )


def _beside_each_other(
    rows: "_Rows", service: Place, since: datetime, until: datetime, scored: "list[Scored]"
) -> tuple[Figures, Figures, Figures]:
    """Three tables that speak of the same referrals: what one says of them another may not hide.

    A reader who knows that a neighbourhood scored all that it decided takes its tables together.
    """
    by_version = tuple(f"Version {n}" for n in sorted({row.version for row in scored}))
    columns = (tuple(OUTCOMES), JUDGED, by_version or ("None yet",))
    grids = (
        rows.grid(_outcomes(service, since, until), columns[0]),
        rows.grid(_judged(scored), columns[1]),
        rows.grid(((r.area_id, f"Version {r.version}", r.number) for r in scored), columns[2]),
    )
    received, of_judged, of_versions = (_with_total(grid) for grid in grids)
    names = columns[0]
    last = len(JUDGED)
    links: list[Link] = []
    for at, (outcomes, sums, scores) in enumerate(
        zip(received, of_judged, of_versions, strict=True)
    ):
        for states, parts in (
            (("Accepted", "Waiting list"), (0, 1)),
            (("Declined", "Signposted"), (2, 3)),
        ):
            whole = [names.index(state) for state in states]
            if sum(outcomes[n] for n in whole) == sum(sums[n] for n in parts):
                links.append(([(0, at, n) for n in whole], [(1, at, n) for n in parts]))
        if sums[last] == scores[len(columns[2])]:
            links.append(([(1, at, last)], [(2, at, len(columns[2]))]))
    tables = suppress_tables(grids, links)
    one, two, three = (Figures(names, t) for names, t in zip(columns, tables, strict=True))
    return one, two, three


def _with_total(grid: Sequence[Sequence[int]]) -> list[list[int]]:
    """Each row with its sum, and last the row of all."""
    every = [sum(column) for column in zip(*grid, strict=True)]
    return [[*row, sum(row)] for row in [*grid, every]]


@dataclass(frozen=True)
class Usage:
    """Which version of the shared form each neighbourhood uses."""

    places: tuple[str, ...]
    last_used: tuple[str, ...]
    versions: Figures


def usage(actor: Actor, service: Place, since: date) -> Usage:
    """What each neighbourhood last scored by, and how often by each version since a day.

    It hides what the comparison of the same time hides: the two are read beside each other.
    """
    rows = _Rows(service, neighbourhoods_of(service))
    first, last = start_of(since), end_of(actor.today)
    scored = _scored(service, first, last)
    *_, versions = _beside_each_other(rows, service, first, last, scored)
    return Usage(rows.names, _last_used(rows, service, scored), versions)


class _Rows:
    """The neighbourhoods in order; what names none of them goes into a row of its own."""

    def __init__(self, service: Place, places: Sequence[Place]) -> None:
        self.service = service
        self.ids: list[int | None] = [p.pk for p in places if p.pk != service.pk]
        self.ids.append(None)
        whole = "Whole service" if len(self.ids) == 1 else NOWHERE
        self.names = (*(p.name for p in places if p.pk != service.pk), whole)

    def at(self, place_id: int | None) -> int:
        return self.ids.index(place_id) if place_id in self.ids else len(self.ids) - 1

    def counted(
        self, found: Iterable[tuple[int | None, str, int]], columns: tuple[str, ...]
    ) -> Figures:
        """Counts in a grid, small numbers hidden and enough others that none can be worked out."""
        return Figures(columns, suppress_table(self.grid(found, columns)))

    def grid(
        self, found: Iterable[tuple[int | None, str, int]], columns: tuple[str, ...]
    ) -> list[list[int]]:
        grid = [[0] * len(columns) for _ in self.ids]
        for place_id, column, number in found:
            grid[self.at(place_id)][columns.index(column)] += number
        return grid

    def medians(
        self, found: dict[int | None, list[Any]], as_number: Callable[[Any], float]
    ) -> tuple[float | None, ...]:
        """The middle value of each neighbourhood; of fewer than five it would tell of one child."""
        by_row: dict[int, list[float]] = defaultdict(list)
        for place_id, values in found.items():
            by_row[self.at(place_id)] += [as_number(v) for v in values]
        every = [value for values in by_row.values() for value in values]
        return tuple(
            median(values) if len(values) >= THRESHOLD else None
            for values in (*(by_row[row] for row in range(len(self.ids))), every)
        )


def _outcomes(
    service: Place, since: datetime, until: datetime
) -> Iterable[tuple[int | None, str, int]]:
    names = {state: name for name, states in OUTCOMES.items() for state in states}
    received = _received(service_id=service.pk, since=since, until=until)
    return [(row["area_id"], names[S(row["state"])], row["number"]) for row in received]


@planned_for_its_values
def _received(*, service_id: Any, since: Any, until: Any) -> QuerySet[Any]:
    received = Referral.objects.filter(
        service_id=service_id, created_at__gte=since, created_at__lte=until
    )
    counted = received.values("area_id", "state").annotate(number=Count("pk"))
    return counted.order_by("area_id", "state")


def _rates(rows: _Rows, referrals: Figures) -> tuple[float | None, ...]:
    """Of each 1,000 pupils on roll in the neighbourhood's schools, as the register counts them."""
    on_roll = (
        School.objects.filter(place__parent_id__in=[pk for pk in rows.ids if pk])
        .values("place__parent_id")
        .annotate(pupils=Sum("pupils_on_roll"))
        .order_by()
    )
    pupils = {row["place__parent_id"]: row["pupils"] or 0 for row in on_roll}
    totals = dict(zip(rows.ids, referrals.table.row_totals, strict=True))
    rates = [_rate(total, pupils.get(place_id)) for place_id, total in totals.items()]
    # What came from no neighbourhood is of none of the schools counted.
    is_all_placed = totals[None] == 0
    every = _rate(referrals.table.total, sum(pupils.values())) if is_all_placed else None
    return (*rates, every)


def _rate(number: int | None, pupils: int | None) -> float | None:
    return None if number is None or not pupils else 1000 * number / pupils


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


def _scored(service: Place, since: datetime, until: datetime) -> list[Scored]:
    """Every score of the referrals received then, counted: there are few totals and few versions."""
    return [
        Scored(**row) for row in _counted_scores(service_id=service.pk, since=since, until=until)
    ]


@planned_for_its_values
def _counted_scores(*, service_id: Any, since: Any, until: Any) -> QuerySet[Any]:
    """A referral is scored after it came: what was scored before the time is none of it."""
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
        .annotate(number=Count("pk"), last=Max("scored_at"))
        .order_by("area_id", "state", "total", "version", "accept_from")
    )


def _judged(scored: list[Scored]) -> Iterable[tuple[int | None, str, int]]:
    """Decisions beside the threshold of the version that each was scored by."""
    for row in scored:
        if row.state in (*ACCEPTED, *TURNED_AWAY):
            was = "Accepted" if row.state in ACCEPTED else "Turned away"
            beside = "at or above" if row.total >= row.accept_from else "below"
            yield row.area_id, f"{was} {beside}", row.number


def _totals_accepted(scored: list[Scored]) -> dict[int | None, list[int]]:
    totals: dict[int | None, list[int]] = defaultdict(list)
    for row in scored:
        if row.state in ACCEPTED:
            totals[row.area_id] += [row.total] * row.number
    return totals


def _plans(rows: _Rows, service: Place, since: date, until: date) -> Figures:
    """The kind of the first plan of each case opened in the period."""
    counted = _first_plans(service_id=service.pk, since=since, until=until)
    names = {one.key: one.name for one in plan_types()}
    labels = {row["kind"]: names.get(row["kind"], "Plan") for row in counted}
    columns = tuple(sorted(set(labels.values()))) or ("No plan yet",)
    return rows.counted(
        [(row["area_id"], labels[row["kind"]], row["number"]) for row in counted], columns
    )


@planned_for_its_values
def _first_plans(*, service_id: Any, since: Any, until: Any) -> QuerySet[Any]:
    """Plans of a case are numbered from 1, and none is ever taken out."""
    first = Plan.objects.filter(
        number=1,
        case__service_id=service_id,
        case__opened_on__gte=since,
        case__opened_on__lte=until,
    )
    counted = first.values("kind", area_id=F("case__area_id")).annotate(number=Count("pk"))
    return counted.order_by("area_id", "kind")


def _last_used(rows: _Rows, service: Place, scored: list[Scored]) -> tuple[str, ...]:
    """Which version each neighbourhood last scored by, whenever that was; and all of them."""
    places = [pk for pk in rows.ids if pk]
    if not places:
        last = _last_of(service_id=service.pk)
        every = f"Version {last[0]['version']}" if last else "Not used yet"
        return (every, every)
    found = _last_by_place(place_ids=places, service_id=service.pk)
    every = f"Version {found[0]['every']}" if found[0]["every"] else "Not used yet"
    by_place: dict[int | None, int | None] = {row["pk"]: row["version"] for row in found}
    outside = [row for row in scored if row.area_id not in places]  # Of this time: they are few.
    if outside:
        by_place[None] = max(outside, key=lambda row: row.last).version
    said = (by_place.get(pk) for pk in rows.ids)
    return (*(f"Version {v}" if v else "Not used yet" for v in said), every)


@prepared
def _last_of(*, service_id: Any) -> QuerySet[Any]:
    scores = TriageScore.objects.filter(referral__service_id=service_id)
    return scores.order_by("-scored_at", "-pk").values(version=F("form__version"))[:1]


@prepared
def _last_by_place(*, place_ids: Any, service_id: Any) -> QuerySet[Any]:
    """The latest of each, and of all: found from the newest on, so that little is read."""
    scores = TriageScore.objects.filter(referral__service_id=service_id)
    last = scores.order_by("-scored_at", "-pk").values("form__version")
    of_place = last.filter(referral__area_id=OuterRef("pk"))
    return (
        Place.objects.filter(pk__among=place_ids)
        .order_by("pk")
        .values("pk", version=Subquery(of_place[:1]), every=Subquery(last[:1]))
    )


@planned_for_its_values
def _closed(*, service_id: Any, since: Any, until: Any) -> QuerySet[Any]:
    closed = Case.objects.filter(
        service_id=service_id, state=CaseState.CLOSED, closed_on__gte=since, closed_on__lte=until
    )
    return closed.order_by("pk").values("area_id", "opened_on", "closed_on")
