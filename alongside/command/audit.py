"""`audit verify`: proves that no line of the audit trail was changed or taken away."""

import argparse
import json

SUMMARY = "Prove that the audit trail is whole, or name the first line that is not."
NEEDS_DATABASE = True


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["verify"], help="the only thing to do with it")
    parser.add_argument("--json", action="store_true", help="print the outcome as JSON")
    parser.add_argument(
        "--expect",
        metavar="HEAD",
        default="",
        help="the last seal as you noted it: proves that nothing was taken from the end",
    )


def run(args: argparse.Namespace) -> int:
    from alongside.core import audit

    found = audit.verify(expect=args.expect)
    if args.json:
        print(json.dumps(found))
    elif found["whole"]:
        print(f"Whole: {found['entries']:,} lines, {found['sealed']:,} of them sealed.")
        print(f"The last seal is {found['head'] or 'not made yet'}. Note it somewhere else.")
    else:
        broken = found["broken"]
        print(f"Broken at seal {broken['position']}, line {broken['entry']}: {broken['problem']}.")
    return 0 if found["whole"] else 1
