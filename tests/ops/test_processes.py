"""Children of the supervisor: ended with all they started, found again after a crash, restarted with patience."""

import os
import socket
import subprocess
import sys

import psutil
import pytest

from alongside.ops import ports, processes, start
from alongside.ops.places import PROJECT
from alongside.ops.processes import Child
from tests.ops.conftest import wait_for

WITH_A_CHILD = (
    "import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()']);"
    "print(p.pid, flush=True); p.wait()"
)

# A start that runs a verb with helpers of its own, as loading the demonstration does.
STARTING = (
    "import sys; from alongside.ops import processes, start\n"
    "with start.signals_stop(): processes.run_to_end([sys.executable, '-c', sys.argv[1]])"
)
WITH_A_HELPER = (
    "import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()']);"
    "open({note!r}, 'w').write(str(p.pid)); p.wait()"
)


@pytest.fixture
def child(tmp_path):
    made = Child(
        "web server", [sys.executable, "-c", WITH_A_CHILD], tmp_path / "web.log", os.environ
    )
    made.start()
    wait_for(lambda: made.log.read_text().strip())
    yield made
    made.stop()


def grandchild(child: Child) -> int:
    return int(child.log.read_text().split()[-1])


def test_what_a_killed_child_left_behind_is_ended_before_it_restarts(child):
    left = grandchild(child)
    child.process.kill()
    child.process.wait()

    child.restart()

    assert child.is_running()
    assert not psutil.pid_exists(left) or psutil.Process(left).status() == psutil.STATUS_ZOMBIE


def test_the_next_start_finds_and_ends_what_a_killed_one_left(child, tmp_path):
    processes.note(tmp_path / "running.json", [child], {"url": "http://127.0.0.1:1"})

    stopped = processes.stop_orphans(tmp_path / "running.json")

    assert stopped == ["web server"]
    assert child.process.wait(5) is not None


def test_another_program_with_the_same_number_is_left_alone(child, tmp_path):
    child.started -= 3600
    processes.note(tmp_path / "running.json", [child], {})

    stopped = processes.stop_orphans(tmp_path / "running.json")
    child.started += 3600

    assert stopped == []
    assert child.is_running()


def test_a_torn_note_is_as_good_as_none(tmp_path):
    (tmp_path / "running.json").write_text('{"children": [')

    assert processes.stop_orphans(tmp_path / "running.json") == []


def test_the_first_restart_is_at_once_and_the_next_waits(tmp_path):
    child = Child("worker", [sys.executable, "-c", ""], tmp_path / "log", os.environ)
    child.start()
    child.process.wait()

    assert child.may_restart()
    assert not child.may_restart()


def test_a_taken_port_gives_the_next_free_one():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        found, lock = ports.claim("127.0.0.1", port)

    assert found > port
    os.close(lock)


def test_two_of_ours_never_claim_the_same_port():
    first, lock = ports.claim("127.0.0.1", 18_400)
    second, other = ports.claim("127.0.0.1", 18_400)

    assert second > first
    os.close(lock)
    os.close(other)


def test_the_address_of_a_killed_run_is_not_given_out_as_a_running_one(tmp_path, capsys):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    processes.note(tmp_path / "running.json", [], {"pid": gone.pid, "url": "http://127.0.0.1:1"})

    code = start.already_running(tmp_path, start.Options(opens_browser=False))

    said = capsys.readouterr().out
    assert (code, "already starting" in said) == (3, True)
    assert "http://" not in said


def test_a_program_run_to_its_end_answers_with_what_it_said():
    assert processes.run_to_end([sys.executable, "-c", "print('done'); exit(3)"]) == (3, "done\n")


def test_a_start_that_is_stopped_halfway_leaves_no_helper_of_its_verb_running(tmp_path):
    note = tmp_path / "pid"
    verb = WITH_A_HELPER.format(note=str(note))
    starting = subprocess.Popen(
        [sys.executable, "-c", STARTING, verb], cwd=PROJECT, stderr=subprocess.DEVNULL
    )
    wait_for(lambda: note.exists() and note.read_text())
    helper = psutil.Process(int(note.read_text()))

    starting.terminate()
    starting.wait(20)

    assert not helper.is_running() or helper.status() == psutil.STATUS_ZOMBIE
