"""A week's timetable: how long its parts are, and which of them lie over each other."""

from collections.abc import Iterable, Sequence
from datetime import time
from decimal import Decimal
from itertools import pairwise
from typing import Protocol

DAYS = ((1, "Monday"), (2, "Tuesday"), (3, "Wednesday"), (4, "Thursday"), (5, "Friday"))


class Slot(Protocol):
    """One part of one day of the week; Monday is 1."""

    @property
    def day(self) -> int: ...
    @property
    def begins(self) -> time: ...
    @property
    def ends(self) -> time: ...


def minutes_of(slot: Slot) -> int:
    start, end = slot.begins, slot.ends
    return (end.hour - start.hour) * 60 + end.minute - start.minute


def hours_of(slots: Iterable[Slot]) -> Decimal:
    """To a tenth of an hour, as hours of curriculum are kept."""
    minutes = sum(minutes_of(slot) for slot in slots)
    return (Decimal(minutes) / 60).quantize(Decimal("0.1"))


def first_overlap[S: Slot](slots: Sequence[S]) -> tuple[S, S] | None:
    """Two parts of one day that lie over each other. One may begin the minute another ends."""
    ordered = sorted(slots, key=lambda slot: (slot.day, slot.begins, slot.ends))
    for before, after in pairwise(ordered):
        if before.day == after.day and after.begins < before.ends:
            return before, after
    return None
