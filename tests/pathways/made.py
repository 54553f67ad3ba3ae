"""Schools and children for the tests of frameworks and referrals. Invented, and obviously so."""

from datetime import date
from pathlib import Path

from alongside.core.actor import Actor
from alongside.pathways import packs
from alongside.people.actions.involvement import involve
from alongside.people.models import Capacity, Enrolment, Pupil
from alongside.schools.models import School

PACKS = Path(__file__).resolve().parents[2] / "packs"


def pack(actor: Actor, name: str = "eastmere") -> packs.Loaded:
    return packs.load(actor=actor, folder=PACKS / name)


def school(place_id: int, name: str = "Chalkhill High School", **more: object) -> School:
    found = School.objects.filter(place_id=place_id).first()
    return found or School.objects.create(
        place_id=place_id,
        urn=100000 + place_id,
        la_code="991",
        name=name,
        phase=str(more.pop("phase", "Secondary")),
        search_name=name.lower(),
    )


def pupil(
    at: School | None, forename: str = "Robin", surname: str = "Testerly", year: str = "9"
) -> Pupil:
    made = Pupil.objects.create(
        legal_forename=forename,
        legal_surname=surname,
        born_on=date(2013, 3, 14),
        year_group=year,
        search_name=f"{forename} {surname}".lower(),
    )
    if at:
        Enrolment.objects.create(pupil=made, school=at, starts_on=date(2024, 9, 2))
    return made


def working_with(actor: Actor, pupil: Pupil) -> Pupil:
    """The actor leads the work with this pupil."""
    involve(
        actor=actor,
        pupil=pupil,
        capacity=Capacity.LEAD,
        starts_on=actor.today,
        staff_id=actor.staff_id,
    )
    return pupil
