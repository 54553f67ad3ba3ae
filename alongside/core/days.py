"""Days where the service is, which has one time zone: every list by date asks for them."""

from datetime import date, datetime, time

from django.utils import timezone


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """The last moment that the database can tell: compare with `lte`. No day is too late for it."""
    return timezone.make_aware(datetime.combine(day, time.max))


def here(moment: datetime) -> datetime:
    """A moment by our own clocks. As `timezone.localtime`, which asks each time whose zone it is."""
    return moment.astimezone(timezone.get_default_timezone())


def day_of(moment: datetime) -> date:
    return here(moment).date()


def today() -> date:
    return day_of(timezone.now())
