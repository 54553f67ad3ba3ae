"""Postcodes of every shape that Royal Mail's guide to PAF lists."""

import pytest

from alongside.rules import postcodes


@pytest.mark.parametrize(
    ("typed", "written", "outward"),
    [
        ("m11ae", "M1 1AE", "M1"),
        ("B33 8TH", "B33 8TH", "B33"),
        ("cr2 6xh", "CR2 6XH", "CR2"),
        ("DN55 1PT", "DN55 1PT", "DN55"),
        ("w1a 0ax", "W1A 0AX", "W1A"),
        ("EC1A1BB", "EC1A 1BB", "EC1A"),
        ("sw1a  1aa", "SW1A 1AA", "SW1A"),
        ("LU1-3XA", "LU1 3XA", "LU1"),
        ("GIR 0AA", "GIR 0AA", "GIR"),
    ],
)
def test_a_postcode_is_written_one_way(typed, written, outward):
    assert postcodes.normalise(typed) == written
    assert postcodes.is_valid(typed)
    assert postcodes.problem_with(typed) == ""
    assert postcodes.outward(typed) == outward


@pytest.mark.parametrize(
    "typed", ["", "invalid", "SW1A 1CA", "LU1", "LU1 3X", "Q1 1AA", "SW1A 1AAA"]
)
def test_other_text_is_left_tidy_and_refused(typed):
    assert not postcodes.is_valid(typed)
    assert postcodes.outward(typed) == ""
    assert postcodes.normalise(f" {typed} ") == typed.upper()
    assert postcodes.problem_with(f" {typed} ") == (
        f"“{typed}” is not a full United Kingdom postcode such as SW1A 1AA."
    )
