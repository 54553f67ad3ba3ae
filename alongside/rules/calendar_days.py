"""Weeks and months on the plain calendar, for review cycles. No school days."""

import calendar
from datetime import date, timedelta

REVIEW_WEEKS = 6


def weeks_after(day: date, weeks: int) -> date:
    """The same weekday so many weeks later. Holidays and bank holidays do not move it."""
    return day + timedelta(weeks=weeks)


def review_due(since: date, weeks: int = REVIEW_WEEKS) -> date:
    """When the next review is due: so many weeks from the start or from the last review."""
    return weeks_after(since, weeks)


def months_after(day: date, months: int) -> date:
    """The corresponding date; where a month has none, its last day (Dodds v Walker [1981])."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def years_after(day: date, years: int) -> date:
    """The anniversary; of 29 February in a common year, 28 February."""
    return months_after(day, 12 * years)
