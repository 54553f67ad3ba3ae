"""Reads a Common Transfer File: the pupils one school sends to another. Saves and writes nothing.

Third-party files differ from the specification (`Gender` for `Sex`, `LegalSurname` in `BasicDetails`,
`Pupils` for `CTFpupilData`): all are read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from alongside.exchange.dates import NotADate, read_date
from alongside.exchange.problems import Problem, Unreadable
from alongside.exchange.pupil_checks import Seen, fault_of_birthday, fault_of_name
from alongside.exchange.tabular import Source, read_bytes, tidy
from alongside.rules import ages, postcodes, upn
from alongside.rules.numbers import number_in

LARGEST_BYTES = 50 * 1024 * 1024
ROOTS = frozenset({"ctfile", "commontransferfile"})
SEXES = {"m": "M", "male": "M", "f": "F", "female": "F"}
ASK = "Ask the school that made the file to make it again."


@dataclass(frozen=True, slots=True)
class CtfHeader:
    """Who made the file and for whom."""

    document_name: str = ""
    version: str = ""
    made_at: str = ""
    source_la_code: str = ""
    source_establishment_number: str = ""
    source_urn: int | None = None
    source_name: str = ""
    destination_la_code: str = ""
    destination_establishment_number: str = ""


@dataclass(frozen=True, slots=True)
class CtfPupil:
    """One pupil of the file; `line` counts pupils from 1. `notes` are values left as unreadable."""

    line: int
    legal_forename: str
    legal_surname: str
    born_on: date
    preferred_forename: str = ""
    preferred_surname: str = ""
    middle_names: str = ""
    former_surname: str = ""
    upn: str = ""
    former_upn: str = ""
    sex: str = ""
    year_group: str = ""
    ethnicity: str = ""
    first_language: str = ""
    sen_provision: str = ""
    sen_needs: tuple[str, ...] = ()
    address_lines: tuple[str, ...] = ()
    town: str = ""
    county: str = ""
    postcode: str = ""
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class TransferFile:
    header: CtfHeader
    pupils: tuple[CtfPupil, ...]
    problems: tuple[Problem, ...] = ()


def parse(source: Source, *, today: date) -> TransferFile:
    """Everything of the file that is ours to read; of one that is no such file, why it is not."""
    try:
        return _transfer_file(_Node(_root(read_bytes(source))), today)
    except Unreadable as error:
        return TransferFile(CtfHeader(), (), (error.problem,))


def _transfer_file(root: "_Node", today: date) -> TransferFile:
    if root.name not in ROOTS:
        raise Unreadable(
            f"This is not a Common Transfer File: it is an XML file of “{root.tag}”.",
            "Choose the file that ends in .XML and begins with the number of the sending school.",
        )
    seen = Seen("in the file as pupil")
    read = [
        _once(_pupil(node, number, today), seen)
        for number, node in enumerate(root.every("Pupil"), 1)
    ]
    if not read:
        raise Unreadable("The file has no pupils.", ASK)
    return TransferFile(
        _header(root),
        tuple(each for each in read if isinstance(each, CtfPupil)),
        tuple(each for each in read if isinstance(each, Problem)),
    )


def _root(data: bytes) -> Element:
    if len(data) > LARGEST_BYTES:
        raise Unreadable("The file is larger than 50 MB.", ASK)
    try:
        root: Element = fromstring(data, forbid_dtd=True)
        return root
    except DefusedXmlException as error:
        raise Unreadable(
            "The file defines entities or a document type, which no Common Transfer File does. "
            "Such files are used to attack systems; it was not opened.",
            ASK,
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise Unreadable(f"The file is not whole XML ({error}).", ASK) from error


class _Node:
    """An element read by name alone: spelling of capitals and namespaces do not matter."""

    def __init__(self, element: Element) -> None:
        self._element = element
        self.tag = str(element.tag).rpartition("}")[2]
        self.name = self.tag.lower()

    def every(self, name: str) -> "Iterator[_Node]":
        """Every element of this name below, at any depth."""
        found = map(_Node, self._element.iter())
        return (node for node in found if node.name == name.lower())

    def inner(self, name: str) -> "_Node":
        """The first of this name below, or an empty one."""
        return next(self.every(name), _Node(Element(name)))

    def text(self, *tags: str) -> str:
        """The first of these names that holds anything."""
        for tag in tags:
            for node in self.every(tag):
                if value := tidy(node._element.text or ""):
                    return value
        return ""

    def attribute(self, name: str) -> str:
        return self._element.get(name, "")


def _header(root: _Node) -> CtfHeader:
    header = root.inner("Header")
    sender, receiver = header.inner("SourceSchool"), header.inner("DestSchool")
    number = sender.text("URN")
    return CtfHeader(
        document_name=header.text("DocumentName"),
        version=header.text("CTFversion")
        or root.attribute("CTFversion")
        or root.attribute("version"),
        made_at=header.text("DateTime"),
        source_la_code=sender.text("LEA", "LA"),
        source_establishment_number=sender.text("Estab"),
        source_urn=number_in(number),
        source_name=sender.text("SchoolName"),
        destination_la_code=receiver.text("LEA", "LA"),
        destination_establishment_number=receiver.text("Estab"),
    )


def _once(read: CtfPupil | Problem, seen: Seen) -> CtfPupil | Problem:
    """A number or a child that is in the file twice is one child's, and nobody says whose."""
    if isinstance(read, CtfPupil) and (already := seen.already(read)):
        return Problem(read.line, "", already, ASK)
    return read


def _pupil(node: _Node, number: int, today: date) -> CtfPupil | Problem:
    forename = node.text("LegalForename", "Forename")
    surname = node.text("LegalSurname", "Surname")
    for column, name in (("Forename", forename), ("Surname", surname)):
        if not name:
            return Problem(number, column, f"Pupil {number} has no {column.lower()}.", ASK)
        if fault := fault_of_name(name, column.lower()):
            return Problem(number, column, f"Pupil {number}: {fault}", ASK)
    who, born = f"{forename} {surname}", node.text("DOB", "DateOfBirth")
    if not born:
        return Problem(number, "DOB", f"{who}: there is no date of birth.", ASK)
    try:
        born_on = read_date(born)
    except NotADate as fault_of_date:
        return Problem(number, "DOB", f"{who}: {fault_of_date.problem}", ASK)
    if fault := fault_of_birthday(born_on, born, today):
        return Problem(number, "DOB", f"{who}: {fault}", ASK)
    notes: list[Problem] = []
    home = node.inner("Address")
    return CtfPupil(
        line=number,
        legal_forename=forename,
        legal_surname=surname,
        born_on=born_on,
        preferred_forename=node.text("PreferredForename"),
        preferred_surname=node.text("PreferredSurname"),
        middle_names=node.text("LegalMiddleNames", "MiddleNames"),
        former_surname=node.text("FormerSurname"),
        upn=_upn(node.text("UPN"), "UPN", number, notes),
        former_upn=_upn(node.text("FormerUPN"), "FormerUPN", number, notes),
        sex=SEXES.get(node.text("Sex", "Gender").lower(), ""),
        year_group=ages.read_year_group(node.text("NCyearActual", "NCYear")),
        ethnicity=node.text("Ethnicity"),
        first_language=node.text("FirstLanguage", "Language"),
        sen_provision=node.text("SENprovision", "SENstatus"),
        sen_needs=tuple(dict.fromkeys(_each(node, "SENtype"))),
        address_lines=tuple(filter(None, (home.text(f"AddressLine{n}") for n in range(1, 6))))
        or _british_standard(home),
        town=home.text("Town", "PostTown"),
        county=home.text("County", "AdministrativeArea"),
        postcode=_postcode(home.text("Postcode", "PostCode"), number, notes),
        notes=tuple(notes),
    )


def _each(node: _Node, name: str) -> Iterator[str]:
    return (value for each in node.every(name) if (value := each.text(name)))


def _british_standard(home: _Node) -> tuple[str, ...]:
    """An address in parts, as BS 7666 divides it: flat, house and street, place."""
    street = " ".join(filter(None, (home.text("PAON"), home.text("Street"))))
    return tuple(filter(None, (home.text("SAON"), street, home.text("Locality"))))


def _upn(text: str, column: str, number: int, notes: list[Problem]) -> str:
    """A number that does not check is left out: it could join two children's records."""
    if text and (problem := upn.problem_with(text)):
        notes.append(Problem(number, column, problem, "It is left out; the rest is read."))
        return ""
    return upn.normalise(text)


def _postcode(text: str, number: int, notes: list[Problem]) -> str:
    if text and (problem := postcodes.problem_with(text)):
        notes.append(Problem(number, "Postcode", problem, "It is left out; the rest is read."))
        return ""
    return postcodes.normalise(text)
