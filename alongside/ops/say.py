"""What the person at the terminal reads: a line for anything that takes more than two seconds."""

import contextlib
import sys
import threading
import time
from collections.abc import Iterator

QUIET_SECONDS = 2.0
_is_aside = threading.Event()  # Standard output is for an answer in JSON, and for nothing else.


def keep_aside(wanted: bool) -> None:
    """What is said goes to standard error from now on, or no longer does."""
    if wanted:
        _is_aside.set()
    else:
        _is_aside.clear()


def say(text: str) -> None:
    with contextlib.suppress(OSError, ValueError):  # The terminal may be gone; the service goes on.
        print(text, flush=True, file=sys.stderr if _is_aside.is_set() else sys.stdout)


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Silent when quick; otherwise what is being done, and how long it took."""
    done = threading.Event()
    began = time.monotonic()
    threading.Thread(target=_tick, args=(title, done), daemon=True).start()
    try:
        yield
    finally:
        done.set()
    seconds = time.monotonic() - began
    if seconds > QUIET_SECONDS:
        say(f"{title}: done in {seconds:.0f} s")


def _tick(title: str, done: threading.Event) -> None:
    if done.wait(QUIET_SECONDS):
        return
    say(f"{title} …")
    began = time.monotonic()
    while not done.wait(15):
        say(f"{title} … {time.monotonic() - began + QUIET_SECONDS:.0f} s so far")
