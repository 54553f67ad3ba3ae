"""What every file's pupils are held to, whatever its format: a name, a birthday, and one line each."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from alongside.rules import names

LONGEST_NAME = 100
NO_NAME = re.compile(r"[<>=@{}|\\^~\[\]]")
EARLIEST_BIRTH = date(1990, 1, 1)


class Row(Protocol):
    """What of a line says which child it is."""

    @property
    def line(self) -> int: ...
    @property
    def legal_forename(self) -> str: ...
    @property
    def legal_surname(self) -> str: ...
    @property
    def born_on(self) -> date: ...
    @property
    def upn(self) -> str: ...


def fault_of_name(value: str, called: str) -> str:
    """Why this can be nobody's name, in words; nothing when it can. A name is never cut."""
    if not any(letter.isalpha() for letter in value):
        return f"“{value[:60]}” is not a {called}."
    if len(value) > LONGEST_NAME:
        return f"“{value[:30]}…” is longer than {LONGEST_NAME} letters."
    return f"“{value[:60]}” holds signs that no name has." if NO_NAME.search(value) else ""


def fault_of_birthday(day: date, text: str, today: date) -> str:
    if day > today:
        return f"“{text}” is in the future."
    return f"“{text}” is too long ago for a pupil." if day < EARLIEST_BIRTH else ""


class Seen:
    """A pupil is in a file twice with the same UPN, or the same name and birthday."""

    def __init__(self, where: str = "on line") -> None:
        self._where = where
        self._lines: dict[tuple[str, ...], int] = {}

    def already(self, row: Row) -> str:
        """What a line shares with an earlier one, in words; nothing when it is the first."""
        keys = _identities(row)
        first = next((self._lines[each] for each in keys if each in self._lines), None)
        if first is None:
            self._lines |= dict.fromkeys(keys, row.line)
            return ""
        if [each for each in keys if self._lines.get(each) == first] == [(row.upn,)]:
            which = f"UPN {row.upn} is already {self._where} {first}"
            return f"{which}, with another name or date of birth."
        return f"{row.legal_forename} {row.legal_surname} is already {self._where} {first}."


def _identities(row: Row) -> Sequence[tuple[str, ...]]:
    name = (names.key(row.legal_forename), names.key(row.legal_surname), row.born_on.isoformat())
    return [name, (row.upn,)] if row.upn else [name]
