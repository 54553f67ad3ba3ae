"""Where support overlaps and where nobody was there: stretches of days, compared. No clock, no database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Stretch:
    """Something that lasts from a day to a day (None: still), of one sort, by somebody."""

    what: str
    sort: str
    first: date
    last: date | None = None

    def until(self, today: date) -> date:
        return today if self.last is None else min(self.last, today)


@dataclass(frozen=True)
class Overlap:
    """Two of one sort at the same time."""

    one: Stretch
    other: Stretch
    first: date
    last: date


@dataclass(frozen=True)
class Gap:
    """Days after one contact and before the next, or until today, longer than they should be."""

    after: date
    before: date | None  # None: it goes on.
    days: int


def overlaps(stretches: Sequence[Stretch], today: date) -> list[Overlap]:
    """Every pair of one sort that share a day, the earliest first."""
    found = []
    ordered = sorted(stretches, key=lambda s: (s.first, s.what))
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            first = max(one.first, other.first)
            last = min(one.until(today), other.until(today))
            if one.sort == other.sort and one.what != other.what and first <= last:
                found.append(Overlap(one, other, first, last))
    return sorted(found, key=lambda o: (o.first, o.one.what, o.other.what))


def gaps(
    began: date,
    days: Sequence[date],
    until: date,
    most: int,
    count: Callable[[date, date], int],
    *,
    goes_on: bool = True,
) -> list[Gap]:
    """Between the day it began, each day somebody was there, and the end: where it took too long.

    `count` says how many days there are after one and up to another: school days, say.
    """
    stops = [began, *sorted(day for day in set(days) if began < day <= until)]
    found = []
    for after, before in zip(stops, [*stops[1:], None], strict=True):
        length = count(after, before or until)
        if length > most:
            ends = before if before or goes_on else until
            found.append(Gap(after, ends, length))
    return found
