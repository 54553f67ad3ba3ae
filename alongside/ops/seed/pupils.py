"""1,500 invented pupils on the registers of forty schools, with the people around them."""

import random
from datetime import date, timedelta

from alongside.core.actor import acting_as_system
from alongside.ops.seed import names
from alongside.ops.seed.ground import Ground
from alongside.people.models import Address, Carer, Enrolment, Pupil
from alongside.rules.names import normalise
from alongside.rules.upn import check_letter
from alongside.schools.models import School


def fill(
    ground: Ground, count: int, first: int, today: date, chance: random.Random
) -> list[Enrolment]:
    """Make `count` pupils, spread over the council's schools, numbered from `first`."""
    schools = [s for s in ground.schools if s.phase != "Pupil referral unit"]
    with acting_as_system(ground.council.code) as actor:
        pupils, enrolments, carers, addresses = [], [], [], []
        for number in range(first, first + count):
            school = schools[number % len(schools)]
            pupil = _pupil(ground, school, number, today, chance)
            pupils.append(pupil)
            enrolments.append(
                Enrolment(
                    pupil=pupil,
                    school=school,
                    registration_group=f"{pupil.year_group}B",
                    starts_on=_joined(pupil, today),
                )
            )
            carers += _carers(pupil, chance)
            addresses.append(
                Address(
                    pupil=pupil,
                    line_1=f"{chance.randrange(1, 120)} {chance.choice(names.STREETS)}",
                    town=ground.council.name,
                    postcode="EX1 1AA",
                    starts_on=date(2022, 9, 1),
                    recorded_by_id=actor.staff_id,
                )
            )
        Pupil.objects.bulk_create(pupils, batch_size=500)
        Enrolment.objects.bulk_create(enrolments, batch_size=500)
        Carer.objects.bulk_create(carers, batch_size=500)
        Address.objects.bulk_create(addresses, batch_size=500)
    return enrolments


def _pupil(
    ground: Ground, school: School, number: int, today: date, chance: random.Random
) -> Pupil:
    forename, surname = names.person(number)
    preferred = "Bobbie" if forename == "Robin" and number % 3 == 0 else ""
    low, high = (4, 11) if school.phase == "Primary" else (11, 16)
    september = date(today.year - (today.month < 9), 9, 1)
    age = chance.randrange(low, high)
    born_on = september - timedelta(days=round(365.25 * age) + chance.randrange(3, 360))
    sex = "F" if forename in names.GIRLS else "M"
    serial = f"{ground.council.code}{school.urn % 10000:04d}{number % 100000:05d}"
    return Pupil(
        upn=f"{check_letter(serial)}{serial}",
        legal_forename=forename,
        legal_surname=surname,
        preferred_forename=preferred,
        born_on=born_on,
        sex=sex,
        pronouns=names.PRONOUNS[sex] if number % 4 else "",
        year_group=_year_group(born_on, september),
        first_language="English" if number % 6 else chance.choice(("Polish", "Urdu", "Bengali")),
        sen_provision=chance.choices("NKE", (78, 17, 5))[0],
        search_name=normalise(f"{forename} {preferred} {surname}"),
    )


def _year_group(born_on: date, september: date) -> str:
    """National curriculum year: the school year in which the child turns five is reception."""
    turned = september.year - born_on.year - ((born_on.month, born_on.day) >= (9, 1))
    year = turned - 4
    return "R" if year <= 0 else str(year)


def _joined(pupil: Pupil, today: date) -> date:
    """The second of September in which they came, four or so years before the oldest leave."""
    is_primary = pupil.year_group in ("R", "1", "2", "3", "4", "5", "6")
    years = 0 if pupil.year_group == "R" else int(pupil.year_group) - (0 if is_primary else 7)
    september = today.year - (today.month < 9)
    return date(september - min(max(years, 0), 4), 9, 2)


def _carers(pupil: Pupil, chance: random.Random) -> list[Carer]:
    surname = pupil.legal_surname
    found = [
        Carer(
            pupil=pupil,
            name=f"{chance.choice(names.CARERS)} {surname}",
            relationship="Mum",
            phone=names.phone(chance),
            has_parental_responsibility=True,
            order=1,
            needs_interpreter=pupil.first_language != "English",
            language=pupil.first_language,
        )
    ]
    if chance.random() < 0.6:
        found.append(
            Carer(
                pupil=pupil,
                name=f"{chance.choice(names.CARERS)} {surname}",
                relationship="Dad",
                phone=names.phone(chance),
                has_parental_responsibility=True,
                order=2,
            )
        )
    return found
