"""Where things lie on disk and in which mode we run; read before Django's settings are."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent


class Problem(Exception):
    """Something an operator can put right; the message is written for them, no trace is needed."""


def mode() -> str:
    return os.environ.get("ALONGSIDE_MODE", "demonstration")


def var() -> Path:
    """The data folder. Tests keep their own, so that they can never touch the demonstration."""
    default = PROJECT / "var" / "test" if mode() == "test" else PROJECT / "var"
    return Path(os.environ.get("ALONGSIDE_VAR") or default).resolve()
