"""Pictures as pure geometry: facts in, things to draw out. Must not query, and must not know a template."""

from alongside.web.charts.base import Table
from alongside.web.charts.ladder import Ladder, Stage, ladder
from alongside.web.charts.slope import Slope, slope
from alongside.web.charts.target import TargetLine, target_line
from alongside.web.charts.timeline import Timeline, timeline
from alongside.web.charts.timeline_facts import Bar, Block, Mark, Series, Tick, TimelineFacts
from alongside.web.charts.trend import Point, Trend, trend
from alongside.web.charts.weeks import Day, TwoWeeks, two_weeks
from alongside.web.charts.year import Year, year

__all__ = [
    "Bar",
    "Block",
    "Day",
    "Ladder",
    "Mark",
    "Point",
    "Series",
    "Slope",
    "Stage",
    "Table",
    "TargetLine",
    "Tick",
    "Timeline",
    "TimelineFacts",
    "Trend",
    "TwoWeeks",
    "Year",
    "ladder",
    "slope",
    "target_line",
    "timeline",
    "trend",
    "two_weeks",
    "year",
]
