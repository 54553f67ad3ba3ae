"""Which duties of docs/duties.csv which tests prove: tests are read, never run, and no database is asked."""

import ast
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alongside.ops.places import PROJECT, Problem

DUTIES = PROJECT / "docs" / "duties.csv"
TESTS = PROJECT / "tests"
NOT_SOFTWARE = "None (not software)"
LEFT_OUT = ("skip", "xfail")  # A test that is not run, or is known to fail, proves nothing.


@dataclass(frozen=True)
class Duty:
    """One row: what a role must be able to do with the service."""

    id: str
    role: str
    capability: str
    must_do: str


@dataclass(frozen=True)
class Coverage:
    """Every software duty, with the tests that prove it in order of name."""

    duties: tuple[Duty, ...]
    tests: dict[str, list[str]]
    unknown: dict[str, list[str]]  # Ids that tests name and no row has.

    @property
    def unproved(self) -> list[Duty]:
        return [duty for duty in self.duties if not self.tests.get(duty.id)]

    def as_json(self) -> dict[str, Any]:
        total = Counter(duty.capability for duty in self.duties)
        proved = Counter(duty.capability for duty in self.duties if self.tests.get(duty.id))
        return {
            "total": len(self.duties),
            "proved": proved.total(),
            "by_capability": {
                name: {"total": total[name], "proved": proved[name]} for name in sorted(total)
            },
            "unproved": [duty.id for duty in self.unproved],
        }


def coverage(duties: Path = DUTIES, tests: Path = TESTS) -> Coverage:
    rows = software_duties(duties)
    known = {duty.id for duty in rows}
    found: dict[str, list[str]] = {}
    for path in sorted(tests.rglob("test_*.py")):
        name = f"{tests.name}/{path.relative_to(tests).as_posix()}"
        for test, ids in marks(path.read_text(), name):
            for duty_id in ids:
                found.setdefault(duty_id, []).append(f"{name}::{test}")
    return Coverage(
        duties=tuple(rows),
        tests={key: sorted(set(found[key])) for key in sorted(found) if key in known},
        unknown={key: sorted(set(found[key])) for key in sorted(found) if key not in known},
    )


def software_duties(path: Path = DUTIES) -> list[Duty]:
    """The rows that software can meet, in the order of the file."""
    with path.open(newline="", encoding="utf-8") as file:
        return [
            Duty(row["id"], row["role"], row["capability"], row["must_do"])
            for row in csv.DictReader(file)
            if row["capability"] != NOT_SOFTWARE
        ]


def require_known(found: Coverage) -> None:
    """Raise when a test names a duty that is no software row: it would count for nothing."""
    if found.unknown:
        listed = "\n".join(f"  - {key}: {', '.join(tests)}" for key, tests in found.unknown.items())
        raise Problem(f"These tests name a duty that docs/duties.csv does not have:\n{listed}")


def marks(source: str, name: str) -> Iterator[tuple[str, list[str]]]:
    """Each test of a module with the duties it is marked with, its own and its class's or module's."""
    module = ast.parse(source)
    shared = _marks_of_body(module.body)
    if _is_left_out(shared):
        return
    yield from _tests(module.body, "", _ids(shared, name), name)


def _tests(
    body: list[ast.stmt], inside: str, shared: list[str], name: str
) -> Iterator[tuple[str, list[str]]]:
    for node in body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef):
            continue
        own = list(node.decorator_list)
        if isinstance(node, ast.ClassDef):
            own += _marks_of_body(node.body)
        if _is_left_out(own):
            continue
        proved = [*shared, *_ids(own, name)]
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield from _tests(node.body, f"{inside}{node.name}::", proved, name)
        elif isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield f"{inside}{node.name}", proved


def _marks_of_body(body: list[ast.stmt]) -> list[ast.expr]:
    """What `pytestmark = …` says."""
    found = []
    for node in body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets
        ):
            listed = node.value
            found += listed.elts if isinstance(listed, ast.List | ast.Tuple) else [listed]
    return found


def _ids(marked: list[ast.expr], name: str) -> list[str]:
    """The ids given to `pytest.mark.duty(…)`, also within `parametrize` and `pytest.param`."""
    found = []
    for call in (node for mark in marked for node in ast.walk(mark)):
        if not isinstance(call, ast.Call) or not _is_mark(call.func, "duty"):
            continue
        for argument in call.args:
            if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
                raise Problem(
                    f"{name}, line {call.lineno}: write duties as plain strings, so they can be read."
                )
            found.append(argument.value)
    return found


def _is_left_out(marked: list[ast.expr]) -> bool:
    functions = (mark.func if isinstance(mark, ast.Call) else mark for mark in marked)
    return any(_is_mark(function, word) for function in functions for word in LEFT_OUT)


def _is_mark(function: ast.expr, word: str) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and function.attr == word
        and isinstance(function.value, ast.Attribute)
        and function.value.attr == "mark"
    )
