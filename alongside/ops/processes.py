"""The web server and the worker as child processes: started, watched, stopped, found again after a crash."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from alongside.ops.places import PROJECT

POLITE_SECONDS = 8.0
LAST_SECONDS = 1.5
LOG_LIMIT = 5_000_000
SETTLED_SECONDS = 30.0
LONGEST_PAUSE = 30.0


@dataclass
class Child:
    """One program of ours. When it dies it is started again, after longer pauses each time."""

    name: str
    command: list[str]
    log: Path
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    started: float = 0.0
    deaths: int = 0
    _retry_at: float = field(default=0.0, repr=False)

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".previous.log"))
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=PROJECT,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches us, and we stop them in order.
            )
        self.began = time.monotonic()
        self.started = started_at(self.process.pid) or time.time()

    def restart(self) -> None:
        """After a death: first whatever it left behind, which may still hold the port."""
        self.stop()
        self.start()

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def may_restart(self) -> bool:
        """Whether the pause after a death is over; the first restart is at once."""
        if time.monotonic() - self.began > SETTLED_SECONDS:
            self.deaths = 0
        if not self._retry_at:
            pause = 0.0 if self.deaths == 0 else min(2.0**self.deaths, LONGEST_PAUSE)
            self.deaths += 1
            self._retry_at = time.monotonic() + pause
        if time.monotonic() < self._retry_at:
            return False
        self._retry_at = 0.0
        return True

    def stop(self) -> None:
        if self.process is not None:
            stop_group(self.process.pid, self.started)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(1)

    def last_words(self, lines: int = 12) -> str:
        try:
            tail = self.log.read_bytes()[-6000:].decode(errors="replace").splitlines()[-lines:]
        except OSError:
            return ""
        return "\n".join(f"  {line}" for line in tail)


def run_to_end(command: list[str]) -> tuple[int, str]:
    """A program's end and what it said. When we are stopped before, all that it started is too."""
    process = subprocess.Popen(
        command,
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    since = started_at(process.pid) or time.time()
    try:
        said, _ = process.communicate()
    except BaseException:
        stop_group(process.pid, since)
        raise
    return process.returncode, said


def stop_group(leader: int, since: float) -> bool:
    """Ask a program to end, and after a while end it and all it started; whether anything was there.

    Each program of ours leads a process group, so that what it started is found even after its own
    death. `since` keeps us from another program that has been given the same number later.
    """
    family = members(leader, since)
    ask([process for process in family if process.pid == leader], POLITE_SECONDS)
    ask(members(leader, since), LAST_SECONDS)
    for process in members(leader, since):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(family, timeout=5)
    return bool(family)


def ask(processes: list[psutil.Process], seconds: float) -> None:
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGTERM)
    psutil.wait_procs(processes, timeout=seconds)


def members(leader: int, since: float) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, ProcessLookupError):
            is_ours = os.getpgid(process.pid) == leader and process.create_time() >= since - 1
            if is_ours and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    if any(process.pid == leader and abs(process.create_time() - since) > 1 for process in found):
        return []  # The number now leads another group.
    return found


def note(path: Path, children: Iterable[Child], more: Mapping[str, Any]) -> None:
    """Write down what runs, so that the next start can find it if this one is killed."""
    running = [
        {"name": child.name, "pid": child.process.pid, "started": child.started}
        for child in children
        if child.process is not None
    ]
    part = path.with_suffix(".part")
    part.write_text(json.dumps({**more, "children": running}))
    part.replace(path)


def noted(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def stop_orphans(path: Path) -> list[str]:
    """Stop what a killed start left behind: the same process, not another that got its number."""
    stopped = []
    for child in noted(path).get("children", []):
        if stop_group(child["pid"], child["started"]):
            stopped.append(child["name"])
    return stopped


def started_at(pid: int) -> float | None:
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else process.create_time()
    except psutil.Error:
        return None


def web_command(host: str, port: int) -> list[str]:
    """Two processes suit two cores; a killed one is replaced by the server itself."""
    return [
        sys.executable, "-m", "granian",
        "--interface", "wsgi",
        "--host", host,
        "--port", str(port),
        "--workers", os.environ.get("ALONGSIDE_WEB_PROCESSES", "2"),
        "--blocking-threads", os.environ.get("ALONGSIDE_WEB_THREADS", "4"),
        "--no-ws",
        "--respawn-failed-workers",
        "--workers-kill-timeout", "5",
        "--log-level", "warning",
        "--working-dir", str(PROJECT),
        "alongside.wsgi:application",
    ]  # fmt: skip


def worker_command() -> list[str]:
    return [sys.executable, "-m", "alongside", "worker"]
