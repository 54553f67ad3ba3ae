"""`seed`: fill an empty database."""

import argparse
import json
from dataclasses import asdict

from alongside.ops import places

SUMMARY = "Fill an empty database: nothing, the demonstration, or a county's worth for measuring."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--scale",
        choices=("none", "demo", "county"),
        default="demo",
        help="none: tables only; demo: two invented councils; county: 110,000 pupils",
    )
    parser.add_argument(
        "--replace", action="store_true", help="empty the database first: everything in it is lost"
    )
    parser.add_argument("--json", action="store_true", help="print what was made as JSON")


def run(args: argparse.Namespace) -> int:
    from alongside.ops import boot, database
    from alongside.ops.seed.emptying import empty

    if places.mode() == "production":
        raise places.Problem("`seed` is for demonstrations and measuring, never for production.")
    with database.running() as databases:
        if args.replace:
            empty(databases)
        with boot.ready():
            from alongside.ops.seed.main import main

            made = main(args.scale)
    if args.json:
        print(json.dumps(asdict(made), indent=2))
    else:
        counts = ", ".join(f"{table} {rows:,}" for table, rows in made.counts.items())
        print(f"Filled in {made.seconds} s: {counts}")
    return 0
