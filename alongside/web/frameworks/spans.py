"""Spans of time that movement is shown for."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from alongside.rules.ages import school_year_start

LABELS = {"year": "This school year", "weeks": "Last six weeks", "twelve": "Last twelve months"}


@dataclass(frozen=True)
class Span:
    key: str
    first: date

    @property
    def label(self) -> str:
        return LABELS[self.key]


def read(asked: str, today: date) -> Span:
    """What was asked for; the school year when that cannot be read."""
    if asked == "weeks":
        return Span("weeks", today - timedelta(weeks=6))
    if asked == "twelve":
        return Span("twelve", today - timedelta(weeks=52))
    return Span("year", school_year_start(today))


def views(chosen: Span) -> list[dict[str, Any]]:
    """components/views.html"""
    return [
        {"label": label, "url": f"?span={key}#moved", "is_current": key == chosen.key}
        for key, label in LABELS.items()
    ]
