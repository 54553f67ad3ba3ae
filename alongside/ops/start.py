"""One command, a living service: database, tables, demonstration, web server, worker, browser.

One process supervises; it can be killed at any moment and the next start puts things right.
"""

import contextlib
import fcntl
import http.client
import os
import signal
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import FrameType

from alongside.ops import assets, database, ground, migrating, places, ports, processes
from alongside.ops.locks import try_lock
from alongside.ops.places import Problem
from alongside.ops.postgres import Server
from alongside.ops.processes import Child
from alongside.ops.say import say, step

READY_SECONDS = 60.0
LOOK_SECONDS = 0.5
ALREADY = 3  # The exit code of a start that found another: nothing was started, nothing is wrong.
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Options:
    host: str = "127.0.0.1"
    port: int = 8000
    opens_browser: bool = True


def start(options: Options) -> int:
    """Run until asked to stop. A second start for the same data folder only says where the first is."""
    if places.mode() == "production":
        raise Problem(
            "`start` is for the demonstration. In production run `serve` and `worker` as two services:"
            " see docs/how-to/run-in-production.md."
        )
    var = places.var()
    with ground.explained(var):
        var.mkdir(parents=True, exist_ok=True)
        lock = os.open(var / "running.lock", os.O_RDWR | os.O_CREAT, 0o600)
    if not try_lock(lock, fcntl.LOCK_EX):
        return already_running(var, options)
    with signals_stop(), ground.explained(var):
        return supervise(var, options)


def already_running(var: Path, options: Options) -> int:
    note = processes.noted(var / "running.json")
    url = note.get("url")
    if (
        not url or processes.started_at(note.get("pid", 0)) is None
    ):  # Left by a run that was killed.
        say(f"Alongside is already starting with the data folder {var}. Wait for that one.")
        return ALREADY
    say(f"Alongside is already running with the data folder {var}:\n\n    {url}\n")
    say("Stop that one first, or set ALONGSIDE_VAR to another folder to run a second one.")
    open_browser(url, options)
    return ALREADY


def supervise(var: Path, options: Options) -> int:
    note = var / "running.json"
    for name in processes.stop_orphans(note):
        say(f"The last run was cut short; its {name} was still going and has been stopped.")
    note.unlink(missing_ok=True)
    with contextlib.ExitStack() as undo:
        with step("Starting the database"):
            databases = undo.enter_context(database.running(var))
        port, _lock = ports.claim(options.host, options.port)
        if port != options.port:
            say(f"Port {options.port} is taken, so this one uses {port}.")
        url = f"http://{in_address(options.host)}:{port}"
        os.environ.setdefault(
            "ALONGSIDE_URL", url
        )  # The demonstration writes e-mails that name it.
        databases = make_ready(var, databases)
        children = make_children(var, options.host, port)
        undo.callback(note.unlink, missing_ok=True)
        facts = {"pid": os.getpid(), "url": url}
        with step("Starting the pages"):
            for child in children:
                undo.callback(child.stop)  # Run backwards: worker, web server, then the database.
                child.start()
                processes.note(note, children, facts)
                if child is children[0]:  # The worker would only slow the first page down.
                    wait_until_answering(child, options.host, port)
        greet(url, var)
        open_browser(url, options)
        with contextlib.suppress(KeyboardInterrupt):
            watch(children, databases, lambda: processes.note(note, children, facts))
        ignore_signals()
        say("Stopping …")
    say("Stopped. Everything saved is kept.")
    return 0


# Getting ready


def make_ready(var: Path, databases: database.Databases) -> database.Databases:
    unfinished = var / "seed.unfinished"
    if unfinished.exists() and os.environ.get(database.ADMIN):
        say("The demonstration was only half loaded when it was stopped; starting it afresh.")
        admin = os.environ[database.ADMIN]
        database.drop(admin, database.database_name())
        database.prepare(admin, database.database_name())
    if not migrating.is_current(databases.owner_url):
        run_verb("Preparing the tables", "migrate", "--quiet")
    if find_spec("alongside.ops.seed") and migrating.is_empty(databases.owner_url):
        unfinished.touch()
        run_verb("Loading the demonstration", "seed", "--scale", "demo")
    unfinished.unlink(missing_ok=True)
    if not assets.is_current():
        run_verb("Gathering styles and scripts", "serve", "--only-assets")
    return databases


def run_verb(title: str, *arguments: str) -> None:
    """In a process of its own, so that what it loads is gone when it ends."""
    command = [sys.executable, "-m", "alongside", *arguments]
    with step(title):
        code, said = processes.run_to_end(command)
    if code:
        tail = "\n".join(f"  {line}" for line in said.strip().splitlines()[-15:])
        raise Problem(f"{title} did not work. Nothing that was saved is lost. It said:\n{tail}")


def make_children(var: Path, host: str, port: int) -> list[Child]:
    environment = dict(os.environ, PYTHONUNBUFFERED="1")
    environment.setdefault("ALONGSIDE_HOSTS", ",".join(allowed_hosts(host)))
    logs = var / "logs"
    return [
        Child("web server", processes.web_command(host, port), logs / "web.log", environment),
        Child("worker", processes.worker_command(), logs / "worker.log", environment),
    ]


def allowed_hosts(host: str) -> list[str]:
    known = ["localhost", "127.0.0.1", "[::1]"]
    if host in ("0.0.0.0", "::"):
        name = socket.gethostname()
        known += [name, *{str(facts[4][0]) for facts in addresses_of(name)}]
    return [*known, host]


def addresses_of(name: str) -> list[tuple[object, object, object, object, tuple[object, ...]]]:
    try:
        return list(socket.getaddrinfo(name, None))
    except OSError:
        return []


def in_address(host: str) -> str:
    if host in ("0.0.0.0", "::"):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def wait_until_answering(web: Child, host: str, port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        status = answer(in_address(host).strip("[]"), port)
        if status is not None and status < 500:
            return
        if not web.is_running() or status is not None:
            break
        time.sleep(0.05)
    raise Problem(
        f"The pages do not answer. Everything saved is safe. {web.log} ends with:\n{web.last_words()}"
    )


def answer(host: str, port: int) -> int | None:
    connection = http.client.HTTPConnection(host, port, timeout=20)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def greet(url: str, var: Path) -> None:
    say(f"\nAlongside is running:\n\n    {url}\n")
    say(
        f"This is a demonstration: every person and pupil in it is invented. Its data folder is {var}."
    )
    if "127.0.0.1" not in url and "localhost" not in url:
        say(
            "Anyone who can reach this address can sign in as anyone. Do not put real records in it."
        )
    say("Press Ctrl-C to stop.")


def open_browser(url: str, options: Options) -> None:
    is_headless = sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    unwanted = os.environ.get("CI") or os.environ.get("ALONGSIDE_NO_BROWSER")
    if options.opens_browser and not is_headless and not unwanted:
        threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()


# Keeping it alive


def watch(
    children: list[Child], databases: database.Databases, changed: Callable[[], None]
) -> None:
    while True:
        time.sleep(LOOK_SECONDS)
        if databases.server is not None and databases.server.pid() is None:
            revive(databases.server)
        for child in children:
            if not child.is_running() and child.may_restart():
                say(f"The {child.name} stopped by itself; starting it again (see {child.log}).")
                child.restart()
                changed()


def revive(server: Server) -> None:
    say("The database stopped by itself; starting it again. Everything saved is safe.")
    try:
        server.start()
    except Problem as problem:
        say(f"{problem}\nTrying again in ten seconds.")
        time.sleep(10)


@contextlib.contextmanager
def signals_stop() -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def ignore_signals() -> None:
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
