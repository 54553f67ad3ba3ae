"""The database out to one file and back again, by PostgreSQL's own programs, as the owner of the tables."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from alongside.ops import ground
from alongside.ops.places import Problem

TABLES = """
    SELECT schemaname || '.' || tablename, quote_ident(schemaname) || '.' || quote_ident(tablename)
    FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
"""
# For psql alone, or unknown to servers older than the program that wrote it.
SKIPPED = ("\\restrict ", "\\unrestrict ", "SET transaction_timeout")


def count_rows(owner: psycopg.Connection[Any]) -> dict[str, int]:
    tables = owner.execute(TABLES).fetchall()
    return {
        name: owner.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.SQL(quoted))).fetchone()[
            0
        ]  # type: ignore[index]
        for name, quoted in tables
    }


def audit_head(owner: psycopg.Connection[Any]) -> str | None:
    if owner.execute("SELECT to_regclass('core_auditseal')").fetchone() == (None,):
        return None
    found = owner.execute(
        "SELECT hash FROM core_auditseal ORDER BY position DESC LIMIT 1"
    ).fetchone()
    return found[0] if found else None


def snapshot(owner: psycopg.Connection[Any]) -> str:
    found = owner.execute("SELECT pg_export_snapshot()").fetchone()
    return str(found[0]) if found else ""


def dump_database(owner_url: str, at: str, target: Path) -> None:
    client = Client(owner_url)
    client.run(
        "pg_dump",
        f"--dbname={client.database}",
        "--format=custom",
        "--no-owner",
        f"--snapshot={at}",
        f"--file={target}",
    )


def load_database(owner_url: str, dump: Path, expected: dict[str, int]) -> None:
    """One transaction removes what is there and brings in the backup: it all happens, or nothing does."""
    script = dump.with_name("restore.sql")
    Client(owner_url).run("pg_restore", "--no-owner", "--no-comments", f"--file={script}", dump)
    try:
        with (
            psycopg.connect(owner_url) as owner,
            open(script, encoding="utf-8", newline="\n") as lines,
        ):
            owner.execute(sql.SQL(clearing(owner)))
            run_script(owner, lines)
            hold_to(expected, count_rows(owner))
    except psycopg.Error as error:
        raise Problem(
            f"The backup could not be restored, and nothing was changed: {str(error).strip()}"
        ) from error


def run_script(owner: psycopg.Connection[Any], lines: Iterator[str]) -> None:
    """Statements as they stand, rows by COPY. (psql would trip over a function that is named begin.)"""
    statements: list[str] = []
    for line in lines:
        if line.startswith(SKIPPED):
            continue
        if not line.startswith("COPY ") or not line.endswith(" FROM stdin;\n"):
            statements.append(line)
            continue
        owner.execute("".join(statements).encode())
        statements.clear()
        with owner.cursor().copy(line.encode()) as copy:
            for row in iter(lambda: next(lines), "\\.\n"):
                copy.write(row)
    owner.execute("".join(statements).encode())


def hold_to(expected: dict[str, int], found: dict[str, int]) -> None:
    for name, count in expected.items():
        if found.get(name) != count:
            raise Problem(
                f"The backup promised {count} rows of {name} and brought {found.get(name, 0)}."
                " Nothing was changed."
            )


def clearing(owner: psycopg.Connection[Any]) -> str:
    """Everything the owner made in this database: schemas of its own, and what stands in public."""
    extensions = owner.execute(
        "SELECT format('DROP EXTENSION %I CASCADE;', extname) FROM pg_extension"
        " WHERE pg_get_userbyid(extowner) = current_user"
    ).fetchall()
    schemas = owner.execute(
        "SELECT format('DROP SCHEMA %I CASCADE;', nspname) FROM pg_namespace"
        " WHERE pg_get_userbyid(nspowner) = current_user AND nspname <> 'public'"
    ).fetchall()
    objects = owner.execute(
        "SELECT format('DROP %s IF EXISTS public.%I CASCADE;', CASE relkind WHEN 'v' THEN 'VIEW'"
        " WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, relname)"
        " FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind IN ('r', 'p', 'v', 'm', 'S')"
        " ORDER BY relkind = 'S'"  # Those of a column have gone with their table by then.
    ).fetchall()
    rest = owner.execute(
        "SELECT format('DROP ROUTINE IF EXISTS %s CASCADE;', oid::regprocedure) FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace"
        " AND pg_get_userbyid(proowner) = current_user AND oid NOT IN"
        " (SELECT objid FROM pg_depend WHERE deptype = 'e')"
        " UNION ALL SELECT format('DROP TYPE IF EXISTS public.%I CASCADE;', typname) FROM pg_type"
        " WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd', 'c')"
    ).fetchall()
    lines = [str(row[0]) for row in (*extensions, *schemas, *objects, *rest)]
    return "SET client_min_messages TO warning;\n" + "\n".join(lines) + "\n"


class Client:
    """PostgreSQL's own programs, told the password by the environment so that no process list shows it."""

    def __init__(self, url: str) -> None:
        facts = {
            key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None
        }
        self.environment = {**os.environ, "PGPASSWORD": facts.pop("password", "")}
        self.database = psycopg.conninfo.make_conninfo(**facts)
        self.binaries = ground.find_binaries()

    def run(self, program: str, *arguments: str | Path) -> None:
        done = subprocess.run(
            [self.binaries / program, *map(str, arguments)],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            tail = "\n".join(f"  {line}" for line in done.stderr.strip().splitlines()[-6:])
            raise Problem(
                f"{program} did not work, and the records were left as they were. It said:\n{tail}"
            )
