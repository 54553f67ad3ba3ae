"""Columns of a list that are called the same: told apart by their place, so that a person can choose."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from alongside.exchange.columns import REQUIRED, field_for
from alongside.exchange.tabular import Source, Table, read_table
from alongside.rules.words import listed

NEEDED = {*REQUIRED, "full_name"}


def table_of(source: Source, is_header: Callable[[Sequence[str]], int]) -> Table:
    """The table, no two of its columns called the same."""
    table = read_table(source, lambda cells: is_header(told_apart(cells)))
    return replace(table, header=replace(table.header, cells=told_apart(table.header.cells)))


def told_apart(cells: Sequence[str]) -> tuple[str, ...]:
    """A second column of the same name is told apart by its place: Surname, Surname (column 3)."""
    seen: set[str] = set()
    made = []
    for place, cell in enumerate(cells, start=1):
        made.append(f"{cell} (column {place})" if cell and cell in seen else cell)
        seen.add(cell)
    return tuple(made)


def twins(cells: Sequence[str]) -> set[str]:
    """Names that two columns bear, of what no list may be read without."""
    names = [cell for cell in cells if cell and field_for(cell) in NEEDED]
    return {name for name in names if any(c.startswith(f"{name} (column ") for c in cells)}


def twins_in_words(cells: Sequence[str]) -> str:
    """What the page of columns asks of two that are called the same."""
    names = sorted(twins(cells))
    if not names:
        return ""
    return f"Two columns are called {listed([f'“{name}”' for name in names])}. Say which is which."
