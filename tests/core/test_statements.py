"""What a process knows by heart: that the library beneath takes what it is told."""

import pytest
from django.db import connection, transaction
from psycopg import _queries

from alongside.core import statements

pytestmark = pytest.mark.django_db


def _read_again() -> int:
    return _queries._query2pg.cache_info().hits


def test_a_long_statement_of_many_values_is_read_once():
    asked = f"SELECT {', '.join(['%s::text'] * 60)} /* {'-' * 5_000} */"
    values = [str(number) for number in range(60)]

    with connection.cursor() as cursor:
        cursor.execute(asked, values)
        before = _read_again()
        cursor.execute(asked, values)
        answer = cursor.fetchone()

    assert _read_again() == before + 1
    assert list(answer) == values


def test_more_statements_stay_planned_than_a_page_asks():
    with connection.cursor() as cursor:
        for number in range(150):
            for _ in range(4):
                cursor.execute(f"SELECT %s::int + {number}", [1])
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        (kept,) = cursor.fetchone()

    assert kept >= 150
    assert connection.connection.prepared_max == statements.PLANNED


def test_what_is_rolled_back_leaves_every_statement_planned():
    with connection.cursor() as cursor:
        for _ in range(4):
            cursor.execute("SELECT %s::int + 1066", [1])
    with pytest.raises(LookupError), transaction.atomic():
        raise LookupError  # As a page that is not found.

    before = _planned("1066")
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::int + 1066", [1])

    assert _planned("1066") == before + 1


def _planned(words: str) -> int:
    """How often the one statement with these words was asked by the plan that is kept of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans FROM pg_prepared_statements"
            " WHERE strpos(statement, %s) > 0 AND strpos(statement, 'strpos') = 0",
            [words],
        )
        ((times,),) = cursor.fetchall()
    return int(times)
