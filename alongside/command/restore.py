"""`restore`: put a backup back, all of it or nothing."""

import argparse
import dataclasses
import json
from pathlib import Path

SUMMARY = "Put a backup back into an empty database, or with --replace in place of what is there."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that backup wrote")
    parser.add_argument(
        "--replace", action="store_true", help="remove the records that are there now"
    )
    parser.add_argument("--json", action="store_true", help="print what was restored as JSON")


def run(args: argparse.Namespace) -> int:
    from alongside.ops import backup, boot, database

    with database.running() as databases:
        restored = backup.restore(databases.owner_url, args.file.absolute(), replaces=args.replace)
        with boot.ready():  # Newer code than the backup: its tables are brought up to date at once.
            pass
    if args.json:
        print(json.dumps(dataclasses.asdict(restored)))
    else:
        print(
            f"{restored.rows:,} rows of {restored.tables} tables and {restored.files:,} files are back."
        )
        print(
            "Every count is as the backup promised. Prove the audit trail with: run.py audit verify"
        )
    return 0
