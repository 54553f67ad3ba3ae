"""Small numbers are hidden, and cannot be worked out again from what is shown."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.rules.suppression import (
    Counts,
    Table,
    is_small,
    shown,
    suppress,
    suppress_table,
    suppress_tables,
)


@pytest.mark.parametrize(
    ("count", "small"), [(0, False), (1, True), (4, True), (5, False), (100, False)]
)
def test_one_to_four_are_small(count, small):
    assert is_small(count) is small


@pytest.mark.parametrize(
    ("counts", "expected", "total"),
    [
        ([10, 20, 30], [10, 20, 30], 60),
        # One hidden is 60 less the others: the smallest other goes with it.
        ([3, 27, 30], [None, None, 30], 60),
        ([3, 2, 30], [None, None, 30], 35),
        # Two that add up to two are both one: a third goes with them.
        ([1, 1, 30, 40], [None, None, None, 40], 72),
        ([0, 20, 30], [0, 20, 30], 50),
        # Nothing but noughts beside it: the total goes, and it is small itself.
        ([3, 0, 0], [None, 0, 0], None),
        ([5], [5], 5),
        ([4], [None], None),
        ([1, 1], [None, None], None),
        ([2, 2, 2], [None, None, None], 6),
        ([1, 1, 1, 1, 1], [None] * 5, None),
        ([], [], 0),
    ],
)
def test_a_list_with_its_total(counts, expected, total):
    found = suppress(dict(enumerate(counts)))

    assert found == Counts(dict(enumerate(expected)), total)


def test_another_threshold_may_be_chosen():
    assert suppress({"a": 8, "b": 30, "c": 40}, threshold=10).cells == {
        "a": None,
        "b": None,
        "c": 40,
    }


def test_a_hidden_count_is_shown_as_official_statistics_do():
    assert (shown(None), shown(1200), shown(0)) == ("c", "1,200", "0")


@given(st.lists(st.integers(0, 9), min_size=1, max_size=3))
def test_no_hidden_count_can_be_worked_out(counts):
    found = suppress(dict(enumerate(counts)))
    hidden = [at for at, count in found.cells.items() if count is None]

    assert all(found.cells[at] in (None, count) for at, count in enumerate(counts))
    assert not any(
        count is not None and is_small(count) for count in [*found.cells.values(), found.total]
    )
    if found.total is not None and hidden:
        # Whoever reads it knows that a hidden count is not nought, unless all others are.
        rest = found.total - sum(count for count in found.cells.values() if count is not None)
        possible = [
            each for each in product(range(1, rest + 1), repeat=len(hidden)) if sum(each) == rest
        ]
        for place in range(len(hidden)):
            assert len({each[place] for each in possible}) > 1


def test_a_table_hides_a_second_cell_in_the_row_and_in_the_column():
    found = suppress_table([[3, 20, 30], [40, 50, 60], [70, 80, 90]])

    assert found.rows == ((None, None, 30), (None, None, 60), (70, 80, 90))
    assert found.row_totals == (53, 150, 240)
    assert found.column_totals == (113, 150, 180)
    assert found.total == 443


def test_a_table_with_nothing_small_is_whole():
    found = suppress_table([[10, 0], [20, 30]])

    assert found.rows == ((10, 0), (20, 30))
    assert (found.row_totals, found.column_totals, found.total) == ((10, 50), (30, 30), 60)


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, 15), min_size=width, max_size=width), min_size=1, max_size=4
        )
    )
)
def test_no_line_of_a_table_hides_exactly_one_cell_or_shows_a_small_one(rows):
    found = suppress_table(rows)

    grid = [(*row, total) for row, total in zip(found.rows, found.row_totals, strict=True)]
    grid.append((*found.column_totals, found.total))
    for line in [*grid, *zip(*grid, strict=True)]:
        assert line.count(None) != 1
        assert not any(count is not None and is_small(count) for count in line)


def solved(rows, table) -> set[tuple[int, int]]:
    """The hidden cells that a reader finds out who works with every row, column and total at once.

    A count flows from its row to its column, a row's total into the row, a column's total out of
    it. A hidden cell may have another value when some of the flow through it can go round
    another way: more of a hidden count always can, less only above one (or above nought, if it is).
    """
    height, width = len(rows), len(rows[0])
    shown_grid = [(*row, total) for row, total in zip(table.rows, table.row_totals, strict=True)]
    shown_grid.append((*table.column_totals, table.total))
    grid = [[*row, sum(row)] for row in rows]
    grid.append([sum(column) for column in zip(*grid, strict=True)])
    ways, ends = {}, {}
    for down, across in product(range(height + 1), range(width + 1)):
        if shown_grid[down][across] is not None:
            continue
        row, column = ("row", down), ("column", across)
        start, end = (row, column) if (down == height) == (across == width) else (column, row)
        ends[down, across] = (start, end)
        ways.setdefault(start, []).append((end, (down, across)))
        if grid[down][across] > 1:
            ways.setdefault(end, []).append((start, (down, across)))
    return {
        cell
        for cell, (start, end) in ends.items()
        if grid[cell[0]][cell[1]] > 0
        and not _leads(ways, end, start, cell)
        and not (grid[cell[0]][cell[1]] > 1 and _leads(ways, start, end, cell))
    }


def _leads(ways, start, end, without) -> bool:
    seen, ahead = {start}, [start]
    while ahead:
        for there, cell in ways.get(ahead.pop(), ()):
            if cell != without and there not in seen:
                seen.add(there)
                ahead.append(there)
    return end in seen


def grids(most: int = 15):
    return st.integers(1, 5).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, most), min_size=width, max_size=width), min_size=1, max_size=5
        )
    )


def test_a_reader_who_solves_the_sums_together_is_caught():
    """No line hides one cell alone, and yet what is left of the two rows is only as much as it is."""
    rows = [[1, 10, 1], [5, 3, 1]]
    leaky = Table(((None, None, None), (5, None, None)), (12, 9), (None, 13, None), 21)

    assert {(0, 0), (0, 1), (1, 1), (1, 2)} <= solved(rows, leaky)
    assert solved(rows, suppress_table(rows)) == set()


@settings(max_examples=400)
@given(grids())
def test_no_hidden_cell_of_a_table_can_be_solved_for(rows):
    assert solved(rows, suppress_table(rows)) == set()


@given(grids(3))
def test_nor_where_nearly_everything_is_small(rows):
    assert solved(rows, suppress_table(rows)) == set()


def test_what_two_tables_say_of_the_same_children_is_hidden_in_both():
    """Of 29 accepted, 16 were at the threshold: the others would be the few below it."""
    received = [[29, 4], [30, 9]]
    judged = [[26, 3], [21, 9]]
    links = [([(0, at, 0)], [(1, at, 0), (1, at, 1)]) for at in (0, 1, 2)]

    one, other = suppress_tables([received, judged], links)

    for at in (0, 1):
        cells = [one.rows[at][0], *other.rows[at]]
        assert cells.count(None) != 1
    assert other.rows[0][1] is None


@settings(max_examples=150)
@given(st.lists(st.tuples(*[st.integers(0, 12)] * 4), min_size=1, max_size=4))
def test_no_link_between_tables_gives_a_hidden_cell_away(four):
    """The first table counts what the second divides in two: as accepted, above and below."""
    received = [
        [above + below, above_not + below_not] for above, below, above_not, below_not in four
    ]
    lines = range(len(four) + 1)
    links = [([(0, at, 0)], [(1, at, 0), (1, at, 1)]) for at in lines]
    links += [([(0, at, 1)], [(1, at, 2), (1, at, 3)]) for at in lines]

    one, other = suppress_tables([received, four], links)

    for at, _ in enumerate(four):
        for whole, parts in ((0, (0, 1)), (1, (2, 3))):
            cells = [one.rows[at][whole], *(other.rows[at][part] for part in parts)]
            hidden = [n for n, cell in enumerate(cells) if cell is None]
            values = [received[at][whole], *(four[at][part] for part in parts)]
            assert len(hidden) != 1 or values[hidden[0]] == 0
    assert solved(four, other) == set() and solved(received, one) == set()
