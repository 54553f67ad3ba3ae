"""kill -9 of web server, database and worker in the middle of a route: what was acknowledged is there."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psutil
import pytest
from playwright.sync_api import expect

from alongside.ops.places import PROJECT
from tests.journeys.walk import Enter
from tests.ops.conftest import wait_for
from tests.ops.test_start import Service, answers, owner_url

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300), pytest.mark.xdist_group("start")]


@pytest.fixture
def service() -> Iterator[Service]:
    """The whole service as a newcomer starts it, on a small ground: its own data folder, a database
    that syncs."""
    var = Path(tempfile.mkdtemp(prefix="alongside-killed-"))
    var.chmod(0o755)
    made = Service(var)
    try:
        lay_ground(made)
        made.start()
        yield made
    finally:
        if made.process and made.process.poll() is None:
            made.stop()
        shutil.rmtree(var, ignore_errors=True)


def lay_ground(service: Service) -> None:
    command, environment = service.command()
    laid = subprocess.run(
        [command[0], "-m", "tests.journeys.ground"],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert laid.returncode == 0, laid.stderr
    (service.var / "people.json").write_text(laid.stdout.splitlines()[-1])


def test_what_was_acknowledged_outlives_every_kill(service: Service, enter: Enter):
    url = f"http://127.0.0.1:{service.port}"
    school = enter("SENDCo, mainstream", url=url)
    incident = f"Left maths early. {uuid4()}"

    child = json.loads((service.var / "people.json").read_text())["chalkhill"][0]
    form = f"/referrals/new/{child['id']}/"
    school.go(form)
    school.choose(main_worry="LEAVING")
    school.type(last_incident=incident)
    school.press("Save and look at the criteria")
    kill_web(service)
    school.go(form)
    expect(school.page.locator('[name="last_incident"]')).to_have_value(incident)

    school.press("Check and send")
    school.press("Send to Eastmere outreach service")
    referral = school.number("referrals")
    kill_database(service)
    school.go(f"/referrals/{referral}/")
    school.sees(incident)

    worker = enter("Outreach Worker", url=url)
    worker.go(f"/referrals/{referral}/")
    worker.post(f"/referrals/{referral}/start/")
    kill_worker(service)
    kill_database(service)
    kill_web(service)
    worker.go(f"/referrals/{referral}/")
    worker.sees("Answer the criteria")

    service.stop(signal.SIGKILL)
    service.start()
    worker.go(f"http://127.0.0.1:{service.port}/referrals/{referral}/")  # Perhaps another port.
    worker.sees("Answer the criteria")
    verified = service.run("audit", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert "Whole:" in verified.stdout


def kill_web(service: Service) -> None:
    killed = service.pid("web server")
    family = [*psutil.Process(killed).children(recursive=True), psutil.Process(killed)]
    for process in family:
        process.kill()
    wait_for(lambda: service.pid("web server") != killed and service.status() is not None)


def kill_worker(service: Service) -> None:
    # On a busy machine it may be starting again just now, after the database was away.
    wait_for(lambda: psutil.pid_exists(service.pid("worker")))
    killed = service.pid("worker")
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: service.pid("worker") != killed and psutil.pid_exists(service.pid("worker")))


def kill_database(service: Service) -> None:
    address, killed = owner_url(service), service.database_pid()
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: service.database_pid() not in (0, killed) and answers(address))
    wait_for(lambda: service.status() in (200, 302))
