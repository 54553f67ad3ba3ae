"""`docs`: the documents that are generated from the code, written or compared."""

import argparse
import json

SUMMARY = "Write the documents made from the code: screens, permissions, states, data, duties."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", help="change nothing; fail when a document is stale"
    )
    parser.add_argument("--json", action="store_true", help="print what changed as JSON")


def run(args: argparse.Namespace) -> int:
    from alongside.ops import docs

    stale = docs.differing(docs.made()) if args.check else docs.write()
    if args.json:
        print(json.dumps({"stale" if args.check else "written": stale}))
    elif args.check and stale:
        print("Stale: run `python3 run.py docs` and commit what it writes in docs/generated:")
        print("\n".join(f"  {name}" for name in stale))
    elif stale:
        print("\n".join(f"docs/generated/{name}" for name in stale))
    else:
        print("Every generated document is up to date.")
    return int(args.check and bool(stale))
