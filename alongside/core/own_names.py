"""The names of a council's own lists: two that look the same on a page are not both taken."""

from collections.abc import Iterable

from alongside.core.decisions import Problem
from alongside.rules.names import as_listed


def check_name(name: str, others: Iterable[str], problem: str, *, before: str = "") -> None:
    """Refuse a name that differs from another by spaces, capitals or punctuation alone.

    What is called as it was `before` may stay, though a pack brought two of the name.
    """
    looks = as_listed(name) or name.strip()
    if before and looks == as_listed(before):
        return
    for other in others:
        if looks == (as_listed(other) or other.strip()):
            raise Problem(f"{problem}{_how_near(name, other)}", "name")


def _how_near(name: str, other: str) -> str:
    """Whoever typed another spelling is told which name it is that looks like theirs."""
    if name.strip() == other.strip():
        return ""
    return f" “{other.strip()}” differs from it by spaces, capitals or punctuation alone."
