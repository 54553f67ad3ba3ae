"""A needs assessment in figures: domains rated 0 to 3, their total, and what the total suggests.

The scale is Alongside's own, to see one child's needs beside themselves later: it is no clinical test,
and totals of two children are not to be compared.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Protocol


class Domain(StrEnum):
    """Where something may get in the way of learning, coming in or belonging."""

    LEARNING = "LEARNING"
    COMMUNICATION = "COMMUNICATION"
    FEELINGS = "FEELINGS"
    BEHAVIOUR = "BEHAVIOUR"
    PEERS = "PEERS"
    ATTENDANCE = "ATTENDANCE"
    HEALTH = "HEALTH"
    HOME = "HOME"
    CIRCUMSTANCES = "CIRCUMSTANCES"
    CULTURE = "CULTURE"
    SCHOOL = "SCHOOL"


RATINGS: Mapping[int, str] = {
    0: "Not in the way",
    1: "A little",
    2: "A lot",
    3: "Nearly always",
}
MOST = len(Domain) * max(RATINGS)


class Level(Protocol):
    """What is offered between two totals, both included."""

    @property
    def low(self) -> int: ...

    @property
    def high(self) -> int: ...


def problem_with(ratings: Mapping[str, int]) -> str:
    """Why these are no whole assessment; empty when they are."""
    missing = [domain for domain in Domain if domain not in ratings]
    if missing or len(ratings) > len(Domain):
        return "Rate every part: the total means something only when all are rated."
    if any(rating not in RATINGS for rating in ratings.values()):
        return f"Each part is rated from {min(RATINGS)} to {max(RATINGS)}."
    return ""


def suggest[L: Level](total: int, levels: Iterable[L]) -> L | None:
    """The level whose totals hold this one; where two do, the one that offers more."""
    fitting = [level for level in levels if level.low <= total <= level.high]
    return max(fitting, key=lambda level: level.low, default=None)


def change_in_words(before: int, after: int) -> str:
    """What lies between two ratings of one domain."""
    if before == after:
        return "The same"
    return "Less in the way" if after < before else "More in the way"
