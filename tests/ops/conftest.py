"""Folders and waiting for the tests of what runs the service."""

import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from alongside.ops.postgres import Server


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the database's own user may enter too; pytest's own are shut to others."""
    made = Path(tempfile.mkdtemp(prefix="alongside-test-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="session")
def stopped_server() -> Iterator[Path]:
    """The folder of a server that has run once, to be copied: quicker than making each anew."""
    made = Path(tempfile.mkdtemp(prefix="alongside-server-"))
    made.chmod(0o755)
    server = Server(made / "postgres", is_disposable=True)
    server.start()
    server.stop()
    yield made / "postgres"
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def make_server(folder: Path, stopped_server: Path) -> Iterator[Callable[..., Server]]:
    made: list[Server] = []

    def make(
        where: Path = folder / "postgres", *, is_new: bool = False, is_disposable: bool = True
    ) -> Server:
        if not is_new and not where.exists():
            subprocess.run(["cp", "-a", stopped_server, where], check=True)
        made.append(Server(where, is_disposable=is_disposable))
        return made[-1]

    yield make
    for server in made:
        server.stop()


def wait_for(condition: Callable[[], object], seconds: float = 30) -> None:
    """Until it is so; fails with its name when it never is."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, f"never came: {condition}"
        pause.wait(0.05)


def only_root() -> pytest.MarkDecorator:
    return pytest.mark.skipif(os.geteuid() != 0, reason="only root meets this")
