"""Reads a school's class list whatever its columns are called or ordered. Saves nothing.

First a `Mapping` says which column is what (guessed, then corrected by a person and kept); then
each line becomes a `PupilRow`, or problems that name the line, the column and the remedy.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from alongside.exchange.columns import CONTACT_FIELDS, MEANINGS, PUPIL_FIELDS, REQUIRED, field_for
from alongside.exchange.dates import NotADate, read_date
from alongside.exchange.first_line import refuse_pupil
from alongside.exchange.problems import Problem, Unreadable
from alongside.exchange.pupil_checks import Seen, fault_of_birthday, fault_of_name
from alongside.exchange.same_names import table_of, to_ask, which
from alongside.exchange.tabular import MOST_COLUMNS, Line, NoNames, Source, Table
from alongside.rules import ages, postcodes, upn
from alongside.rules.words import quoted

# Looked for in all cells of a line at once, each on a line of its own.
INSTRUCTION = re.compile(
    r"^(?:(?:required|optional|mandatory|format)\s*[:(–-]|dd[/-]mm[/-]yyyy$)",
    re.IGNORECASE | re.MULTILINE,
)
EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
SEXES = {"m": "M", "male": "M", "boy": "M", "f": "F", "female": "F", "girl": "F"}
NO_PUPILS = "The list has the names of its columns and no pupil below them."
LEAVE = "It is left blank; the rest of the line is read."


@dataclass(frozen=True, slots=True)
class Contact:
    """A parent or carer named on the list. What they may be told is not for a list to say."""

    name: str = ""
    relationship: str = ""
    email: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class PupilRow:
    """One pupil as the list has them. `notes` are values that could not be read and were left."""

    line: int
    legal_forename: str
    legal_surname: str
    born_on: date
    preferred_forename: str = ""
    preferred_surname: str = ""
    middle_names: str = ""
    upn: str = ""
    former_upn: str = ""
    year_group: str = ""
    registration_group: str = ""
    sex: str = ""
    address_lines: tuple[str, ...] = ()
    town: str = ""
    county: str = ""
    postcode: str = ""
    ethnicity: str = ""
    first_language: str = ""
    sen_provision: str = ""
    contacts: tuple[Contact, ...] = ()
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """Which column holds which field, by its name on the list; kept for the school's next list."""

    columns: dict[str, str]
    ignored: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()  # What a person must say first; never kept.

    def as_dict(self) -> dict[str, Any]:
        return {"columns": dict(self.columns), "ignored": list(self.ignored)}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        columns = {str(k): str(v) for k, v in data.get("columns", {}).items() if v in MEANINGS}
        return cls(columns, tuple(map(str, data.get("ignored", ()))))

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields without which no pupil can be read, in words."""
        held = set(self.columns.values())
        if "full_name" in held:
            held |= {"legal_forename", "legal_surname"}
        return tuple(PUPIL_FIELDS[each] for each in REQUIRED if each not in held)


@dataclass
class ClassList:
    """Everything a list holds. `rows` and `problems` are in the order of its lines."""

    mapping: Mapping
    rows: list[PupilRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    blank_lines: int = 0
    instruction_lines: int = 0

    @property
    def lines_refused(self) -> int:
        return len({each.line for each in self.problems if each.line})


def guess(source: Source) -> Mapping:
    """What the columns most probably are, by their names."""
    return _guess(table_of(source, recognised).header.cells)


def parse(source: Source, mapping: Mapping | None = None, *, today: date) -> ClassList:
    """Every line of the list. With a mapping kept from before, its choice of columns is used."""
    try:
        table = _table(source, set(mapping.columns) if mapping else set(), today)
    except Unreadable as error:
        return ClassList(mapping or Mapping({}), problems=[error.problem])
    cells = table.header.cells
    result = ClassList(_applied(mapping, cells) if mapping else _guess(cells))
    if questions := _questions(result.mapping, table.header):
        result.problems += questions
        return result
    columns, seen = _Columns(table.header, result.mapping), Seen()
    for line in table.lines:
        if isinstance(line, Problem):
            result.problems.append(line)
        elif line.is_blank:
            result.blank_lines += 1
        elif INSTRUCTION.search("\n".join(line.cells)):
            result.instruction_lines += 1
        else:
            _read(line, columns, result, seen, today)
    if not (result.rows or result.problems):
        result.problems.append(Problem(None, "", NO_PUPILS, "Choose the list with its pupils."))
    return result


# Columns


def _table(source: Source, known: set[str], today: date) -> Table:
    try:
        table = table_of(source, lambda cells: len(known & set(cells)) or recognised(cells))
    except NoNames as error:
        refuse_pupil(error.first, today)
        raise
    refuse_pupil(table.header.cells, today)
    return table


def recognised(cells: Sequence[str]) -> int:
    found = _guess(cells)
    return len(found.columns) + len(found.asked)


def _guess(cells: Sequence[str]) -> Mapping:
    """The first column of each meaning is taken; a second is left, and said to be.

    Of two columns of one name neither is taken, nor is one whose name does not tell: a person says.
    """
    columns: dict[str, str] = {}
    asked = to_ask(cells[:MOST_COLUMNS])
    for cell in cells[:MOST_COLUMNS]:
        meaning = field_for(cell)
        if meaning and meaning not in columns.values() and cell not in (*columns, *asked):
            columns[cell] = meaning
    return Mapping(columns, tuple(cell for cell in cells if cell and cell not in columns), asked)


def _applied(mapping: Mapping, cells: Sequence[str]) -> Mapping:
    columns = {name: meaning for name, meaning in mapping.columns.items() if name in cells}
    return Mapping(columns, tuple(cell for cell in cells if cell and cell not in columns))


def _questions(mapping: Mapping, header: Line) -> list[Problem]:
    """What a person must say before any line is read."""
    asked = [which(cell, header.number) for cell in mapping.asked]
    told = {each.column for each in asked}
    return asked + [_no_column(each, header) for each in mapping.missing if each not in told]


def _no_column(name: str, header: Line) -> Problem:
    seen = quoted([cell for cell in header.cells if cell][:12])
    return Problem(
        header.number,
        name,
        f"No column was recognised as the {name}. The columns are {seen}.",
        f"Say which column is the {name}, or add it to the list.",
    )


class _Columns:
    """Where each field stands on every line of one list: worked out once for all of them."""

    def __init__(self, header: Line, mapping: Mapping) -> None:
        self.called = {meaning: name for name, meaning in mapping.columns.items()}
        place = {name: at for at, name in reversed(list(enumerate(header.cells)))}
        self.at = {meaning: place[name] for meaning, name in self.called.items()}
        self.width = len(header.cells)
        self.plain = tuple(each for each in _PLAIN if each in self.at)
        self.address = tuple(each for each in _ADDRESS if each in self.at)
        self.contacts = tuple(sorted({each.split("_")[1] for each in self.at.keys() & _CONTACTS}))


# Lines


def _read(line: Line, columns: _Columns, result: ClassList, seen: Seen, today: date) -> None:
    reader = _Reader(line, columns, today)
    row = reader.row()
    if row is None:
        result.problems += reader.problems
        return
    if already := seen.already(row):
        result.problems += row.notes
        result.problems.append(Problem(line.number, "", already, "Keep one of the two lines."))
        return
    result.rows.append(row)


class _Reader:
    """Reads one line, gathering every fault instead of stopping at the first."""

    def __init__(self, line: Line, columns: _Columns, today: date) -> None:
        self.line, self.columns, self.today = line, columns, today
        self.at, self.width = columns.at, columns.width
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []

    def row(self) -> PupilRow | None:
        if any(self.line.cells[self.width :]):
            self._refuse(
                "",
                f"The line has {len(self.line.cells)} values where the header has {self.width}.",
                "Put quotation marks round any value with a comma in it.",
            )
            return None
        forename, surname = self._name("legal_forename"), self._name("legal_surname")
        if not forename and not surname and (full := self._text("full_name")):
            forename, surname = self._divided(full)
        born_on = self._born_on()
        number = self._upn()
        self._require("legal_forename", forename)
        self._require("legal_surname", surname)
        if self.problems or born_on is None:
            return None
        plain: dict[str, Any] = {each: self._text(each) for each in self.columns.plain}
        return PupilRow(
            line=self.line.number,
            legal_forename=forename,
            legal_surname=surname,
            born_on=born_on,
            upn=number,
            former_upn=self._former_upn(),
            year_group=self._year_group(),
            sex=self._sex(),
            postcode=self._postcode(),
            address_lines=tuple(filter(None, map(self._text, self.columns.address))),
            contacts=tuple(self._contacts()),
            notes=tuple(self.notes),  # The last: the values above are read before it.
            **plain,
        )

    def _text(self, meaning: str) -> str:
        at = self.at.get(meaning)
        return self.line.cells[at] if at is not None and at < len(self.line.cells) else ""

    def _name(self, meaning: str) -> str:
        return " ".join(self._text(meaning).split())

    def _refuse(self, meaning: str, problem: str, remedy: str) -> None:
        column = self.columns.called.get(meaning, PUPIL_FIELDS.get(meaning, ""))
        self.problems.append(Problem(self.line.number, column, problem, remedy))

    def _note(self, meaning: str, problem: str, remedy: str = LEAVE) -> None:
        self.notes.append(Problem(self.line.number, self.columns.called[meaning], problem, remedy))

    def _require(self, meaning: str, value: str) -> None:
        called = PUPIL_FIELDS[meaning]
        if not value:
            self._refuse(meaning, f"There is no {called}.", "Enter it.")
        elif fault := fault_of_name(value, called):
            self._refuse(meaning, fault, "Correct it.")

    def _divided(self, full: str) -> tuple[str, str]:
        """SURNAME, Forename; or Forename Surname, which only its last word can divide."""
        surname, comma, forename = (part.strip() for part in full.partition(","))
        if comma:
            return forename, surname
        forename, _, surname = full.rpartition(" ")
        return forename.strip(), surname

    def _born_on(self) -> date | None:
        text = self._text("born_on")
        if not text:
            self._refuse("born_on", "There is no date of birth.", "Enter it, such as 31/01/2010.")
            return None
        try:
            day = read_date(text)
        except NotADate as fault:
            self._refuse("born_on", fault.problem, fault.remedy)
            return None
        if wrong := fault_of_birthday(day, text, self.today):
            self._refuse("born_on", wrong, "Correct the year.")
        return day

    def _upn(self) -> str:
        """A wrong number could join two children's records, so the line is refused."""
        text = self._text("upn")
        if not text:
            return ""
        if problem := upn.problem_with(text):
            self._refuse("upn", problem, "Correct the UPN, or leave it blank.")
        return upn.normalise(text)

    def _former_upn(self) -> str:
        text = self._text("former_upn")
        if text and (problem := upn.problem_with(text)):
            self._note("former_upn", problem)
            return ""
        return upn.normalise(text) if text else ""

    def _year_group(self) -> str:
        text = self._text("year_group")
        code = ages.read_year_group(text)
        if text and not code:
            self._note("year_group", f"“{text}” is not a year group.")
        return code

    def _sex(self) -> str:
        """M or F as the school records it for the census; anything else is left to the family."""
        text = self._text("sex")
        code = SEXES.get(text.lower(), "")
        if text and not code:
            self._note("sex", f"“{text}” is neither M nor F.")
        return code

    def _postcode(self) -> str:
        text = self._text("postcode")
        if text and (problem := postcodes.problem_with(text)):
            self._note("postcode", problem)
            return ""
        return postcodes.normalise(text) if text else ""

    def _contacts(self) -> Iterator[Contact]:
        for number in self.columns.contacts:
            name = self._name(f"contact_{number}_name") or " ".join(
                filter(
                    None,
                    (self._name(f"contact_{number}_{part}") for part in ("forename", "surname")),
                )
            )
            contact = Contact(
                name,
                self._text(f"contact_{number}_relationship"),
                self._email(f"contact_{number}_email"),
                self._telephone(f"contact_{number}_telephone"),
            )
            if contact.name or contact.email or contact.telephone:
                yield contact

    def _email(self, meaning: str) -> str:
        text = self._text(meaning)
        if text and not EMAIL.fullmatch(text):
            self._note(meaning, f"“{text}” is not an email address.")
            return ""
        return text

    def _telephone(self, meaning: str) -> str:
        """Kept as written; a spreadsheet that took away the leading nought is forgiven."""
        text = self._text(meaning)
        figures = re.sub(r"\D", "", text)
        if text and not 9 <= len(figures) <= 15:
            self._note(meaning, f"“{text}” is not a telephone number.")
            return ""
        return f"0{text}" if len(figures) == 10 and text.isdigit() and text[0] in "1237" else text


_PLAIN = (
    "preferred_forename", "preferred_surname", "middle_names", "registration_group", "town",
    "county", "ethnicity", "first_language", "sen_provision",
)  # fmt: skip
_ADDRESS = ("address_1", "address_2", "address_3", "address_4")
_CONTACTS = frozenset(CONTACT_FIELDS)
