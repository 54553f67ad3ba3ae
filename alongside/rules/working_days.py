"""England's bank holidays and working days. Knows nothing of schools: see `calendar`."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import holidays

ONE_DAY = timedelta(days=1)
SATURDAY = 5

# The package's names, where gov.uk/bank-holidays uses another.
GOV_UK_NAMES = {
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
}


@cache
def _bank_holidays(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))


def bank_holiday(day: date) -> str | None:
    """The name of England's bank holiday on this day, if it is one."""
    name = _bank_holidays(day.year).get(day)
    if name is None:
        return None
    plain, _, observed = name.partition(" (observed)")
    return GOV_UK_NAMES.get(plain, plain) + (
        " (substitute day)" if observed or plain != name else ""
    )


def is_weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY


def is_working_day(day: date) -> bool:
    return not is_weekend(day) and bank_holiday(day) is None


def why_no_working_day(day: date) -> str:
    """The reason in words; empty when it is a working day."""
    if is_weekend(day):
        return f"{day:%A}"
    return bank_holiday(day) or ""


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day, both ends counted; none when `last` is before `first`."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def add_working_days(after: date, n: int) -> date:
    """The nth working day after this day, which itself is not counted. Nought is the day itself."""
    if n < 0:
        raise ValueError("Working days are counted forward here; use working_days_before.")
    day = after
    for _ in range(n):
        day = next_working_day(day + ONE_DAY)
    return day


def working_days_before(day: date, n: int) -> date:
    """The nth working day before this day, which itself is not counted."""
    for _ in range(n):
        day -= ONE_DAY
        while not is_working_day(day):
            day -= ONE_DAY
    return day


def nth_working_day(first: date, n: int) -> date:
    """The nth working day beginning with `first`, which counts when it is one."""
    if n < 1:
        raise ValueError("The first working day is number 1.")
    return add_working_days(first - ONE_DAY, n)


def next_working_day(day: date) -> date:
    """This day when it is a working day, otherwise the next one."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def count_working_days(after: date, until: date) -> int:
    """How many working days lie after `after`, up to and including `until`."""
    return sum(is_working_day(day) for day in days_between(after + ONE_DAY, until))
