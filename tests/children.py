"""Invented schools and children for tests, made in the name of a council's own people."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from alongside.core.actor import begin_staff
from alongside.core.models import Place, Staff
from alongside.people.models import Capacity, Carer, Enrolment, Flag, Involvement, Pupil
from alongside.rules import names
from alongside.schools.models import School, SchoolContact
from tests.cast import Cast

BORN = date(2013, 3, 14)


@dataclass
class Children:
    """Makes what a test asks for; every row belongs to the council of `maker`."""

    cast: Cast
    maker: str = "dpo"
    _urn: int = 900100
    _schools: dict[str, School] = field(default_factory=dict)

    def act(self) -> Any:
        return begin_staff(self.cast.staff[self.maker])

    def school(self, place: str) -> School:
        """The school of a place of the cast."""
        self.act()
        if place not in self._schools:
            self._urn += 1
            found = Place.objects.get(pk=self.cast.places[place])
            self._schools[place], _ = School.objects.get_or_create(
                place=found,
                defaults={
                    "urn": self._urn,
                    "la_code": "991",
                    "name": found.name,
                    "search_name": names.normalise(found.name),
                    "town": "Eastmere",
                },
            )
        return self._schools[place]

    def dsl_named(self, place: str, name: str = "K. Specimen", phone: str = "") -> SchoolContact:
        return SchoolContact.objects.create(
            school=self.school(place), role="DSL", name=name, phone=phone
        )

    def pupil(
        self,
        forename: str = "Robin",
        surname: str = "Testerly",
        *,
        at: str | None = "chalkhill",
        status: str = "C",
        **fields: Any,
    ) -> Pupil:
        self.act()
        fields.setdefault("born_on", BORN)
        fields.setdefault("year_group", "9")
        said = [
            forename,
            surname,
            fields.get("preferred_forename"),
            fields.get("preferred_surname"),
        ]
        pupil = Pupil.objects.create(
            legal_forename=forename,
            legal_surname=surname,
            search_name=names.normalise(" ".join(part for part in said if part)),
            **fields,
        )
        if at:
            self.enrol(pupil, at, status)
        return pupil

    def enrol(self, pupil: Pupil, at: str, status: str = "C", **fields: Any) -> Enrolment:
        fields.setdefault("starts_on", date(2024, 9, 2))
        return Enrolment.objects.create(
            pupil=pupil, school=self.school(at), status=status, **fields
        )

    def involve(self, pupil: Pupil, name: str, capacity: Capacity = Capacity.LEAD) -> Involvement:
        """Somebody of the cast works with the pupil."""
        self.act()
        staff = Staff.objects.get(pk=self.cast.staff[name])
        return Involvement.objects.create(
            pupil=pupil, staff=staff, capacity=capacity, starts_on=date(2026, 1, 5)
        )

    def refer(self, pupil: Pupil, place: str) -> Involvement:
        """A service or a neighbourhood works with the pupil."""
        self.act()
        return Involvement.objects.create(
            pupil=pupil,
            place_id=self.cast.places[place],
            capacity=Capacity.REFERRED_TO,
            starts_on=date(2026, 1, 5),
        )

    def carer(self, pupil: Pupil, name: str = "Jo Testerly", **fields: Any) -> Carer:
        fields.setdefault("relationship", "mum")
        return Carer.objects.create(pupil=pupil, name=name, **fields)

    def flag(self, pupil: Pupil, kind: str, weight: str, text: str, **fields: Any) -> Flag:
        actor = self.act()
        fields.setdefault("starts_on", actor.today - timedelta(days=30))
        return Flag.objects.create(
            pupil=pupil,
            kind=kind,
            weight=weight,
            text=text,
            recorded_by_id=actor.staff_id,
            **fields,
        )
