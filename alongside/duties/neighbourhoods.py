"""The neighbourhoods of a service beside each other: counts and medians only, small numbers hidden.

Whoever compares sees no pupil by it, so it reaches over the whole service and not one's own scope.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum

from alongside.core.actor import Actor
from alongside.core.days import end_of, start_of
from alongside.core.models import Place
from alongside.core.prepared import prepared
from alongside.duties.neighbourhood_counts import (
    OUTCOMES,
    Counted,
    Found,
    Scored,
    count_both,
    outcomes_in,
    scored_in,
)
from alongside.pathways.plan_types import plan_types
from alongside.referrals.models import ReferralState, TriageScore
from alongside.referrals.triage import neighbourhoods_of
from alongside.rules.disclosure import Cell
from alongside.rules.suppression import THRESHOLD, Link, Table, suppress_table, suppress_tables
from alongside.schools.models import School

S = ReferralState
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
    return next(compare_two(actor, service, since, since, until))


def compare_two(
    actor: Actor, service: Place, since: date, recent: date, until: date
) -> Iterator[Comparison]:
    """The same of all that time, then of its end from `recent` on: each thing is asked for once."""
    rows = _Rows(service, neighbourhoods_of(service))
    on_roll, kinds = _on_roll(rows), {one.key: one.name for one in plan_types()}
    every, latest = count_both(service, since, recent, until)
    last_used = _last_used(rows, service, every.scored)
    for one in (every, latest):
        yield _comparison(rows, one, on_roll, kinds, last_used)


def _comparison(
    rows: "_Rows",
    counted: Counted,
    on_roll: Mapping[int | None, int],
    kinds: Mapping[str, str],
    last_used: tuple[str, ...],
) -> Comparison:
    referrals, judged, versions = _beside_each_other(rows, counted.outcomes, counted.scored)
    lengths: dict[int | None, list[int]] = defaultdict(list)
    for place, days in counted.closed:
        lengths[place].append(days)
    return Comparison(
        places=rows.names,
        referrals=referrals,
        rates=_rates(rows, referrals, on_roll),
        judged=judged,
        scores=rows.medians(_totals_accepted(counted.scored), float),
        plans=_plans(rows, counted.plans, kinds),
        lengths=rows.medians(lengths, lambda days: days / 7),
        closed=rows.counted(
            [(place, "Closed", len(spans)) for place, spans in lengths.items()],
            ("Closed",),
            bands=[[(0, at, 0)] for at in range(len(rows.names) + 1)],  # Seen by their medians.
        ),
        versions=versions,
        last_used=last_used,
    )


def _beside_each_other(
    rows: "_Rows", outcomes: list[Found], scored: list[Scored]
) -> tuple[Figures, Figures, Figures]:
    """Three tables that speak of the same referrals: what one says of them another may not hide.

    A reader who knows that a neighbourhood scored all that it decided takes its tables together.
    """
    by_version = tuple(f"Version {n}" for n in sorted({row.version for row in scored}))
    columns = (tuple(OUTCOMES), JUDGED, by_version or ("None yet",))
    grids = (
        rows.grid(outcomes, columns[0]),
        rows.grid(_judged(scored), columns[1]),
        rows.grid(((r.area_id, f"Version {r.version}", r.number) for r in scored), columns[2]),
    )
    received, of_judged, of_versions = (_with_total(grid) for grid in grids)
    names = columns[0]
    last = len(JUDGED)
    same: list[Link] = []
    within: list[Link] = []
    for at, (decided, sums, scores) in enumerate(
        zip(received, of_judged, of_versions, strict=True)
    ):
        every = (0, at, len(names)), (1, at, last), (2, at, len(columns[2]))
        pairs = [([every[1]], [every[2]]), ([every[2]], [every[0]])]
        for states, parts in (
            (("Accepted", "Waiting list"), (0, 1)),
            (("Declined", "Signposted"), (2, 3)),
        ):
            whole = [names.index(state) for state in states]
            pairs.append(([(1, at, n) for n in parts], [(0, at, n) for n in whole]))
        counts = (decided, sums, scores)
        for ones, others in pairs:
            few, many = (sum(counts[c[0]][c[2]] for c in cells) for cells in (ones, others))
            if few == many:
                same.append((ones, others))
            elif few < many:  # What was scored is some of what came, as any reader knows.
                within.append((ones, others))
    # Whether five of them were accepted by a score is seen by their median.
    scored_and_accepted = [[(1, at, 0), (1, at, 1)] for at in range(len(received))]
    tables = suppress_tables(grids, same, within, scored_and_accepted)
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
    scored, _ = scored_in(service, first, first, last)
    outcomes, _ = outcomes_in(service, first, first, last)
    *_, versions = _beside_each_other(rows, outcomes, scored)
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
        self,
        found: Iterable[Found],
        columns: tuple[str, ...],
        bands: Sequence[Sequence[Cell]] = (),
    ) -> Figures:
        """Counts in a grid, small numbers hidden and enough others that none can be worked out."""
        return Figures(columns, suppress_table(self.grid(found, columns), bands))

    def grid(self, found: Iterable[Found], columns: tuple[str, ...]) -> list[list[int]]:
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


def _on_roll(rows: _Rows) -> dict[int | None, int]:
    """Pupils in the schools of each neighbourhood, as the register counts them."""
    on_roll = (
        School.objects.filter(place__parent_id__in=[pk for pk in rows.ids if pk])
        .values("place__parent_id")
        .annotate(pupils=Sum("pupils_on_roll"))
        .order_by()
    )
    return {row["place__parent_id"]: row["pupils"] or 0 for row in on_roll}


def _rates(
    rows: _Rows, referrals: Figures, pupils: Mapping[int | None, int]
) -> tuple[float | None, ...]:
    """Of each 1,000 pupils on roll in the neighbourhood's schools."""
    totals = dict(zip(rows.ids, referrals.table.row_totals, strict=True))
    rates = [_rate(total, pupils.get(place_id)) for place_id, total in totals.items()]
    # What came from no neighbourhood is of none of the schools counted.
    is_all_placed = totals[None] == 0
    every = _rate(referrals.table.total, sum(pupils.values())) if is_all_placed else None
    return (*rates, every)


def _rate(number: int | None, pupils: int | None) -> float | None:
    return None if number is None or not pupils else 1000 * number / pupils


def _judged(scored: list[Scored]) -> Iterable[Found]:
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


def _plans(rows: _Rows, counted: list[Found], kinds: Mapping[str, str]) -> Figures:
    """The kind of the first plan of each case opened in the period."""
    named = [(place, kinds.get(kind, "Plan"), number) for place, kind, number in counted]
    return rows.counted(named, tuple(sorted({name for _, name, _ in named})) or ("No plan yet",))


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
