"""`bench`: how quick the pages are, as ratios to a bare page of the same server in the same run."""

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING

from alongside.ops import places

if TYPE_CHECKING:
    from alongside.ops.bench import Measured, Together

SUMMARY = "Measure the pages on the loaded data, each beside a bare page of the same server."
DESCRIPTION = """\
Load the county first: python3 run.py seed --scale county (in a folder of its own: set ALONGSIDE_VAR).
Ratios are to the base: one indexed query, no layout, nobody signed in. A busy machine moves all of
them alike. “signed in” is the same page for somebody signed in: what the walls themselves cost.

The import of 110,000 pupils is not measured yet.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = f"{SUMMARY}\n\n{DESCRIPTION}"
    parser.add_argument(
        "--only", metavar="NAME", default="", help="only pages with this in the name"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def run(args: argparse.Namespace) -> int:
    from alongside.ops import bench, bench_server, boot

    if places.mode() == "production":
        raise places.Problem("`bench` signs in as invented people: it never runs in production.")
    os.environ["ALONGSIDE_BENCH"] = "1"
    with boot.ready():
        from alongside.ops import bench_pages  # Models are there from here on.
        from alongside.ops.seed import county

        note(
            ""
            if county.is_loaded()
            else "This is not the county: figures are of a smaller service."
        )
        pages, missing = bench_pages.pages()
        note(
            f"Not measured, the service has no such page: {', '.join(missing)}." if missing else ""
        )
        wanted = [p for p in pages if p.name == bench_pages.BASE or args.only in p.name]
        boot.close_connections()
        with bench_server.running() as address:
            alone = bench.one_user(address, wanted)
            at_once = bench.together(address, alone) if not args.only else None
    rows: list[Measured | Together] = [*alone, *([at_once] if at_once else [])]
    if args.json:
        print(json.dumps([found.as_json() for found in rows], indent=2))
    else:
        show(rows)
    return int(bool(at_once and at_once.errors))


def show(rows: "list[Measured | Together]") -> None:
    print(f"{'':24}{'median':>9}{'p95':>9}{'ratio':>8}{'queries':>9}{'KB':>7}   target")
    for found in rows:
        figures = found.as_json()
        missed = list(found.misses())
        print(
            f"{figures['name']:<24}{figures['median_ms']:>6.1f} ms{figures['p95_ms']:>6.1f} ms"
            f"{figures['ratio']:>6.1f} x{figures['queries']:>9}{figures['bytes'] / 1024:>7.1f}"
            f"   {'MISSED: ' + '; '.join(missed) if missed else aim(found)}"
        )


def aim(found: "Measured | Together") -> str:
    """What was to be kept to, and was."""
    target = getattr(getattr(found, "page", None), "target", None)
    if target is None:
        return "" if hasattr(found, "page") else "met: at most 4 x one user's p95, no error"
    more = f", p95 {target.p95:.0f} x, 15 queries, 60 KB" if target.p95 else ""
    return f"met: {target.median:.0f} x{more}"


def note(text: str) -> None:
    if text:
        print(text, file=sys.stderr)
