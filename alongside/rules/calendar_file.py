"""Reads and writes a school calendar as plain JSON values. Opens no file itself."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from alongside.rules.calendar import (
    CalendarError,
    CalendarProblem,
    Closure,
    SchoolCalendar,
    Term,
    find_problems,
)

type Problems = list[CalendarProblem]

_ORDINAL = {"start": "first", "end": "last"}


def read_calendar(data: Mapping[str, Any]) -> SchoolCalendar:
    """From `{"terms": [{"name", "start", "half_term", "end"}], "training_days", "closures"}`."""
    problems: Problems = []
    terms = tuple(_terms(data.get("terms") or [], problems))
    inset = _listed(data, "training_days", "Training days", problems)
    training = [_day(value, "Training days", problems) for value in inset]
    closures = tuple(_closures(_listed(data, "closures", "Closures", problems), problems))
    problems += find_problems(terms, closures)
    if problems:
        raise CalendarError(problems)
    return SchoolCalendar(terms, frozenset(day for day in training if day), closures)


def write_calendar(calendar: SchoolCalendar) -> dict[str, Any]:
    return {
        "terms": [
            {
                "name": term.name,
                "start": term.start.isoformat(),
                "half_term": [d.isoformat() for d in term.half_term] if term.half_term else None,
                "end": term.end.isoformat(),
            }
            for term in calendar.terms
        ],
        "training_days": [day.isoformat() for day in sorted(calendar.training_days)],
        "closures": [
            {
                "first": each.first.isoformat(),
                "last": each.last.isoformat(),
                "reason": each.reason,
                "learned_on": each.learned_on.isoformat() if each.learned_on else None,
            }
            for each in calendar.closures
        ],
    }


def _listed(data: Mapping[str, Any], key: str, called: str, problems: Problems) -> list[Any]:
    found = data.get(key) or []
    if isinstance(found, list):
        return found
    problems.append(
        CalendarProblem(called, f"{called}: “{found}” is not a list.", "Write [ and ] round it.")
    )
    return []


def _terms(entries: list[Mapping[str, Any]], problems: Problems) -> Iterator[Term]:
    for number, entry in enumerate(entries, 1):
        name = str(entry.get("name") or "")
        called = name or f"Term {number}"
        before = len(problems)
        start = _required(entry, "start", called, problems)
        end = _required(entry, "end", called, problems)
        half_term = _half_term(entry.get("half_term"), called, problems)
        if start and end and len(problems) == before:
            yield Term(start, end, name, half_term)


def _required(entry: Mapping[str, Any], key: str, called: str, problems: Problems) -> date | None:
    if not entry.get(key):
        problems.append(
            CalendarProblem(
                called, f"{called} has no {key} date.", f"Enter its {_ORDINAL[key]} day."
            )
        )
        return None
    return _day(entry[key], called, problems)


def _half_term(value: Any, called: str, problems: Problems) -> tuple[date, date] | None:
    if not value:
        return None
    if not isinstance(value, list | tuple) or len(value) != 2:
        problems.append(
            CalendarProblem(
                called,
                f"The half-term of {called} needs a first and a last day.",
                "Write both in a list.",
            )
        )
        return None
    first, last = (_day(each, called, problems) for each in value)
    return (first, last) if first and last else None


def _closures(entries: list[Mapping[str, Any]], problems: Problems) -> Iterator[Closure]:
    """One day as `date`, or several as `first` and `last`."""
    for entry in entries:
        reason = str(entry.get("reason") or "no reason given")
        first = _day(entry.get("first") or entry.get("date"), reason, problems)
        last = _day(entry["last"], reason, problems) if entry.get("last") else first
        learned = entry.get("learned_on")
        learned_on = _day(learned, reason, problems) if learned else None
        if first and last:
            yield Closure(first, last, reason, learned_on)


def _day(value: object, where: str, problems: Problems) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        problems.append(
            CalendarProblem(where, f"{where}: “{value}” is not a date.", "Write it as 2026-09-01.")
        )
        return None
