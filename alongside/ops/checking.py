"""What `check` runs, in order, and how each is called. Each answers ok, failed or skipped, with why."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from alongside.ops import house
from alongside.ops.places import PROJECT

BUILT = PROJECT / "alongside" / "web" / "static"
BIN = Path(sys.executable).parent
DJANGO_VERSION = ("--target-version", "6.1")


@dataclass(frozen=True)
class Outcome:
    name: str
    result: str
    seconds: float
    detail: str = ""


def outcomes(only: list[str]) -> Iterator[Outcome]:
    for name, check in CHECKS.items():
        if only and name not in only:
            continue
        began = time.monotonic()
        try:
            result, detail = check()
        except OSError as error:
            result, detail = "failed", f"{error.strerror}: {error.filename}"
        yield Outcome(name, result, round(time.monotonic() - began, 1), detail)


def program(*command: str, **environment: str) -> tuple[str, str]:
    done = subprocess.run(
        command,
        cwd=PROJECT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return ("failed" if done.returncode else "ok"), done.stdout.strip()


def mend() -> None:
    """What a machine can put right: imports, format, templates."""
    program(str(BIN / "ruff"), "check", "--fix", "--quiet", ".")
    program(str(BIN / "ruff"), "format", "--quiet", ".")
    program(str(BIN / "djade"), *DJANGO_VERSION, *pages())


def pages() -> list[str]:
    return [str(path) for path in house.tracked() if path.suffix == ".html"]


def quality(name: str, *arguments: str) -> Callable[[], tuple[str, str]]:
    return lambda: program(str(BIN / name), *arguments)


def django(*arguments: str) -> Callable[[], tuple[str, str]]:
    """Django's own checks read code alone; no database is asked."""
    return lambda: program(
        sys.executable, "-W", "ignore::RuntimeWarning", "-m", "django", *arguments,
        DJANGO_SETTINGS_MODULE="alongside.settings", ALONGSIDE_MODE="test",
    )  # fmt: skip


def templates() -> tuple[str, str]:
    return (
        program(str(BIN / "djade"), "--check", *DJANGO_VERSION, *pages()) if pages() else ("ok", "")
    )


def house_rules() -> tuple[str, str]:
    found = list(house.faults())
    return ("failed" if found else "ok"), "\n".join(found)


def documents() -> tuple[str, str]:
    if not find_spec("alongside.ops.docs"):
        return "skipped", "no document is generated yet"
    return program(sys.executable, "-m", "alongside", "docs", "--check", ALONGSIDE_MODE="test")


def built_assets() -> tuple[str, str]:
    """Build again and compare: what is committed must be what the sources make."""
    if not (PROJECT / "package.json").exists():
        return "skipped", "there is no package.json"
    if not shutil.which("npm"):
        why = "npm is not installed here"
        return (
            ("failed", f"{why}, and a check on a build server needs it")
            if os.environ.get("CI")
            else ("skipped", why)
        )
    before = fingerprints()
    if not npm_is_current():
        result, said = program("npm", "ci", "--no-audit", "--no-fund")
        if result == "failed":
            return result, said
    result, said = program("npm", "run", "build")
    if result == "failed":
        return result, said
    changed = sorted(name for name in before.items() ^ fingerprints().items())
    names = "\n".join(sorted({name for name, _ in changed}))
    return ("failed", f"built anew, these differ; commit them:\n{names}") if names else ("ok", "")


def npm_is_current() -> bool:
    installed = PROJECT / "node_modules" / ".package-lock.json"
    locked = PROJECT / "package-lock.json"
    return installed.exists() and installed.stat().st_mtime >= locked.stat().st_mtime


def fingerprints() -> dict[str, str]:
    files = (path for path in sorted(BUILT.rglob("*")) if path.is_file())
    return {
        path.relative_to(PROJECT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


CHECKS: dict[str, Callable[[], tuple[str, str]]] = {
    "format": quality("ruff", "format", "--check", "--quiet", "."),
    "lint": quality("ruff", "check", "--quiet", "."),
    "house": house_rules,
    "layers": quality("lint-imports", "--no-cache"),
    "templates": templates,
    "types": quality("mypy"),
    "settings": django("check"),
    "migrations": django("makemigrations", "--check", "--dry-run"),
    "documents": documents,
    "assets": built_assets,
}
