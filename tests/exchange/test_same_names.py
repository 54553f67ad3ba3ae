"""Columns whose names do not tell them apart, or not for certain, are asked about and not guessed."""

import pytest

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


@pytest.mark.parametrize(
    ("heads", "problem", "name"),
    [
        ("Reg group,Reg group", "Two columns are called “Reg group”.", "registration group"),
        ("Parent name,Parent name", "Two columns are called “Parent name”.", "name of contact 1"),
        (
            "Group,Town",
            "“Group” may be the registration group or something else.",
            "registration group",
        ),
        (
            "Group,Group",
            "“Group” may be the registration group or something else.",
            "registration group",
        ),
    ],
)
def test_a_column_whose_name_does_not_tell_is_asked_about(heads, problem, name):
    asked = parse(f"Forename,Surname,DOB,{heads}\nLeo,A,1/1/2014,7A,9C\n".encode())

    assert asked.rows == []
    assert [(each.column, each.problem) for each in asked.problems] == [(name, problem)]


def test_a_group_beside_the_registration_group_is_left_and_said_to_be():
    read = parse(b"Forename,Surname,DOB,Reg,Group\nLeo,A,1/1/2014,7A,Blue\n")

    assert read.rows[0].registration_group == "7A"
    assert read.mapping.ignored == ("Group",)


def test_what_a_person_said_of_the_columns_is_not_asked_again():
    said = Mapping({"Forename": "legal_forename", "Surname": "legal_surname", "DOB": "born_on"})

    (row,) = parse(b"Forename,Surname,DOB,Group\nLeo,A,1/1/2014,7A\n", said).rows

    assert row.registration_group == ""
