"""As little is hidden as keeps every small number: checked by solving small tables outright."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.rules.suppression import is_small, suppress_table, suppress_tables


class Reader:
    """Solves every row, column, total and link at once, in whole numbers, none hidden below one."""

    def __init__(self, tables, links=(), within=()) -> None:
        self.known: dict = {}
        self.sums: list = []  # Cells with their signs, and the least and most that they add up to.
        for at, rows in enumerate(tables):
            grid = [[*row, sum(row)] for row in rows]
            grid.append([sum(column) for column in zip(*grid, strict=True)])
            height, width = len(grid), len(grid[0])
            cells = [[(at, d, a) for a in range(width)] for d in range(height)]
            self.known |= {cell: grid[cell[1]][cell[2]] for row in cells for cell in row}
            for line in [*cells, *zip(*cells, strict=True)]:
                self.sums.append((dict.fromkeys(line[:-1], 1) | {line[-1]: -1}, False))
        for is_loose, given_links in ((False, links), (True, within)):
            for ones, others in given_links:
                signs = dict.fromkeys(ones, 1) | dict.fromkeys(others, -1)
                self.sums.append((signs, is_loose))
        self.most = max(self.known.values()) + 2
        self.small = [cell for cell, count in self.known.items() if is_small(count)]

    def is_pinned(self, cell, hidden) -> bool:
        """Whether no other number fits there. Hidden counts are tried up to a little above the largest."""
        bounds = {c: (n, n) for c, n in self.known.items()}
        bounds |= {c: (min(1, self.known[c]), self.most) for c in hidden}
        low, high = bounds[cell]
        others = [n for n in range(low, high + 1) if n != self.known[cell]]
        near = sorted(others, key=lambda n: abs(n - self.known[cell]))
        return not any(self._fits(bounds | {cell: (n, n)}) for n in near)

    def _fits(self, bounds) -> bool:
        if (bounds := self._narrowed(dict(bounds))) is None:
            return False
        open_cells = [c for c, (low, high) in bounds.items() if low < high]
        if not open_cells:
            return True
        cell = min(open_cells, key=lambda c: bounds[c][1] - bounds[c][0])
        low, high = bounds[cell]
        near = sorted(range(low, high + 1), key=lambda n: abs(n - self.known[cell]))
        return any(self._fits(bounds | {cell: (n, n)}) for n in near)

    def _narrowed(self, bounds):
        is_new = True
        while is_new:
            is_new = False
            for signs, is_loose in self.sums:
                ends = {c: sorted(s * b for b in bounds[c]) for c, s in signs.items()}
                least, most = (sum(end[n] for end in ends.values()) for n in (0, 1))
                if least > 0 or (most < 0 and not is_loose):
                    return None
                for cell, sign in signs.items():
                    low, high = bounds[cell]
                    top = ends[cell][0] - least  # The sum is nought at most, and mostly at least.
                    bottom = low * sign if is_loose else ends[cell][1] - most
                    if sign > 0:
                        new = (max(low, low if is_loose else bottom), min(high, top))
                    else:
                        new = (max(low, -top), high if is_loose else min(high, -bottom))
                    if new[0] > new[1]:
                        return None
                    if new != (low, high):
                        bounds[cell], is_new = new, True
        return bounds


def hidden_in(found) -> set:
    """The hidden cells, as `(table, down, across)`."""
    cells = set()
    for at, table in enumerate(found):
        grid = [(*row, total) for row, total in zip(table.rows, table.row_totals, strict=True)]
        grid.append((*table.column_totals, table.total))
        cells |= {(at, d, a) for d, row in enumerate(grid) for a, n in enumerate(row) if n is None}
    return cells


def linked(four):
    """The first table counts what the second divides in two, as decisions are by the threshold."""
    received = [[a + b, c + d] for a, b, c, d in four]
    lines = range(len(four) + 1)
    links = [([(1, at, 0), (1, at, 1)], [(0, at, 0)]) for at in lines]
    links += [([(1, at, 2), (1, at, 3)], [(0, at, 1)]) for at in lines]
    return [received, four], links


fours = st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=1, max_size=3)
squares = st.integers(2, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


def test_the_reader_of_these_tests_catches_what_is_left_open():
    reader = Reader([[[3, 20], [30, 40]]])
    alone, four = {(0, 0, 0)}, {(0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1)}

    assert reader.is_pinned((0, 0, 0), alone)
    assert not reader.is_pinned((0, 0, 0), four)
    # Two that add up to two are one each.
    assert Reader([[[1, 1, 30]]]).is_pinned((0, 0, 0), {(0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1)})


def test_the_reader_of_these_tests_takes_links_and_what_is_never_more_into_account():
    tables = [[[9, 30]], [[6, 3, 20, 10]]]
    hidden = {(1, 0, 1), (1, 1, 1), (1, 0, 4), (1, 1, 4)}

    assert not Reader(tables).is_pinned((1, 0, 1), hidden)
    link = ([(1, 0, 0), (1, 0, 1)], [(0, 0, 0)])
    assert Reader(tables, links=[link]).is_pinned((1, 0, 1), hidden)
    assert not Reader(tables, within=[link]).is_pinned((1, 0, 1), hidden)
    least = ([(0, 0, 0)], [(1, 0, 0), (1, 0, 1)])
    assert Reader(tables, within=[link, least]).is_pinned((1, 0, 1), hidden)


@settings(max_examples=120, deadline=None)
@given(squares)
def test_no_small_number_of_a_table_can_be_pinned(rows):
    reader, hidden = Reader([rows]), hidden_in([suppress_table(rows)])

    assert set(reader.small) <= hidden
    assert not [cell for cell in reader.small if reader.is_pinned(cell, hidden)]


@settings(max_examples=80, deadline=None)
@given(fours)
def test_no_small_number_of_tables_that_hang_together_can_be_pinned(four):
    tables, links = linked(four)
    reader, hidden = Reader(tables, links), hidden_in(suppress_tables(tables, links))

    assert set(reader.small) <= hidden
    assert not [cell for cell in reader.small if reader.is_pinned(cell, hidden)]


@settings(max_examples=80, deadline=None)
@given(fours, st.lists(st.integers(0, 3), min_size=3, max_size=3))
def test_nor_where_one_is_known_to_be_never_more_than_the_other(four, more):
    tables, links = linked(four)
    tables[0] = [[row[0] + extra, row[1]] for row, extra in zip(tables[0], more, strict=False)]
    added = [*more[: len(four)], sum(more[: len(four)])]
    of_first = list(zip(links[: len(added)], added, strict=True))
    same = [*(link for link, extra in of_first if not extra), *links[len(added) :]]
    within = [link for link, extra in of_first if extra]
    reader = Reader(tables, same, within)

    hidden = hidden_in(suppress_tables(tables, same, within))

    assert set(reader.small) <= hidden
    assert not [cell for cell in reader.small if reader.is_pinned(cell, hidden)]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(squares)
def test_nothing_is_hidden_that_could_be_shown(rows):
    """Each count that is hidden beside the small ones is needed: shown, it would give one away."""
    reader, hidden = Reader([rows]), hidden_in([suppress_table(rows)])

    for cell in hidden - set(reader.small):
        shown = hidden - {cell}
        assert any(reader.is_pinned(small, shown) for small in reader.small), cell


def test_one_small_number_costs_three_others_and_no_total():
    found = suppress_table([[3, 20, 30, 12], [40, 50, 60, 14], [70, 80, 90, 16]])

    assert hidden_in([found]) == {(0, 0, 0), (0, 0, 3), (0, 1, 0), (0, 1, 3)}


@pytest.mark.parametrize("declined", [1, 2, 4])
def test_a_service_of_one_row_shows_what_it_received(declined):
    """Being decided, waiting, accepted, declined, signposted, withdrawn; beside the threshold."""
    received = [[7, 2, 31, declined, 1, 0]]
    judged = [[17, 16, 1, declined]]
    links = [
        ([(0, at, 1), (0, at, 2)], [(1, at, 0), (1, at, 1)]) for at in (0, 1)
    ] + [([(0, at, 3), (0, at, 4)], [(1, at, 2), (1, at, 3)]) for at in (0, 1)]  # fmt: skip

    one, other = suppress_tables([received, judged], links)

    assert (one.rows[0][0], one.rows[0][2], one.total) == (7, 31, 41 + declined)
    assert (other.rows[0][0], other.total) == (17, 34 + declined)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=3))
def test_no_small_number_is_pinned_by_which_medians_are_said(counts):
    """Beside each count it is seen whether it is five or more; every other answer is tried."""
    bands = [[(0, at, 0)] for at in range(len(counts) + 1)]

    found = suppress_table([[n] for n in counts], bands)

    shown = [row[0] for row in found.rows] + [found.total]
    real = [*counts, sum(counts)]
    fits = [
        [*one, sum(one)]
        for one in product(range(13), repeat=len(counts))
        if all(n == s or (s is None and n) for n, s in zip([*one, sum(one)], shown, strict=True))
        and [n >= 5 for n in [*one, sum(one)]] == [n >= 5 for n in real]
    ]
    for at, count in enumerate(real):
        if is_small(count):
            assert len({one[at] for one in fits}) > 1, (counts, shown)
