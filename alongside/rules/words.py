"""Dates, numbers and lists as a person reads them. Holds no rule."""

from collections.abc import Sequence
from datetime import date


def day_in_words(day: date) -> str:
    """17 July 2026."""
    return f"{day.day} {day:%B %Y}"


def weekday_in_words(day: date) -> str:
    """Friday 17 July 2026."""
    return f"{day:%A} {day_in_words(day)}"


def count_of(number: int, one: str, many: str = "") -> str:
    """1 school day, 2 school days."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def says_something(text: str, words: int = 1) -> bool:
    """Five letters at least: a letter or a full stop is no reason that anybody can act on."""
    said = [word for word in text.split() if any(c.isalpha() for c in word)]
    return len(said) >= words and sum(c.isalpha() for c in text) >= 5


def listed(items: Sequence[str], joiner: str = "and") -> str:
    """a; a and b; a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joiner} {items[-1]}"


def quoted(names: Sequence[str]) -> str:
    """“a”, “b” and “c”."""
    return listed([f"“{name}”" for name in names])
