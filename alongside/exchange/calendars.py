"""Reads a file of term dates and brings a council or one school to it."""

import json
from collections.abc import Iterator
from typing import Any

from alongside.core.actor import Actor
from alongside.duties.recounting import recount
from alongside.exchange.problems import Problem
from alongside.rules.calendar import CalendarError, SchoolCalendar
from alongside.rules.calendar_file import read_calendar
from alongside.rules.words import day_in_words
from alongside.schools.actions.calendar import LONGEST_TERM, Entered, load_calendar
from alongside.schools.models import School

EXAMPLE = (
    'Such a file has {"terms": [{"name": "Autumn", "start": "2026-09-01",'
    ' "half_term": ["2026-10-26", "2026-10-30"], "end": "2026-12-18"}]}.'
)


def read_terms(content: bytes) -> SchoolCalendar | list[Problem]:
    """The calendar of a file, or everything that is wrong with it."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return [Problem(None, "", "The file is not text.", EXAMPLE)]
    except RecursionError:
        return [Problem(None, "", "The file holds lists within lists without end.", EXAMPLE)]
    except json.JSONDecodeError as error:
        return [Problem(error.lineno, "", f"The file is not whole JSON: {error.msg}.", EXAMPLE)]
    if not isinstance(data, dict) or not isinstance(data.get("terms"), list) or not data["terms"]:
        return [Problem(None, "terms", "The file has no list of terms.", EXAMPLE)]
    if not all(isinstance(term, dict) for term in data["terms"]):
        return [Problem(None, "terms", "A term of the file is not written as one.", EXAMPLE)]
    try:
        calendar = read_calendar(data)
        return list(_not_kept(calendar)) or calendar
    except CalendarError as error:
        return [Problem(None, each.where, each.problem, each.remedy) for each in error.problems]
    except (TypeError, AttributeError, ValueError):
        return [Problem(None, "", "The file is not written as term dates are.", EXAMPLE)]


def _not_kept(calendar: SchoolCalendar) -> Iterator[Problem]:
    """What no calendar here holds, though nothing in it contradicts itself."""
    for term in calendar.terms:
        if term.end == term.start or term.end - term.start > LONGEST_TERM:
            first, last = day_in_words(term.start), day_in_words(term.end)
            problem = f"No term lasts from {first} to {last}."
            yield Problem(None, term.called, problem, "Correct one of the two dates.")
        elif term.half_term and not (
            term.start < term.half_term[0] and term.half_term[1] < term.end
        ):
            problem = f"The half-term of {term.called} has no school on one side of it."
            yield Problem(None, term.called, problem, "Correct its dates, or those of the term.")


def apply_terms(
    *, actor: Actor, school: School | None, calendar: SchoolCalendar, source: str
) -> Entered:
    entered = load_calendar(actor=actor, school=school, calendar=calendar, source=source)
    entered.moved = recount(actor=actor, school=school)
    return entered


def as_dict(entered: Entered, problems: list[Problem]) -> dict[str, Any]:
    return {**vars(entered), "rejected": [each.as_dict() for each in problems]}
