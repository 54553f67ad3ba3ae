"""Short days and times as a person reads them: the month always, the year where it may be in doubt."""

from datetime import date, datetime, time
from functools import lru_cache

from alongside.rules.ages import school_year_start

FAR = 183  # Days, about half a year: further off than this, the year is in doubt.


def needs_year(day: date, today: date) -> bool:
    """Said of a day in another school year, or more than about six months away."""
    is_this_year = school_year_start(day) == school_year_start(today)
    return not is_this_year or abs((day - today).days) > FAR


@lru_cache(maxsize=4096)
def short_day(day: date, today: date) -> str:
    """27 Nov; 27 Nov 2025 where the year may be in doubt."""
    year = f" {day.year}" if needs_year(day, today) else ""
    return f"{day.day} {day:%b}{year}"


@lru_cache(maxsize=4096)  # A list says the same few days hundreds of times.
def short_weekday(day: date, today: date) -> str:
    """Fri 27 Nov; Thu 27 Nov 2025 where the year may be in doubt."""
    return f"{day:%a} {short_day(day, today)}"


def dated(day: date) -> str:
    """27 Nov 2026: in what is kept, and read in another year."""
    return f"{day.day} {day:%b} {day.year}"


def time_in_words(at: datetime | time, *, seconds: bool = False) -> str:
    """2:30pm, 4pm; 2:30:15pm in a trail."""
    minutes = f":{at:%M:%S}" if seconds else f":{at:%M}" if at.minute else ""
    return f"{at:%I}".lstrip("0") + minutes + f"{at:%p}".lower()


def day_in(text: str) -> date | None:
    """The day that text from an address writes as 2026-11-26; None for anything else."""
    if [text[4:5], text[7:8], len(text)] != ["-", "-", len("2026-11-26")]:
        return None  # Python also reads 20261126 and 2026-W48-4.
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
