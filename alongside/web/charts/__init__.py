"""Pictures as pure geometry: facts in, things to draw out. Must not query, and must not know a template."""

from .base import Table
from .ladder import Ladder, Stage, ladder
from .slope import Slope, slope
from .target import TargetLine, target_line
from .timeline import Bar, Block, Mark, Series, Tick, Timeline, TimelineFacts, timeline
from .weeks import Day, TwoWeeks, two_weeks
from .year import Year, year

__all__ = [
    "Bar",
    "Block",
    "Day",
    "Ladder",
    "Mark",
    "Series",
    "Slope",
    "Stage",
    "Table",
    "TargetLine",
    "Tick",
    "Timeline",
    "TimelineFacts",
    "TwoWeeks",
    "Year",
    "ladder",
    "slope",
    "target_line",
    "timeline",
    "two_weeks",
    "year",
]
