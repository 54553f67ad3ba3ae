"""The one command: `python -m alongside VERB`. It finds the verb and hands over; no rule lives here."""

import argparse
import contextlib
import importlib
import importlib.util
import json
import keyword
import os
import sys
from types import ModuleType

from alongside.command import VERBS
from alongside.command.mistakes import Mistake, Parser
from alongside.ops import ground, places, say
from alongside.ops.places import Problem

DESCRIPTION = """\
Alongside, the casework system that children's inclusion services run on.

With no verb it starts: the database, the pages, the worker, and a browser on them.
"""
EPILOG = """\
Ask a verb for its own help: python3 run.py backup --help

The records are kept in the folder ALONGSIDE_VAR names (var/ here, when it is not set), in a private
PostgreSQL, or on the server DATABASE_URL names.
"""


def main(arguments: list[str]) -> int:
    with contextlib.suppress(OSError):  # File names are meant from where the person stands.
        os.chdir(os.environ.pop("ALONGSIDE_CALLED_FROM", "."))
    if arguments[:1] == ["help"]:
        arguments = [*arguments[1:], "--help"]
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in ("-h", "--help")):
        arguments = ["start", *arguments]
    args = understood(arguments)
    wants_json = bool(getattr(args, "json", False))
    say.keep_aside(wants_json)
    try:
        return run(args.module, args)
    except Problem as problem:
        return failed(str(problem), wants_json, problem.code)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    except Exception as error:
        if "No space left on device" not in str(error):  # Ours to mend: the trace is wanted.
            raise
        return failed(str(ground.no_room(places.var(), "a file could not be written")), wants_json)
    finally:
        say.keep_aside(False)


def understood(arguments: list[str]) -> argparse.Namespace:
    whole = parser()
    try:
        args, unknown = whole.parse_known_args(arguments)
        if unknown and not getattr(args.module, "PASSES_ON", False):
            whole.error(f"not understood: {' '.join(unknown)}")
    except Mistake as mistake:
        if "--json" in arguments:
            print(problem_as_json(mistake.said))
        raise
    args.rest = unknown
    return args


def failed(said: str, wants_json: bool, code: int = 1) -> int:
    """In words for a person, and for who asked for JSON an answer that can be read as any other."""
    print(f"\n{said}", file=sys.stderr)
    if wants_json:
        print(problem_as_json(said))
    return code


def problem_as_json(said: str) -> str:
    return json.dumps({"problem": said}, ensure_ascii=False)


def run(module: ModuleType, args: argparse.Namespace) -> int:
    if not getattr(module, "NEEDS_DATABASE", False):
        return int(module.run(args) or 0)
    from alongside.ops import boot

    with boot.ready():
        return int(module.run(args) or 0)


def parser() -> argparse.ArgumentParser:
    whole = Parser(
        prog="run.py",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = whole.add_subparsers(title="verbs", metavar="VERB", required=True)
    for verb in VERBS:
        module = find(verb)
        if module is None:
            continue
        part = verbs.add_parser(
            verb,
            help=module.SUMMARY,
            description=module.SUMMARY,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        part.set_defaults(module=module)
        module.configure(part)
    return whole


def find(verb: str) -> ModuleType | None:
    name = f"alongside.command.{verb}{'_' if keyword.iskeyword(verb) else ''}"
    return importlib.import_module(name) if importlib.util.find_spec(name) else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
