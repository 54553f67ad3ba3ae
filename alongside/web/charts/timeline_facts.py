"""What the picture of a pupil's years is drawn from: what lasted, what happened, what was measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

INK = "#14222e"


@dataclass(frozen=True)
class Bar:
    """Something that lasts: a placement, a plan, SEN support."""

    label: str
    start: date
    end: date | None = None
    look: str = "main"


@dataclass(frozen=True)
class Block:
    """A suspension: from when, how many days."""

    start: date
    days: float


@dataclass(frozen=True)
class Tick:
    """A session, held or missed."""

    on: date
    is_held: bool = True


@dataclass(frozen=True)
class Mark:
    """A review: when, what came of it, and whether it has been held."""

    on: date
    label: str
    is_done: bool = True


@dataclass(frozen=True)
class Series:
    """A measure over time."""

    name: str
    points: tuple[tuple[date, float], ...]
    unit: str = ""
    note: str = ""
    limit: tuple[float, str] | None = None
    colour: str = INK


@dataclass(frozen=True)
class TimelineFacts:
    """Everything the picture shows."""

    name: str
    first: date
    last: date
    today: date
    years: Sequence[tuple[str, date]] = ()
    holidays: Sequence[tuple[date, date]] = ()
    places: Sequence[Bar] = ()
    workers: Sequence[Bar] = ()
    support: Sequence[Bar] = ()
    plans: Sequence[Bar] = ()
    gaps: Sequence[Bar] = ()
    suspensions: Sequence[Block] = ()
    sessions: Sequence[Tick] = ()
    reviews: Sequence[Mark] = ()
    measures: Sequence[Series] = ()
