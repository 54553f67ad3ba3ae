"""Whatever bytes arrive as a class list, the reader answers in words; it never breaks."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.exchange.class_list import parse


@given(st.binary(max_size=300))
def test_no_file_whatever_breaks_the_reader(data):
    result = parse(data, today=date(2026, 11, 22))

    assert all(problem.problem and problem.remedy for problem in result.problems)
    assert all(row.legal_forename and row.legal_surname for row in result.rows)


@pytest.mark.parametrize(
    ("surname", "problem"),
    [
        ("X" * 101, "is longer than 100 letters"),
        ('"=HYPERLINK(""http://x"")"', "holds signs that no name has"),
        ("<script>alert(1)</script>", "holds signs that no name has"),
    ],
)
def test_what_cannot_be_a_name_is_refused_and_never_cut(surname, problem):
    content = f"Forename,Surname,DOB\nRobin,{surname},14/03/2013\n".encode()

    found = parse(content, today=date(2026, 11, 22))

    assert found.rows == []
    assert problem in found.problems[0].problem


def test_a_number_on_two_lines_is_not_said_to_be_a_child_on_two_lines():
    content = (
        b"Forename,Surname,DOB,UPN\n"
        b"Anna,Zebedee,14/03/2013,A991123413002\n"
        b"Dan,Dup,15/03/2013,A991123413002\n"
    )

    (problem,) = parse(content, today=date(2026, 11, 22)).problems

    assert problem.problem == (
        "UPN A991123413002 is already on line 2, with another name or date of birth."
    )
