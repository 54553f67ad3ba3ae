"""The server that is measured: the one that `serve` starts, on a free port of this machine only."""

import contextlib
import os
import time
import urllib.request
from collections.abc import Iterator

from alongside.ops import assets, places, ports
from alongside.ops.places import Problem
from alongside.ops.processes import Child, web_command

HOST = "127.0.0.1"
FIRST_PORT = 8700
PATIENCE = 60.0


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Its address, for as long as the block lasts. The database must run and Django be set up."""
    if not assets.is_current():
        assets.gather()
    port, lock = ports.claim(HOST, FIRST_PORT)
    server = Child(
        "bench",
        web_command(HOST, port),
        places.var() / "logs" / "bench.log",
        {**os.environ, "ALONGSIDE_BENCH": "1"},
    )
    try:
        server.start()
        _wait(server, f"http://{HOST}:{port}/bench/base/")
        yield f"http://{HOST}:{port}"
    finally:
        server.stop()
        os.close(lock)


def _wait(server: Child, address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.is_running():
        if _answers(address):
            return
        time.sleep(0.2)
    raise Problem(f"The server to be measured did not start:\n{server.last_words()}")


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
