"""One command, a living service: started twice, killed in each part, stopped; nothing acknowledged is lost."""

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
import pytest

from alongside.ops import database
from alongside.ops.places import PROJECT
from alongside.ops.ports import is_free
from tests.ops.conftest import wait_for

FIRST_START = 180.0
PORT = 18_500
pytestmark = [pytest.mark.timeout(400), pytest.mark.xdist_group("start")]


@dataclass
class Service:
    var: Path
    process: subprocess.Popen[str] | None = None

    def command(self, *more: str, **environment: str) -> tuple[list[str], dict[str, str]]:
        kept = {
            k: v for k, v in os.environ.items() if not k.startswith(("ALONGSIDE_", "DATABASE_"))
        }
        kept |= {"ALONGSIDE_VAR": str(self.var), "ALONGSIDE_NO_BROWSER": "1", **environment}
        return [sys.executable, "-m", "alongside", *more], kept

    def start(self) -> None:
        command, environment = self.command("start", "--port", str(PORT))
        with open(self.var / "said", "a") as said:
            self.process = subprocess.Popen(
                command, cwd=PROJECT, env=environment, stdout=said, stderr=said, text=True
            )
        wait_for(self.has_begun_or_ended, FIRST_START)
        assert self.process.poll() is None, self.said()

    def has_begun_or_ended(self) -> bool:
        if self.process.poll() is not None:
            return True
        return self.note.get("pid") == self.process.pid and self.status() is not None

    def run(self, *more: str) -> subprocess.CompletedProcess[str]:
        command, environment = self.command(*more)
        return subprocess.run(
            command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
        )

    @property
    def note(self) -> dict:
        try:
            return json.loads((self.var / "running.json").read_text())
        except (OSError, ValueError):
            return {}

    @property
    def port(self) -> int:
        return int(self.note.get("url", ":0").rsplit(":", 1)[1])

    def pid(self, name: str) -> int:
        return next(child["pid"] for child in self.note["children"] if child["name"] == name)

    def status(self) -> int | None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", "/sign-in/")
            return connection.getresponse().status
        except OSError:
            return None
        finally:
            connection.close()

    def said(self) -> str:
        return (self.var / "said").read_text()

    def database_pid(self) -> int:
        """Nought while there is none."""
        files = list(self.var.glob("postgres/server/data-*/postmaster.pid"))
        lines = files[0].read_text().split() if files else []
        return int(lines[0]) if lines else 0

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(60)


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    var = Path(tempfile.mkdtemp(prefix="alongside-start-"))
    var.chmod(0o755)
    made = Service(var)
    try:  # A start that never comes must not be left running either.
        made.start()
        yield made
    finally:
        if made.process and made.process.poll() is None:
            made.stop()
        shutil.rmtree(var, ignore_errors=True)


@pytest.fixture(autouse=True)
def living(service) -> None:
    if service.process.poll() is not None:
        service.start()
    wait_for(lambda: service.status() is not None)


def test_it_answers_and_says_where(service):
    wait_for(lambda: "Press Ctrl-C" in service.said())

    assert service.status() in (200, 302)
    assert f"http://127.0.0.1:{service.port}" in service.said()


def test_every_e_mail_of_the_demonstration_leads_to_where_it_answers(service):
    written = [each.read_text() for each in (service.var / "mail").iterdir()]

    assert written
    for mail in written:
        assert set(re.findall(r"http://[^/\s]+", mail)) == {f"http://127.0.0.1:{service.port}"}


def test_a_second_start_says_where_the_first_is_and_leaves_it_alone(service):
    second = service.run("start")

    assert second.returncode == 3
    assert f"already running with the data folder {service.var}" in second.stdout
    assert f"http://127.0.0.1:{service.port}" in second.stdout
    assert service.status() is not None


def test_a_killed_web_server_comes_back_on_the_same_address(service):
    killed = service.pid("web server")
    os.kill(killed, signal.SIGKILL)

    wait_for(lambda: service.pid("web server") != killed and service.status() is not None)

    assert "The web server stopped by itself" in service.said()


def test_a_killed_worker_comes_back(service):
    killed = service.pid("worker")
    os.kill(killed, signal.SIGKILL)

    wait_for(lambda: service.pid("worker") != killed and psutil.pid_exists(service.pid("worker")))


def test_a_killed_database_comes_back_with_everything_acknowledged(service):
    url = owner_url(service)
    with psycopg.connect(url) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS acknowledged AS SELECT 7 AS number")
    killed = service.database_pid()
    os.kill(killed, signal.SIGKILL)

    wait_for(lambda: service.database_pid() not in (0, killed) and answers(url))

    with psycopg.connect(url) as owner:
        assert owner.execute("SELECT number FROM acknowledged").fetchone() == (7,)
        owner.execute("DROP TABLE acknowledged")
    wait_for(lambda: service.status() in (200, 302))


def test_a_killed_supervisor_is_succeeded_by_the_next_start(service):
    port = service.port
    web = service.pid("web server")
    service.stop(signal.SIGKILL)

    service.start()

    assert service.port == port
    assert is_gone(web)
    assert "The last run was cut short" in service.said()


def test_a_restore_is_refused_while_it_runs(service, tmp_path):
    assert service.run("backup", str(tmp_path / "b.tar")).returncode == 0

    restored = service.run("restore", str(tmp_path / "b.tar"), "--replace")

    assert restored.returncode == 1
    assert "Stop it, then restore" in restored.stderr


def test_stopping_ends_everything_in_order_and_frees_the_address(service):
    port, web, worker = service.port, service.pid("web server"), service.pid("worker")
    postgres = service.database_pid()

    ended = service.stop(signal.SIGINT)

    assert ended == 0
    assert all(map(is_gone, (web, worker, postgres)))
    assert is_free("127.0.0.1", port)
    assert service.said().rstrip().endswith("Stopped. Everything saved is kept.")


def is_gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def owner_url(service: Service) -> str:
    """As the service itself would make it: from the secret in its own data folder."""
    asked = subprocess.run(
        [
            sys.executable,
            "-c",
            "from alongside.ops import database\nwith database.running() as d: print(d.owner_url)",
        ],
        cwd=PROJECT,
        env=service.command()[1],
        capture_output=True,
        text=True,
        check=True,
    )
    return asked.stdout.strip()


def answers(url: str) -> bool:
    try:
        database.connect(url).close()
    except database.DatabaseProblem:
        return False
    return True
