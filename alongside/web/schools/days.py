"""What a calendar screen says: the year as a picture, its terms and days as tables."""

from collections.abc import Iterable
from datetime import date, timedelta

from alongside.core.decisions import Decision
from alongside.rules.calendar import SchoolCalendar
from alongside.rules.numbers import number_in
from alongside.rules.words import count_of, day_in_words
from alongside.schools.models import NonTeachingDay, School, Term
from alongside.web.charts.year import Year, year
from alongside.web.templatetags.alongside import day as short_day

KINDS = (
    ("bank holiday", "bank"),
    ("closed", "closure"),
    ("training day", "inset"),
    ("half-term", "half_term"),
    ("school holiday", "holiday"),
)


def year_start(asked: str, today: date) -> int:
    """The calendar year in which the school year begins; 1 September to 31 August."""
    year = number_in(asked)
    if year and 2000 <= year <= 2100:
        return year
    return today.year if today.month >= 9 else today.year - 1


def years(start: int, url: str, calendar: SchoolCalendar) -> list[dict[str, object]]:
    return [
        {
            "label": f"{each} to {each + 1}",
            "url": f"{url}?year={each}",
            "count": None,
            "is_current": each == start,
        }
        for each in (start - 1, start, start + 1)
    ]


def chart(calendar: SchoolCalendar, start: int, today: date) -> Year:
    kinds, notes = {}, {}
    for on in _days(start):
        why = _why_not(calendar, on)
        if on.weekday() > 4 or why is None:
            continue
        kinds[on] = next((kind for said, kind in KINDS if why.startswith(said)), "term")
        if kinds[on] in ("bank", "closure"):
            notes[on] = why[:1].upper() + why[1:]
    first, last = date(start, 9, 1), date(start + 1, 8, 31)
    title = f"School year {start} to {start + 1}"
    return year(title=title, first=first, last=last, kinds=kinds, notes=notes, today=today)


def counted(calendar: SchoolCalendar, start: int) -> str:
    """How many school days the year has: far fewer than other schools, and something was left out."""
    total = sum(1 for on in _days(start) if _why_not(calendar, on) == "")
    return count_of(total, "school day") if total else ""


def _days(start: int) -> Iterable[date]:
    first = date(start, 9, 1)
    return (first + timedelta(days=n) for n in range((date(start + 1, 8, 31) - first).days + 1))


def _why_not(calendar: SchoolCalendar, on: date) -> str | None:
    """None where no term has been entered."""
    try:
        return calendar.why_not(on)
    except LookupError:
        return None


def second_line(school: School | None, terms: list[Term]) -> str:
    if school is None:
        return "Every school without terms of its own follows it."
    if not terms:
        return f"{school.name} follows the council's terms."
    return f"{school.name} has its own terms."


def term_table(terms: list[Term], url: str, may: Decision) -> dict[str, object]:
    return {
        "caption": "Terms",
        "columns": [{"label": label} for label in ("Term", "First day", "Half-term", "Last day")],
        "rows": [
            {
                "cells": [
                    {
                        "text": term.name,
                        "url": f"{url}terms/{term.pk}/" if may else "",
                        "second": term.source,
                    },
                    {"text": day_in_words(term.starts_on)},
                    {"text": _half(term)},
                    {"text": day_in_words(term.ends_on)},
                ]
            }
            for term in reversed(terms)
        ],
    }


def _half(term: Term) -> str:
    if not term.half_term_starts_on or not term.half_term_ends_on:
        return "–"
    return f"{short_day(term.half_term_starts_on)} to {short_day(term.half_term_ends_on)}"


def day_table(days: list[NonTeachingDay], url: str, may: Decision) -> dict[str, object]:
    return {
        "caption": "INSET days and closures",
        "columns": [{"label": label} for label in ("Day", "What", "Reason", "Learned")],
        "rows": [
            {
                "cells": [
                    {"text": _when(day), "url": f"{url}days/{day.pk}/" if may else ""},
                    {"text": day.get_kind_display()},
                    {"text": day.reason or "–"},
                    {"text": day_in_words(day.learned_on)},
                ]
            }
            for day in reversed(days)
        ],
    }


def _when(day: NonTeachingDay) -> str:
    if day.starts_on == day.ends_on:
        return day_in_words(day.starts_on)
    return f"{day_in_words(day.starts_on)} to {day_in_words(day.ends_on)}"
