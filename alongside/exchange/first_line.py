"""A list whose first line is a pupil: refused, for it would lose that pupil without a word."""

from collections.abc import Sequence
from datetime import date

from alongside.exchange.columns import field_for
from alongside.exchange.dates import NotADate, read_date
from alongside.exchange.problems import Unreadable
from alongside.exchange.tabular import MOST_COLUMNS
from alongside.rules import upn
from alongside.rules.ages import age_on

PUPIL_FIRST = "The first line looks like a pupil, so nothing says what its columns hold."
NAME_THE_COLUMNS = (
    "Give the list a first line of names of columns, such as Surname, First name, Date of birth."
)
AGES = range(2, 26)


def refuse_pupil(cells: Sequence[str], today: date) -> None:
    """These cells would be taken for the names of the columns."""
    if "born_on" in map(field_for, cells):
        return  # A day among names of columns, such as of an attendance list.
    if any(upn.is_valid(cell) or _is_birthday(cell, today) for cell in cells[:MOST_COLUMNS]):
        raise Unreadable(PUPIL_FIRST, NAME_THE_COLUMNS)


def _is_birthday(text: str, today: date) -> bool:
    try:
        day = read_date(text)
    except NotADate:
        return False
    return day <= today and age_on(day, today).years in AGES
