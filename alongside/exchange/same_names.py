"""Columns whose names do not tell them apart, or not for certain: found, so that a person can say."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from alongside.exchange.columns import MEANINGS, field_for, may_mean
from alongside.exchange.problems import Problem
from alongside.exchange.tabular import Source, Table, read_table
from alongside.rules.words import quoted

BY_PLACE = " (column "


def table_of(source: Source, is_header: Callable[[Sequence[str]], int]) -> Table:
    """The table, no two of its columns called the same."""
    table = read_table(source, lambda cells: is_header(told_apart(cells)))
    return replace(table, header=replace(table.header, cells=told_apart(table.header.cells)))


def told_apart(cells: Sequence[str]) -> tuple[str, ...]:
    """A second column of the same name is told apart by its place: Surname, Surname (column 3)."""
    seen: set[str] = set()
    made = []
    for place, cell in enumerate(cells, start=1):
        made.append(f"{cell}{BY_PLACE}{place})" if cell and cell in seen else cell)
        seen.add(cell)
    return tuple(made)


def to_ask(cells: Sequence[str]) -> tuple[str, ...]:
    """The columns that a list is not read with before a person has said what they hold."""
    return tuple(dict.fromkeys((*_twins(cells), *_unsure(cells))))


def in_words(cells: Sequence[str]) -> str:
    """What the page of columns asks of them."""
    told = []
    if twins := _twins(cells):
        names = quoted(twins)
        each = " each" if len(twins) > 1 else ""
        told.append(f"Two columns{each} are called {names}. Say which is which.")
    told += [
        f"“{name}” may be the {MEANINGS[may_mean(name)]} or something else. Say what it is, or leave it."
        for name in _unsure(cells)
    ]
    return " ".join(told)


def which(cell: str, line: int) -> Problem:
    """One such column as a fault of the header, which is on this line."""
    if unsure := may_mean(cell):
        name = MEANINGS[unsure]
        return Problem(
            line,
            name,
            f"“{cell}” may be the {name} or something else.",
            "Say what it is, or call the column by what it holds.",
        )
    name = MEANINGS[field_for(cell)]
    return Problem(
        line,
        name,
        f"Two columns are called “{cell}”.",
        f"Say which of them is the {name}, or take one away.",
    )


def _twins(cells: Sequence[str]) -> list[str]:
    """Names that two columns bear, of what a list is read for."""
    doubled = {cell.rpartition(BY_PLACE)[0] for cell in cells}
    return [cell for cell in cells if cell in doubled and (field_for(cell) or may_mean(cell))]


def _unsure(cells: Sequence[str]) -> list[str]:
    """Names that may be of a field which no other column holds, or of none."""
    held = {field_for(cell) for cell in cells}
    twins = _twins(cells)
    return [
        cell
        for cell in cells
        if may_mean(cell) and may_mean(cell) not in held and cell not in twins
    ]
