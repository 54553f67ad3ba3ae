"""Keeps a private PostgreSQL server running for the demonstration and the tests.

It knows processes, folders and locks, and nothing of what the database holds.
"""

import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psutil

from alongside.ops import ground
from alongside.ops.ground import DatabaseProblem
from alongside.ops.locks import locked, try_lock, write_secret

START_SECONDS = 60.0
# What the next start meets when the last server was killed and its children are still going.
PASSING = ("lock file", "pre-existing shared memory block", "already in use")


class Server:
    """One PostgreSQL over one folder, shared by every process of ours that asks for it.

    Each user holds a shared lock while it needs the server; whoever lets go last stops it. The kernel
    drops locks of killed processes, so an orphaned server is adopted by the next start.
    """

    def __init__(self, folder: Path, *, is_disposable: bool = False) -> None:
        self.folder = Path(folder).resolve()
        self.is_disposable = is_disposable
        self.account = ground.unprivileged()
        self.home = self.folder
        self._child: subprocess.Popen[bytes] | None = None
        self._use: int | None = None

    def start(self) -> None:
        """Bring the server up, or join the one already running here. Safe to call again."""
        with ground.explained(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            self.home = ground.reachable_home(self.folder, self.account)
            self.binaries = ground.reachable_binaries(ground.find_binaries(), self.account)
            with locked(self.folder / "start.lock"):
                self._hold()
                if not self.is_running():
                    self._prepare_folder()
                    self._forget_stale_pid()
                    self._launch()

    def stop(self) -> None:
        """Let go of the server, and stop it when nobody else of ours is using it."""
        if self._use is None:
            return
        with locked(self.folder / "start.lock"):
            is_last = try_lock(self._use, fcntl.LOCK_EX)
            if is_last:
                self._shut_down()
            elif self._child is not None and self._child.poll() is None:
                self._child.returncode = (
                    0  # It outlives us on purpose, so there is nothing to collect.
                )
                self._child = None
            os.close(self._use)
            self._use = None

    def is_running(self) -> bool:
        if self._child is not None:
            self._child.poll()  # Collect a dead child, or it would look alive.
        return self.pid() is not None and self._answers()

    def pid(self) -> int | None:
        """The running server's process number; nothing when the file left behind is stale."""
        lines = self._pid_file()
        if not lines or not lines[0].isdigit():
            return None
        pid = int(lines[0])
        return pid if is_postgres(pid, self.data) else None

    @property
    def major(self) -> int:
        return self.binaries.major

    @property
    def data(self) -> Path:
        return self.home / f"data-{self.binaries.major}"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def sockets(self) -> Path:
        return ground.socket_folder(self.data)

    @property
    def admin_url(self) -> str:
        password = (self.folder / "password").read_text().strip()
        return f"postgresql://postgres:{password}@/postgres?host={quote(str(self.sockets))}"

    def _hold(self) -> None:
        if self._use is None:
            self._use = os.open(self.folder / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._use, fcntl.LOCK_SH)

    def _prepare_folder(self) -> None:
        if (self.data / "PG_VERSION").exists():
            ground.refuse_foreign(self.data, self.account)
            return
        others = sorted(p.name for p in self.home.glob("data-*") if (p / "PG_VERSION").exists())
        if others:
            raise DatabaseProblem(
                f"The records in {self.home / others[-1]} were written by another PostgreSQL than the"
                f" one installed now ({self.binaries.version}). Nothing was changed. Take a backup with"
                " the version of Alongside that wrote them, then restore it into a new data folder."
            )
        ground.refuse_without_room(self.home)
        self._create()

    def _create(self) -> None:
        """initdb into a side folder, renamed when whole: a killed first start leaves nothing half-made."""
        new = self.home / "data.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        self.account.take(new)
        secret = self._password()
        with tempfile.NamedTemporaryFile("w", dir=self.home, prefix="password.") as file:
            file.write(secret)
            file.flush()
            self.account.take(Path(file.name))
            locale = ["--locale=C.UTF-8"]
            if self.binaries.major >= 17:
                locale.insert(0, "--locale-provider=builtin")
            made = self.account.run(
                self.binaries / "initdb", "-D", new, "-U", "postgres", "-E", "UTF8", *locale,
                "--auth=scram-sha-256", f"--pwfile={file.name}", "--data-checksums", "--no-instructions",
            )  # fmt: skip
        if made.returncode:
            shutil.rmtree(new, ignore_errors=True)
            raise DatabaseProblem(ground.in_words(made.stderr or made.stdout, self.folder))
        new.rename(self.data)

    def _password(self) -> str:
        path = self.folder / "password"
        if not path.exists():
            write_secret(path, secrets.token_hex(24))
        return path.read_text().strip()

    def _forget_stale_pid(self) -> None:
        """After a power cut the number in the file may belong to any program; PostgreSQL would refuse."""
        if self.pid() is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            for name in (".s.PGSQL.5432.lock", ".s.PGSQL.5432"):
                (self.sockets / name).unlink(missing_ok=True)

    def _launch(self) -> None:
        sockets = self.sockets
        if sockets != self.data:
            ground.private_folder(sockets, self.account)
        if self.log.exists():
            self.log.replace(self.log.with_name("log.previous"))
        deadline = time.monotonic() + START_SECONDS
        while True:
            said = self._attempt(deadline)
            if (
                said is None or self.is_running()
            ):  # A killed supervisor's server may still be recovering.
                return
            if time.monotonic() > deadline or not any(sign in said for sign in PASSING):
                raise DatabaseProblem(ground.in_words(said, self.folder))
            time.sleep(0.3)

    def _attempt(self, deadline: float) -> str | None:
        """Start once and wait for an answer; what the server said when it would not."""
        with open(self.log, "wb") as log:
            self._child = subprocess.Popen(  # type: ignore[call-overload]
                [self.binaries / "postgres", "-D", str(self.data), *self._options()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,  # Ctrl-C reaches us, and we stop it in order.
                close_fds=True,
                **self.account.become(),
            )
        while self._child.poll() is None:
            if self._answers():
                return None
            if time.monotonic() > deadline:
                self._child.kill()
                raise DatabaseProblem(
                    f"The database did not answer within {START_SECONDS:.0f} seconds. Its records are"
                    f" safe in {self.data}. See {self.log}, then start again."
                )
            time.sleep(0.03)
        return self.log.read_text(errors="replace") or "The database stopped without a word."

    def _options(self) -> list[str]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "max_connections": "80",
            "logging_collector": "off",
            "log_timezone": "UTC",
            # A county's tables stand in memory: a row by its number costs little more than the next.
            "random_page_cost": "1.1",
        }
        if self.is_disposable:  # Tests: quicker, but a killed server loses its last commits.
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]

    def _answers(self) -> bool:
        asked = subprocess.run(
            [self.binaries / "pg_isready", "-q", "-h", str(self.sockets), "-t", "3"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        return asked.returncode == 0

    def _shut_down(self) -> None:
        pid = self.pid()
        if pid is None:
            return
        for how, seconds in ((signal.SIGINT, 20.0), (signal.SIGQUIT, 10.0)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, how)
            if wait_gone(pid, seconds, self._child):
                break
        self._child = None

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []


def is_postgres(pid: int, data: Path) -> bool:
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        return str(data) in process.cmdline()
    except psutil.AccessDenied:
        return True
    except psutil.NoSuchProcess:
        return False


def wait_gone(pid: int, seconds: float, child: subprocess.Popen[bytes] | None) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if child is not None and child.pid == pid:
            if child.poll() is not None:
                return True
        elif not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.03)
    return False
