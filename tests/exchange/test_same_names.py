"""Two columns of one name: neither is read unasked when every pupil needs what they hold."""

from alongside.exchange.class_list import Mapping, guess
from tests.exchange.test_class_list import parse


def test_of_two_columns_with_one_name_neither_is_read_unasked():
    source = b"Forename,Surname,DOB,Surname\nLeo,A,1/1/2014,B\n"

    asked = parse(source)
    kept = guess(source).columns | {"Surname (column 4)": "legal_surname"}
    (row,) = parse(source, Mapping(kept)).rows

    assert asked.rows == []
    assert asked.problems[0].problem == "Two columns are called “Surname”."
    assert row.legal_surname == "B"


def test_two_columns_of_one_name_that_nobody_needs_are_read_from_the_first():
    (row,) = parse(b"Forename,Surname,DOB,Town,Town\nLeo,A,1/1/2014,Lea,Sea\n").rows

    assert row.town == "Lea"
