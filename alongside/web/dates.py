"""Days and times as the screens say them, beside today in our own time zone."""

from datetime import date, datetime, time

from django.utils import timezone

from alongside.core.days import here, today
from alongside.rules import dates as said


def as_day(value: date | datetime) -> date:
    """The day in our own time zone."""
    if isinstance(value, datetime):
        return (here(value) if timezone.is_aware(value) else value).date()
    return value


def short_day(value: date | datetime) -> str:
    """27 Nov; with its year where that may be in doubt."""
    return said.short_day(as_day(value), today())


def short_weekday(value: date | datetime) -> str:
    """Fri 27 Nov; with its year where that may be in doubt."""
    return said.short_weekday(as_day(value), today())


def needs_year(value: date | datetime) -> bool:
    return said.needs_year(as_day(value), today())


def clock_time(value: datetime | time, *, seconds: bool = False) -> str:
    """2:30pm."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = here(value)
    return said.time_in_words(value, seconds=seconds)
