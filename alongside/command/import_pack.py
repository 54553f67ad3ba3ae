"""`import pack`: a council's frameworks, measures and standards from a folder of TOML."""

import argparse
import json
from pathlib import Path

SUMMARY = "Load a council's frameworks, measures and standards from a folder of TOML files."
NEEDS_DATABASE = True


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="such as packs/eastmere")
    parser.add_argument("--council", required=True, metavar="CODE", help="the council's DfE code")
    parser.add_argument("--json", action="store_true", help="print what was loaded as JSON")


def run(args: argparse.Namespace) -> int:
    from alongside.core.actor import NoActor, acting_as_system
    from alongside.core.decisions import Problem
    from alongside.ops.places import Problem as CommandProblem
    from alongside.pathways import packs

    try:
        with acting_as_system(args.council) as actor:
            loaded = packs.load(actor=actor, folder=args.folder)
    except (Problem, NoActor) as problem:
        raise CommandProblem(str(problem)) from None
    outcome = {name: dict(counted) for name, counted in vars(loaded).items()}
    if args.json:
        print(json.dumps(outcome))
        return 0
    for word, counted in outcome.items():
        for kind, number in counted.items():
            print(f"{number} {kind}{'' if number == 1 else 's'} {word}")
    return 0
