"""Brings the tables and their walls up to date, and knows cheaply when there is nothing to do."""

import hashlib
import os
from collections.abc import Collection
from pathlib import Path

import psycopg
from psycopg import sql

from alongside.ops.places import PROJECT, Problem

PACKAGE = PROJECT / "alongside"


def migrate(verbosity: int = 0) -> None:
    """Django's migrations as the owner, then the walls; Django must be set up."""
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.recorder import MigrationRecorder

    from alongside.core.walls import raise_walls

    if "owner" not in connections.settings:
        raise Problem(
            "Migrating needs the owner of the tables: set DATABASE_OWNER_URL to that role's address."
            " The web role in DATABASE_URL owns nothing, by design."
        )
    refuse_half_way(MigrationRecorder(connections["owner"]).applied_migrations())
    call_command("migrate", database="owner", verbosity=verbosity, interactive=False)
    owner = connections["owner"]
    raise_walls(owner)
    with owner.cursor() as cursor:
        name = sql.Identifier(str(owner.settings_dict["NAME"]))
        mark = sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(fingerprint()))
        cursor.execute(mark.as_string(None))
    owner.close()


def refuse_half_way(applied: Collection[tuple[str, str]]) -> None:
    """Before the first release the steps were made one: a database holds all of them or none.

    Raises Problem for a database that took only some, before anything in it is touched.
    """
    from django.db.migrations.loader import MigrationLoader

    steps = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    for key, migration in steps.items():
        if key in applied and not set(migration.replaces) <= set(applied):
            raise Problem(
                f"The tables of “{key[0]}” are from an early development version that cannot be"
                " carried on. Nothing was changed. Keep this data folder, and start with another:"
                " ALONGSIDE_VAR names it."
            )


def is_current(owner_url: str) -> bool:
    """Whether this very code migrated the database last; asked without loading Django."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        found = owner.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
            " WHERE datname = current_database()"
        ).fetchone()
    return found == (fingerprint(),)


def is_empty(owner_url: str) -> bool:
    with psycopg.connect(owner_url, autocommit=True) as owner:
        if owner.execute("SELECT to_regclass('core_council')").fetchone() == (None,):
            return True
        return owner.execute("SELECT EXISTS (SELECT 1 FROM core_council)").fetchone() == (False,)


def fingerprint() -> str:
    """Changes with any migration, model, wall or locked package."""
    digest = hashlib.sha256((PROJECT / "requirements" / "base.txt").read_bytes())
    for folder, folders, files in os.walk(PACKAGE):
        folders[:] = sorted(set(folders) - {"static", "templates", "web", "__pycache__"})
        for name in sorted(files):
            path = Path(folder) / name
            if name.endswith((".py", ".sql")) and shapes_tables(path):
                digest.update(path.relative_to(PACKAGE).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def shapes_tables(path: Path) -> bool:
    parts = path.relative_to(PACKAGE).parts
    return (
        path.suffix == ".sql"
        or "migrations" in parts
        or parts[0] == "core"
        or "models" in path.stem + "".join(parts)
    )
