"""A backup is one tar: the whole database, the files, and a manifest that the restore is held to.

Made and restored as the owner of the tables, whom the walls let through.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from alongside.ops import dumping, ground, migrating, places, processes
from alongside.ops.locks import try_lock
from alongside.ops.places import CannotBegin, Problem
from alongside.ops.say import step

FORMAT = 1
MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "files"


@dataclass(frozen=True)
class Summary:
    file: str
    made_at: str
    tables: int
    rows: int
    files: int
    bytes: int
    audit_head: str | None


def back_up(owner_url: str, target: Path) -> Summary:
    """Write the backup beside its name and rename it when whole: a half-written one never passes."""
    refuse_without_owner(owner_url)
    refuse_folder(target.parent)
    part = target.with_name(f"{target.name}.part")
    with (
        ground.explained(target.parent),
        tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder,
    ):
        dump = Path(folder) / DUMP
        with psycopg.connect(owner_url) as owner, step("Copying the database"):
            owner.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            owner.read_only = True
            counts, head = dumping.count_rows(owner), dumping.audit_head(owner)
            dumping.dump_database(owner_url, dumping.snapshot(owner), dump)
        manifest = describe(counts, head, dump)
        try:
            with step("Packing the files"):
                pack(part, manifest, dump)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    return summary(target, manifest)


def restore(owner_url: str, source: Path, *, replaces: bool) -> Summary:
    """Put a backup in the place of an empty database; of a full one only when told to."""
    refuse_without_owner(owner_url)
    refuse_while_running()
    refuse_other_files(source)
    if not replaces and not migrating.is_empty(owner_url):
        raise CannotBegin(
            "The database already holds records, and nothing was changed. To put the backup in their"
            " place, which removes them, repeat with --replace; take a backup of them first."
        )
    var = places.var()
    var.mkdir(parents=True, exist_ok=True)
    with ground.explained(var), tempfile.TemporaryDirectory(dir=var, prefix="restore-") as folder:
        with step("Reading the backup"):
            manifest = unpack(source, Path(folder))
        with step("Restoring the database"):
            dumping.load_database(owner_url, Path(folder) / DUMP, manifest["tables"])
        put_files(Path(folder) / FILES, var)
    return summary(source, manifest)


# Refusals


def refuse_without_owner(owner_url: str) -> None:
    if not owner_url:
        raise Problem(
            "A backup needs the owner of the tables: set DATABASE_OWNER_URL to that role's address."
        )


def refuse_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise CannotBegin(
            f"There is no folder {folder}. Make it, or name a file in one that is there."
        )
    if not os.access(folder, os.W_OK):
        raise CannotBegin(f"This user may not write into {folder}. Name a file in another folder.")


def refuse_while_running() -> None:
    lock = places.var() / "running.lock"
    if not lock.exists():
        return
    handle = os.open(lock, os.O_RDWR)
    try:
        if not try_lock(handle, fcntl.LOCK_EX):
            url = processes.noted(places.var() / "running.json").get("url", "starting")
            raise Problem(
                f"Alongside is running with this data folder ({url}). Stop it, then restore."
            )
    finally:
        os.close(handle)


def refuse_other_files(source: Path) -> None:
    """Said first: to remove the records that are there for a file that is no backup helps nobody."""
    with opened(source) as tar:
        if not tar.getmember(MANIFEST).isfile():
            raise KeyError(MANIFEST)


# The tar


@contextlib.contextmanager
def opened(source: Path) -> Iterator[tarfile.TarFile]:
    """The tar of a backup; what goes wrong in reading it is said of the file."""
    try:
        with tarfile.open(source) as tar:
            yield tar
    except FileNotFoundError as error:
        raise CannotBegin(f"There is no backup at {source}.") from error
    except IsADirectoryError as error:
        raise CannotBegin(f"{source} is a folder, and no backup. Nothing was changed.") from error
    except (tarfile.TarError, KeyError, ValueError, EOFError) as error:
        raise CannotBegin(
            f"{source} is not a whole backup of Alongside, and nothing was changed."
        ) from error


def describe(counts: dict[str, int], head: str | None, dump: Path) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "tables": counts,
        "audit_head": head,
        "sha256": digest(dump),
        "files": {name: digest(path) for name, path in stored_files()},
    }


def stored_files() -> Iterator[tuple[str, Path]]:
    root = places.var() / FILES
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(root).as_posix(), path


def digest(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(target: Path, manifest: dict[str, Any], dump: Path) -> None:
    text = dump.with_name(MANIFEST)
    text.write_text(json.dumps(manifest, indent=1))
    handle = os.open(
        target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600
    )  # It holds children's records.
    with os.fdopen(handle, "wb") as stream:
        with tarfile.open(fileobj=stream, mode="w") as tar:
            tar.add(text, MANIFEST)
            tar.add(dump, DUMP)
            for name in manifest["files"]:
                tar.add(places.var() / FILES / name, f"{FILES}/{name}")
        stream.flush()
        os.fsync(stream.fileno())


def unpack(source: Path, folder: Path) -> dict[str, Any]:
    with opened(source) as tar:
        tar.extractall(folder, filter="data")
        manifest = json.loads((folder / MANIFEST).read_text())
    if manifest.get("format") != FORMAT:
        raise CannotBegin(
            f"{source} was made by another version of Alongside, and nothing was changed."
        )
    expected = {
        DUMP: manifest["sha256"],
        **{f"{FILES}/{n}": d for n, d in manifest["files"].items()},
    }
    for name, fingerprint in expected.items():
        if not (folder / name).is_file() or digest(folder / name) != fingerprint:
            raise CannotBegin(f"In {source}, {name} is damaged or missing. Nothing was changed.")
    return manifest  # type: ignore[no-any-return]


def put_files(restored: Path, var: Path) -> None:
    """The files that were there are kept beside, until somebody removes them."""
    current = var / FILES
    if current.exists() and any(current.iterdir()):
        current.rename(var / f"{FILES}-before-{datetime.now(UTC):%Y%m%dT%H%M%S}")
    elif current.exists():
        shutil.rmtree(current)
    with contextlib.suppress(FileNotFoundError):
        restored.rename(current)


def summary(file: Path, manifest: dict[str, Any]) -> Summary:
    return Summary(
        file=str(file),
        made_at=manifest["made_at"],
        tables=len(manifest["tables"]),
        rows=sum(manifest["tables"].values()),
        files=len(manifest["files"]),
        bytes=file.stat().st_size,
        audit_head=manifest["audit_head"],
    )
