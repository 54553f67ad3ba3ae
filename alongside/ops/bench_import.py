"""Measures the import of a county's pupils, in a database of its own beside the loaded one.

The base is a COPY of the very rows that the import made, pupils and their places on the register, as
their owner, into empty tables with the same columns, constraints and indexes, in the same run. The
import is the verb as an operator runs it.
"""

import contextlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg

from alongside.ops import database
from alongside.ops.bench import p95, row
from alongside.ops.places import PROJECT, Problem

PUPILS = 110_000
ROUNDS = 3
MOST_TIMES, MOST_BYTES = 10, 500 * 1024 * 1024
NAMES = ("import: bare COPY", "import: all new", "import: again, no change")
TEMPLATE, SCRATCH = "alongside_bench_import", "alongside_bench_import_round"
MADE = ("people_pupil", "people_enrolment")
URN = 700_001
REGISTER = (
    "URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName,EstablishmentStatus (name)\n"
    f"{URN},990,Benchshire,4001,Sample Green School,Open\n"
)
HEAD = "UPN,Forename,Surname,DOB,Sex,Year,Reg,First language,SEN"


@dataclass(frozen=True)
class Run:
    """One import from start to end of its process."""

    ms: float
    bytes: int = 0  # Peak resident memory of the process.
    queries: int = 1


@dataclass
class Imported:
    """One kind of run, every round of it."""

    name: str
    base: list[float]
    runs: list[Run] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        return statistics.median(run.ms for run in self.runs) / statistics.median(self.base)

    def as_json(self) -> dict[str, Any]:
        times = [run.ms for run in self.runs]
        return row(
            self.name, statistics.median(times), p95(times), self.ratio,
            max(run.queries for run in self.runs), max(run.bytes for run in self.runs),
        )  # fmt: skip

    def misses(self) -> Iterator[str]:
        size = max(run.bytes for run in self.runs)
        if self.ratio > MOST_TIMES:
            yield f"{self.ratio:.1f} x COPY, target {MOST_TIMES} x"
        if size > MOST_BYTES:
            yield f"{size / 2**20:.0f} MB, target {MOST_BYTES / 2**20:.0f} MB"


def is_wanted(only: str) -> bool:
    return any(only in name for name in NAMES)


def measure(pupils: int = PUPILS, rounds: int = ROUNDS) -> list[Imported]:
    """Each round on a fresh copy of an empty council: COPY, the list, and the same list again."""
    admin = os.environ.get(database.ADMIN)
    if not admin:
        raise Problem("Measuring the import needs an administrator's address, to make a database.")
    base: list[float] = []
    copied, new, again = (Imported(name, base) for name in NAMES)
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder, _template(admin, folder):
        file = Path(folder) / "pupils.csv"
        file.write_text("\n".join([HEAD, *lines(pupils)]), encoding="utf-8")
        for _ in range(rounds):
            ready = database.clone(admin, TEMPLATE, SCRATCH)
            new.runs.append(_import(ready, folder, file, {"created": pupils}))
            _count_for_the_planner(ready.owner_url)
            again.runs.append(_import(ready, folder, file, {"same": pupils}))
            base.append(_copy(ready.owner_url))
            copied.runs.append(Run(base[-1]))
    return [copied, new, again]


def lines(pupils: int) -> Iterator[str]:
    """Invented pupils, each with a name and birthday that no other has. Always the same."""
    from alongside.ops.seed.county_people import _name
    from alongside.rules.upn import check_letter

    chance, seen = random.Random(110), set[tuple[str, str, date]]()
    for number in range(pupils):
        (forename, surname), year = _name(number), number % 12
        born_on = date(2020 - year, 9, 1) + timedelta(days=chance.randrange(365))
        while (forename, surname, born_on) in seen:
            born_on += timedelta(days=1)
        seen.add((forename, surname, born_on))
        serial = f"990{number // 100_000 + 20:04d}{number % 100_000:05d}"
        yield (
            f"{check_letter(serial)}{serial},{forename},{surname},{born_on:%d/%m/%Y},"
            f"{'MF'[number % 2]},{year or 'R'},{number % 6 + 1}B,"
            f"{'English' if number % 6 else 'Polish'},{'NNNNNNNKKE'[number % 10]}"
        )


@contextlib.contextmanager
def _template(admin: str, folder: str) -> Iterator[None]:
    """An empty council with one school, to copy for each round; taken away afterwards."""
    database.drop(admin, SCRATCH)
    ready = database.prepare(admin, TEMPLATE)
    try:
        register = Path(folder) / "register.csv"
        register.write_text(REGISTER, encoding="utf-8")
        asked = ["import", "schools", str(register), "--council", "990", "--create-council"]
        _verb(ready, folder, ["-m", "alongside", *asked])
        yield
    finally:
        database.drop(admin, SCRATCH)
        database.drop(admin, TEMPLATE)


def _import(ready: database.Databases, folder: str, file: Path, expected: dict[str, int]) -> Run:
    began = time.perf_counter()
    answer = _verb(ready, folder, ["-m", "alongside.ops.bench_import", str(file), str(URN)])
    ms = (time.perf_counter() - began) * 1000
    told = json.loads(answer)
    if any(told["outcome"][name] != count for name, count in expected.items()):
        raise Problem(f"The import did not do what is measured: {told['outcome']}.")
    return Run(ms, told["bytes"], told["queries"])


def _verb(ready: database.Databases, folder: str, asked: list[str]) -> str:
    surroundings = {
        **os.environ,
        database.WEB: ready.web_url,
        database.OWNER: ready.owner_url,
        "ALONGSIDE_VAR": folder,
    }
    done = subprocess.run(
        [sys.executable, *asked],
        check=False,
        cwd=PROJECT,
        env=surroundings,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Problem(f"The import that is measured failed:\n{done.stderr[-2000:]}")
    return done.stdout


def _count_for_the_planner(owner_url: str) -> None:
    """What the database does by itself a minute after so much has come in."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("ANALYZE")


def _copy(owner_url: str) -> float:
    with psycopg.connect(owner_url, autocommit=True) as owner:
        return sum(_copy_of(owner, table) for table in MADE)


def _copy_of(owner: "psycopg.Connection[Any]", table: str) -> float:
    with owner.cursor().copy(f"COPY {table} TO STDOUT") as copy:
        rows = [bytes(chunk) for chunk in copy]
    owner.execute(f"CREATE TABLE bench_copy (LIKE {table} INCLUDING ALL)")
    began = time.perf_counter()
    with owner.cursor().copy("COPY bench_copy FROM STDIN") as copy:
        for chunk in rows:
            copy.write(chunk)
    ms = (time.perf_counter() - began) * 1000
    owner.execute("DROP TABLE bench_copy")
    return ms


# The process that is measured


def _measured(file: str, urn: str) -> None:
    """`import pupils FILE --school URN --apply`, with what it took."""
    import argparse
    import resource

    from alongside.ops import boot

    asked = argparse.Namespace(file=Path(file), school=urn, council=None, apply=True)
    with boot.ready():
        from django.db import connection

        from alongside.command import import_pupils

        counted = _Counter()
        with connection.execute_wrapper(counted), contextlib.redirect_stdout(sys.stderr):
            outcome, _, _ = import_pupils.load(asked)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = {
        "outcome": outcome | {"refused": len(outcome["refused"])},
        "bytes": peak if sys.platform == "darwin" else peak * 1024,
        "queries": counted.queries,
    }
    print(json.dumps(told))


class _Counter:
    queries = 0

    def __call__(self, execute: Any, *call: Any) -> Any:
        self.queries += 1
        return execute(*call)


if __name__ == "__main__":
    _measured(*sys.argv[1:])
