"""What a reading page wrote (its audit line) reaches the disk while the page is being drawn.

A commit waits for the disk, and drawing a page waits for nothing: one after the other took a tenth of
the time of Today. The page is still answered only when the commit has succeeded.
"""

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection
from psycopg.pq import ExecStatus


def committed_while[T](draw: Callable[[], T]) -> T:
    """End the surrounding transaction, draw at the same time, and answer what was drawn.

    Called as the last thing inside `transaction.atomic()`. Drawing asks the database nothing: the
    transaction that says who asks is over. Within another transaction (as in tests) that one goes on.
    Raises DatabaseError when the database did not commit.
    """
    if connection.savepoint_ids or not connection.in_atomic_block:
        with connection.execute_wrapper(_nothing_is_asked):
            return draw()
    server = connection.connection.pgconn
    server.send_query(b"COMMIT")
    try:
        with connection.execute_wrapper(_nothing_is_asked):
            return draw()
    finally:
        _must_have_committed(server)


def _must_have_committed(server: Any) -> None:
    ended = []
    while (result := server.get_result()) is not None:
        ended.append((result.status, result.command_status))
    if ended != [(ExecStatus.COMMAND_OK, b"COMMIT")]:
        raise DatabaseError("What this page wrote was not kept, so the page is not shown.")


def _nothing_is_asked(*_: Any) -> Any:
    raise AssertionError(
        "A page that is drawn while its transaction ends asks the database nothing."
    )
