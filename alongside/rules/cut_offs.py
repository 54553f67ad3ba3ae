"""The weekly rhythm of a service: which cut-off a moment falls under, and which triage follows it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

WEEK = timedelta(weeks=1)
LONGEST_HOLIDAY = 60  # Days that a triage is moved on at most, looking for a school day.


@dataclass(frozen=True)
class Rhythm:
    """Monday is 0. A triage on the weekday of the cut-off is held on that same day."""

    weekday: int
    at: time
    triage_weekday: int


@dataclass(frozen=True)
class Triage:
    """One week's triage: what was received up to the cut-off is read on its day."""

    cut_off: datetime
    held_on: date


def triage_of(
    received: datetime, rhythm: Rhythm, is_open: Callable[[date], bool] = lambda _: True
) -> Triage:
    """The triage at which something received at a local moment is read."""
    return _triage(_cut_off_after(received, rhythm), rhythm, is_open)


def next_triage(
    now: datetime, rhythm: Rhythm, is_open: Callable[[date], bool] = lambda _: True
) -> Triage:
    """The triage held today or next, whether its cut-off has gone by or not."""
    cut_off = _cut_off_after(now, rhythm)
    coming = _triage(cut_off, rhythm, is_open)
    while (earlier := _triage(cut_off - WEEK, rhythm, is_open)).held_on >= now.date():
        cut_off, coming = cut_off - WEEK, earlier
    while (later := _triage(coming.cut_off + WEEK, rhythm, is_open)).held_on == coming.held_on:
        coming = later  # After a holiday, several weeks are read on one day.
    return coming


def _cut_off_after(moment: datetime, rhythm: Rhythm) -> datetime:
    """The first cut-off at or after a moment."""
    day = moment.date() + timedelta(days=(rhythm.weekday - moment.weekday()) % 7)
    cut_off = datetime.combine(day, rhythm.at, moment.tzinfo)
    return cut_off if cut_off >= moment else cut_off + WEEK


def _triage(cut_off: datetime, rhythm: Rhythm, is_open: Callable[[date], bool]) -> Triage:
    day = cut_off.date() + timedelta(days=(rhythm.triage_weekday - cut_off.weekday()) % 7)
    for days in range(LONGEST_HOLIDAY):
        if is_open(day + timedelta(days=days)):
            return Triage(cut_off, day + timedelta(days=days))
    return Triage(cut_off, day)
