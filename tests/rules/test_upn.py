"""UPNs against numbers that others have published."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules import upn

DATA = Path(__file__).parent.parent / "data" / "identifiers" / "upn_vectors.csv"
VECTORS = list(csv.DictReader(DATA.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: row["upn"])
def test_published_numbers(row):
    words = {
        "valid": "",
        "invalid_check": "mistyped",
        "invalid_format": "shape",
        "invalid_length": "a UPN has 13",
    }[row["expected"]]

    assert upn.is_valid(row["upn"]) is (row["expected"] == "valid")
    assert words in upn.problem_with(row["upn"])
    assert bool(upn.problem_with(row["upn"])) is not upn.is_valid(row["upn"])


def test_a_temporary_number_ends_in_a_letter():
    # The letter counts by its place in the alphabet of check letters: A is 0, B is 1.
    # 8·2+0·3+1·4+2·5+0+0+0+0+5·10+0+0+B(1)·13 = 93; 93 mod 23 = 1, which is B.
    assert upn.is_temporary("B80120000500B")
    assert not upn.is_temporary("B801200005001")
    assert not upn.is_temporary("C80120000500B")


def test_any_authority_is_accepted_ours_and_the_next_new_one():
    for code in ("991", "940", "000"):
        rest = f"{code}400120001"
        assert upn.is_valid(upn.check_letter(rest) + rest)


def test_spaces_hyphens_and_small_letters_are_forgiven():
    assert upn.normalise(" b801-2000 05001 ") == "B801200005001"
    assert upn.is_valid(" b801-2000 05001 ")


@pytest.mark.parametrize(
    "text", ["I801200005001", "O801200005001", "S801200005001", "B80120000500S"]
)
def test_letters_that_look_like_figures_are_never_used(text):
    assert "shape" in upn.problem_with(text)


def test_the_length_is_told_as_typed():
    assert upn.problem_with(" R325 ") == "“R325” has 4 characters; a UPN has 13."


@given(
    st.from_regex(r"[0-9]{11}[0-9A-HJ-NP-RT-Z]", fullmatch=True),
    st.integers(0, 11),
    st.integers(1, 9),
)
def test_one_wrong_figure_is_always_noticed(rest, place, added):
    number = upn.check_letter(rest) + rest
    assert upn.is_valid(number)
    if rest[place].isdigit():
        wrong = rest[:place] + str((int(rest[place]) + added) % 10) + rest[place + 1 :]
        assert not upn.is_valid(number[0] + wrong)
