"""What the three imports share at the terminal: opening the file, finding the council, the answer.

Nothing but the answer is printed to standard output when `--json` is asked for.
"""

import argparse
import contextlib
import gc
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from alongside.core import decisions
from alongside.exchange.problems import Problem
from alongside.ops.say import step

CANNOT_START = 2
LARGEST_BYTES = 300 * 1024 * 1024
SHOWN = 20


class Stop(Exception):
    """The import cannot be done: what is so and what to do, for the person at the terminal."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(f"{problem} {remedy}".strip())


def answer(
    args: argparse.Namespace,
    work: Callable[[], tuple[dict[str, Any], list[str], int]],
    nothing: Callable[[Problem], dict[str, Any]],
) -> int:
    """Do the work and print its answer, as JSON when asked; or say why it cannot be done.

    `nothing` is the answer of an import that could not begin, so that `--json` always prints one.
    """
    try:
        with contextlib.redirect_stdout(sys.stderr) if args.json else contextlib.nullcontext():
            found, lines, code = _done(work)
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        if args.json:
            problem = Problem(None, "", stop.problem, stop.remedy)
            print(json.dumps(nothing(problem), ensure_ascii=False))
        return CANNOT_START
    print(json.dumps(found, ensure_ascii=False) if args.json else "\n".join(lines))
    return code


def _done(work: Callable[[], tuple[dict[str, Any], list[str], int]]) -> Any:
    """What an action refuses, such as a file that is too large, stops the import in its words."""
    try:
        return work()
    except decisions.Problem as problem:
        raise Stop(problem.message, "Nothing changed.") from None
    except decisions.Refused as refused:
        raise Stop(refused.reason, "Nothing changed.") from None


def read(path: Path) -> bytes:
    """The file's bytes, or why they cannot be had."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise Stop(f"{path} is larger than 300 MB.", "Divide it into smaller files.")
        return path.read_bytes()
    except FileNotFoundError:
        raise Stop(f"There is no file {path}.", "Check its name and folder.") from None
    except IsADirectoryError:
        raise Stop(f"{path} is a folder.", "Name the file in it.") from None
    except PermissionError:
        raise Stop(f"{path} may not be read by you.", "Ask its owner for the right to.") from None
    except OSError as error:
        raise Stop(f"{path} cannot be read: {error.strerror}.", "Choose another.") from None


@contextlib.contextmanager
def without_collecting() -> Iterator[None]:
    """No looking for cycles among a hundred thousand lines that have none: a fifth of the reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextlib.contextmanager
def as_council(code: str) -> Iterator[Any]:
    """One transaction in the name of the council's system, or what to do when there is none."""
    from alongside.core.actor import NoActor, acting_as_system

    try:
        with acting_as_system(code) as actor:
            yield actor
    except NoActor:
        raise Stop(*unknown_council(code)) from None


@contextlib.contextmanager
def at_school(urn: str, code: str | None) -> Iterator[tuple[Any, Any]]:
    """The council's system and one of its schools, found by URN among all councils here."""
    from alongside.schools.models import School

    if not urn.strip().isdigit():
        raise Stop(f"“{urn}” is not a URN.", "Write its six digits.")
    holders = []
    for each in [code] if code else council_codes():
        with as_council(each):
            if School.objects.filter(urn=int(urn)).exists():
                holders.append(each)
    if not holders:
        where = f"Council {code} has" if code else "There is"
        raise Stop(f"{where} no school with the URN {urn}.", "Load the register first.")
    if len(holders) > 1:
        raise Stop(
            f"Councils {' and '.join(holders)} have this school.", "Say which: --council CODE."
        )
    with as_council(holders[0]) as actor:
        yield actor, School.objects.select_related("place").get(urn=int(urn))


def council_codes() -> list[str]:
    from alongside.core import actor

    return actor.council_codes()


def council_code(text: str) -> str:
    """821, also from 21 as a spreadsheet writes 021; or why this is no council's number."""
    if not re.fullmatch(r"[0-9]{1,3}", text.strip()):
        raise Stop(
            f"“{text}” is not a council's number, which has three digits.", "Write it such as 821."
        )
    return text.strip().zfill(3)


def unknown_council(code: str) -> tuple[str, str]:
    known = council_codes()
    here = f"Here are: {', '.join(known)}." if known else "There is no council here yet."
    make = f"run.py import schools FILE --council {code} --create-council"
    return (
        f"There is no council with the code {code}. {here}",
        f"Check the code, or make the council from a register of schools with: {make}",
    )


def told(problems: list[Any]) -> Iterator[str]:
    """The first problems in words, and how many more there are."""
    for problem in problems[:SHOWN]:
        yield f"  {problem}"
    if len(problems) > SHOWN:
        yield f"  … and {len(problems) - SHOWN:,} more. All of them: --json"


__all__ = [
    "CANNOT_START",
    "Stop",
    "answer",
    "as_council",
    "at_school",
    "council_code",
    "council_codes",
    "step",
    "told",
]
