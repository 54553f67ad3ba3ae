"""`test`: the whole suite, browser journeys included, on a database of its own."""

import argparse
import os
import subprocess
import sys

SUMMARY = "Run the tests, browser journeys included. What follows is passed on to pytest."
PASSES_ON = True
WALLS = "(wall or policy or policies or action or actions) and not journey"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--wall", action="store_true", help="only the walls, policies and actions (any PostgreSQL)"
    )


def run(args: argparse.Namespace) -> int:
    from alongside.ops import chromium, database, places
    from alongside.ops.say import say

    os.environ["ALONGSIDE_VAR"] = str(places.var() / "test")
    os.environ["ALONGSIDE_MODE"] = "test"
    chosen = ["-k", WALLS] if args.wall else []
    if not args.wall:
        os.environ["ALONGSIDE_CHROMIUM"] = chromium.find_or_install()
        say(f"Browser: {os.environ['ALONGSIDE_CHROMIUM']}")
    with database.server() as server:
        with database.connect(server.url) as admin:
            say(f"Database: PostgreSQL {admin.info.parameter_status('server_version')}")
        command = [sys.executable, "-m", "pytest", *chosen, *args.rest]
        return subprocess.run(command, cwd=places.PROJECT, check=False).returncode
