"""Hides small numbers in published counts, and enough others that none can be worked out again."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

THRESHOLD = 5  # The smallest count that is shown. Nought tells of nobody and is shown too.
PRIME = 2**61 - 1
MOST_TRIED = 8  # Counts looked at for the one whose hiding costs a reader least.
SYMBOL = "c"  # As Department for Education statistics mark a suppressed figure.

type Cell = tuple[int, int, int]  # Which table, how far down, how far across; totals stand last.
type Cells = set[Cell]
type End = tuple[bool, int]  # A row (true) or a column.
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


def suppress_table(rows: Sequence[Sequence[int]], threshold: int = THRESHOLD) -> Table:
    """Counts by two things at once, shown with the totals of both."""
    return suppress_tables([rows], threshold=threshold)[0]


def suppress_tables(
    tables: Sequence[Sequence[Sequence[int]]],
    links: Sequence[Link] = (),
    threshold: int = THRESHOLD,
) -> list[Table]:
    """Tables that are read beside each other; `links` say which sums of theirs are the same.

    First each line hides what would give a hidden cell away; then whatever rows, columns and links
    still give away together is hidden from a reader who solves them all.
    """
    grids = [_with_totals(rows) for rows in tables]
    known = {
        (at, down, across): count
        for at, grid in enumerate(grids)
        for down, line in enumerate(grid)
        for across, count in enumerate(line)
    }
    lines = [line for at, grid in enumerate(grids) for line in _lines(at, grid)]
    hidden = {cell for cell, count in known.items() if is_small(count, threshold)}
    while cell := _next_in_a_line(known, lines, hidden):
        hidden.add(cell)
    same = [_same(line[:-1], line[-1:]) for line in lines] + [_same(*link) for link in links]
    totals = {line[-1] for line in lines}
    while found := _given_away(grids, same, hidden):
        beside = _beside(grids, same, hidden, totals, min(found))
        if beside is None:
            break
        hidden.add(beside)
    return [_kept(at, grid, hidden) for at, grid in enumerate(grids)]


def _given_away(
    grids: Sequence[list[list[int]]], same: Sequence[Mapping[Cell, int]], hidden: Cells
) -> Cells:
    """The hidden cells that can have one value only, to whoever solves all the sums together.

    That somewhere there was nobody tells of nobody: noughts are not kept.
    """
    unknown = [{c: n for c, n in row.items() if c in hidden} for row in same]
    found = {cell for row in _reduced(unknown) if len(row) == 1 for cell in row}
    for at, grid in enumerate(grids):
        found |= _fixed(at, grid, hidden)
    return {cell for cell in found if _count(grids, cell)}


def _fixed(at: int, grid: list[list[int]], hidden: Cells) -> Cells:
    """The hidden cells of one table that no other counts could replace, none of them below one.

    As a flow: each count runs from its row to its column, a row's total into the row, a column's
    total out of the column. A cell may be more or less when the difference can run round another
    way, through hidden cells: more through any, less only through those above one.
    """
    height, width = len(grid) - 1, len(grid[0]) - 1
    onward: dict[End, list[tuple[End, Cell]]] = {}
    ends: dict[Cell, tuple[End, End]] = {}
    for cell in hidden:
        table, down, across = cell
        if table != at:
            continue
        row, column = (True, down), (False, across)
        is_into_the_row = (down == height) != (across == width)
        start, end = (column, row) if is_into_the_row else (row, column)
        ends[cell] = (start, end)
        onward.setdefault(start, []).append((end, cell))
        if grid[down][across] > 1:
            onward.setdefault(end, []).append((start, cell))
    return {
        cell
        for cell, (start, end) in ends.items()
        if not _runs(onward, end, start, cell)
        and not (grid[cell[1]][cell[2]] > 1 and _runs(onward, start, end, cell))
    }


def _runs(
    onward: Mapping[End, list[tuple[End, Cell]]], start: End, end: End, without: Cell
) -> bool:
    reached, ahead = {start}, [start]
    while ahead:
        for there, cell in onward.get(ahead.pop(), ()):
            if cell != without and there not in reached:
                reached.add(there)
                ahead.append(there)
    return end in reached


def _count(grids: Sequence[list[list[int]]], cell: Cell) -> int:
    at, down, across = cell
    return grids[at][down][across]


def _reduced(rows: Iterable[Mapping[Cell, int]]) -> list[dict[Cell, int]]:
    """The sums with as few unknowns in each as can be, by elimination.

    Counted modulo a large prime: all begins with ones, so that whole numbers never come near it.
    """
    done: dict[Cell, dict[Cell, int]] = {}
    holds: dict[Cell, set[Cell]] = {}  # A cell to the pivots of the sums that hold it.
    for given in rows:
        row = dict(given)
        for pivot in [cell for cell in row if cell in done]:
            _take_out(row, pivot, done[pivot])
        if not row:
            continue
        pivot = next(iter(row))
        scale = pow(row[pivot], -1, PRIME)
        row = {cell: n * scale % PRIME for cell, n in row.items()}
        for other in holds.pop(pivot, set()):
            _take_out(done[other], pivot, row)
            for cell in row:
                _note(holds, done, other, cell)
        done[pivot] = row
        for cell in row:
            _note(holds, done, pivot, cell)
    return list(done.values())


def _note(
    holds: dict[Cell, set[Cell]], done: Mapping[Cell, Mapping[Cell, int]], pivot: Cell, cell: Cell
) -> None:
    if cell in done[pivot] and cell != pivot:
        holds.setdefault(cell, set()).add(pivot)
    else:
        holds.get(cell, set()).discard(pivot)


def _take_out(row: dict[Cell, int], pivot: Cell, other: Mapping[Cell, int]) -> None:
    times = row.get(pivot, 0)
    for cell, n in other.items():
        left = (row.get(cell, 0) - times * n) % PRIME
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)


def _beside(
    grids: Sequence[list[list[int]]],
    same: Sequence[Mapping[Cell, int]],
    hidden: Cells,
    totals: Cells,
    cell: Cell,
) -> Cell | None:
    """What is hidden next, so that this cell is not given away: as little of what is read as can be.

    A count before a total, a total of a later table before one of the first, a small before a large
    one; and rather what is safe at once than what would need another beside it.
    """
    shown = sorted(
        _together_with(same, hidden, cell),
        key=lambda c: (
            not _count(grids, c),
            c in totals,
            -c[0] * (c in totals),
            _count(grids, c),
            c,
        ),
    )
    for other in shown[:MOST_TRIED]:
        given_away = _given_away(grids, same, hidden | {other})
        if cell not in given_away and other not in given_away:
            return other
    return shown[0] if shown else None


def _together_with(same: Sequence[Mapping[Cell, int]], hidden: Cells, cell: Cell) -> Cells:
    """What is shown in the sums that this cell is in, or that hang together with those by hidden ones."""
    shown, reached, ahead = set[Cell](), {cell}, [cell]
    while ahead:
        one = ahead.pop()
        for row in same:
            if one in row:
                shown |= row.keys() - hidden
                ahead += (row.keys() & hidden) - reached
                reached |= row.keys() & hidden
    return shown


def _with_totals(rows: Sequence[Sequence[int]]) -> list[list[int]]:
    grid = [[*row, sum(row)] for row in rows]
    grid.append([sum(column) for column in zip(*grid, strict=True)])
    return grid


def _kept(at: int, grid: list[list[int]], hidden: Cells) -> Table:
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


def _next_in_a_line(
    known: Mapping[Cell, int], lines: Sequence[Sequence[Cell]], hidden: Cells
) -> Cell | None:
    """The next cell to hide so that no row and no column by itself gives a hidden one away."""
    for line in lines:
        hidden_here = {at for at, cell in enumerate(line) if cell in hidden}
        if more := _needed([known[cell] for cell in line], hidden_here):
            return line[more[0]]
    return None


def _lines(at: int, grid: list[list[int]]) -> Iterator[list[Cell]]:
    """Every row and every column, each with its total last."""
    height, width = len(grid), len(grid[0])
    for down in range(height):
        yield [(at, down, across) for across in range(width)]
    for across in range(width):
        yield [(at, down, across) for down in range(height)]


def _same(ones: Iterable[Cell], others: Iterable[Cell]) -> dict[Cell, int]:
    """The ones together are as many as the others."""
    return dict.fromkeys(ones, 1) | dict.fromkeys(others, -1)


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
