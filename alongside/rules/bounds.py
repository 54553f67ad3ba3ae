"""How far away a day may be before it is surely a slip of the fingers. Pure; says so in words."""

from datetime import date, timedelta

from alongside.rules.words import day_in_words

YEAR = timedelta(days=366)


def too_far(day: date, *, ahead_of: date, years: int = 1) -> str:
    """What to say of a day more than so many years after another; empty when it is not."""
    latest = ahead_of + years * YEAR
    if day <= latest:
        return ""
    return f"{day_in_words(day)} is a long way ahead. Enter a day up to {day_in_words(latest)}."


def too_long_ago(day: date, *, before: date, years: int = 1) -> str:
    """What to say of a day more than so many years before another; empty when it is not."""
    earliest = before - years * YEAR
    if day >= earliest:
        return ""
    return f"{day_in_words(day)} is long ago. Enter a day from {day_in_words(earliest)} on."
