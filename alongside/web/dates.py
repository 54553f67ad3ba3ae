"""Days and times as the screens say them, beside today in our own time zone."""

from datetime import date, datetime, time

from django.utils import timezone

from alongside.rules import dates as said


def as_day(value: date | datetime) -> date:
    """The day in our own time zone."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def short_day(value: date | datetime) -> str:
    """27 Nov; with its year where that may be in doubt."""
    return said.short_day(as_day(value), timezone.localdate())


def short_weekday(value: date | datetime) -> str:
    """Fri 27 Nov; with its year where that may be in doubt."""
    return said.short_weekday(as_day(value), timezone.localdate())


def needs_year(value: date | datetime) -> bool:
    return said.needs_year(as_day(value), timezone.localdate())


def clock_time(value: datetime | time, *, seconds: bool = False) -> str:
    """2:30pm."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return said.time_in_words(value, seconds=seconds)
