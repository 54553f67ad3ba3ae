"""Numbers in an address are figures that a record can have, and nothing else."""

import pytest

from alongside.rules.numbers import number_in


@pytest.mark.parametrize(
    ("typed", "number"), [("0", 0), ("41", 41), ("007", 7), ("9" * 18, 10**18 - 1)]
)
def test_figures_are_a_number(typed, number):
    assert number_in(typed) == number


@pytest.mark.parametrize("typed", ["", " 4", "-1", "+1", "4.0", "²", "٤", "½", "9" * 19, "4a"])
def test_anything_else_is_none(typed):
    assert number_in(typed) is None
