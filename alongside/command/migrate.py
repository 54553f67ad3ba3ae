"""`migrate`: the tables and their walls, as the owner."""

import argparse

SUMMARY = "Bring the tables, policies and grants up to date, as the owner of the database."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing when it goes well")


def run(args: argparse.Namespace) -> int:
    from alongside.ops import boot, migrating

    with boot.ready(migrates=False):
        migrating.migrate(verbosity=0 if args.quiet else 1)
    return 0
