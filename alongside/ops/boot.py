"""Django made ready for a verb: the database runs, its tables are current, the settings are sound."""

import contextlib
import os
from collections.abc import Iterator

from alongside.ops import database, migrating, places
from alongside.ops.say import step


@contextlib.contextmanager
def ready(*, migrates: bool = True) -> Iterator[database.Databases]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")
    with database.running() as databases:
        set_up()
        is_ours = bool(databases.owner_url) and places.mode() != "production"
        if migrates and is_ours and not migrating.is_current(databases.owner_url):
            with step("Preparing the tables"):
                migrating.migrate()
        try:
            yield databases
        finally:
            close_connections()


def set_up() -> None:
    import django

    from alongside.ops import checks

    django.setup()
    checks.refuse_unsafe()


def close_connections() -> None:
    """Also the pools, whose threads would complain when the database goes first."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        close_pool = getattr(connection, "close_pool", None)
        if close_pool:
            close_pool()
