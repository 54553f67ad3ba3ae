"""A list without a line of names of columns: refused, so that its first pupil is not lost."""

import pytest

from alongside.exchange.class_list import Mapping
from tests.exchange.test_class_list import parse


@pytest.mark.parametrize(
    "first",
    [
        "Zed,Ann,24/07/2013,9",
        "Town,Ann,24/07/2013,9",  # Called as a column might be.
        "Zed,Ann,H801200001001,9",
        "Zed,Ann,24 July 2013,9",
    ],
)
def test_a_list_without_names_of_columns_is_refused_and_loses_nobody(first):
    (problem,) = parse(f"{first}\nZed,Bob,25/07/2013,9\n".encode()).problems

    assert problem.problem.startswith("The first line looks like a pupil")
    assert problem.remedy.startswith("Give the list a first line of names of columns")


def test_columns_read_so_before_do_not_take_a_pupil_for_their_names():
    mapping = Mapping({"Zed": "legal_surname", "Ann": "legal_forename", "24/07/2013": "born_on"})

    found = parse(b"Zed,Ann,24/07/2013\nZed,Bob,25/07/2013\n", mapping)

    assert found.rows == []
    assert found.problems[0].problem.startswith("The first line looks like a pupil")


def test_a_day_among_the_names_of_columns_is_no_pupil():
    assert len(parse(b"Forename,Surname,DOB,24/07/2013\nAnn,Zed,24/07/2013,x\n").rows) == 1
