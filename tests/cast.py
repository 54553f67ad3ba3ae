"""The cast: two councils and the people every test asks for by name. All invented.

Eastmere is a borough: an outreach service (secondary), a primary service with two neighbourhoods,
three schools. Northfold is a county behind the wall. `build` commits them once a run.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from alongside.core.actions import create_council
from alongside.core.models import Account, Council, Place, RoleAssignment, Staff
from alongside.core.permissions import Role

LONG_AGO = date(2020, 9, 1)
PASSWORD = "correct horse battery staple"

# name → (role, place, individually cleared classes). One for each row of the access matrix.
EASTMERE = {
    "asha": (Role.OUTREACH_WORKER, "outreach", ["C4"]),
    "ben": (Role.SEMH_ASSISTANT, "primary", []),
    "bola": (Role.INREACH_LEAD_TEACHER, "primary", []),
    "lena": (Role.LEAD_PRACTITIONER, "north", []),
    "carys": (Role.LEAD_PRACTITIONER, "south", []),
    "mina": (Role.OUTREACH_MANAGER, "outreach", []),
    "hugo": (Role.PRU_HEADTEACHER, "outreach", []),
    "sana": (Role.PRU_SENDCO, "orchard", []),
    "tom": (Role.PRU_TEACHER, "orchard", []),
    "dora": (Role.DSL, "chalkhill", []),
    "ines": (Role.INCLUSION_OFFICER, "council", []),
    "emil": (Role.COUNCIL_SEND, "council", []),
    "hana": (Role.SCHOOL_HEADTEACHER, "chalkhill", []),
    "petra": (Role.SCHOOL_SENDCO, "chalkhill", []),
    "marta": (Role.SCHOOL_SENDCO, "marlpit", []),
    "theo": (Role.SCHOOL_TEACHER, "chalkhill", []),
    "ada": (Role.AP_PROVIDER, "orchard", []),
    "gwen": (Role.AGENCY_PROFESSIONAL, "council", []),
    "pat": (Role.PANEL_MEMBER, "council", []),
    "otis": (Role.OPERATIONAL_GROUP, "primary", []),
    "cleo": (Role.COMMITTEE_MEMBER, "council", []),
    "iris": (Role.INSPECTOR, "council", []),
    "dpo": (Role.DATA_PROTECTION_OFFICER, "council", []),
    "adam": (Role.SYSTEM_ADMINISTRATOR, "council", []),
    "omar": (Role.OUTREACH_WORKER, "outreach", []),
}
NORTHFOLD = {
    "nell": (Role.CASEWORKER, "west", []),
    "rhys": (Role.CASEWORKER, "east", []),
    "sara": (Role.CASEWORK_SUPERVISOR, "council", []),
    "nora": (Role.SCHOOL_SENDCO, "fenland", []),
    "nils": (Role.SYSTEM_ADMINISTRATOR, "council", []),
}


@dataclass
class Cast:
    """Identifiers of everyone and everywhere, by name: `cast.staff["asha"]`."""

    eastmere: int = 0
    northfold: int = 0
    staff: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)

    def council_of(self, name: str) -> int:
        return self.eastmere if name in EASTMERE else self.northfold


def build() -> Cast:
    """Commit both councils with their people, as the tables' owner."""
    with transaction.atomic(using="owner"):
        cast = Cast()
        cast.eastmere = _council(
            cast,
            create_council(code="991", name="Eastmere"),
            EASTMERE,
            {
                "outreach": ("SERVICE", "Eastmere outreach service", "council"),
                "primary": ("SERVICE", "Eastmere primary inclusion service", "council"),
                "north": ("NEIGHBOURHOOD", "North Eastmere", "primary"),
                "south": ("NEIGHBOURHOOD", "South Eastmere", "primary"),
                "chalkhill": ("SCHOOL", "Chalkhill High School", "council"),
                "marlpit": ("SCHOOL", "Marlpit Academy", "council"),
                "orchard": ("SCHOOL", "Orchard Centre", "council"),
            },
        )
        cast.northfold = _council(
            cast,
            create_council(code="992", name="Northfold", kind="COUNTY"),
            NORTHFOLD,
            {
                "reintegration": (
                    "SERVICE",
                    "Northfold pupil reintegration team",
                    "council",
                ),
                "west": ("NEIGHBOURHOOD", "West Northfold", "reintegration"),
                "east": ("NEIGHBOURHOOD", "East Northfold", "reintegration"),
                "fenland": ("SCHOOL", "Fenland Example School", "council"),
            },
        )
    return cast


def _council(
    cast: Cast,
    council: Council,
    people: dict[str, tuple[Role, str, list[str]]],
    places: dict[str, tuple[str, str, str]],
) -> int:
    made = {"council": Place.objects.using("owner").get(council=council, kind="COUNCIL")}
    for key, (kind, name, parent) in places.items():
        made[key] = Place.objects.using("owner").create(
            council=council, kind=kind, name=name, parent=made[parent]
        )
    prefix = "" if council.code == "991" else "northfold_"
    cast.places |= {
        (f"{prefix}council" if key == "council" else key): place.pk for key, place in made.items()
    }
    for name, (role, place, cleared_for) in people.items():
        account = Account(email=f"{name}@example.org")
        account.set_unusable_password()
        account.save(using="owner")
        staff = Staff.objects.using("owner").create(
            council=council,
            account=account,
            name=f"{name.title()} Exampleton",
            email=account.email,
            employer=made[place],
        )
        RoleAssignment.objects.using("owner").create(
            council=council,
            staff=staff,
            role=role,
            place=made[place],
            starts_on=LONG_AGO,
            cleared_for=cleared_for,
        )
        cast.staff[name] = staff.pk
        cast.accounts[name] = account.pk
    return council.pk
