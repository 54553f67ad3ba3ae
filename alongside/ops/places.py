"""Where things lie on disk and in which mode we run; read before Django's settings are."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent


class Problem(Exception):
    """Something an operator can put right; the message is written for them, no trace is needed."""

    code = 1  # How the verb ends.


class CannotBegin(Problem):
    """Nothing could begin with what was typed or handed in: a date left out, a folder not there."""

    code = 2


def mode() -> str:
    return os.environ.get("ALONGSIDE_MODE", "demonstration")


def var() -> Path:
    """The data folder. Tests keep their own, so that they can never touch the demonstration."""
    default = PROJECT / "var" / "test" if mode() == "test" else PROJECT / "var"
    return Path(os.environ.get("ALONGSIDE_VAR") or default).resolve()
