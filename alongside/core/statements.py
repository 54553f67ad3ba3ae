"""How many statements a process knows by heart. psycopg keeps fewer than a worker's day asks for.

By its own measure psycopg plans 100 statements a connection, and remembers how 128 of at most 4,096
letters and 50 values are to be sent. Our pages ask some 400, of which the longest are the dearest: each
would be read and planned anew whenever it is its turn. There are no more of them than that, since a
list of any length is one value (core/prepared.py).

Nor does it keep any past a ROLLBACK, lest a table was made in what is rolled back: one page that is not
found would leave a connection to plan everything anew. Only the tables' owner makes tables here, on
connections of their own, and PostgreSQL itself keeps statements past a ROLLBACK.
"""

from functools import lru_cache
from typing import Any

from psycopg import _preparing, _queries

PLANNED = 500
READ = 1_000
LONGEST, MOST_VALUES = 40_000, 500


def keep_more(connection: Any, **_: object) -> None:
    """Of a connection just made. Receives Django's `connection_created`."""
    connection.connection.prepared_max = PLANNED
    if connection.alias == "default":
        connection.connection._prepared.__class__ = _KeptPastARollback


class _KeptPastARollback(_preparing.PrepareManager):
    def _should_discard(self, prep: Any, results: Any) -> bool:  # type: ignore[override]
        is_rollback = any(result.command_status == b"ROLLBACK" for result in results)
        return not is_rollback and super()._should_discard(prep, results)


def remember_more() -> None:
    """Of this process. psycopg has no setting for it: tests/core/test_statements.py sees that it works."""
    _queries.MAX_CACHED_STATEMENT_LENGTH = LONGEST
    _queries.MAX_CACHED_STATEMENT_PARAMS = MOST_VALUES
    _queries._query2pg = lru_cache(maxsize=READ)(_queries._query2pg_nocache)
