"""`backup`: the database and the files in one tar."""

import argparse
import dataclasses
import json
from pathlib import Path

SUMMARY = "Write the records and files into one backup file; the service may go on running."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="such as backup.tar")
    parser.add_argument(
        "--replace",
        action="store_true",
        help="write over a backup of this name, once the new one is whole",
    )
    parser.add_argument("--json", action="store_true", help="print what was written as JSON")


def run(args: argparse.Namespace) -> int:
    from alongside.ops import backup, database
    from alongside.ops.places import CannotBegin

    if args.file.exists() and not args.replace:
        raise CannotBegin(
            f"There is a file {args.file} already, and it was left as it is. Name another, or add"
            " --replace to write over it."
        )
    with database.running() as databases:
        made = backup.back_up(databases.owner_url, args.file.absolute())
    if args.json:
        print(json.dumps(dataclasses.asdict(made)))
    else:
        print(
            f"{made.rows:,} rows of {made.tables} tables and {made.files:,} files are in {made.file}."
        )
        print("It holds personal records: keep it where only those who may read them can.")
    return 0
