"""Reads the Department for Education's register of schools (GIAS) and its links. Saves nothing.

Columns are found by name: their number, order and spelling drift from one year's file to the next.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from alongside.exchange.dates import NotADate, read_date
from alongside.exchange.problems import Problem, Unreadable
from alongside.exchange.tabular import (
    LARGEST_BYTES,
    ZIP,
    Line,
    Source,
    Table,
    read_bytes,
    read_table,
)
from alongside.rules import postcodes

# Our field: the register's names for it, reduced to small letters and digits; best first.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "urn": ("urn",),
    "la_code": ("lacode", "leacode", "la", "lea"),
    "la_name": ("laname", "leaname", "localauthority"),
    "establishment_number": ("establishmentnumber", "estab", "dfenumber"),
    "name": ("establishmentname", "schoolname", "name"),
    "type_name": ("typeofestablishmentname", "typeofestablishment", "censusschooltype"),
    "type_group": ("establishmenttypegroupname", "establishmenttypegroup"),
    "status_name": ("establishmentstatusname", "establishmentstatus"),
    "phase_name": ("phaseofeducationname", "phaseofeducation"),
    "opened_on": ("opendate",),
    "closed_on": ("closedate",),
    "age_low": ("statutorylowage",),
    "age_high": ("statutoryhighage",),
    "gender": ("gendername", "gender"),
    "religious_character": ("religiouscharactername", "religiouscharacter"),
    "admissions_policy": ("admissionspolicyname", "admissionspolicy"),
    "trust_name": ("trustsname", "trusts"),
    "pupils_on_roll": ("numberofpupils",),
    "ukprn": ("ukprn",),
    "street": ("street",),
    "locality": ("locality",),
    "town": ("town",),
    "county": ("countyname", "county"),
    "postcode": ("postcode",),
    "ward": ("administrativewardname", "administrativeward"),
    "telephone": ("telephonenum", "telephone"),
    "website": ("schoolwebsite",),
    "head_title": ("headtitlename", "headtitle"),
    "head_forename": ("headfirstname",),
    "head_surname": ("headlastname",),
}
REQUIRED = {"urn": "URN", "la_code": "LA (code)", "name": "EstablishmentName"}
LINK_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "urn": ("urn",),
    "link_urn": ("linkurn",),
    "link_name": ("linkname",),
    "link_type": ("linktype",),
    "established_on": ("linkestablisheddate",),
}
LINK_REQUIRED = {"urn": "URN", "link_urn": "LinkURN", "link_type": "LinkType"}

LA_CODE = re.compile(r"[0-9]{1,3}")
# The register writes these where it knows no date.
PLACEHOLDER_DATES = frozenset({date(1900, 1, 1), date(1899, 12, 30), date(9999, 12, 31)})


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One establishment as the register has it. Empty text and None: the register does not say."""

    line: int
    urn: int
    la_code: str
    name: str
    la_name: str = ""
    establishment_number: str = ""
    type_name: str = ""
    type_group: str = ""
    status_name: str = ""
    phase_name: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    age_low: int | None = None
    age_high: int | None = None
    gender: str = ""
    religious_character: str = ""
    admissions_policy: str = ""
    trust_name: str = ""
    pupils_on_roll: int | None = None
    ukprn: str = ""
    street: str = ""
    locality: str = ""
    town: str = ""
    county: str = ""
    postcode: str = ""
    ward: str = ""
    telephone: str = ""
    website: str = ""
    head_title: str = ""
    head_forename: str = ""
    head_surname: str = ""
    # What of the line could not be read, while the rest of it stands.
    left_out: tuple[Problem, ...] = ()

    @property
    def is_open(self) -> bool:
        """Open by its status; where that is blank, open unless the register has a closing date."""
        return self.status_name.startswith("Open") if self.status_name else self.closed_on is None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A line of a council that was not asked for: counted, and otherwise left alone."""

    la_code: str
    la_name: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One school's tie to another, read from `urn`: its successor, predecessor, and so on."""

    line: int
    urn: int
    link_urn: int
    link_type: str
    link_name: str = ""
    established_on: date | None = None

    @property
    def is_successor(self) -> bool:
        return self.link_type.startswith("Successor")

    @property
    def is_predecessor(self) -> bool:
        return self.link_type.startswith("Predecessor")


def parse(source: Source, *, of: str = "") -> Iterator[SchoolRow | Elsewhere | Problem]:
    """Every establishment of the file, plain or zipped, or what is wrong with its line.

    With `of`, only that council's lines are read; nobody is told what is wrong with another's.
    """
    try:
        table, columns = _open(source, COLUMNS, REQUIRED, telling="EstablishmentName")
    except Unreadable as error:
        yield error.problem
        return
    yield from _missing(columns, REQUIRED)
    if not REQUIRED.keys() <= columns.keys():
        return
    seen: dict[int, int] = {}
    for line in _whole_lines(table):
        if isinstance(line, Problem):
            yield line
        elif not line.is_blank:
            row = _elsewhere(line, columns, of) or _school(line, columns, table.header)
            if isinstance(row, SchoolRow) and row.urn in seen:
                row = Problem(
                    line.number,
                    "URN",
                    f"URN {row.urn} is already on line {seen[row.urn]}.",
                    "Keep one of the two lines.",
                )
            elif isinstance(row, SchoolRow):
                seen[row.urn] = line.number
            yield row


def parse_links(source: Source) -> Iterator[LinkRow | Problem]:
    """Every link of the file, plain or zipped, or what is wrong with its line."""
    try:
        table, columns = _open(source, LINK_COLUMNS, LINK_REQUIRED, telling="LinkURN")
    except Unreadable as error:
        yield error.problem
        return
    yield from _missing(columns, LINK_REQUIRED)
    if not LINK_REQUIRED.keys() <= columns.keys():
        return
    for line in table.lines:
        if isinstance(line, Problem):
            yield line
        elif not line.is_blank:
            yield _link(line, columns, table.header)


# Opening

type Columns = dict[str, list[int]]


def _open(
    source: Source,
    wanted: Mapping[str, tuple[str, ...]],
    required: Mapping[str, str],
    telling: str,
) -> tuple[Table, Columns]:
    def known(cells: Sequence[str]) -> int:
        return len(_find(cells, wanted).keys() & required.keys())

    data = read_bytes(source)
    if data.startswith(ZIP):
        data = _unzip(data, telling)
    table = read_table(data, known)
    return table, _find(table.header.cells, wanted)


def _unzip(data: bytes, telling: str) -> bytes:
    """The member of the archive whose first line names the column that tells the file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" in names:
                return data
            for name in names:
                if not name.lower().endswith(".csv") or name.startswith("__MACOSX"):
                    continue
                with archive.open(name) as member:
                    if telling.encode() in member.readline(65536):
                        return _whole(archive, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise Unreadable(
            "The zip file is damaged or has a password.", "Download it again."
        ) from error
    raise Unreadable(
        f"No CSV file inside the zip file has a column {telling}.",
        "Choose the register's own download (edubasealldata) or its links.",
    )


def _whole(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        data = member.read(LARGEST_BYTES + 1)
    if len(data) > LARGEST_BYTES:
        raise Unreadable(f"{name} unpacks to more than 300 MB.", "Divide it into smaller files.")
    return data


def reduced(name: str) -> str:
    """LA (code) as lacode: what is left when spacing, brackets and capitals drift."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _find(cells: Sequence[str], wanted: Mapping[str, tuple[str, ...]]) -> Columns:
    """Where each field stands; more than one place where the file has several of its names."""
    at = {reduced(cell): index for index, cell in reversed(list(enumerate(cells)))}
    found = {field: [at[name] for name in names if name in at] for field, names in wanted.items()}
    return {field: places for field, places in found.items() if places}


def _missing(columns: Columns, required: Mapping[str, str]) -> Iterator[Problem]:
    for field, name in required.items():
        if field not in columns:
            yield Problem(
                None,
                name,
                f"The file has no column {name}.",
                "Download the file again with all its columns, or correct the column's name.",
            )


# Lines


def _whole_lines(table: Table) -> Iterator[Line | Problem]:
    """A last line that is short and has no end: the download stopped in the middle of it."""
    width = len(table.header.cells)
    for line in table.lines:
        if isinstance(line, Line) and line.is_unended and len(line.cells) < width:
            yield Problem(
                line.number,
                "",
                "The file ends in the middle of this line.",
                "Download the file again.",
            )
        else:
            yield line


def _elsewhere(line: Line, columns: Columns, of: str) -> Elsewhere | None:
    """A code that cannot be read may be this council's own, so that line is looked at."""
    code = _first(line, columns["la_code"])
    if not of or not LA_CODE.fullmatch(code) or code.zfill(3) == of:
        return None
    return Elsewhere(code.zfill(3), _first(line, columns.get("la_name", [])))


def _school(line: Line, columns: Columns, header: Line) -> SchoolRow | Problem:
    values = _values(line, columns, header, REQUIRED)
    return values if isinstance(values, Problem) else SchoolRow(line=line.number, **values)


def _link(line: Line, columns: Columns, header: Line) -> LinkRow | Problem:
    values = _values(line, columns, header, LINK_REQUIRED)
    return values if isinstance(values, Problem) else LinkRow(line=line.number, **values)


def _values(
    line: Line, columns: Columns, header: Line, required: Mapping[str, str]
) -> dict[str, Any] | Problem:
    """Each field read by its reader. What the school cannot do without is asked for; of the rest,
    what cannot be read is left out and said."""
    values: dict[str, Any] = {}
    left_out: list[Problem] = []
    for field, places in columns.items():
        text = _first(line, places)
        column = header.cells[places[0]]
        if not text and field in required:
            return Problem(line.number, column, f"There is no {column}.", "Enter it.")
        try:
            values[field] = READERS.get(field, str)(text)
        except (NotADate, ValueError) as fault:
            problem = _problem(line, column, fault)
            if field in required or required is LINK_REQUIRED:
                return problem
            left_out.append(replace(problem, remedy=f"{problem.remedy} {KEPT}"))
    return values | ({"left_out": tuple(left_out)} if left_out else {})


KEPT = "The rest of the line was loaded."


def _problem(line: Line, column: str, fault: NotADate | ValueError) -> Problem:
    if isinstance(fault, NotADate):
        return Problem(line.number, column, fault.problem, fault.remedy)
    return Problem(line.number, column, str(fault), "Correct it in the file.")


def _first(line: Line, places: list[int]) -> str:
    """The first value that says something. NA is what a census writes for nothing."""
    values = (line.cells[at] for at in places if at < len(line.cells))
    return next((value for value in values if value not in ("", "NA")), "")


def _urn(text: str) -> int:
    if not re.fullmatch(r"\d{6}", text):
        raise ValueError(f"“{text}” is not a URN, which has six digits.")
    return int(text)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _la_code(text: str) -> str:
    if not LA_CODE.fullmatch(text):
        raise ValueError(f"“{text}” is not a local authority code, which has three digits.")
    return text.zfill(3)


def _estab(text: str) -> str:
    """Four digits; also the end of 821/2225 and 8212225."""
    return re.sub(r"\D", "", text)[-4:].zfill(4) if text else ""


def _number(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"\d{1,6}", text):
        raise ValueError(f"“{text}” is not a whole number.")
    return int(text)


def _day(text: str) -> date | None:
    """Nothing but noughts is another way of knowing no date."""
    day = read_date(text) if text.strip("0-/ .") else None
    return None if day in PLACEHOLDER_DATES else day


READERS: Mapping[str, Callable[[str], Any]] = {
    "urn": _urn,
    "link_urn": _urn,
    "name": _on_one_line,
    "la_code": _la_code,
    "establishment_number": _estab,
    "postcode": postcodes.normalise,
    "opened_on": _day,
    "closed_on": _day,
    "established_on": _day,
    "age_low": _number,
    "age_high": _number,
    "pupils_on_roll": _number,
}
