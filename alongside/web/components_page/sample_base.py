"""What the invented samples are written with: the day, a dictionary, a decision."""

from dataclasses import dataclass
from datetime import date
from typing import Any

TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Answer:
    """Stands for a policy's decision."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def row(**facts: Any) -> dict[str, Any]:
    """A dictionary written as keywords."""
    return facts
