#!/usr/bin/env python3
"""Sets Alongside up on this machine and runs it: `python3 run.py`, or `python3 run.py help`.

Standard library only, for any Python from 3.8 on: it finds (or fetches) uv and a fitting Python,
installs the exact locked packages into .venv, and hands over to `python -m alongside`.
"""

import contextlib
import glob
import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "alongside.json")
OWN = os.path.join(HERE, ".uv")  # What this script fetches for itself.
FITTING = ">=3.12,<3.14"
NEEDS_DEVELOPMENT = ("test", "check", "docs")
NO_PYTHON = """
Install Python 3.12 or 3.13 yourself, then run this again. One of these does it:
  sudo apt install python3.13 python3.13-venv    (Debian 13, Ubuntu)
  brew install python@3.13                       (macOS)
  pyenv install 3.13
One in an unusual place is named by UV_PYTHON=/path/to/python3.13."""


class Stop(Exception):
    """A message for the person at the keyboard."""


def main():
    if os.name == "nt":
        raise Stop(
            "Alongside runs on Linux and macOS. On Windows, run it inside WSL (Linux for Windows)."
        )
    arguments = sys.argv[1:]
    wanted = "dev" if arguments and arguments[0] in NEEDS_DEVELOPMENT else "base"
    if arguments[:1] == ["install"]:
        wanted = "dev" if "--dev" in arguments else "base"
    if not is_installed(wanted):
        with one_at_a_time():
            if not is_installed(wanted):  # The other one may have done it meanwhile.
                install(wanted)
    if arguments[:1] == ["install"]:
        say(f"Installed in {VENV}.")
        return
    with contextlib.suppress(OSError):  # The caller's folder may be gone.
        os.environ["ALONGSIDE_CALLED_FROM"] = os.getcwd()
    os.chdir(HERE)
    sys.stdout.flush()
    os.execv(PYTHON, [PYTHON, "-m", "alongside"] + arguments)


def is_installed(wanted):
    """Whether .venv already holds what the locked files name. Development includes the base."""
    stamp = read_stamp()
    return stamp.get(wanted) == fingerprint(wanted) and works([PYTHON, "-c", ""])


def install(wanted):
    check_writable()
    uv = find_uv()
    if not is_fitting(PYTHON):
        python = find_python(uv)
        run_step(
            "Making the Python environment",
            uv + ["venv", "--quiet", "--clear", "--python", python, VENV],
        )
    if wanted == "base" and holds_development():
        wanted = "dev"  # A sync to the base alone would take the developer's tools away.
    with contextlib.suppress(OSError):
        os.remove(STAMP)  # Half an installation must not pass for a whole one.
    run_step(
        "Installing the locked packages",
        uv
        + [
            "pip",
            "sync",
            "--quiet",
            "--compile-bytecode",
            "--require-hashes",
            "--python",
            PYTHON,
            requirements(wanted),
        ],
    )
    write_stamp(wanted)


# What is installed


def requirements(kind):
    return os.path.join(HERE, "requirements", kind + ".txt")


def fingerprint(kind):
    with open(requirements(kind), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def read_stamp():
    try:
        with open(STAMP) as file:
            stamp = json.load(file)
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(kind):
    kinds = ("base", "dev") if kind == "dev" else ("base",)
    part = STAMP + ".part"
    with open(part, "w") as file:
        json.dump({each: fingerprint(each) for each in kinds}, file)
    os.replace(part, STAMP)


def holds_development():
    return "dev" in read_stamp() or os.path.exists(os.path.join(VENV, "bin", "pytest"))


# uv


def find_uv():
    for command in usual_uv():
        if works(command + ["--version"]):  # A shim may exist and still fail.
            return command
    return fetch_uv()


def usual_uv():
    if os.environ.get("UV"):
        yield [os.environ["UV"]]
    found = shutil.which("uv")
    if found:
        yield [found]
    yield [os.path.expanduser("~/.local/bin/uv")]
    yield [sys.executable, "-m", "uv"]
    yield [os.path.join(OWN, "venv", "bin", "uv")]
    yield [os.path.join(OWN, "site", "bin", "uv")]


def fetch_uv():
    """uv into a corner of its own: by venv, by pip alone, or as root on Debian after adding venv."""
    lock = ["--quiet", "--disable-pip-version-check", "--require-hashes", "-r", requirements("uv")]
    place = os.path.join(OWN, "venv")
    target = os.path.join(OWN, "site")
    if works([sys.executable, "-c", "import venv, ensurepip"]):
        return uv_by_venv(place, lock)
    if works([sys.executable, "-m", "pip", "--version"]):
        run_step(
            "Fetching uv, the installer",
            [sys.executable, "-m", "pip", "install", "--target", target] + lock,
        )
        return [os.path.join(target, "bin", "uv")]
    if shutil.which("apt-get") and os.geteuid() == 0:
        run_step("Refreshing the system's list of packages", ["apt-get", "update", "-q"])
        run_step(
            "Adding python3-venv from the system",
            ["apt-get", "install", "-q", "-y", "python3-venv"],
        )
        return uv_by_venv(place, lock)
    raise Stop(
        "This Python has neither venv nor pip, and uv is not installed. Do one of these, then run this again:\n"
        "  sudo apt install python3-venv           (Debian, Ubuntu)\n"
        "  install uv: https://docs.astral.sh/uv/getting-started/installation/"
    )


def uv_by_venv(place, lock):
    python = os.path.join(place, "bin", "python")
    if not works([python, "-m", "pip", "--version"]):
        run_step("Making a corner for uv", [sys.executable, "-m", "venv", "--clear", place])
    run_step("Fetching uv, the installer", [python, "-m", "pip", "install"] + lock)
    return [os.path.join(place, "bin", "uv")]


# Python


def find_python(uv):
    if os.environ.get("UV_PYTHON"):
        return os.environ["UV_PYTHON"]
    for python in usual_pythons(uv):
        if is_fitting(python):
            return python
    say("No Python 3.12 or 3.13 was found here, so uv will download one (about 35 MB).")
    try:  # Not --quiet: uv would keep even its refusal to itself.
        run_step("Downloading Python 3.13", uv + ["python", "install", "3.13"])
    except Stop as stop:
        raise Stop(f"{stop}\n{NO_PYTHON}") from None
    return "3.13"


def usual_pythons(uv):
    yield getattr(sys, "_base_executable", sys.executable)
    command = uv + ["python", "find", "--system", "--no-python-downloads", FITTING]
    found = subprocess.run(
        command, cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
    )
    yield found.stdout.decode().strip()
    for version in ("3.13", "3.12"):
        found_here = shutil.which("python" + version)
        if found_here:
            yield found_here
        root = os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv")
        yield from sorted(
            glob.glob(os.path.join(root, "versions", version + ".*", "bin", "python3")),
            reverse=True,
        )


def is_fitting(python):
    question = "import sys; sys.exit(not (3, 12) <= sys.version_info[:2] < (3, 14))"
    return bool(python) and works([python, "-c", question])


# Doing things, and saying so


def works(command):
    try:
        done = subprocess.run(
            command,
            cwd=HERE,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def run_step(title, command):
    """Run one command quietly; speak up when it takes more than two seconds or fails."""
    began = time.time()
    done = threading.Event()
    ticker = threading.Thread(target=tick, args=(title, began, done), daemon=True)
    ticker.start()
    try:
        result = run(command)
        if result.returncode and b"certificate" in result.stdout:
            # Many councils' networks re-sign traffic with an authority only the system knows.
            result = run(command, UV_SYSTEM_CERTS="1")
    except OSError as error:
        raise Stop(f"{title} failed: {error.strerror}.") from None
    finally:
        done.set()
        ticker.join()
    if result.returncode:
        raise Stop(in_words(title, result.stdout.decode(errors="replace")))
    if time.time() - began > 2:
        say(f"{title}: done in {time.time() - began:.0f} s.")


def run(command, **more):
    return subprocess.run(
        command,
        cwd=HERE,
        env=dict(environment(), **more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )


def tick(title, began, done):
    if done.wait(2):
        return
    say(f"{title} …")
    while not done.wait(15):
        say(f"{title} … {time.time() - began:.0f} s so far")


def environment():
    """uv keeps a cache at home; some users (services) have no home to write to. A Python that it
    downloads stays here: one in root's home could not be read by the user who runs the service."""
    env = dict(os.environ, PIP_NO_INPUT="1", DEBIAN_FRONTEND="noninteractive")
    env.pop("VIRTUAL_ENV", None)
    env.setdefault("UV_PYTHON_INSTALL_DIR", os.path.join(OWN, "python"))
    if not os.access(os.path.expanduser("~"), os.W_OK):
        env.setdefault("UV_CACHE_DIR", os.path.join(OWN, "cache"))
    return env


def in_words(title, said):
    low = said.lower()
    tail = "\n".join("  " + line[:200] for line in said.strip().splitlines()[-3:])
    if "certificate" in low:
        why = "a certificate was not accepted. Ask whoever runs this network for its authority's file."
    elif "no space left" in low or "disk quota" in low:
        why = "the disk is full. Make room and run this again; nothing of yours was touched."
    elif any(
        sign in low
        for sign in (
            "dns error",
            "failed to fetch",
            "error sending request",
            "connection",
            "network",
            "resolve host",
        )
    ):
        why = (
            "the network did not answer. The first run needs it once, for packages; later runs do not.\n"
            "Connect this machine (behind a proxy, set HTTPS_PROXY), then run this again."
        )
    elif "permission denied" in low or "read-only file system" in low:
        why = f"a folder may not be written to. Give this user the right to write in {HERE}."
    elif "hash" in low and "mismatch" in low:
        why = "a package is not the one that was locked (its fingerprint differs). Nothing was installed."
    else:
        why = "it said what stands below."
        tail = "\n".join("  " + line for line in said.strip().splitlines()[-12:])
    return f"{title} did not work: {why}\n{tail}"


def check_writable():
    os.makedirs(OWN, exist_ok=True)
    if not os.access(HERE, os.W_OK):
        raise PermissionError(13, "Permission denied", HERE)
    if shutil.disk_usage(HERE).free < 700 * 1024 * 1024 and not os.path.exists(PYTHON):
        raise OSError(28, "No space left on device", HERE)


@contextlib.contextmanager
def one_at_a_time():
    """A kernel lock: it goes when its holder dies, so a file left behind means nothing."""
    import fcntl

    os.makedirs(OWN, exist_ok=True)
    with open(os.path.join(OWN, "lock"), "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Another run.py is installing packages here; waiting for it to finish …")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def say(text):
    print(text, flush=True)


def explain(error):
    if error.errno in (28, 122):
        return (
            f"There is no room on the disk that holds {HERE}. Alongside needs about 700 MB the first time.\n"
            "Make room and run this again; nothing of yours was touched."
        )
    if error.errno in (1, 13, 30):
        return (
            f"The folder {HERE} cannot be written to by this user, and the packages go in there.\n"
            "Copy the project to a folder of your own, or give this user the right to write in it."
        )
    return f"{error.strerror or error} ({error.filename or HERE})."


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Stop as stop:
        sys.exit(f"\n{stop}")
    except OSError as error:
        sys.exit(f"\n{explain(error)}")
    except KeyboardInterrupt:
        sys.exit("\nStopped before it was finished. Run it again to go on.")
