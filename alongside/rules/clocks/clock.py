"""A clock as the law sets it, and what it answers: the last day in time, with the working."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

TEXT = "VERIFIED-TEXT"
CHECK = "check before relying on it"

# What each confidence says to a person. Anything but the instrument's own words is to be checked.
CONFIDENCES = {
    TEXT: "read in the instrument itself",
    "VERIFIED-SECONDARY": f"read in a page that states the law, not in the law: {CHECK}",
    "OWN KNOWLEDGE": f"not verified: {CHECK}",
}


class ClockProblem(ValueError):
    """No date can be worked out. The text says what to put right, for a person."""


@dataclass(frozen=True)
class Clock:
    """One limit, as it stands between two dates. Read from `limits/*.toml`; see `table`."""

    id: str
    area: str
    trigger: str  # The event whose date starts it.
    actor: str  # Who must act.
    duty: str
    counting: str  # How: a key of `due.COUNTINGS`.
    authority: str
    confidence: str
    unit: str = ""
    amount: int = 0
    limbs: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    safe: str = ""  # The second reading, where there are two: a key of `counting.SAFE`.
    needs: tuple[str, ...] = ()  # Facts without which there is no date.
    takes: tuple[str, ...] = ()  # Facts that change the date.
    numbers: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    rolls: bool = False  # To the next working day when it ends on none.
    rule: str = ""  # The counting rule in words.
    exceptions: str = ""
    consequence: str = ""
    seen_in: str = ""
    in_force_from: date | None = None
    in_force_to: date | None = None
    is_in_force: bool = True
    in_force_note: str = ""

    @property
    def is_verified(self) -> bool:
        return self.confidence == TEXT

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact it may be given, those it cannot do without first."""
        return (*self.needs, *(("limb",) if self.limbs else ()), *self.takes)

    def was_in_force(self, on: date) -> bool:
        return (self.in_force_from is None or on >= self.in_force_from) and (
            self.in_force_to is None or on <= self.in_force_to
        )


class Line(NamedTuple):
    """One line of a working. `n` is its number when it counts; otherwise `reason` says why not."""

    date: date
    counted: bool
    n: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """`due` is the last day in time; `safe_by` the same, or earlier where the law can be read so.

    None: no date is set, or what is counted was never reached.
    """

    clock: Clock
    trigger: date
    due: date | None
    safe_by: date | None
    working: tuple[Line, ...]
