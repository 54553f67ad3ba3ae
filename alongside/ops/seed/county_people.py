"""The county's schools, staff and pupils. Every name is invented, and obviously so."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from alongside.core.models import Account, Place, RoleAssignment, Staff
from alongside.core.permissions import Role
from alongside.ops.seed import names
from alongside.ops.seed.county_copy import Copier
from alongside.ops.seed.county_size import Size
from alongside.ops.seed.ground import LONG_AGO, Ground
from alongside.people.models import Address, Carer, Enrolment, Flag, Pupil
from alongside.rules.names import normalise
from alongside.rules.upn import check_letter
from alongside.schools.models import NamedWorker, School, SchoolContact

TABLES = (Pupil, Enrolment, Carer, Address)
AREAS = ("coast", "fens", "city")
SUPERVISORS = 12
URN = 700_000
SCHOOL_WORDS = (
    "Sample", "Specimen", "Placeholder", "Testwell", "Mockford", "Example", "Fixture", "Figment",
    "Invented", "Pretend", "Notreal", "Dummy",
)  # fmt: skip
SCHOOL_PLACES = ("Lane", "Green", "Hill", "Bridge", "Field", "Park", "Road", "Drove", "Bank", "End")
SUFFIXES = ("-Hythe", "-Lowe", "-Marsh", "-Fold", "-Wick", "-Thorpe", "-Dale", "-Stead")


@dataclass(frozen=True)
class Child:
    """A pupil as the rest of the county needs them."""

    id: int
    name: str
    school_id: int
    area: str
    born_on: date


@dataclass(frozen=True)
class Work:
    """One case as the rest needs it."""

    id: int
    child: Child
    lead_id: int
    opened_on: date
    closed_on: date | None
    is_waiting: bool
    number: int


@dataclass
class County:
    """Identifiers of the county by which cases are made."""

    ground: Ground
    children: list[Child] = field(default_factory=list)
    workers: dict[str, list[int]] = field(default_factory=dict)  # Area to the staff who lead there.
    supervisor_id: int = 0
    names: dict[int, str] = field(default_factory=dict)  # Staff to name.
    cases: list[Work] = field(default_factory=list)
    framework_id: int = 0  # Of the ladder that takes referrals.
    barriers: dict[int, list[int]] = field(default_factory=dict)  # Case to its needs of that kind.


def fill(copier: Copier, ground: Ground, size: Size, today: date, chance: random.Random) -> County:
    county = County(ground, supervisor_id=ground.staff["mark"].pk)
    for key, area in (("nell", "coast"), ("rhys", "fens"), ("zadie", "city")):
        county.workers[area] = [ground.staff[key].pk]
        county.names[ground.staff[key].pk] = ground.staff[key].name
    schools = _schools(copier, ground, size)
    _staff(copier, county, schools, size)
    _school_people(copier, county, schools)
    _pupils(copier, county, schools, size, today, chance)
    return county


@dataclass(frozen=True)
class _School:
    id: int
    place_id: int
    area: str
    is_primary: bool
    is_new: bool


def _schools(copier: Copier, ground: Ground, size: Size) -> list[_School]:
    """The ground's own, then as many as are missing, a fifth of them secondary."""
    area_of = {ground.places[area].pk: area for area in AREAS}
    found = [
        _School(s.pk, s.place_id, area_of[s.place.parent_id or 0], s.phase == "Primary", False)
        for s in ground.schools
    ]
    missing = max(0, size.schools - len(found))
    place_ids, school_ids = copier.ids(Place), copier.ids(School)
    places, rows = [], []
    for number in range(missing):
        is_primary = number % 5 != 0
        name = _school_name(number, is_primary)
        area = AREAS[number % len(AREAS)]
        made = _School(next(school_ids), next(place_ids), area, is_primary, True)
        found.append(made)
        places.append((made.place_id, "SCHOOL", name, ground.places[area].pk))
        low, high = (4, 11) if is_primary else (11, 16)
        rows.append(
            (made.id, made.place_id, URN + number, ground.council.code, f"{5000 + number}", name,
             "Community school", "Primary" if is_primary else "Secondary", low, high, "Mixed",
             f"{number + 1} Sample Road", ground.council.name, "EX1 1AA", normalise(name))
        )  # fmt: skip
    copier.copy(Place, "id kind name parent", places)
    copier.copy(
        School,
        "id place urn la_code establishment_number name type_name phase age_low age_high gender"
        " street town postcode search_name",
        rows,
    )
    return found


def _school_name(number: int, is_primary: bool) -> str:
    words = f"{SCHOOL_WORDS[number % 12]} {SCHOOL_PLACES[number // 12 % 10]}"
    saint = ("", " St Example’s CE", " RC", " Community")[number // 120 % 4]
    return f"{words}{saint} {'Primary School' if is_primary else 'Academy'}"


def _staff(copier: Copier, county: County, schools: list[_School], size: Size) -> None:
    """Caseworkers in areas, supervisors in the team, SENDCos in schools, up to the number asked."""
    ground = county.ground
    copier.cursor.execute(
        "SELECT count(*) FROM core_staff WHERE council_id = %s AND NOT is_system",
        [ground.council.pk],
    )
    missing = max(0, size.staff - copier.cursor.fetchone()[0])
    account_ids, staff_ids = copier.ids(Account), copier.ids(Staff)
    new_schools = itertools.cycle([s for s in schools if s.is_new] or schools)
    accounts, people, roles = [], [], []
    for number in range(missing):
        staff_id, account_id = next(staff_ids), next(account_ids)
        name = " ".join(names.person(number + 400))
        # Not under demo.example: the sign-in page of the demonstration would be endless.
        email = f"staff{number}@northfold.example"
        area = AREAS[number % len(AREAS)]
        if number < SUPERVISORS:
            title, role, place_id = "Supervisor", Role.CASEWORK_SUPERVISOR, ground.places["team"].pk
        elif number % 2:
            title, role, place_id = "Caseworker", Role.CASEWORKER, ground.places[area].pk
            county.workers[area].append(staff_id)
        else:
            title, role, place_id = "SENDCo", Role.SCHOOL_SENDCO, next(new_schools).place_id
        county.names[staff_id] = name
        accounts.append((account_id, "!", email, True))
        people.append((staff_id, account_id, name, title, email, True))
        roles.append((staff_id, role.value, place_id, LONG_AGO))
    copier.copy(Account, "id password email is_active", accounts)
    copier.copy(Staff, "id account name job_title email is_active", people)
    copier.copy(RoleAssignment, "staff role place starts_on", roles)


def _school_people(copier: Copier, county: County, schools: list[_School]) -> None:
    new = [school for school in schools if school.is_new]
    copier.copy(
        SchoolContact,
        "school role name phone email is_current",
        (
            (s.id, role, name, "01632 960002", f"{role.lower()}@school.example", True)
            for s in new
            for role, name in (("Headteacher", "Mr H. Notreal"), ("SENDCo", "Ms P. Sampleton"))
        ),
    )
    copier.copy(
        NamedWorker,
        "school staff starts_on",
        ((s.id, county.workers[s.area][s.id % len(county.workers[s.area])], LONG_AGO) for s in new),
    )


def _pupils(
    copier: Copier,
    county: County,
    schools: list[_School],
    size: Size,
    today: date,
    chance: random.Random,
) -> None:
    """Spread over the schools; a secondary school has three times the pupils of a primary one."""
    seats = [s for s in schools for _ in range(1 if s.is_primary else 3)]
    september = date(today.year - (today.month < 9), 9, 1)
    ids, council_code = copier.ids(Pupil), county.ground.council.code
    rows = []
    for number in range(size.pupils):
        school = seats[number % len(seats)]
        low, high = (4, 11) if school.is_primary else (11, 16)
        age = low + number // len(seats) % (high - low)
        born_on = september - timedelta(days=round(365.25 * age) + chance.randrange(3, 360))
        forename, surname = _name(number)
        serial = f"{council_code}{number // 100_000 + 20:04d}{number % 100_000:05d}"
        sex = "MF"[chance.randrange(2)]
        child = Child(next(ids), f"{forename} {surname}", school.id, school.area, born_on)
        county.children.append(child)
        rows.append(
            (child.id, f"{check_letter(serial)}{serial}", forename, surname, born_on, sex,
             names.PRONOUNS[sex], "R" if age == 4 else str(age - 4),
             "English" if number % 6 else "Polish", "NNNNNNNKKE"[number % 10],
             normalise(f"{forename} {surname}"))
        )  # fmt: skip
    copier.copy(
        Pupil,
        "id upn legal_forename legal_surname born_on sex pronouns year_group first_language"
        " sen_provision search_name",
        rows,
    )
    _around(copier, county, today, chance)


def _name(number: int) -> tuple[str, str]:
    """Names repeat, as they do in a county, but not by the thousand: some are double-barrelled."""
    forename = names.FORENAMES[number % len(names.FORENAMES)]
    rest = number // len(names.FORENAMES)
    surname = names.SURNAMES[rest % len(names.SURNAMES)]
    kind = rest // len(names.SURNAMES) % (len(SUFFIXES) + 1)
    return forename, f"{surname}{SUFFIXES[kind - 1]}" if kind and "-" not in surname else surname


def _around(copier: Copier, county: County, today: date, chance: random.Random) -> None:
    system_id = county.supervisor_id
    copier.copy(Enrolment, "pupil school starts_on registration_group", _enrolments(county, today))
    copier.copy(
        Carer,
        "pupil name relationship phone has_parental_responsibility",
        (
            (c.id, f"{chance.choice(names.CARERS)} {c.name.split()[-1]}", "Mum",
             names.phone(chance), True)
            for c in county.children
        ),
    )  # fmt: skip
    copier.copy(
        Address,
        "pupil line_1 town postcode starts_on recorded_by",
        (
            (c.id, f"{chance.randrange(1, 120)} {chance.choice(names.STREETS)}",
             county.ground.council.name, "EX1 1AA", LONG_AGO, system_id)
            for c in county.children
        ),
    )  # fmt: skip
    copier.copy(
        Flag,
        "pupil kind weight text starts_on recorded_by",
        (
            (c.id, "COMMUNICATION", "KNOW", "Shows a card when it is too loud", LONG_AGO, system_id)
            for c in county.children[::40]
        ),
    )


def _enrolments(county: County, today: date) -> Iterator[tuple[object, ...]]:
    september = today.year - (today.month < 9)
    for child in county.children:
        yield child.id, child.school_id, date(september - child.id % 3, 9, 2), f"{child.id % 6}B"
