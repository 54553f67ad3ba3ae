"""A page drawn while its transaction ends: on a connection of its own, whose commits are real."""

import pytest
from django.db import DatabaseError, connection, connections, transaction

from alongside.core import committing
from alongside.core.committing import committed_while

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(monkeypatch):
    """A second connection, outside the test's own transaction; the owner's, who may make a table."""
    apart = connections["owner"].copy("apart")
    connections["apart"] = apart
    monkeypatch.setattr(committing, "connection", apart)
    try:
        with apart.cursor() as cursor:
            cursor.execute(
                "CREATE TEMP TABLE drawn (line text, UNIQUE (line) DEFERRABLE INITIALLY DEFERRED)"
            )
        yield apart
    finally:
        apart.close()
        del connections["apart"]


def _lines(own) -> list[str]:
    with own.cursor() as cursor:
        cursor.execute("SELECT line FROM drawn ORDER BY line")
        return [line for (line,) in cursor.fetchall()]


def _write(own, line: str) -> None:
    with own.cursor() as cursor:
        cursor.execute("INSERT INTO drawn VALUES (%s)", [line])


def test_what_was_written_is_kept_and_what_was_drawn_is_answered(own):
    with transaction.atomic("apart"):
        _write(own, "seen")
        answer = committed_while(lambda: "page")

    own.rollback()
    assert answer == "page"
    assert _lines(own) == ["seen"]


def test_the_connection_serves_the_next_page_as_before(own):
    for line in ("first", "second"):
        with transaction.atomic("apart"):
            _write(own, line)
            committed_while(lambda: "page")

    with pytest.raises(LookupError), transaction.atomic("apart"):
        _write(own, "third")
        raise LookupError

    assert _lines(own) == ["first", "second"]


def test_a_page_is_not_answered_when_the_database_did_not_commit(own):
    with pytest.raises(DatabaseError), transaction.atomic("apart"):
        _write(own, "twice")
        _write(own, "twice")  # Refused only when the transaction ends.
        committed_while(lambda: "page")

    assert _lines(own) == []


def test_a_page_whose_drawing_fails_was_looked_at_all_the_same(own):
    with pytest.raises(ZeroDivisionError), transaction.atomic("apart"):
        _write(own, "seen")
        committed_while(lambda: 1 / 0)

    assert _lines(own) == ["seen"]


def test_drawing_asks_the_database_nothing(own):
    with (
        pytest.raises(AssertionError, match="asks the database nothing"),
        transaction.atomic("apart"),
    ):
        committed_while(lambda: _write(own, "late"))

    assert _lines(own) == []


def test_within_another_transaction_that_one_goes_on():
    with transaction.atomic():
        answer = committed_while(lambda: "page")
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    assert answer == "page"


def test_nothing_is_asked_while_drawing_within_another_transaction_either():
    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    with pytest.raises(AssertionError), transaction.atomic():
        committed_while(ask)
