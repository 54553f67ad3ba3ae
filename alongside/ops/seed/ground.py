"""The ground of the demonstration: two councils, their places, people, schools and terms."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from alongside.core.actions import create_council
from alongside.core.actor import acting_as_system
from alongside.core.models import Account, Council, Place, RoleAssignment, Staff
from alongside.core.permissions import Role
from alongside.ops.places import PROJECT
from alongside.ops.seed.days import terms
from alongside.pathways import packs
from alongside.rules.names import normalise
from alongside.schools.models import NamedWorker, NonTeachingDay, School, SchoolContact, Term

LONG_AGO = date(2023, 9, 1)


@dataclass
class Ground:
    """One council's identifiers by name, for everything that is made on it."""

    council: Council
    places: dict[str, Place] = field(default_factory=dict)
    staff: dict[str, Staff] = field(default_factory=dict)
    schools: list[School] = field(default_factory=list)
    staff_of_school: dict[int, dict[str, Staff]] = field(default_factory=dict)


# place → (kind, name, parent)
EASTMERE_PLACES = {
    "outreach": ("SERVICE", "Eastmere outreach service", "council"),
    "primary": ("SERVICE", "Eastmere primary inclusion service", "council"),
    "north": ("NEIGHBOURHOOD", "North Eastmere", "primary"),
    "south": ("NEIGHBOURHOOD", "South Eastmere", "primary"),
}
NORTHFOLD_PLACES = {
    "team": ("SERVICE", "Northfold pupil reintegration team", "council"),
    "coast": ("NEIGHBOURHOOD", "Coast", "team"),
    "fens": ("NEIGHBOURHOOD", "Fens", "team"),
    "city": ("NEIGHBOURHOOD", "City", "team"),
}
# key → (name, job title, role, place)
EASTMERE_STAFF = {
    "dana": ("Dana Mockridge", "Outreach worker", Role.OUTREACH_WORKER, "outreach"),
    "imran": ("Imran Testwell", "Outreach worker", Role.OUTREACH_WORKER, "outreach"),
    "sofia": ("Sofia Figment", "Outreach worker", Role.OUTREACH_WORKER, "outreach"),
    "grace": ("Grace Exampleton", "Assistant headteacher", Role.OUTREACH_MANAGER, "outreach"),
    "hugo": ("Hugo Notreal", "Headteacher", Role.PRU_HEADTEACHER, "outreach"),
    "bola": ("Bola Fictionby", "In-reach lead teacher", Role.INREACH_LEAD_TEACHER, "primary"),
    "lena": ("Lena Inventham", "Lead practitioner, north", Role.LEAD_PRACTITIONER, "north"),
    "carys": ("Carys Samplesby", "Lead practitioner, south", Role.LEAD_PRACTITIONER, "south"),
    "ben": ("Ben Dummerton", "SEMH assistant", Role.SEMH_ASSISTANT, "north"),
    "tilly": ("Tilly Pretendham", "SEMH assistant", Role.SEMH_ASSISTANT, "south"),
    "ines": ("Ines Madeup", "Inclusion officer", Role.INCLUSION_OFFICER, "council"),
    "emil": ("Emil Testaby", "SEND officer", Role.COUNCIL_SEND, "council"),
    "cleo": ("Cleo Mockingham", "Committee member", Role.COMMITTEE_MEMBER, "council"),
    "otis": ("Otis Specimore", "Operational Group chair", Role.OPERATIONAL_GROUP, "primary"),
    "dpo": ("Devi Placehold", "Data protection officer", Role.DATA_PROTECTION_OFFICER, "council"),
    "adam": ("Adam Fixturely", "System administrator", Role.SYSTEM_ADMINISTRATOR, "council"),
    "pat": ("Pat Figureham", "Clerk to the inclusion panel", Role.PANEL_MEMBER, "council"),
}
NORTHFOLD_STAFF = {
    "nell": ("Nell Samplethwaite", "Reintegration caseworker", Role.CASEWORKER, "coast"),
    "rhys": ("Rhys Exampler", "Reintegration caseworker", Role.CASEWORKER, "fens"),
    "zadie": ("Zadie Testerton", "Reintegration caseworker", Role.CASEWORKER, "city"),
    "mark": ("Mark Standing-In", "Casework supervisor", Role.CASEWORK_SUPERVISOR, "team"),
    "ola": ("Ola Figment", "Data protection officer", Role.DATA_PROTECTION_OFFICER, "council"),
    "kit": ("Kit Dummyson", "System administrator", Role.SYSTEM_ADMINISTRATOR, "council"),
    "perry": ("Perry Inventley", "Clerk to the placement panel", Role.PANEL_MEMBER, "council"),
}
# name, phase, place of the neighbourhood or area
EASTMERE_SCHOOLS = [
    ("Chalkhill High School", "Secondary", "council"),
    ("Marlpit Academy", "Secondary", "council"),
    ("St Example’s RC School", "Secondary", "council"),
    ("Orchard Centre", "Pupil referral unit", "council"),
    ("Samplefield School", "Secondary", "council"),
    ("Testbury Park School", "Secondary", "council"),
    ("The Specimen Academy", "Secondary", "council"),
    *(
        (f"{name} Primary School", "Primary", "north")
        for name in (
            "Placeholder Lane",
            "Chalkdown",
            "Mockbridge",
            "Example Rise",
            "Sample Green",
            "Northend",
        )
    ),
    *(
        (f"{name} Primary School", "Primary", "south")
        for name in (
            "Marl Street",
            "St Specimen’s CE",
            "Fixture Road",
            "Testwood",
            "Southbrook",
            "Dummy Hill",
        )
    ),
]
NORTHFOLD_SCHOOLS = [
    *(
        (f"{name} Academy", "Secondary", "coast")
        for name in (
            "Sandholme",
            "Example Point",
            "Lighthouse",
        )
    ),
    *((f"{name} School", "Secondary", "fens") for name in ("Long Drove", "Sluice", "Fixture Fen")),
    *((f"{name} School", "Secondary", "city") for name in ("Castle Test", "Minster", "Brayford")),
    *(
        (f"{name} Primary School", "Primary", place)
        for name, place in (
            ("Dune", "coast"),
            ("Harbour", "coast"),
            ("Shingle", "coast"),
            ("Reed", "fens"),
            ("Windpump", "fens"),
            ("Causeway", "fens"),
            ("Steep Test", "city"),
            ("Cloister", "city"),
            ("Bailgate", "city"),
            ("Uphill", "city"),
            ("Ermine", "city"),
            ("Sincil", "city"),
        )
    ),
]


def lay() -> tuple[Ground, Ground]:
    """Make both councils with everyone and everything that cases later stand on."""
    eastmere = _lay("991", "Eastmere", "BOROUGH", EASTMERE_PLACES, EASTMERE_STAFF, EASTMERE_SCHOOLS)
    northfold = _lay(
        "992", "Northfold", "COUNTY", NORTHFOLD_PLACES, NORTHFOLD_STAFF, NORTHFOLD_SCHOOLS
    )
    return eastmere, northfold


def _lay(
    code: str,
    name: str,
    kind: str,
    places: dict[str, tuple[str, str, str]],
    staff: dict[str, tuple[str, str, Role, str]],
    schools: list[tuple[str, str, str]],
) -> Ground:
    ground = Ground(create_council(code=code, name=name, kind=kind))
    with acting_as_system(code) as actor:
        ground.places["council"] = Place.objects.get(kind="COUNCIL")
        for key, (place_kind, place_name, parent) in places.items():
            ground.places[key] = Place.objects.create(
                kind=place_kind, name=place_name, parent=ground.places[parent]
            )
        _schools(ground, schools)
        for key, (person, title, role, place) in staff.items():
            ground.staff[key] = _person(ground, key, person, title, role, ground.places[place])
        _people_of_schools(ground)
        _line_managers(ground)
        _year(ground)
        packs.load(actor=actor, folder=PROJECT / "packs" / name.lower())
    return ground


def _schools(ground: Ground, schools: list[tuple[str, str, str]]) -> None:
    first = 900000 + int(ground.council.code) * 100
    for number, (name, phase, parent) in enumerate(schools):
        place = Place.objects.create(kind="SCHOOL", name=name, parent=ground.places[parent])
        low, high = (4, 11) if phase == "Primary" else (11, 16)
        ground.schools.append(
            School.objects.create(
                place=place,
                urn=first + number,
                la_code=ground.council.code,
                establishment_number=f"{2000 + number if phase == 'Primary' else 4000 + number}",
                name=name,
                type_name="Academy" if "Academy" in name else "Community school",
                phase=phase,
                age_low=low,
                age_high=high,
                gender="Mixed",
                street=f"{number + 1} Sample Road",
                town=ground.council.name,
                postcode="EX1 1AA",
                pupils_on_roll=240 if phase == "Primary" else 980,
                search_name=normalise(name),
            )
        )


def _person(ground: Ground, key: str, name: str, title: str, role: Role, place: Place) -> Staff:
    email = f"{key}.{ground.council.name.lower()}@demo.example"
    account = Account(email=email, password="!")
    account.save()
    person = Staff.objects.create(
        account=account, name=name, job_title=title, email=email, employer=place
    )
    RoleAssignment.objects.create(
        staff=person,
        role=role,
        place=place,
        starts_on=LONG_AGO,
        cleared_for=["C4"] if role is Role.OUTREACH_WORKER else [],
    )
    return person


# Who manages whom; an assistant is hosted by a school and managed by its headteacher.
MANAGERS = {
    "dana": "grace", "imran": "grace", "sofia": "grace", "grace": "hugo", "bola": "lena",
    "nell": "mark", "rhys": "mark", "zadie": "mark",
}  # fmt: skip
HOSTED = ("ben", "tilly")


def _line_managers(ground: Ground) -> None:
    for key, manager in MANAGERS.items():
        if key in ground.staff:
            _manage(ground.staff[key], ground.staff[manager])
    host = ground.schools[0]
    for key in HOSTED:
        if key in ground.staff:
            ground.staff[key].employer = host.place
            _manage(ground.staff[key], ground.staff_of_school[host.pk]["head"])


def _manage(staff: Staff, manager: Staff) -> None:
    staff.line_manager = manager
    staff.save(update_fields=["line_manager", "employer"])


SENDCOS = ("P. Sampleton", "T. Exemplar", "R. Fixture", "A. Madeup", "J. Sampler", "W. Testaby")


def _people_of_schools(ground: Ground) -> None:
    """A SENDCo who refers and a DSL at each school; at the first, a headteacher and a teacher too."""
    rung_first = Counter[str]()
    for number, school in enumerate(ground.schools):
        sendco = f"Ms {SENDCOS[number % len(SENDCOS)]}"
        people = {
            "sendco": _person(
                ground, f"sendco{number}", sendco, "SENDCo", Role.SCHOOL_SENDCO, school.place
            ),
            "dsl": _person(
                ground,
                f"dsl{number}",
                "K. Specimen",
                "Designated safeguarding lead",
                Role.DSL,
                school.place,
            ),
        }
        if number == 0:
            people["head"] = _person(
                ground,
                "head",
                "Mr H. Notreal",
                "Headteacher",
                Role.SCHOOL_HEADTEACHER,
                school.place,
            )
            people["teacher"] = _person(
                ground,
                "teacher",
                "Mr T. Exemplar",
                "Head of year",
                Role.SCHOOL_TEACHER,
                school.place,
            )
        if school.phase == "Pupil referral unit":
            people["sendco"] = _person(
                ground, "prusendco", "Sana Fictionby", "SENDCo", Role.PRU_SENDCO, school.place
            )
        ground.staff_of_school[school.pk] = people
        for role, name, number_called in (
            ("Headteacher", "Mr H. Notreal", "01632 960001"),
            ("SENDCo", sendco, "01632 960002"),
            ("DSL", "K. Specimen", "01632 960003"),
        ):
            SchoolContact.objects.create(
                school=school,
                role=role,
                name=name,
                phone=number_called,
                email=f"{role.lower()}@school.example",
            )
        workers = _workers_of(ground, school)
        worker = workers[rung_first[school.phase] % len(workers)]
        rung_first[school.phase] += 1
        NamedWorker.objects.create(school=school, staff=worker, starts_on=LONG_AGO)


# Who are rung first: in the borough by phase, in the county whoever works there.
PRIMARY, OTHERS, COUNTY = ("lena", "carys"), ("dana", "imran", "sofia"), ("nell", "rhys")


def _workers_of(ground: Ground, school: School) -> list[Staff]:
    of_borough = PRIMARY if school.phase == "Primary" else OTHERS
    keys = of_borough if "dana" in ground.staff else COUNTY
    return [ground.staff[key] for key in keys]


SCHOOL_YEARS = (2023, 2024, 2025, 2026, 2027)


def _year(ground: Ground) -> None:
    for name, start, half, end in (term for year in SCHOOL_YEARS for term in terms(year)):
        Term.objects.create(
            name=name,
            starts_on=start,
            half_term_starts_on=half,
            half_term_ends_on=half + timedelta(days=4),
            ends_on=end,
            source="Invented for the demonstration",
        )
        if name == "Autumn":
            NonTeachingDay.objects.create(
                kind="INSET",
                starts_on=start,
                ends_on=start,
                learned_on=date(start.year, 6, 1),
                reason="Staff training",
            )
    NonTeachingDay.objects.create(
        school=ground.schools[0],
        kind="CLOSURE",
        starts_on=date(2026, 10, 14),
        ends_on=date(2026, 10, 14),
        reason="No heating",
        learned_on=date(2026, 10, 14),
    )
