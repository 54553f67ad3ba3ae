"""Understands what was typed into the top search: a name, a birthday in any usual form, a number."""

from datetime import date

from alongside.exchange.dates import NotADate, read_date
from alongside.people.queries.search import Wanted
from alongside.rules import upn
from alongside.rules.numbers import number_in

MOST_CHARACTERS = 120
UPN_LENGTH = 13
FIGURES = "0123456789"


def understand(typed: str) -> Wanted:
    """Robin, testerly rob, 14/3/2013, 14 march 2013, robin 14.3.13, A991234513001."""
    typed = " ".join(typed[:MOST_CHARACTERS].replace("\x00", "").split())
    number = upn.normalise(typed)
    if len(number) == UPN_LENGTH and upn.SHAPE.fullmatch(number):
        return Wanted(upn=number)
    words, born_on = _birthday(typed.split())
    return Wanted(words=" ".join(words), born_on=born_on)


def _birthday(parts: list[str]) -> tuple[list[str], date | None]:
    """The longest run of words that is a date, and what is left."""
    for length in range(min(4, len(parts)), 0, -1):
        for start in range(len(parts) - length + 1):
            run = " ".join(parts[start : start + length])
            if parts[start][0] in FIGURES and (on := _day(run)):
                return parts[:start] + parts[start + length :], on
    return parts, None


def _day(text: str) -> date | None:
    if number_in(text) is not None and len(text) < 8:
        return None  # A bare number is no date here, though a spreadsheet may write one so.
    try:
        return read_date(text)
    except NotADate:
        return None
