"""Where faults of ours are written: once, to standard error, with what finds them again.

`web.log` in the data folder holds it, or in production the journal. Never what was typed: no body of
a request, no question of an address, and no row that the database quotes.
"""

import logging
import secrets
from typing import Any

from django.http import HttpRequest

# The database quotes the row it refused in these lines of its complaint.
QUOTED = ("DETAIL:", "CONTEXT:")


def new_reference() -> str:
    """Six figures that a person can say on the telephone: 482-913."""
    number = secrets.randbelow(1_000_000)
    return f"{number // 1000:03d}-{number % 1000:03d}"


def where(request: HttpRequest) -> str:
    """The address asked for; its shape alone when a part of it is no plain number."""
    match = request.resolver_match
    if match and not all(isinstance(part, int) for part in match.kwargs.values()):
        return f"/{match.route}"
    return request.path


class Formatter(logging.Formatter):
    """One fault: when, its number, where, and the trace."""

    def format(self, record: logging.LogRecord) -> str:
        request: Any = getattr(record, "request", None)
        if request is not None and record.levelno >= logging.ERROR:
            number = getattr(request, "error_reference", "none")
            record.message = f"error {number}: {request.method} {where(request)}"
            record.msg, record.args = record.message, ()
        return super().format(record)

    def formatException(self, ei: Any) -> str:
        lines = super().formatException(ei).splitlines()
        return "\n".join(line for line in lines if not line.lstrip().startswith(QUOTED))


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "alongside.web.logs.Formatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Its own handlers print nothing unless DEBUG is on: everything goes to the root's.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # Addresses that do not exist are no fault of ours.
        "django.request": {"level": "ERROR"},
    },
}
