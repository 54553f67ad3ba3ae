"""`check`: everything about the code that can be judged without running the service."""

import argparse
import dataclasses
import json

SUMMARY = "Check format, lint, house rules, layers, types, migrations, documents and built assets."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "only", nargs="*", metavar="CHECK", help="only these, such as lint or types"
    )
    parser.add_argument("--fix", action="store_true", help="first put right what a machine can")
    parser.add_argument("--json", action="store_true", help="print the outcomes as JSON")


def run(args: argparse.Namespace) -> int:
    from alongside.ops import checking
    from alongside.ops.places import Problem

    unknown = sorted(set(args.only) - set(checking.CHECKS))
    if unknown:
        raise Problem(f"There is no check “{unknown[0]}”. There are: {', '.join(checking.CHECKS)}.")
    if args.fix:
        checking.mend()
    found = []
    for outcome in checking.outcomes(args.only):
        found.append(outcome)
        if not args.json:
            show(outcome)
    if args.json:
        print(json.dumps([dataclasses.asdict(outcome) for outcome in found], indent=2))
    return int(any(outcome.result == "failed" for outcome in found))


def show(outcome: "object") -> None:
    name, result, seconds, detail = dataclasses.astuple(outcome)  # type: ignore[call-overload]
    print(f"{name:<12}{result:<9}{seconds:>6.1f} s", flush=True)
    if result != "ok" and detail:
        print("\n".join(f"    {line}" for line in detail.splitlines()[:60]), flush=True)
