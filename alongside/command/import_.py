"""`import KIND`: what comes in from files. Each kind is a module import_KIND, shaped like a verb."""

import argparse
import contextlib
import importlib
import importlib.util
import sys

SUMMARY = "Load schools, pupils, term dates or a council's pack from files."
KINDS = ("schools", "pupils", "calendar", "pack")
EXAMPLES = """\
examples:
  run.py import schools edubasealldata.csv --links links.csv --council 821
  run.py import pupils class7b.xlsx --school 109534            (shows; changes nothing)
  run.py import pupils class7b.xlsx --school 109534 --apply
  run.py import calendar terms.json --council 821
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = EXAMPLES
    kinds = parser.add_subparsers(title="what to load", metavar="KIND", required=True)
    for kind in KINDS:
        name = f"alongside.command.import_{kind}"
        if not importlib.util.find_spec(name):
            continue
        module = importlib.import_module(name)
        part = kinds.add_parser(
            kind, help=module.SUMMARY, description=module.SUMMARY, allow_abbrev=False
        )
        part.set_defaults(kind=module)
        module.configure(part)


def run(args: argparse.Namespace) -> int:
    from alongside.ops import boot

    with contextlib.ExitStack() as stack:
        # What starts the database speaks too; with --json only the answer goes to standard output.
        quiet = contextlib.redirect_stdout(sys.stderr)
        with quiet if getattr(args, "json", False) else contextlib.nullcontext():
            stack.enter_context(boot.ready())
        return int(args.kind.run(args) or 0)
