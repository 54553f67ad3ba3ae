"""`duties`: which duties of the service's users are proved, and by which tests."""

import argparse
import json

SUMMARY = "List every duty of docs/duties.csv with the tests that prove it, and those unproved."
DESCRIPTION = """\
The 562 rows that software can meet are counted. The 43 rows whose capability is
“None (not software)” are left out: no program can do them, so no test can prove them.

A duty is proved by a test marked @pytest.mark.duty("ID") that is neither skipped nor
expected to fail. Tests are read, not run: `python3 run.py test` runs them.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = f"{SUMMARY}\n\n{DESCRIPTION}"
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")
    parser.add_argument("--unproved", action="store_true", help="list the unproved rows alone")


def run(args: argparse.Namespace) -> int:
    from alongside.ops import duties

    found = duties.coverage()
    duties.require_known(found)
    counts = found.as_json()
    if args.json:
        print(json.dumps(counts, indent=2, ensure_ascii=False))
        return 0
    shown = found.unproved if args.unproved else found.duties
    for duty in shown:
        tests = found.tests.get(duty.id, [])
        print(f"{duty.id:<7}{'proved  ' if tests else 'UNPROVED'}  {duty.must_do}")
        for test in tests:
            print(f"{'':17}{test}")
    print()
    for name, figures in counts["by_capability"].items():
        print(f"{figures['proved']:>4} of {figures['total']:>3}  {name}")
    print(f"{counts['proved']:>4} of {counts['total']:>3}  duties are proved by a test.")
    return 0
