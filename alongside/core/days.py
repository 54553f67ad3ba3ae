"""The first and the last moment of a day where the service is: every list by date asks for them."""

from datetime import date, datetime, time

from django.utils import timezone


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """The last moment that the database can tell: compare with `lte`. No day is too late for it."""
    return timezone.make_aware(datetime.combine(day, time.max))
