"""`import KIND`: what comes in from files. Each kind is a module import_KIND, shaped like a verb."""

import argparse
import importlib
import importlib.util

SUMMARY = "Load schools, pupils or a council's pack from files."
NEEDS_DATABASE = True

KINDS = ("schools", "pupils", "pack")


def configure(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(title="what to load", metavar="KIND", required=True)
    for kind in KINDS:
        name = f"alongside.command.import_{kind}"
        if not importlib.util.find_spec(name):
            continue
        module = importlib.import_module(name)
        part = kinds.add_parser(kind, help=module.SUMMARY, description=module.SUMMARY)
        part.set_defaults(kind=module)
        module.configure(part)


def run(args: argparse.Namespace) -> int:
    return int(args.kind.run(args) or 0)
