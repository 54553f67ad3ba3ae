"""`bench`: how quick the pages and the import are, as ratios to something bare in the same run."""

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING

from alongside.ops import places

if TYPE_CHECKING:
    from alongside.ops.bench import Measured, Together
    from alongside.ops.bench_import import Imported

SUMMARY = "Measure the pages on the loaded data, and the import, each beside its bare equivalent."
DESCRIPTION = """\
Load the county first: python3 run.py seed --scale county (in a folder of its own: set ALONGSIDE_VAR).
Ratios are to the base: one indexed query, no layout, nobody signed in. A busy machine moves all of
them alike. “signed in” is the same page for somebody signed in: what the walls themselves cost.

The import reads a class list of 110,000 invented pupils into an empty council of a database made for
it and taken away again: read, matched, kept as a list to look at, then applied; and the same list once
more, which changes nothing (after the planner's own counting, as a minute later). Each is the whole command from start to end. Its base is a bare COPY of
the pupils so made into an empty table with the same columns and indexes. Take some minutes for it;
`--only import` measures nothing else.

With --json, a list of {"name", "median_ms", "p95_ms", "ratio", "queries", "bytes"}. `bytes` is the size
of a page's HTML; of an import, the most memory its process held at once (peak resident memory).
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = f"{SUMMARY}\n\n{DESCRIPTION}"
    parser.add_argument("--only", metavar="NAME", default="", help="only what has this in its name")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def run(args: argparse.Namespace) -> int:
    from alongside.ops import bench_import, boot

    if places.mode() == "production":
        raise places.Problem("`bench` signs in as invented people: it never runs in production.")
    os.environ["ALONGSIDE_BENCH"] = "1"
    rows: list[Measured | Together | Imported] = []
    with boot.ready():
        rows += measure_pages(args.only)
        boot.close_connections()
        if bench_import.is_wanted(args.only):
            rows += bench_import.measure()
    if args.json:
        print(json.dumps([found.as_json() for found in rows], indent=2))
    else:
        show(rows)
    return int(any(getattr(found, "errors", ()) for found in rows))


def measure_pages(only: str) -> "list[Measured | Together]":
    """The pages with these words in their names beside the base, and all of them at once."""
    from alongside.ops import bench, bench_import, bench_server, boot

    if only and any(only in name for name in bench_import.NAMES):
        return []
    from alongside.ops import bench_pages  # Models are there from here on.
    from alongside.ops.seed import county

    note("" if county.is_loaded() else "This is not the county: figures are of a smaller service.")
    pages, missing = bench_pages.pages()
    note(f"Not measured, the service has no such page: {', '.join(missing)}." if missing else "")
    wanted = [page for page in pages if page.name == bench_pages.BASE or only in page.name]
    boot.close_connections()
    with bench_server.running() as address:
        alone = bench.one_user(address, wanted)
        return [*alone, bench.together(address, alone)] if not only else [*alone]


def show(rows: "list[Measured | Together | Imported]") -> None:
    print(f"{'':24}{'median':>11}{'p95':>11}{'ratio':>8}{'queries':>9}{'KB':>7}   target")
    for found in rows:
        figures = found.as_json()
        missed = list(found.misses())
        print(
            f"{figures['name']:<24}{figures['median_ms']:>8.1f} ms{figures['p95_ms']:>8.1f} ms"
            f"{figures['ratio']:>6.1f} x{figures['queries']:>9}{size(figures['bytes'])}"
            f"   {'MISSED: ' + '; '.join(missed) if missed else aim(found)}"
        )


def size(number: int) -> str:
    """In kilobytes, as a page is; in megabytes, as the memory of an import is."""
    return f"{number / 1024:>7.1f}" if number < 1024**2 else f"{number / 1024**2:>5,.0f} M"


def aim(found: "Measured | Together | Imported") -> str:
    """What was to be kept to, and was."""
    if name := getattr(found, "name", ""):
        return "" if "COPY" in name else "met: 10 x COPY, 500 MB"
    target = getattr(getattr(found, "page", None), "target", None)
    if target is None:
        return "" if hasattr(found, "page") else "met: at most 4 x one user's p95, no error"
    more = f", p95 {target.p95:.0f} x, 15 queries, 60 KB" if target.p95 else ""
    return f"met: {target.median:.0f} x{more}"


def note(text: str) -> None:
    if text:
        print(text, file=sys.stderr)
