"""Finds a Chromium for the browser journeys, or installs one and says so."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

from alongside.ops.places import Problem
from alongside.ops.say import say, step

ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
ASK_PLAYWRIGHT = (
    "from playwright.sync_api import sync_playwright as s\n"
    "with s() as p: print(p.chromium.executable_path)"
)


class NotInstalled(Exception):
    """One way of installing did not work; the message is its own reason."""


def find_or_install() -> str:
    named = os.environ.get("ALONGSIDE_CHROMIUM")
    if named and not works(named):
        say(f"ALONGSIDE_CHROMIUM names {named}, which does not start; another is looked for.")
    found = find()
    if found:
        return found
    say("No Chromium was found for the browser journeys, so one is installed now.")
    reasons = install()
    found = find()
    if not found:
        tried = "\n".join(f"  - {reason}" for reason in reasons)
        raise Problem(
            f"No Chromium could be installed:\n{tried}\n"
            "Nothing else was changed, and no test has run.\n"
            "Install it yourself (Debian, Ubuntu: sudo apt install chromium; or Google Chrome), or set"
            " ALONGSIDE_CHROMIUM to the program, then run the tests again.\n"
            "The contexts are tested without a browser: python3 run.py test --wall"
        )
    say(f"Chromium is installed: {found}")
    return found


def find() -> str | None:
    return next((program for program in candidates() if works(program)), None)


def candidates() -> Iterator[str]:
    if os.environ.get("ALONGSIDE_CHROMIUM"):
        yield os.environ["ALONGSIDE_CHROMIUM"]
    yield from filter(None, map(shutil.which, ON_PATH))
    yield from APPLICATIONS
    asked = quietly([sys.executable, "-c", ASK_PLAYWRIGHT])
    if asked and asked.returncode == 0:
        yield asked.stdout.strip()


def works(program: str) -> bool:
    """A wrapper may exist where the browser behind it does not, or its libraries are missing."""
    asked = quietly([program, "--version"])
    return asked is not None and asked.returncode == 0


def install() -> list[str]:
    """By Playwright, then as root by the system; why each way that was tried did not work."""
    playwright = [sys.executable, "-m", "playwright", "install", "chromium"]
    reasons = attempt("Downloading Playwright's Chromium (about 170 MB)", playwright)
    if find():
        return reasons
    if not reasons:
        reasons = ["Playwright's Chromium is here but does not start: libraries of it are missing."]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        reasons += attempt("Refreshing the system's list of packages", ["apt-get", "update", "-q"])
        apt = ["apt-get", "install", "-q", "-y", "chromium"]
        reasons += attempt("Installing the system's Chromium", apt)
    return reasons


def attempt(title: str, command: list[str]) -> list[str]:
    try:
        with step(title):
            done = quietly(command, seconds=900)
            if done is None:
                raise NotInstalled("it could not be run, or took longer than 15 minutes.")
            if done.returncode:
                raise NotInstalled(reason_in(done.stderr + done.stdout))
    except NotInstalled as reason:
        say(f"That did not work: {reason}")
        return [f"{title}: {reason}"]
    return []


def reason_in(said: str) -> str:
    """The first line that names an error; installers print much around it."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("Error:", "E:"))]
    return (errors or lines[-1:] or ["it did not say why."])[0]


def quietly(command: list[str], seconds: float = 60) -> subprocess.CompletedProcess[str] | None:
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            timeout=seconds,
            check=False,
        )
    return None
