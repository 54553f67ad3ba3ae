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


def find_or_install() -> str:
    found = find()
    if found:
        return found
    say("No Chromium was found for the browser journeys, so one is installed now.")
    install()
    found = find()
    if not found:
        raise Problem(
            "No Chromium could be installed. Install Chromium or Google Chrome, or set"
            " ALONGSIDE_CHROMIUM to the program, then run the tests again."
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


def install() -> None:
    with step("Downloading Playwright's Chromium (about 170 MB)"):
        done = quietly([sys.executable, "-m", "playwright", "install", "chromium"], seconds=900)
    if done is not None and done.returncode == 0 and find():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        with step("Installing the system's Chromium"):
            quietly(["apt-get", "update", "-q"], seconds=300)
            quietly(["apt-get", "install", "-q", "-y", "chromium"], seconds=900)


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
