"""`due`: when the law says something is due, with the working; one clock, or many from a file."""

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from alongside.rules.calendar import BeyondCalendar, CalendarError, SchoolCalendar
from alongside.rules.calendar_file import read_calendar
from alongside.rules.clocks.clock import CONFIDENCES, Answer, Clock, ClockProblem
from alongside.rules.clocks.due import work_out
from alongside.rules.clocks.facts import said
from alongside.rules.clocks.table import clocks, versions_of
from alongside.rules.words import weekday_in_words

SUMMARY = "Work out when a legal clock is due, with its working and its authority."
DESCRIPTION = """\
  run.py due EH04 --trigger 2026-03-02
  run.py due EX16 --trigger 2026-03-02 --arg service=first_class_post --calendar school.json
  run.py due EX16 --help        what this clock is and which facts it takes
  run.py due --list             every clock
  run.py due --batch cases.json --calendars folder --json

A calendar file has “terms” (name, start, half_term, end), “training_days” and “closures”. “due” is the
last day in time; “safe by” is earlier where the law can be read in two ways.
"""


class NameClock(argparse.Action):
    """Help asked after a clock's id also tells of that clock."""

    def __call__(self, parser: Any, namespace: Any, values: Any, option: Any = None) -> None:
        setattr(namespace, self.dest, values)
        if values:
            try:
                parser.epilog = "\n\n".join(about(clock) for clock in versions_of(values))
            except ClockProblem as problem:
                parser.epilog = str(problem)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = f"{SUMMARY}\n\n{DESCRIPTION}"
    parser.add_argument("clock", nargs="?", metavar="CLOCK_ID", action=NameClock, help="its id, such as EX11")  # fmt: skip
    parser.add_argument("--trigger", metavar="DATE", help="the date of the event that starts it")
    parser.add_argument("--calendar", type=Path, metavar="FILE", help="the school’s calendar")
    parser.add_argument("--arg", action="append", default=[], metavar="NAME=VALUE", help="a fact that this clock takes")  # fmt: skip
    parser.add_argument("--list", action="store_true", help="list every clock")
    parser.add_argument("--batch", type=Path, metavar="CASES", help="work out every case of a file")
    parser.add_argument("--calendars", type=Path, metavar="FOLDER", help="where the cases’ calendars lie")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")


def run(args: argparse.Namespace) -> int:
    from alongside.ops.places import CannotBegin

    try:
        if args.batch:
            return show_batch(args)
        if args.list:
            return show_list(args)
        if not args.clock or not args.trigger:
            raise CannotBegin(
                "Say which clock and the date that starts it: run.py due EH04 --trigger 2026-03-02."
                " `run.py due --list` names every clock."
            )
        calendar = calendar_from(args.calendar) if args.calendar else None
        answer = work_out(args.clock, args.trigger, calendar, dict(_facts(args.arg)))
    except (ClockProblem, BeyondCalendar, CalendarError) as problem:
        if args.json:
            print(json.dumps({"clock": args.clock, "trigger": args.trigger, "problem": str(problem)}, ensure_ascii=False))  # fmt: skip
            return CannotBegin.code
        raise CannotBegin(str(problem)) from None
    print(json.dumps(as_json(answer), indent=2, ensure_ascii=False) if args.json else text(answer))
    return 0


def as_json(answer: Answer) -> dict[str, Any]:
    clock = answer.clock
    return {
        "clock": clock.id,
        "trigger": _iso(answer.trigger),
        "due": _iso(answer.due),
        "safe_by": _iso(answer.safe_by),
        "authority": clock.authority,
        "confidence": clock.confidence,
        "in_force_from": _iso(clock.in_force_from),
        "working": [{**line._asdict(), "date": line.date.isoformat()} for line in answer.working],
    }


def text(answer: Answer) -> str:
    clock = answer.clock
    lines = [f"{clock.id}  {clock.actor}: {clock.duty}", f"From: {clock.trigger}, {weekday_in_words(answer.trigger)}", ""]  # fmt: skip
    due = weekday_in_words(answer.due) if answer.due else "no date: " + (clock.rule or clock.unit)
    lines.append(f"Due:      {due}")
    if answer.safe_by and answer.safe_by != answer.due:
        lines.append(f"Safe by:  {weekday_in_words(answer.safe_by)}")
    lines += ["", f"{clock.authority}", f"({CONFIDENCES[clock.confidence]})", ""]
    lines += [
        f"{line.date:%a %d %b %Y}  {line.n if line.n else '':>3}  {line.reason}"
        for line in answer.working
    ]
    return "\n".join(lines)


def about(clock: Clock) -> str:
    """The clock in words, for its help."""
    lines = [f"{clock.id}  {clock.actor}: {clock.duty}", f"  from: {clock.trigger}"]
    if clock.rule:
        lines.append(f"  counted: {clock.rule}")
    if clock.exceptions:
        lines.append(f"  except: {clock.exceptions}")
    begun = f", in force from {clock.in_force_from}" if clock.in_force_from else ""
    ended = f" to {clock.in_force_to}" if clock.in_force_to else ""
    if clock.in_force_note:
        lines.append(f"  note: {clock.in_force_note}")
    lines.append(f"  authority: {clock.authority}{begun}{ended} ({CONFIDENCES[clock.confidence]})")
    for name in clock.facts:
        need = "needs" if name in clock.needs or name == "limb" else "takes"
        lines.append(f"  {need} --arg {name}=…: {said(clock, name)}")
    if clock.unit in ("school day", "session", "term"):
        lines.append("  needs --calendar: it counts by the school’s own calendar")
    return "\n".join(lines)


def show_list(args: argparse.Namespace) -> int:
    newest = [versions[-1] for versions in clocks().values()]
    if args.json:
        print(json.dumps([{"clock": c.id, "area": c.area, "actor": c.actor, "duty": c.duty, "trigger": c.trigger, "facts": c.facts} for c in newest], indent=2, ensure_ascii=False))  # fmt: skip
        return 0
    for clock in newest:
        print(f"{clock.id:<6}{clock.area:<28}{clock.actor}: {clock.duty}")
    return 0


def show_batch(args: argparse.Namespace) -> int:
    found = list(batch(read_cases(args.batch), args.calendars))
    if args.json:
        print(json.dumps(found, indent=1, ensure_ascii=False))
        return 0
    for case in found:
        said = case.get("problem") or f"{case['due'] or 'no date':<12}safe by {case['safe_by'] or 'no date'}"  # fmt: skip
        print(f"{case['id']:<10}{said}")
    return 0


def read_cases(path: Path) -> list[Mapping[str, Any]]:
    cases = _json(path)
    if not isinstance(cases, list) or not all(isinstance(case, dict) for case in cases):
        raise ClockProblem(f"{path.name} is not a list of cases. Each is an object with a clock.")
    return cases


def batch(cases: list[Mapping[str, Any]], folder: Path | None) -> Iterator[dict[str, Any]]:
    """Each case's dates, or what is wrong with it: one bad case stops no other."""
    known: dict[str, SchoolCalendar] = {}
    for case in cases:
        name = case.get("calendar")
        try:
            if name and name not in known:
                known[name] = calendar_from(_in(folder, str(name)))
            args = case.get("args") or {}
            if not isinstance(args, dict):
                raise ClockProblem("args is not an object of facts, such as {“limb”: “final”}.")
            answer = work_out(str(case.get("clock", "")), case.get("trigger", ""), known.get(name or ""), args)  # fmt: skip
        except (ClockProblem, BeyondCalendar, CalendarError) as problem:
            yield {"id": case.get("id"), "problem": str(problem)}
        else:
            yield {"id": case.get("id"), "due": _iso(answer.due), "safe_by": _iso(answer.safe_by)}


def _in(folder: Path | None, name: str) -> Path:
    if folder is None:
        raise ClockProblem(f"The case names the calendar “{name}”. Say where it lies: --calendars.")
    if Path(name).name != name:
        raise ClockProblem(f"“{name}” is not the name of a calendar in the folder.")
    return folder / f"{name}.json"


def calendar_from(path: Path) -> SchoolCalendar:
    data = _json(path)
    if not isinstance(data, dict):
        raise ClockProblem(f"{path.name} is not a calendar: it should be an object with “terms”.")
    try:
        return read_calendar(data)
    except (AttributeError, TypeError, KeyError):
        raise ClockProblem(
            f"{path.name} is not a calendar. It has “terms”, “training_days” and “closures”, each a list."
        ) from None


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ClockProblem(f"There is no file {path}.") from None
    except OSError as error:
        raise ClockProblem(f"{path} cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise ClockProblem(f"{path.name} is not JSON: {error}.") from None


def _facts(given: list[str]) -> Iterator[tuple[str, str]]:
    for fact in given:
        name, equals, value = fact.partition("=")
        if not equals:
            raise ClockProblem(f"--arg {fact}: write a name and a value, such as limb=final.")
        yield name.strip(), value.strip()


def _iso(day: Any) -> str | None:
    return None if day is None else day.isoformat(*(["minutes"] if hasattr(day, "hour") else []))
