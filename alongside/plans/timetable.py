"""The weekly timetable of a plan: what is in it, how many hours, and what cannot stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from alongside.core.decisions import Problem
from alongside.people.queries.rows import rows
from alongside.plans.models import Plan, TimetableSlot
from alongside.rules.dates import time_in_words
from alongside.rules.timetable import DAYS, first_overlap, hours_of

MOST_SLOTS = 60
NAMES = dict(DAYS)
Provision = TimetableSlot.Provision
PARTS = ("day", "begins", "ends", "provision", "what", "place", "who")


@dataclass(frozen=True)
class SlotFacts:
    """One part of one day, as typed or as kept."""

    day: int
    begins: time
    ends: time
    provision: str
    what: str
    place: str = ""
    who: str = ""
    row: int = 0  # Of the form it was typed in.

    @property
    def when(self) -> str:
        return f"{time_in_words(self.begins)} to {time_in_words(self.ends)}"


def slots_row() -> ArraySubquery:
    """For a query of plans: the week of each, in order."""
    slots = TimetableSlot.objects.filter(plan=OuterRef("pk")).order_by("day", "begins")
    return rows(slots, *PARTS)


def timetable_of(plan: Plan) -> list[SlotFacts]:
    """The week of a plan, in order: as `get_plan` brought it, else as it stands."""
    found: list[dict[str, Any]] | None = getattr(plan, "slot_rows", None)
    if found is None:
        return [SlotFacts(**row) for row in plan.timetable.order_by("day", "begins").values(*PARTS)]
    return [SlotFacts(**row | _times(row)) for row in found]


def _times(row: dict[str, Any]) -> dict[str, time]:
    return {name: time.fromisoformat(row[name]) for name in ("begins", "ends")}


def curriculum_hours(slots: Sequence[SlotFacts]) -> Decimal:
    """Hours a week of the curriculum that the class is taught, with the class."""
    return hours_of(slot for slot in slots if slot.provision == Provision.CLASS)


def hours_by_provision(slots: Sequence[SlotFacts]) -> list[tuple[str, Decimal]]:
    """How many hours of each kind a week holds, none left out that is in it."""
    return [
        (kind.label, hours_of(slot for slot in slots if slot.provision == kind))
        for kind in Provision
        if any(slot.provision == kind for slot in slots)
    ]


def in_words(slots: Sequence[SlotFacts]) -> str:
    """25 hours a week: 14 hours lessons with the class, 11 hours at another provider."""
    parts = [
        f"{float(hours):g} {label[0].lower()}{label[1:]}"
        for label, hours in hours_by_provision(slots)
    ]
    return f"{float(hours_of(slots)):g} hours a week: {', '.join(parts)}"


def lines_of(slots: Sequence[SlotFacts]) -> list[tuple[str, str]]:
    """The week in words, a line a day: for saved versions and comparisons."""
    found = []
    for day, name in DAYS:
        said = [_said(slot) for slot in slots if slot.day == day]
        if said:
            found.append((name, "\n".join(said)))
    return found


def _said(slot: SlotFacts) -> str:
    around = ", ".join(part for part in (slot.place, slot.who) if part)
    return f"{slot.when} {slot.what}{f' ({around})' if around else ''}"


def check(slots: Sequence[SlotFacts]) -> None:
    """Raise `Problem` at the row of the first thing that cannot stand."""
    if len(slots) > MOST_SLOTS:
        raise Problem(f"A week has at most {MOST_SLOTS} parts.")
    for slot in slots:
        if slot.ends <= slot.begins:
            said = f"Row {slot.row}: it ends after it starts, at {time_in_words(slot.begins)}."
            raise Problem(said, f"slot_{slot.row}_ends")
    if over := first_overlap(slots):
        before, after = over
        said = (
            f"{NAMES[after.day]}: {after.what} begins at {time_in_words(after.begins)}, before "
            f"{before.what} ends at {time_in_words(before.ends)}."
        )
        raise Problem(said, f"slot_{after.row}_begins")
