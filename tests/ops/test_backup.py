"""The restore drill: the same rows, the same files, a whole audit chain; or nothing changed at all."""

import contextlib
import json
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from alongside.ops import backup, database
from alongside.ops.database import Databases
from alongside.ops.places import Problem
from tests.database import ADMIN, TEMPLATE

FULL, EMPTY = f"drill_full_{os.getpid()}", f"drill_empty_{os.getpid()}"
FILL = """
    INSERT INTO core_council (code, name, kind, access_grace_days)
    VALUES ('993', 'Testshire', 'COUNTY', 14)
"""


@pytest.fixture
def var(tmp_path, monkeypatch) -> Path:
    secret = Path(os.environ["ALONGSIDE_VAR"]) / "secret"
    (tmp_path / "secret").write_text(secret.read_text())
    monkeypatch.setenv("ALONGSIDE_VAR", str(tmp_path))
    (tmp_path / "files" / "a").mkdir(parents=True)
    (tmp_path / "files" / "a" / "letter.txt").write_text("Dear Robin Testerly")
    return tmp_path


@pytest.fixture
def full(django_db_setup, var) -> Iterator[Databases]:
    """A real database with every wall, and something in it."""
    with database_from_template(FULL) as made:
        with psycopg.connect(made.owner_url) as owner:
            owner.execute(FILL)
        yield made


@pytest.fixture
def empty(var) -> Iterator[Databases]:
    yield database.prepare(ADMIN, EMPTY)
    database.drop(ADMIN, EMPTY)


@contextlib.contextmanager
def database_from_template(name: str) -> Iterator[Databases]:
    yield database.clone(ADMIN, TEMPLATE, name)
    with database.connect(ADMIN) as admin:
        database.drop_database(admin, name)


def rows(databases: Databases) -> dict[str, int]:
    from alongside.ops.dumping import count_rows

    with psycopg.connect(databases.owner_url) as owner:
        return count_rows(owner)


def test_an_empty_machine_gets_every_row_wall_and_file_back(full, empty, var):
    made = backup.back_up(full.owner_url, var / "b.tar")
    (var / "files" / "a" / "letter.txt").write_text("changed since")

    restored = backup.restore(empty.owner_url, var / "b.tar", replaces=False)

    assert rows(empty) == rows(full)
    assert restored.rows == made.rows > 0
    assert (var / "files" / "a" / "letter.txt").read_text() == "Dear Robin Testerly"
    with psycopg.connect(empty.owner_url) as owner:
        walls = "SELECT count(*) FROM pg_policies"
        with psycopg.connect(full.owner_url) as other:
            assert owner.execute(walls).fetchone() == other.execute(walls).fetchone()


def test_the_backup_is_for_its_owner_alone(full, var):
    backup.back_up(full.owner_url, var / "b.tar")

    assert (var / "b.tar").stat().st_mode & 0o077 == 0
    assert not (var / "b.tar.part").exists()


def test_records_that_are_there_are_not_replaced_unasked(full, var):
    backup.back_up(full.owner_url, var / "b.tar")
    before = rows(full)

    with pytest.raises(Problem, match="already holds records"):
        backup.restore(full.owner_url, var / "b.tar", replaces=False)

    assert rows(full) == before


def test_replacing_takes_away_what_came_after_the_backup(full, var):
    backup.back_up(full.owner_url, var / "b.tar")
    before = rows(full)
    with psycopg.connect(full.owner_url) as owner:
        owner.execute(FILL.replace("993", "994"))
        owner.execute("CREATE TABLE later (id int PRIMARY KEY REFERENCES core_council (id))")

    backup.restore(full.owner_url, var / "b.tar", replaces=True)

    assert rows(full) == before


def test_a_damaged_backup_changes_nothing(full, var):
    backup.back_up(full.owner_url, var / "b.tar")
    damage(var / "b.tar", var / "bad.tar")
    before = rows(full)

    with pytest.raises(Problem, match="damaged or missing"):
        backup.restore(full.owner_url, var / "bad.tar", replaces=True)

    assert rows(full) == before


def test_a_count_that_is_not_as_promised_undoes_the_whole_restore(full, var):
    backup.back_up(full.owner_url, var / "b.tar")
    damage(var / "b.tar", var / "bad.tar", promise=("public.core_council", 99))
    before = rows(full)

    with pytest.raises(Problem, match="promised 99 rows of public.core_council"):
        backup.restore(full.owner_url, var / "bad.tar", replaces=True)

    assert rows(full) == before


@pytest.mark.parametrize("replaces", [True, False])
def test_something_that_is_no_backup_is_said_to_be_none(full, var, replaces):
    (var / "holiday.jpg").write_bytes(b"\xff\xd8 not a tar")
    with tarfile.open(var / "photos.tar", "w") as tar:
        tar.add(var / "holiday.jpg", "holiday.jpg")

    for name, said in (
        ("holiday.jpg", "not a whole backup"),
        ("photos.tar", "not a whole backup"),
        ("missing.tar", "There is no backup"),
        ("", "is a folder"),
    ):
        with pytest.raises(Problem, match=said):
            backup.restore(full.owner_url, var / name, replaces=replaces)


def damage(source: Path, target: Path, promise: tuple[str, int] | None = None) -> None:
    """Another letter in the files, or a promise of rows that are not there."""
    with tarfile.open(source) as tar:
        tar.extractall(target.with_suffix(""), filter="data")
    folder = target.with_suffix("")
    if promise:
        manifest = json.loads((folder / "manifest.json").read_text())
        manifest["tables"][promise[0]] = promise[1]
        (folder / "manifest.json").write_text(json.dumps(manifest))
    else:
        (folder / "files" / "a" / "letter.txt").write_text("forged")
    with tarfile.open(target, "w") as tar:
        for path in sorted(folder.iterdir()):
            tar.add(path, path.name)


def test_a_backup_into_a_folder_that_is_not_there_says_so(full, var):
    with pytest.raises(Problem, match="There is no folder .*/nowhere"):
        backup.back_up(full.owner_url, var / "nowhere" / "one.backup")
