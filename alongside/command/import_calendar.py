"""`import calendar`: term dates of a council or one school."""

import argparse
from pathlib import Path
from typing import Any

from alongside.command import importing
from alongside.command.importing import CANNOT_START, Stop, as_council, at_school, read, told
from alongside.exchange.problems import Problem

SUMMARY = "Read terms, half-terms, INSET days and closures (json) of a council or a school."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="such as terms.json")
    parser.add_argument("--council", metavar="CODE", help="the council's code, such as 821")
    parser.add_argument("--school", metavar="URN", help="for one school instead of the council")
    parser.add_argument("--json", action="store_true", help="print the outcome as JSON")


def run(args: argparse.Namespace) -> int:
    return importing.answer(args, lambda: load(args), nothing)


def nothing(why: Problem) -> dict[str, Any]:
    from alongside.exchange import calendars
    from alongside.schools.actions.calendar import Entered

    return calendars.as_dict(Entered(), [why])


def load(args: argparse.Namespace) -> tuple[dict[str, Any], list[str], int]:
    from alongside.exchange import calendars
    from alongside.schools.actions.calendar import Entered

    if not args.council and not args.school:
        raise Stop("Say whose dates these are:", "--council CODE or --school URN.")
    calendar = calendars.read_terms(read(args.file))
    if isinstance(calendar, list):
        lines = [f"{args.file.name} was not loaded; nothing changed.", *told(calendar)]
        return calendars.as_dict(Entered(), calendar), lines, CANNOT_START
    whose: Any = at_school(args.school, args.council) if args.school else as_council(args.council)
    with whose as found:
        actor, school = found if isinstance(found, tuple) else (found, None)
        entered = calendars.apply_terms(
            actor=actor, school=school, calendar=calendar, source=args.file.name
        )
        name = school.name if school else actor.council_name
    became = f"{entered.created} entered, {entered.removed} replaced, {entered.unchanged} unchanged"
    lines = [f"Terms and days of {name}: {became}."]
    return calendars.as_dict(entered, []), [*lines, *calendar.warnings()], 0
