"""`import schools`: the register into one council, made first when asked."""

import argparse
from pathlib import Path
from typing import Any

from alongside.command import importing
from alongside.command.importing import (
    CANNOT_START,
    Stop,
    as_council,
    council_code,
    council_codes,
    read,
    step,
    told,
)
from alongside.exchange.problems import Problem

SUMMARY = "Load the Department for Education's register of schools (csv or zip)."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="such as edubasealldata.csv")
    parser.add_argument(
        "--links", type=Path, metavar="FILE", help="who followed whom: links_edubasealldata.csv"
    )
    parser.add_argument("--council", required=True, metavar="CODE", help="its code, such as 821")
    parser.add_argument(
        "--create-council",
        action="store_true",
        help="make the council from the file when there is none with this code",
    )
    parser.add_argument("--json", action="store_true", help="print the outcome as JSON")


def run(args: argparse.Namespace) -> int:
    return importing.answer(args, lambda: load(args), lambda why: outcome(rejected=[why]))


def outcome(**counted: Any) -> dict[str, Any]:
    from alongside.exchange.schools import Report

    return Report(**counted).as_dict()


def load(args: argparse.Namespace) -> tuple[dict[str, Any], list[str], int]:
    from alongside.exchange import schools

    code = council_code(args.council)
    content = read(args.file)
    links = read(args.links) if args.links else None
    with step(f"Reading {args.file.name}"):
        register = schools.read_register(content, links, code)
    if register.is_unreadable or (register.rejected and not register.read):
        return not_loaded(args.file.name, register, register.rejected)
    if not register.schools:
        return not_loaded(
            args.file.name, register, [*register.rejected, schools.not_here(register)]
        )
    if args.create_council and code not in council_codes():
        make_council(code, register.name)
    with step("Loading the schools"), as_council(code) as actor:
        report = schools.apply_register(actor=actor, register=register, source=args.file.name)
        council = actor.council_name
    became = (
        f"{report.created:,} created, {report.updated:,} updated, {report.unchanged:,} unchanged"
    )
    lines = [
        f"{report.read:,} lines read. Schools of {council}: {became}.",
        f"{report.other_council:,} of other councils were left alone.",
    ]
    if report.rejected:
        lines += [f"{len(report.rejected):,} things could not be read:", *told(report.rejected)]
    return report.as_dict(), lines, 0


def not_loaded(
    name: str, register: Any, why: list[Problem]
) -> tuple[dict[str, Any], list[str], int]:
    counted = outcome(read=register.read, other_council=register.others.total(), rejected=why)
    return counted, [f"{name} was not loaded; nothing changed.", *told(why)], CANNOT_START


def make_council(code: str, name: str) -> None:
    """As the owner of the tables: no actor may make a council."""
    from django.db import connections

    from alongside.core.actions import create_council

    if "owner" not in connections:
        raise Stop(
            "Making a council needs the owner of the tables.",
            "Set DATABASE_OWNER_URL for this command.",
        )
    create_council(code=code, name=name or f"Council {code}")
