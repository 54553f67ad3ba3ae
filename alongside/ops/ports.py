"""Finds a port to serve on, and keeps two of our own from taking the same one."""

import errno
import fcntl
import os
import socket
import tempfile
from pathlib import Path

from alongside.ops.places import Problem

TRIES = 100


def claim(host: str, first: int) -> tuple[int, int]:
    """The first free port from `first` on, with the lock that keeps it ours until we exit.

    The web server shares its port between processes of one user, so a bare bind would let two
    Alongsides started at once answer on the same address.
    """
    for port in range(first, min(first + TRIES, 65536)):
        lock = try_claim(port)
        if lock is None:
            continue
        if is_free(host, port):
            return port, lock
        os.close(lock)
    raise Problem(f"No free port was found from {first} on. Name another with --port.")


def try_claim(port: int) -> int | None:
    path = Path(tempfile.gettempdir()) / f"alongside-{os.geteuid()}-port-{port}.lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            if error.errno in (errno.EACCES, errno.EPERM):
                raise Problem(
                    f"This user may not serve on port {port}. Choose one above 1024."
                ) from None
            raise Problem(f"Nothing can be served on {host}: {error.strerror}.") from None
    return True
