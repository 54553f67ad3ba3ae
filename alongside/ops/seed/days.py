"""The school days of the demonstration: what is done with a school is done on one of them."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from alongside.rules.ages import school_year_start
from alongside.rules.working_days import bank_holiday

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
ONE = timedelta(days=1)


def terms(year: int) -> list[tuple[str, date, date, date]]:
    """Name, first day, Monday of half-term and last day, after the pattern of English school years."""
    after = year + 1
    return [
        ("Autumn", _on(WEDNESDAY, date(year, 9, 1)), _on(MONDAY, date(year, 10, 24)),
         _on(FRIDAY, date(year, 12, 15))),
        ("Spring", _on(MONDAY, date(after, 1, 4)), _on(MONDAY, date(after, 2, 12)),
         _on(THURSDAY, date(after, 3, 23))),
        ("Summer", _on(MONDAY, date(after, 4, 12)), _on(MONDAY, date(after, 5, 25)),
         _on(TUESDAY, date(after, 7, 18))),
    ]  # fmt: skip


def _on(weekday: int, from_day: date) -> date:
    """This weekday, on the day or the first after it."""
    return from_day + timedelta(days=(weekday - from_day.weekday()) % 7)


@cache
def is_open(day: date) -> bool:
    """A weekday of a term, not of its half-term; the first of the year is training."""
    if day.weekday() > FRIDAY or bank_holiday(day):
        return False
    for name, first, half, last in terms(school_year_start(day).year):
        is_training = name == "Autumn" and day == first
        if first <= day <= last:
            return not is_training and not half <= day <= half + 4 * ONE
    return False


def back(day: date) -> date:
    """The day, or the last school day before it."""
    while not is_open(day):
        day -= ONE
    return day


def onward(day: date) -> date:
    """The day, or the next school day."""
    while not is_open(day):
        day += ONE
    return day


def long_enough_before(began: date, today: date) -> date:
    """The school day from which as many lie before today as weekdays do from `began`."""
    wanted = _count(began, today, lambda day: day.weekday() <= FRIDAY)
    day = back(began)
    while _count(day, today, is_open) < wanted:
        day = back(day - ONE)
    return day


def _count(first: date, end: date, is_counted: Callable[[date], bool]) -> int:
    return sum(is_counted(first + n * ONE) for n in range((end - first).days))
