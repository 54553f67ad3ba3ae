"""Hides small numbers in published counts, and enough others that none can be worked out again."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from alongside.rules.disclosure import Cell, Sum, least_hidden

THRESHOLD = 5  # The smallest count that is shown. Nought tells of nobody and is shown too.
SYMBOL = "c"  # As Department for Education statistics mark a suppressed figure.

type Link = tuple[Sequence[Cell], Sequence[Cell]]  # Cells that add up to the same as others.


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts by name and their total; None is hidden."""

    cells: Mapping[Hashable, int | None]
    total: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of counts with their totals; None is hidden."""

    rows: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None


def is_small(count: int, threshold: int = THRESHOLD) -> bool:
    return 0 < count < threshold


def shown(count: int | None) -> str:
    return SYMBOL if count is None else f"{count:,}"


def suppress(counts: Mapping[Hashable, int], threshold: int = THRESHOLD) -> Counts:
    """One list of counts that is shown with its total."""
    names, values = list(counts), list(counts.values())
    cells = [*values, sum(values)]
    hidden = {at for at, count in enumerate(cells) if is_small(count, threshold)}
    while more := _needed(cells, hidden):
        hidden.add(more[0])
    kept = [None if at in hidden else count for at, count in enumerate(cells)]
    return Counts(dict(zip(names, kept, strict=False)), kept[-1])


def suppress_table(
    rows: Sequence[Sequence[int]],
    bands: Sequence[Sequence[Cell]] = (),
    threshold: int = THRESHOLD,
) -> Table:
    """Counts by two things at once, shown with the totals of both."""
    return suppress_tables([rows], bands=bands, threshold=threshold)[0]


def suppress_tables(
    tables: Sequence[Sequence[Sequence[int]]],
    links: Sequence[Link] = (),
    within: Sequence[Link] = (),
    bands: Sequence[Sequence[Cell]] = (),
    threshold: int = THRESHOLD,
) -> list[Table]:
    """Tables that are read beside each other; `links` say which sums of theirs are the same.

    `within` says which cells together are never more than others, as a reader knows. Of the cells
    of a band it is seen whether together they reach the threshold, as where a median of them is said
    or not. See `disclosure`.
    """
    grids = [_with_totals(rows) for rows in tables]
    known = {
        (at, down, across): count
        for at, grid in enumerate(grids)
        for down, line in enumerate(grid)
        for across, count in enumerate(line)
    }
    lines = [line for at, grid in enumerate(grids) for line in _lines(at, grid)]
    sums = [Sum(line[:-1], line[-1:]) for line in lines] + [Sum(*link) for link in links]
    sums += [Sum(*link, is_same=False) for link in within]
    sums += [_band(known, cells, threshold) for cells in bands]
    small = {cell for cell, count in known.items() if is_small(count, threshold)}
    totals = {line[-1] for line in lines}
    hidden = least_hidden(known, sums, small, totals)
    return [_kept(at, grid, hidden) for at, grid in enumerate(grids)]


def _band(known: Mapping[Cell, int], cells: Sequence[Cell], threshold: int) -> Sum:
    if sum(known[cell] for cell in cells) >= threshold:
        return Sum((), cells, is_same=False, short_by=threshold)
    return Sum(cells, (), is_same=False, short_by=1 - threshold)


def _with_totals(rows: Sequence[Sequence[int]]) -> list[list[int]]:
    grid = [[*row, sum(row)] for row in rows]
    grid.append([sum(column) for column in zip(*grid, strict=True)])
    return grid


def _kept(at: int, grid: list[list[int]], hidden: AbstractSet[Cell]) -> Table:
    kept = [
        tuple(None if (at, down, across) in hidden else n for across, n in enumerate(line))
        for down, line in enumerate(grid)
    ]
    return Table(
        tuple(line[:-1] for line in kept[:-1]),
        tuple(line[-1] for line in kept[:-1]),
        kept[-1][:-1],
        kept[-1][-1],
    )


def _lines(at: int, grid: list[list[int]]) -> Iterator[list[Cell]]:
    """Every row and every column, each with its total last."""
    height, width = len(grid), len(grid[0])
    for down in range(height):
        yield [(at, down, across) for across in range(width)]
    for across in range(width):
        yield [(at, down, across) for down in range(height)]


def _needed(cells: Sequence[int], hidden: set[int]) -> list[int]:
    """Which cell of a line (its total last) must be hidden next; none when the line is safe.

    One hidden cell is the total less the others. Hidden cells that add up to their own number are
    all ones, as nought is never hidden first.
    """
    total = len(cells) - 1
    inside = hidden - {total}
    if not hidden or (total in hidden and len(hidden) > 1):
        return []
    if len(hidden) > 1 and sum(cells[at] for at in inside) > len(inside):
        return []
    others = [at for at in range(total) if at not in hidden]
    by_size = sorted((cells[at] == 0, cells[at], at) for at in others)
    nearest = [at for is_nought, _, at in by_size if not is_nought]
    return (nearest or ([] if total in hidden else [total]) or [at for *_, at in by_size])[:1]
