"""The house rules a linter does not know: small modules, honest templates, no machine's own paths."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from alongside.ops.places import PROJECT

LONGEST_MODULE = 400
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:work|root|home/\w+|Users/\w+)/")
READABLE = {".py", ".html", ".md", ".toml", ".sql", ".js", ".ts", ".scss", ".txt", ".json", ".css"}
NOT_OURS = (
    "requirements/",
    "package-lock.json",
    "alongside/web/static/",
    "docs/duties.csv",
    "LICENSE",
)


def faults() -> Iterator[str]:
    for path in tracked():
        name = path.relative_to(PROJECT).as_posix()
        if path.suffix not in READABLE or name.startswith(NOT_OURS):
            continue
        text = path.read_text(errors="replace")
        yield from (f"{name}: {fault}" for fault in faults_of(name, text))
    yield from dependency_faults((PROJECT / "pyproject.toml").read_text())


def tracked() -> list[Path]:
    """What git knows or would add; in a copy without git, everything that is not built or fetched."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        found = [PROJECT / name for name in listed.stdout.split("\0") if name]
    else:
        kept = ("alongside", "tests", "docs", "deploy", "packs", "frontend")
        found = [path for folder in kept for path in (PROJECT / folder).rglob("*")]
    return sorted(path for path in found if path.is_file())


def faults_of(name: str, text: str) -> Iterator[str]:
    lines = text.splitlines()
    if name.endswith(".py"):
        yield from module_faults(name, lines)
    if name.endswith(".html"):
        yield from template_faults(lines)
    for number, line in enumerate(lines, 1):
        if MACHINE_PATH.search(line) and "MACHINE_PATH" not in line:
            yield f"line {number} names a path of one machine"


def module_faults(name: str, lines: list[str]) -> Iterator[str]:
    if len(lines) >= LONGEST_MODULE and "/migrations/" not in name:
        yield f"{len(lines)} lines, and a module stays under {LONGEST_MODULE}: split it by noun"
    is_view = name.startswith("alongside/web/") and ("/views" in name)
    for number, line in enumerate(lines, 1):
        if is_view and re.search(r"\.objects\b|\.save\(", line):
            yield f"line {number} reaches into the database: views ask queries and call actions"
        if name.startswith("alongside/web/") and re.search(r"\.is(digit|decimal)\(", line):
            yield f"line {number}: “²” is a digit and no number: use rules.numbers.number_in"
        if name.startswith("tests/") and re.search(r"\btime\.sleep\(", line):
            yield f"line {number} sleeps: wait for what you expect instead"


def template_faults(lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if re.search(
            r"\sstyle=\"|\son[a-z]+=\"|<style|<script(?![^>]*\s(?:src=|type=\"application/json))",
            line,
        ):
            yield f"line {number} has an inline style or script, which the security policy blocks"
        if re.search(r"{% include (?!.*\bonly %})", line):
            yield f"line {number} includes without `only`"


def dependency_faults(text: str) -> Iterator[str]:
    locked = (PROJECT / "requirements" / "dev.txt").read_text().lower()
    for line in text.splitlines():
        named = re.match(r'\s+"([A-Za-z0-9_-]+)[^"]*",(.*)', line)
        if not named or not is_dependency(line, text):
            continue
        name, comment = named.groups()
        if "#" not in comment:
            yield f"pyproject.toml: {name} does not say why we need it"
        if f"\n{name.lower()}==" not in f"\n{locked}":
            yield f"pyproject.toml: {name} is not locked; see DEVELOPERS.md"


def is_dependency(line: str, text: str) -> bool:
    before = text[: text.index(line)]
    lists = re.findall(r"^(\S.*?) = \[$", before, re.MULTILINE)
    return bool(lists) and lists[-1] in ("dependencies", "dev")
