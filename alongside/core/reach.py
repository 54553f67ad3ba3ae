"""What somebody reads, and which pupils they reach: what a query of either depends on."""

from dataclasses import dataclass
from typing import Any

from alongside.core.handling import InformationClass


@dataclass(frozen=True)
class Reading:
    """What somebody reads: it changes the statement of a prepared query of what is read."""

    classes: frozenset[InformationClass]
    shared: frozenset[InformationClass]  # Read only when expressly shared.
    is_work_whole: bool  # Sessions and daily logs, else what is shared of them (ADR 0012).


@dataclass(frozen=True)
class Reach:
    """What brings a pupil into somebody's view. In a prepared query, `values` are left open."""

    is_everything: bool
    is_council_wide: bool
    is_every_place: bool  # A role of `Scope.PLACE` held in the council itself.
    has_roll: bool  # A role that brings a school's own roll.
    staff_id: Any
    today: Any
    place_ids: Any
    roll_ids: Any
    opened_ids: Any

    @property
    def shape(self) -> tuple[bool, bool, bool, bool]:
        return (self.is_everything, self.is_council_wide, self.is_every_place, self.has_roll)

    @property
    def values(self) -> dict[str, Any]:
        return {
            "staff_id": self.staff_id,
            "today": self.today,
            "place_ids": self.place_ids,
            "roll_ids": self.roll_ids,
            "opened_ids": self.opened_ids,
        }
