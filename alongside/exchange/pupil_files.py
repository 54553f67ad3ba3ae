"""Reads a class list or a transfer file into plain rows, with what cannot be read. Saves nothing."""

import hashlib
from collections.abc import Mapping as Facts
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice, zip_longest
from textwrap import shorten
from typing import Any

from alongside.exchange import class_list, ctf
from alongside.exchange.class_list import Mapping
from alongside.exchange.problems import Problem, Unreadable
from alongside.exchange.same_names import table_of
from alongside.exchange.tabular import Line

SEN = {
    "n": "N", "no": "N", "none": "N", "k": "K", "support": "K", "sensupport": "K", "s": "K",
    "e": "E", "ehcp": "E", "ehc": "E", "plan": "E",
}  # fmt: skip
PLAIN = (
    "legal_forename", "legal_surname", "preferred_forename", "preferred_surname", "upn",
    "former_upn", "year_group", "registration_group", "sex",
)  # fmt: skip
LOOKED_AT, EXAMPLES, LONGEST_EXAMPLE = (
    25,
    3,
    40,
)  # Lines, and values of them that are shown of a column.
LONGEST = {"registration_group": 30, "first_language": 40}
LONGEST_OF_ADDRESS = {"line_1": 200, "line_2": 200, "town": 100, "postcode": 10}


@dataclass
class Reading:
    """A file as read: each line's plain values, and what is wrong with the others."""

    name: str
    sha256: str
    rows: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    mapping: Mapping = field(default_factory=lambda: Mapping({}))
    is_transfer: bool = False

    @property
    def columns(self) -> dict[str, Any] | None:
        """What each column was read as, when lines were."""
        return self.mapping.as_dict() if self.rows and not self.is_transfer else None

    @property
    def needs_mapping(self) -> bool:
        """No line was read because the names of columns do not tell what they hold."""
        mapping = self.mapping
        return not self.is_transfer and not self.rows and bool(mapping.missing or mapping.asked)


def is_transfer(name: str, content: bytes) -> bool:
    start = content[:200].lstrip(b"\xef\xbb\xbf \r\n\t")
    return name.lower().endswith(".xml") or start.startswith(b"<?xml")


def headers_of(content: bytes) -> list[str]:
    """The names of the columns; a header that nothing is recognised in is the first line."""
    try:
        return list(table_of(content, lambda cells: 1 + class_list.recognised(cells)).header.cells)
    except Unreadable:
        return []


def examples_of(content: bytes) -> list[list[str]]:
    """The first few different values of each column, for who is to say what it holds."""
    table = table_of(content, lambda cells: 1 + class_list.recognised(cells))
    lines = [line.cells for line in islice(table.lines, LOOKED_AT) if isinstance(line, Line)]
    columns = zip_longest(*lines, fillvalue="")
    different = [list(dict.fromkeys(filter(None, column)))[:EXAMPLES] for column in columns]
    return [
        [shorten(value, LONGEST_EXAMPLE, placeholder=" …") for value in each] for each in different
    ]


def read_pupils(
    name: str, content: bytes, *, today: date, mapping: Mapping | None = None
) -> Reading:
    reading = Reading(name, hashlib.sha256(content).hexdigest())
    if is_transfer(name, content):
        found = ctf.parse(content, today=today)
        reading.is_transfer = True
        reading.refused = list(found.problems)
        for pupil in found.pupils:
            reading.rows.append((pupil.line, plain(pupil)))
            reading.notes += pupil.notes
        return reading
    listed = class_list.parse(content, mapping, today=today)
    reading.mapping, reading.refused = listed.mapping, listed.problems
    for row in listed.rows:
        reading.rows.append((row.line, plain(row)))
        reading.notes += row.notes
    return reading


def plain(row: Any) -> dict[str, Any]:
    """Only what the line says, in the values that the record keeps."""
    found: dict[str, Any] = {name: getattr(row, name, "")[:100] for name in PLAIN}
    found["born_on"] = row.born_on.isoformat()
    found["sen_provision"] = _sen(row.sen_provision)
    found["sen_need"] = next(iter(getattr(row, "sen_needs", ())), "")[:4]
    found["ethnicity"] = row.ethnicity if len(row.ethnicity) <= 4 else ""
    found["first_language"] = row.first_language
    for name, longest in LONGEST.items():
        found[name] = found.get(name, "")[:longest]
    found["address"] = _address(row)
    found["contacts"] = [
        {
            "name": contact.name[:120],
            "relationship": contact.relationship[:60],
            "email": contact.email[:254],
            "phone": contact.telephone[:30],
        }
        for contact in getattr(row, "contacts", ())
    ]
    return {name: value for name, value in found.items() if value}


@lru_cache(maxsize=1_024)  # A list says the same few again and again.
def _sen(text: str) -> str:
    return SEN.get("".join(filter(str.isalpha, text.lower())), "")


def _address(row: Any) -> Facts[str, str] | None:
    lines = row.address_lines
    if not (lines or row.town or row.postcode):
        return None
    told = {
        "line_1": lines[0] if lines else "",
        "line_2": ", ".join(lines[1:]),
        "town": row.town,
        "postcode": row.postcode,
    }
    return {part: value[: LONGEST_OF_ADDRESS[part]] for part, value in told.items()}
