"""The real service for journeys: its own database, a real web process, a real Chromium."""

import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser

from alongside.ops import database, migrating, ports, processes
from alongside.ops.locks import locked
from alongside.ops.places import PROJECT
from tests.database import ADMIN, TEMPLATE, WORK
from tests.journeys.walk import Enter, Faults, Walk
from tests.ops.conftest import wait_for

DATABASE = f"{WORK}_journeys"


@dataclass(frozen=True)
class Live:
    """The running service, and who is who in it."""

    url: str
    people: dict[str, Any]
    environment: dict[str, str]

    def run(self, *verb: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "alongside", *verb],
            cwd=PROJECT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="session")
def live(django_db_setup: None) -> Iterator[Live]:
    var = Path(tempfile.mkdtemp(prefix="alongside-journeys-"))
    with locked(Path(os.environ["ALONGSIDE_VAR"]) / "template.lock"):
        ready = database.clone(ADMIN, TEMPLATE, DATABASE)
    with psycopg.connect(ready.owner_url, autocommit=True) as owner:  # A copy loses this mark.
        owner.execute(f"COMMENT ON DATABASE {DATABASE} IS '{migrating.fingerprint()}'")
    port, _lock = ports.claim("127.0.0.1", 18_700)
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "ALONGSIDE_MODE": "demonstration",
        "ALONGSIDE_VAR": str(var),
        "ALONGSIDE_URL": url,
        "ALONGSIDE_WEB_PROCESSES": "1",
        database.WEB: ready.web_url,
        database.OWNER: ready.owner_url,
    }
    laid = subprocess.run(
        [sys.executable, "-m", "tests.journeys.ground"],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert laid.returncode == 0, laid.stderr
    command = [sys.executable, "-m", "alongside", "serve", "--port", str(port)]
    web = processes.Child("web server", command, var / "web.log", environment)
    web.start()
    try:
        wait_for(lambda: answers(port) or not web.is_running(), 60)
        assert web.is_running(), web.last_words()
        yield Live(url, json.loads(laid.stdout.splitlines()[-1]), environment)
    finally:
        web.stop()
        with database.connect(ADMIN) as admin:
            database.drop_database(admin, DATABASE)
        shutil.rmtree(var, ignore_errors=True)


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", "/sign-in/")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
def enter(
    chromium_browser: Browser, faults: Faults, request: pytest.FixtureRequest
) -> Iterator[Enter]:
    """`walk = enter("Outreach worker")`: signed in by role, in a browser window of their own."""
    journey = request.node.path.stem.removeprefix("test_")
    contexts = []

    def sign_in(role: str, *, council: str = "Eastmere", width: int = 1280, **options: Any) -> Walk:
        context = chromium_browser.new_context(
            base_url=options.pop("url", "") or request.getfixturevalue("live").url,
            viewport={"width": width, "height": 900},
            bypass_csp=True,  # Axe is put in from outside; the policy has tests of its own.
            accept_downloads=True,
            **options,
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        walk = Walk(context.new_page(), role, faults, journey)
        walk.go("/demonstration/")
        door = walk.page.locator("section").filter(has=walk.page.get_by_text(f"{council}, a "))
        with walk.page.expect_navigation():
            door.locator("button").filter(
                has=walk.page.get_by_text(f"Sign in as {role}", exact=True)
            ).click()
        return walk

    yield sign_in
    for context in contexts:
        context.close()
