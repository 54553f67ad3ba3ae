"""Ten school days as a strip: what is planned and what falls due on each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alongside.web.charts.base import Table, Text, days_of, named, r

WIDTH, EACH, WEEK_GAP = 820.0, 75.0, 6.0


@dataclass(frozen=True)
class Day:
    """One day's facts."""

    on: date
    visits: int | None = None  # None where no diary is kept: then nothing is said of visits.
    due: int = 0
    closed: str = ""


@dataclass(frozen=True)
class DayBox:
    """One day as drawn."""

    x: float
    width: float
    is_today: bool
    is_past: bool
    name: Text
    marks: tuple[float, ...]
    note: Text | None
    due: Text | None


@dataclass(frozen=True)
class TwoWeeks:
    """The strip as drawn."""

    id: str
    title: str
    description: str
    days: tuple[DayBox, ...]
    table: Table
    width: int = 820
    height: int = 70


def two_weeks(days: Sequence[Day], *, today: date) -> TwoWeeks:
    """Days in order, weekends left out by the caller."""
    boxes, x = [], 0.0
    for n, day in enumerate(days):
        if n and day.on.isocalendar().week != days[n - 1].on.isocalendar().week:
            x += WEEK_GAP
        boxes.append(draw(day, x, today))
        x += EACH + 7
    has_diary = any(day.visits is not None for day in days)
    busy = sum(day.visits or 0 for day in days)
    visits = f", {busy} visit{'' if busy == 1 else 's'} planned" if has_diary else ""
    due = sum(day.due for day in days)
    return TwoWeeks(
        id=named("weeks", days[0].on.isoformat() if days else ""),
        title="The days ahead",
        description=f"{days_of(len(days))}{visits}, {due} due.",
        days=tuple(boxes),
        table=Table(
            ("Day", *(["Visits"] if has_diary else []), "Due"),
            tuple(
                (
                    f"{d.on:%a} {d.on.day} {d.on:%b}",
                    *([d.closed or str(d.visits or 0)] if has_diary else []),
                    f"{d.due}, {d.closed}" if d.closed and not has_diary else str(d.due),
                )
                for d in days
            ),
        ),
    )


def draw(day: Day, x: float, today: date) -> DayBox:
    """One day's box."""
    note = day.closed or ("no visits" if day.visits == 0 else "")
    return DayBox(
        x=r(x),
        width=EACH,
        is_today=day.on == today,
        is_past=day.on < today,
        name=Text(
            r(x + 9), 21, f"{day.on:%a} {day.on.day}", weight=700 if day.on == today else 400
        ),
        marks=()
        if day.closed
        else tuple(r(x + 9 + 15 * n) for n in range(min(day.visits or 0, 4))),
        note=Text(r(x + 9), 41, note, tone="c-2") if note else None,
        due=Text(r(x + 26), 62, f"{day.due} due", tone="c-soon") if day.due else None,
    )
