"""The clocks as data: `limits/*.toml`, an entry for each limit between the dates it stood."""

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from alongside.rules.clocks.clock import Clock, ClockProblem
from alongside.rules.words import day_in_words

LIMITS = Path(__file__).parent / "limits"
NUMBERS = (
    "day",
    "month",
    "at_most",
    "safe_amount",
)  # What single countings need beside the amount.


@cache
def clocks() -> Mapping[str, tuple[Clock, ...]]:
    """Every clock by its id, each with what it was from time to time, oldest first."""
    found: dict[str, list[Clock]] = {}
    for path in sorted(LIMITS.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["clock"]:
            clock = _clock(entry)
            found.setdefault(clock.id, []).append(clock)
    return MappingProxyType(
        {id: tuple(sorted(each, key=_begun)) for id, each in sorted(found.items())}
    )


def clock_on(clock_id: str, on: date) -> Clock:
    """The clock as it stood on this day.

    Raises ClockProblem when there is no such clock, or it was not in force on that day.
    """
    stood = versions_of(clock_id)
    found = next((clock for clock in stood if clock.was_in_force(on)), None)
    if found is None:
        raise ClockProblem(_not_in_force(stood, on))
    if not found.is_in_force:
        raise ClockProblem(f"{found.id} is not in force, so no date is worked out. {found.rule}")
    return found


def versions_of(clock_id: str) -> tuple[Clock, ...]:
    known = clocks()
    if clock_id.upper() not in known:
        near = difflib.get_close_matches(clock_id.upper(), known, n=3, cutoff=0.5)
        meant = f" Did you mean {' or '.join(near)}?" if near else ""
        raise ClockProblem(
            f"There is no clock “{clock_id}”.{meant} `python3 run.py due --list` names them all."
        )
    return known[clock_id.upper()]


def _clock(entry: Mapping[str, Any]) -> Clock:
    known = {field.name for field in fields(Clock)}
    given = {name: value for name, value in entry.items() if name not in NUMBERS}
    if unknown := set(given) - known:
        raise ValueError(f"{entry.get('id')}: a clock has no {', '.join(sorted(unknown))}.")
    for name in ("needs", "takes"):
        given[name] = tuple(given.get(name, ()))
    given["limbs"] = MappingProxyType(given.get("limbs", {}))
    given["numbers"] = MappingProxyType({name: entry[name] for name in NUMBERS if name in entry})
    return Clock(**given)


def _begun(clock: Clock) -> date:
    return clock.in_force_from or date.min


def _not_in_force(stood: tuple[Clock, ...], on: date) -> str:
    return f"{stood[0].id} was not in force on {day_in_words(on)}. " + " ".join(_stood(stood))


def _stood(stood: tuple[Clock, ...]) -> Iterator[str]:
    for clock in stood:
        begun = f"It began on {day_in_words(_begun(clock))}"
        ended = f" and ended on {day_in_words(clock.in_force_to)}" if clock.in_force_to else ""
        yield f"{begun}{ended}."
