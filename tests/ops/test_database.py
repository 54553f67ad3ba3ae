"""The owner's and the web role's logins: made once, kept apart, powerless outside their own database."""

import os
import stat

import psycopg
import pytest

from alongside.ops import database, places
from alongside.ops.ground import DatabaseProblem
from tests.database import ADMIN

NAME = f"roles_{os.getpid()}"
FACTS = "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"


@pytest.fixture
def made():
    yield database.prepare(ADMIN, NAME)
    database.drop(ADMIN, NAME)


def test_preparing_again_changes_nothing(made):
    assert database.prepare(ADMIN, NAME) == made


def test_neither_role_has_any_power_over_the_server(made):
    for url in (made.owner_url, made.web_url):
        with psycopg.connect(url) as connection:
            assert connection.execute(FACTS).fetchone() == (False, False, False, False)


def test_the_web_role_may_not_make_a_table(made):
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege)
    with psycopg.connect(made.web_url) as web, refused:
        web.execute("CREATE TABLE theirs (id int)")


def test_another_databases_web_role_may_not_even_connect(made):
    other = database.prepare(ADMIN, f"{NAME}_other")
    try:
        wrong = other.web_url.replace(f"/{NAME}_other?", f"/{NAME}?")
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(wrong)
    finally:
        database.drop(ADMIN, f"{NAME}_other")


def test_a_plain_role_is_told_what_is_needed(made):
    with pytest.raises(DatabaseProblem, match="may not make roles and databases"):
        database.prepare(made.owner_url, "never")


def test_a_copy_holds_what_the_original_held(made):
    with psycopg.connect(made.owner_url) as owner:
        owner.execute("CREATE TABLE held AS SELECT 3 AS number")

    copy = database.clone(ADMIN, NAME, f"{NAME}_copy")

    with psycopg.connect(copy.owner_url) as owner:
        assert owner.execute("SELECT number FROM held").fetchone() == (3,)
    with psycopg.connect(copy.web_url) as web:
        assert web.execute("SELECT current_database()").fetchone() == (f"{NAME}_copy",)
    with database.connect(ADMIN) as admin:
        database.drop_database(admin, f"{NAME}_copy")


def test_passwords_come_from_a_secret_nobody_else_may_read():
    first, second = database.password("one"), database.password("two")

    assert first == database.password("one") != second
    assert stat.S_IMODE((places.var() / "secret").stat().st_mode) == 0o600


def test_a_server_that_does_not_answer_is_named_without_its_password():
    with pytest.raises(DatabaseProblem) as caught:
        database.connect("postgresql://someone:hush-hush@/x?host=/nowhere")

    assert "/nowhere" in str(caught.value)
    assert "hush-hush" not in str(caught.value)


def test_production_uses_the_addresses_as_given(monkeypatch):
    monkeypatch.delenv(database.WEB)
    monkeypatch.setenv("ALONGSIDE_MODE", "production")
    monkeypatch.setenv("DATABASE_URL", "postgresql://web@/x")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@/x")

    with database.running() as databases:
        assert databases.web_url == "postgresql://web@/x"
        assert os.environ[database.OWNER] == "postgresql://owner@/x"


def test_production_without_an_address_says_so(monkeypatch):
    monkeypatch.delenv(database.WEB)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("ALONGSIDE_MODE", "production")

    with pytest.raises(DatabaseProblem, match="Production needs DATABASE_URL"), database.running():
        pass
