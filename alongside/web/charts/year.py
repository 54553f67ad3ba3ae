"""A school year, month by month: which days a school is open, and why not on the others."""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.web.charts.base import Table, Text, named, r, with_year

# Kind of day to its word. A day not named is a weekend or outside term.
KINDS = {
    "term": "School day",
    "half_term": "Half-term",
    "holiday": "Holiday",
    "inset": "INSET day",
    "bank": "Bank holiday",
    "closure": "Closed",
    "weekend": "Weekend",
}
MARKS = {"inset": "I", "bank": "B", "closure": "×"}
EACH_X, EACH_Y, HEAD = 30.0, 27.0, 22.0
DAYS = "MTWTFSS"


@dataclass(frozen=True)
class Cell:
    """One day as drawn."""

    x: float
    y: float
    kind: str
    number: Text
    mark: Text | None
    note: str
    is_today: bool


@dataclass(frozen=True)
class Month:
    """One month as drawn."""

    id: str
    title: str
    description: str
    heads: tuple[Text, ...]
    cells: tuple[Cell, ...]
    width: float
    height: float


@dataclass(frozen=True)
class Year:
    """The months, their key, and the ranges as a table."""

    title: str
    months: tuple[Month, ...]
    key: tuple[tuple[str, str], ...]
    table: Table


def year(
    *,
    title: str,
    first: date,
    last: date,
    kinds: Mapping[date, str],
    notes: Mapping[date, str] | None = None,
    today: date | None = None,
) -> Year:
    """`kinds` names each day; what it leaves out is a weekend or a holiday."""
    notes = notes or {}
    months = []
    for start in firsts(first, last):
        months.append(month(start, kinds, notes, today))
    used = {kind_of(day, kinds) for day in all_days(first, last)}
    return Year(
        title=title,
        months=tuple(months),
        key=tuple(
            (kind, word) for kind, word in KINDS.items() if kind in used and kind != "weekend"
        ),
        table=Table(("From", "To", "What"), tuple(ranges(first, last, kinds, notes))),
    )


def firsts(first: date, last: date) -> Iterable[date]:
    """The first day of each month."""
    at = first.replace(day=1)
    while at <= last:
        yield at
        at = (at + timedelta(days=32)).replace(day=1)


def all_days(first: date, last: date) -> Iterable[date]:
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)


def kind_of(day: date, kinds: Mapping[date, str]) -> str:
    return kinds.get(day) or ("weekend" if day.weekday() > 4 else "holiday")


def month(
    start: date, kinds: Mapping[date, str], notes: Mapping[date, str], today: date | None
) -> Month:
    """One month's grid, Monday first."""
    name = f"{start:%B %Y}"
    length = calendar.monthrange(start.year, start.month)[1]
    cells = []
    for n in range(length):
        day = start + timedelta(days=n)
        row, column = divmod(start.weekday() + n, 7)
        x, y = r(column * EACH_X), r(HEAD + row * EACH_Y)
        kind = kind_of(day, kinds)
        cells.append(
            Cell(
                x=x,
                y=y,
                kind=kind,
                number=Text(x + (10 if kind in MARKS else 14), y + 17, str(day.day), "middle"),
                mark=Text(x + 22, y + 11, MARKS[kind], "middle", 700) if kind in MARKS else None,
                note=f"{with_year(day)}: {notes.get(day) or KINDS[kind]}",
                is_today=day == today,
            )
        )
    rows = (start.weekday() + length + 6) // 7
    opened = sum(1 for cell in cells if cell.kind == "term")
    return Month(
        id=named("month", name),
        title=name,
        description=f"{opened} school day{'' if opened == 1 else 's'}.",
        heads=tuple(Text(n * EACH_X + 14, 15, d, "middle", tone="c-2") for n, d in enumerate(DAYS)),
        cells=tuple(cells),
        width=EACH_X * 7,
        height=HEAD + rows * EACH_Y,
    )


def ranges(
    first: date, last: date, kinds: Mapping[date, str], notes: Mapping[date, str]
) -> Iterable[tuple[str, str, str]]:
    """Runs of days of one kind and note, weekends inside a run passed over."""
    start: date | None = None
    end = first
    said = ""
    for day in all_days(first, last):
        kind = kind_of(day, kinds)
        if kind == "weekend":
            continue
        word = notes.get(day) or KINDS[kind]
        if word != said:
            if start:
                yield with_year(start), with_year(end), said
            start, said = day, word
        end = day
    if start:
        yield with_year(start), with_year(end), said
