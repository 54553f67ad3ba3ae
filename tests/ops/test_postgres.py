"""The private server: joined, shared, killed, orphaned, shut out, out of room."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from alongside.ops import ground
from alongside.ops.ground import Account, DatabaseProblem
from alongside.ops.places import PROJECT
from alongside.ops.postgres import Server
from tests.ops.conftest import only_root, wait_for

START_AND_DIE = """
import os, signal, sys
from pathlib import Path
from alongside.ops.postgres import Server
Server(Path(sys.argv[1]), is_disposable=True).start()
os.kill(os.getpid(), signal.SIGKILL)
"""


def ask(server: Server, question: str = "SELECT 1") -> object:
    with psycopg.connect(server.admin_url, autocommit=True) as connection:
        row = connection.execute(question.encode()).fetchone()
    return row[0] if row else None


def test_a_new_folder_gives_a_checked_server_without_any_network(make_server):
    server = make_server(is_new=True)

    server.start()

    assert ask(server, "SHOW data_checksums") == "on"
    assert ask(server, "SHOW listen_addresses") == ""
    assert ask(server, "SHOW password_encryption") == "scram-sha-256"
    assert stat.S_IMODE((server.folder / "password").stat().st_mode) == 0o600


def test_the_last_user_to_leave_stops_the_server(make_server):
    first, second = make_server(), make_server()
    first.start()
    second.start()
    assert first.pid() == second.pid()

    first.stop()
    still = ask(second)
    second.stop()

    assert still == 1
    assert second.pid() is None


def test_what_was_committed_outlives_a_killed_server(make_server):
    server = make_server(is_disposable=False)
    server.start()
    with psycopg.connect(server.admin_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    killed = server.pid()
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: server.pid() is None)

    server.start()

    assert server.pid() != killed
    assert ask(server, "SELECT number FROM kept") == 7


def test_a_killed_supervisors_server_is_adopted_and_stopped_by_the_next(make_server, folder):
    command = [sys.executable, "-c", START_AND_DIE, str(folder / "postgres")]
    assert subprocess.run(command, cwd=PROJECT, check=False).returncode == -signal.SIGKILL
    server = make_server()

    server.start()
    orphan = server.pid()
    server.stop()

    assert orphan is not None
    assert server.pid() is None


def test_a_stale_process_number_that_another_program_now_has_is_seen_through(make_server):
    server = make_server()
    server.start()
    server.stop()
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n")

    server.start()

    assert ask(server) == 1


def test_two_starts_at_once_share_one_server(folder, make_server):
    starting = [
        subprocess.Popen(
            [sys.executable, "-c", START_AND_DIE, str(folder / "postgres")], cwd=PROJECT
        )
        for _ in range(2)
    ]

    ends = [process.wait(60) for process in starting]

    assert ends == [-signal.SIGKILL] * 2
    server = make_server()
    server.start()
    assert ask(server) == 1


def test_a_killed_first_start_leaves_nothing_half_made(make_server, folder):
    half = folder / "postgres" / "server" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")
    server = make_server()

    server.start()

    assert ask(server) == 1
    assert not half.exists()


def test_a_long_path_gets_a_short_private_place_for_its_socket(make_server, folder):
    deep = folder / ("long" * 12) / ("longer" * 10)
    deep.mkdir(parents=True)
    server = make_server(deep / "postgres")

    server.start()

    assert ask(server) == 1
    assert len(str(server.sockets)) < 90
    assert stat.S_IMODE(server.sockets.stat().st_mode) == 0o700


def test_records_of_another_version_are_left_alone(make_server, folder):
    old = folder / "postgres" / "server" / "data-9"
    old.mkdir(parents=True)
    (old / "PG_VERSION").write_text("9")

    with pytest.raises(DatabaseProblem, match="another PostgreSQL"):
        make_server().start()


def test_another_users_records_are_named_and_refused(folder):
    someone_else = Account(folder.stat().st_uid + 12_345, 0, changes=False)

    with pytest.raises(DatabaseProblem, match="belongs to the user"):
        ground.refuse_foreign(folder, someone_else)


def test_no_binaries_says_how_to_name_them(monkeypatch):
    monkeypatch.setenv("ALONGSIDE_PG_BIN", "/nowhere")

    with pytest.raises(DatabaseProblem, match="ALONGSIDE_PG_BIN"):
        ground.find_binaries()


@only_root()
def test_a_folder_shut_to_the_servers_user_still_works(make_server):
    with tempfile.TemporaryDirectory() as shut:
        server = make_server(Path(shut) / "postgres", is_new=True)

        server.start()

        assert ask(server) == 1
        assert not server.data.is_relative_to(shut)
        server.stop()
        subprocess.run(["rm", "-r", str(server.home)], check=True)


@only_root()
def test_an_ordinary_user_starts_and_stops_it(folder):
    os.chown(folder, *ids_of_nobody())

    def drill() -> str:
        server = Server(folder / "postgres", is_disposable=True)
        server.start()
        said = str(ask(server, "SELECT 'it works'"))
        server.stop()
        return said

    assert as_nobody(drill) == "it works"


@only_root()
def test_an_unreadable_folder_is_explained_to_an_ordinary_user(folder):
    (folder / "postgres").mkdir(mode=0o700)

    said = as_nobody(lambda: refusal(Server(folder / "postgres")))

    assert "cannot be used: Permission denied" in said
    assert "Nothing in it was" in said
    assert "ALONGSIDE_VAR" in said


@only_root()
def test_a_full_disk_is_explained_before_and_after_the_first_start(folder):
    disk = folder / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=40m", "none", disk], check=False
    ).returncode:
        pytest.skip("this root may not mount a small disk")
    try:
        server = Server(disk / "postgres", is_disposable=True)
        assert "no room on the disk" in refusal(server)
        subprocess.run(["mount", "-o", "remount,size=300m", disk], check=True)
        server.start()
        server.stop()
        with open(disk / "filler", "wb") as filler, pytest.raises(OSError, match="No space"):
            while True:
                filler.write(b"x" * 1_000_000)
        said = refusal(server)
        (disk / "filler").unlink()
        server.start()
        assert "no room on the disk" in said
        assert ask(server) == 1
        server.stop()
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def refusal(server: Server) -> str:
    try:
        server.start()
    except DatabaseProblem as problem:
        return str(problem)
    finally:
        server.stop()
    return "it started"


def ids_of_nobody() -> tuple[int, int]:
    import pwd

    entry = pwd.getpwnam("nobody")
    return entry.pw_uid, entry.pw_gid


def as_nobody(action: Callable[[], str]) -> str:
    """What the action answers in a copy of this process that is an ordinary user."""
    uid, gid = ids_of_nobody()
    binaries = ground.find_binaries()
    if (
        Account(uid, gid, changes=True)
        .run("/bin/sh", "-c", f"{binaries / 'postgres'} -V")
        .returncode
    ):
        pytest.skip("an ordinary user cannot reach the binaries in this checkout")
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # A copy with threads, that only starts programs.
        child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(gid)
            os.setuid(uid)
            answer = action()
        except BaseException as error:  # noqa: BLE001  The copy must never run the other tests.
            answer = repr(error)
        os.write(writing, answer.encode())
        os._exit(0)
    os.close(writing)
    with open(reading) as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return answer


def test_a_file_where_the_data_folder_should_be_is_called_one(tmp_path):
    (tmp_path / "var").write_text("in the way")

    said = pytest.raises(DatabaseProblem, match=r"var is a file\. Nothing was changed")
    with said, ground.explained(tmp_path / "var"):
        (tmp_path / "var").mkdir()
