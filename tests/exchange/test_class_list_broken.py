"""Whatever bytes arrive as a class list, the reader answers in words; it never breaks."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from alongside.exchange.class_list import parse


@given(st.binary(max_size=300))
def test_no_file_whatever_breaks_the_reader(data):
    result = parse(data, today=date(2026, 11, 22))

    assert all(problem.problem and problem.remedy for problem in result.problems)
    assert all(row.legal_forename and row.legal_surname for row in result.rows)
