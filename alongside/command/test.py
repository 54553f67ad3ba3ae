"""`test`: the whole suite, browser journeys included, on a database of its own."""

import argparse
import os
import subprocess
import sys

SUMMARY = "Run the tests, browser journeys included. What follows is passed on to pytest."
PASSES_ON = True
NOT_CONTEXTS = {"rules", "web", "journeys", "ops", "exchange", "documents"}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--wall", action="store_true", help="only the contexts: walls, policies, actions, queries"
    )


def run(args: argparse.Namespace) -> int:
    from alongside.ops import chromium, database, places
    from alongside.ops.say import say

    os.environ["ALONGSIDE_VAR"] = str(places.var() / "test")
    os.environ["ALONGSIDE_MODE"] = "test"
    chosen = walled() if args.wall else []
    if not args.rest:  # The whole suite: on every core, each file staying on one.
        chosen += ["-n", str(min(os.cpu_count() or 1, 8)), "--dist", "loadfile"]
        chosen += ["--no-loadscope-reorder"]  # The order that tests/conftest.py puts them in.
    if not args.wall:
        os.environ["ALONGSIDE_CHROMIUM"] = chromium.find_or_install()
        say(f"Browser: {os.environ['ALONGSIDE_CHROMIUM']}")
    with database.server() as server:
        with database.connect(server.url) as admin:
            say(f"Database: PostgreSQL {admin.info.parameter_status('server_version')}")
        command = [sys.executable, "-m", "pytest", *chosen, *args.rest]
        return subprocess.run(command, cwd=places.PROJECT, check=False).returncode


def walled() -> list[str]:
    """The contexts, where every test meets the database: walls, policies, actions and queries."""
    from alongside.ops.places import PROJECT

    found = (path.parent for path in (PROJECT / "tests").glob("*/test_*.py"))
    return sorted({str(path) for path in found if path.name not in NOT_CONTEXTS})
