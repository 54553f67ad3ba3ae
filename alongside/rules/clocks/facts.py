"""What some clocks must know beside the date of the event: how notice was sent, when the exam is.

Facts come typed at a command line or from a file; both are read here, and refused in words.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from alongside.rules.calendar import SchoolCalendar
from alongside.rules.clocks.clock import Clock, ClockProblem
from alongside.rules.words import listed

SERVICES = ("first_class_post", "delivered")
SESSIONS = ("AM", "PM")


@dataclass(frozen=True, slots=True)
class Facts:
    """One event that starts a clock. `at` is its moment, for clocks that count hours."""

    clock: Clock
    trigger: date
    calendar: SchoolCalendar | None = None
    given: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    at: datetime | None = None

    @property
    def amount(self) -> int:
        limb = self.given.get("limb")
        return self.clock.limbs[limb] if limb else self.clock.amount


def read_facts(clock: Clock, given: Mapping[str, Any]) -> dict[str, Any]:
    """Every fact read by its kind. Raises ClockProblem for one unknown, unreadable or missing."""
    if not given and not clock.needs and not clock.limbs:
        return {}
    if unknown := sorted(set(given) - set(clock.facts)):
        takes = f"It takes {listed(clock.facts)}." if clock.facts else "It takes none."
        raise ClockProblem(f"{clock.id} takes no fact called “{unknown[0]}”. {takes}")
    wanted = (*clock.needs, *(("limb",) if clock.limbs else ()))
    for name in wanted:
        if given.get(name) in (None, ""):
            raise ClockProblem(f"{clock.id} needs {name}: {said(clock, name)}.")
    return {
        name: READERS[name](clock, value)
        for name, value in given.items()
        if value not in (None, "")
    }


def said(clock: Clock, name: str) -> str:
    """What a fact is and how it is written, for help and for what is missing."""
    if name == "limb":
        return f"which of its limits, {listed(list(clock.limbs), 'or')}"
    return HELP[name]


HELP = {
    "service": "how notice was sent, first_class_post or delivered; the trigger is then that day",
    "exam_on": "the date of the exam or test, such as 2026-05-12",
    "meeting_on": "the date of the meeting, such as 2026-05-12",
    "last_review_on": "when the plan was made or last reviewed, such as 2026-05-12",
    "certificate_issued_on": "when the mediation certificate was issued, such as 2026-05-12",
    "suspensions": 'every suspension, as [{"first_day": "2026-03-02", "school_days": 3}]',
    "absences": 'sessions and codes, as [["2026-03-02", "AM", "O"]]',
    "limb": "which of its limits",
}


def read_day(value: object, name: str) -> date:
    if type(value) is date:
        return value
    text = str(value).strip()
    try:
        if [text[4:5], text[7:8], len(text)] == ["-", "-", len("2026-03-02")]:
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ClockProblem(f"{name}: “{text}” is not a date. Write it as 2026-03-02.")


def read_trigger(value: object) -> tuple[date, datetime | None]:
    """A date, or a date and a time (2026-03-02T10:30) for what is counted in hours."""
    if type(value) is date:
        return value, None
    text = str(value).strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", text):
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            raise ClockProblem(
                f"trigger: “{text}” is not a date and a time. Write it as 2026-03-02T10:30."
            ) from None
        return at.date(), at
    return read_day(value, "trigger"), None


def _day_called(name: str) -> Callable[[Clock, Any], date]:
    return lambda clock, value: read_day(value, name)


def _choice(clock: Clock, value: Any, name: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise ClockProblem(f"{name}: “{value}” is none of {listed(choices, 'or')}.")
    return str(value)


def _listed_in(value: Any, name: str) -> list[Any]:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise ClockProblem(f"{name}: this is not a list. Write {HELP[name]}.") from None
    if not isinstance(value, list):
        raise ClockProblem(f"{name}: this is not a list. Write {HELP[name]}.")
    return value


def _suspensions(clock: Clock, value: Any) -> list[tuple[date, float]]:
    """First day and school days of each; half a day is 0.5."""
    found = []
    for entry in _listed_in(value, "suspensions"):
        if not isinstance(entry, Mapping) or not {"first_day", "school_days"} <= set(entry):
            raise ClockProblem(f"suspensions: “{entry}” is not one. Write {HELP['suspensions']}.")
        try:
            length = float(entry["school_days"])
        except (TypeError, ValueError):
            length = 0
        if not 0 < length <= 45:  # SI 2012/1033 reg 4, 13 and 22: 45 school days a year.
            raise ClockProblem(
                f"suspensions: “{entry['school_days']}” is not a number of school days, 0.5 to 45."
            )
        found.append((read_day(entry["first_day"], "first_day"), length))
    return sorted(found)


def _absences(clock: Clock, value: Any) -> list[tuple[date, str, str]]:
    found = []
    for entry in _listed_in(value, "absences"):
        if not isinstance(entry, list | tuple) or len(entry) != 3 or entry[1] not in SESSIONS:
            raise ClockProblem(f"absences: “{entry}” is not one. Write {HELP['absences']}.")
        found.append((read_day(entry[0], "absences"), str(entry[1]), str(entry[2]).upper()))
    return sorted(found)


READERS: dict[str, Callable[[Clock, Any], Any]] = {
    "service": lambda clock, value: _choice(clock, value, "service", SERVICES),
    "limb": lambda clock, value: _choice(clock, value, "limb", tuple(clock.limbs)),
    "exam_on": _day_called("exam_on"),
    "meeting_on": _day_called("meeting_on"),
    "last_review_on": _day_called("last_review_on"),
    "certificate_issued_on": _day_called("certificate_issued_on"),
    "suspensions": _suspensions,
    "absences": _absences,
}
