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
    if looks in {as_listed(other) or other.strip() for other in others}:
        raise Problem(problem, "name")
