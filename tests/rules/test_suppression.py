"""Small numbers are hidden, and cannot be worked out again from what is shown."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.suppression import (
    Counts,
    is_small,
    shown,
    suppress,
    suppress_table,
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
