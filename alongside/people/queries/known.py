"""What is known of the pupils that a list may mean, and what the list would change of each."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, Value
from django.db.models.functions import Replace, Upper

from alongside.core.actor import Actor
from alongside.core.bulk import AmongTexts
from alongside.core.models import RowHistory
from alongside.people.models import Address, Carer, Enrolment, Flag, Pupil
from alongside.rules import names
from alongside.rules.matching import Person
from alongside.schools.models import School

type Incoming = Mapping[str, Any]
type Difference = dict[str, str]

# Fields of a pupil that a list may change, each as people say it.
FIELDS = {
    "legal_forename": "Legal first name",
    "legal_surname": "Legal surname",
    "preferred_forename": "Preferred first name",
    "preferred_surname": "Preferred surname",
    "born_on": "Date of birth",
    "upn": "UPN",
    "former_upn": "Former UPN",
    "year_group": "Year group",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "first_language": "First language",
    "sen_provision": "SEN provision",
    "sen_need": "SEN need",
}
NAMED = (
    "id", "legal_forename", "legal_surname", "preferred_forename", "preferred_surname",
    "born_on", "upn", "former_upn", "sex", "year_group", "ethnicity", "first_language",
    "sen_provision", "sen_need",
)  # fmt: skip
NAMES = {"legal_forename", "legal_surname", "preferred_forename", "preferred_surname"}
IDENTITY = ("legal_forename", "legal_surname", "born_on")
OTHER_NAMES = {"legal_forename": "preferred_forename", "legal_surname": "preferred_surname"}


@dataclass(frozen=True, slots=True)
class OnRoll:
    """One register a pupil is on today."""

    id: int
    place_id: int
    school_name: str
    status: str
    group: str


@dataclass(slots=True)
class Known:
    """One pupil as recorded, with the registers they are on and where they live."""

    pk: int
    values: dict[str, Any]
    rolls: list[OnRoll] = field(default_factory=list)
    address: dict[str, str] | None = None
    is_concealed: bool = False
    carers: set[str] = field(default_factory=set)
    former_names: tuple[tuple[str, str], ...] = ()

    def here(self, place_id: int) -> OnRoll | None:
        return next((roll for roll in self.rolls if roll.place_id == place_id), None)

    def elsewhere(self, place_id: int) -> list[OnRoll]:
        return [roll for roll in self.rolls if roll.place_id != place_id]

    @property
    def name_keys(self) -> set[tuple[str, str]]:
        v = self.values
        return {
            (names.key(forename), names.key(surname))
            for forename in (v["legal_forename"], v["preferred_forename"]) if forename
            for surname in (v["legal_surname"], v["preferred_surname"]) if surname
        }  # fmt: skip

    @property
    def every_name(self) -> set[tuple[str, str]]:
        former = {(names.key(first), names.key(last)) for first, last in self.former_names}
        return self.name_keys | former

    @property
    def person(self) -> Person:
        v = self.values
        return Person(
            legal_forename=v["legal_forename"],
            legal_surname=v["legal_surname"],
            born_on=v["born_on"],
            preferred_forename=v["preferred_forename"],
            preferred_surname=v["preferred_surname"],
            upn=v["upn"],
            former_upns=(v["former_upn"],) if v["former_upn"] else (),
            former_names=self.former_names,
            sex=v["sex"],
            postcode="" if self.is_concealed or not self.address else self.address["postcode"],
            key=self.pk,
        )

    def person_at(self, place_id: int) -> Person:
        """The person, with the school whose list is read when they are on its register."""
        return replace(self.person, school=place_id if self.here(place_id) else None)


def who_could_be_meant(
    actor: Actor, incoming: Iterable[Incoming], school: School
) -> dict[int, Known]:
    """Every record that shares a number, a birthday (either way round), or a name with a place.

    A name alone is not asked for: in a county a thousand children share one. Without a number or a
    birthday in common, only the same home or the school of the list can make two of one name the
    same child (see matching).
    """
    rows = list(incoming)
    upns: set[str] = set()
    days: set[date] = set()
    said: set[str] = set()
    homes: set[str] = set()
    for row in rows:
        upns |= {row[name] for name in ("upn", "former_upn") if row.get(name)}
        born_on = date.fromisoformat(row["born_on"])
        days.add(born_on)
        if born_on.day <= 12:
            days.add(date(born_on.year, born_on.day, born_on.month))
        if home := row.get("address", {}).get("postcode"):
            homes.add(home.replace(" ", ""))
            said.add(_name_of(row))
    # That no number is blank is said aloud: the indexes leave blank ones out.
    upns.discard("")
    fits = Q(born_on__in=days)
    for name in ("upn", "former_upn"):
        fits |= Q(AmongTexts(name, upns)) & ~Q(**{name: ""})
    if homes:
        lived = Address.objects.alias(home=Replace(Upper("postcode"), Value(" "), Value("")))
        there = lived.filter(home__in=homes, ends_on=None).values("pupil_id")
        fits |= Q(search_name__in=said) & Q(pk__in=there)
    known = load(actor, Pupil.objects.filter(fits, merged_into=None))
    _add_former_names(known)
    return known | _namesakes(actor, _not_found(rows, known), school)


def _namesakes(actor: Actor, rows: list[Incoming], school: School) -> dict[int, Known]:
    """Who is on this school's register under the name of a line that nothing else has found."""
    if not rows:
        return {}
    here = Enrolment.objects.current(actor.today).filter(school__place=school.place_id)
    on_roll = Pupil.objects.filter(merged_into=None, pk__in=here.values("pupil_id"))
    known = {row["id"]: Known(row["id"], row) for row in on_roll.values(*NAMED)}
    _add_former_names(known)
    wanted = {(names.key(row["legal_forename"]), names.key(row["legal_surname"])) for row in rows}
    meant = {pk: each for pk, each in known.items() if wanted & each.every_name}
    found = load(actor, Pupil.objects.filter(pk__among=list(meant))) if meant else {}
    for pk, each in found.items():
        each.former_names = meant[pk].former_names
    return found


def _add_former_names(known: Mapping[int, Known]) -> None:
    """Names that these pupils had before, as history holds them: a list may be of that day."""
    lines = RowHistory.objects.filter(table_name="people_pupil", row_id__among=list(known))
    before: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row_id, was in lines.order_by("-id").values_list("row_id", "before"):
        if NAMES & was.keys():
            before[row_id].append(was)
    for row_id, changes in before.items():
        each = known[row_id]
        named = {name: each.values[name] for name in NAMES}
        once = {}
        for was in changes:  # Newest first, so that each step goes back by one.
            named |= {name: was[name] for name in NAMES & was.keys()}
            for forename in filter(None, (named["legal_forename"], named["preferred_forename"])):
                for surname in filter(None, (named["legal_surname"], named["preferred_surname"])):
                    once[names.key(forename), names.key(surname)] = (forename, surname)
        each.former_names = tuple(pair for key, pair in once.items() if key not in each.name_keys)


def _not_found(rows: list[Incoming], known: Mapping[int, Known]) -> list[Incoming]:
    """Lines whose number, and whose name with its birthday, no record has."""
    numbers = {
        n for each in known.values() for n in (each.values["upn"], each.values["former_upn"])
    }
    people = {
        (*name, each.values["born_on"].isoformat())
        for each in known.values()
        for name in each.name_keys
    }
    return [
        row
        for row in rows
        if (not row.get("upn") or row["upn"] not in numbers)
        and (names.key(row["legal_forename"]), names.key(row["legal_surname"]), row["born_on"])
        not in people
    ]


def _name_of(row: Incoming) -> str:
    return names.normalise(f"{row['legal_forename']} {row['legal_surname']}")


def load_to_match(actor: Actor, pupils: Any) -> dict[int, Known]:
    """What matching needs: who they are and where they live, not on which registers."""
    known = {row["id"]: Known(row["id"], row) for row in pupils.values(*NAMED)}
    ids = list(known)
    parts = ("line_1", "line_2", "town", "postcode")
    addresses = Address.objects.filter(pupil_id__among=ids, ends_on=None).order_by("id")
    for row in addresses.values("pupil_id", "is_concealed", *parts):
        found = known[row["pupil_id"]]
        found.is_concealed |= row["is_concealed"]
        found.address = {part: row[part] for part in parts}
    flags = Flag.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=actor.today),
        pupil_id__among=ids,
        kind=Flag.Kind.CONCEALED_ADDRESS,
    )
    for pupil in flags.values_list("pupil_id", flat=True):
        known[pupil].is_concealed = True
    return known


def load(actor: Actor, pupils: Any) -> dict[int, Known]:
    known = load_to_match(actor, pupils)
    ids = list(known)
    enrolments = Enrolment.objects.current(actor.today).filter(pupil_id__among=ids)
    for pk, pupil, place, name, status, group in enrolments.order_by("id").values_list(
        "id", "pupil_id", "school__place_id", "school__name", "status", "registration_group"
    ):
        known[pupil].rolls.append(OnRoll(pk, place, name, status, group))
    for pupil, name in Carer.objects.filter(pupil_id__among=ids).values_list("pupil_id", "name"):
        known[pupil].carers.add(names.key(name))
    return known


def differences(known: Known, incoming: Incoming, school: School) -> list[Difference]:
    """What the list would change. A blank changes nothing; a concealed address is never touched.

    Without a number in common the names were near enough to be one child's, and the recorded
    spelling stays: the slip may be the list's.
    """
    numbers = {incoming.get("upn"), incoming.get("former_upn")} - {"", None}
    by_number = numbers & {known.values["upn"], known.values["former_upn"]}
    found = [
        _told(label, name, known.values[name], value)
        for name, label in FIELDS.items()
        if (value := incoming.get(name))
        and (by_number or name not in OTHER_NAMES)
        and _differs(known, name, value)
    ]
    group = incoming.get("registration_group", "")
    here = known.here(school.place_id)
    if here is None:
        found.append(_told("On roll", "roll", "", school.name))
    elif group and group != here.group:
        found.append(_told("Registration group", "registration_group", here.group, group))
    address = incoming.get("address")
    if address and not known.is_concealed and _moved(known.address, address):
        found.append(_told("Address", "address", _line(known.address), _line(address)))
    for contact in incoming.get("contacts", ()):
        if contact["name"] and names.key(contact["name"]) not in known.carers:
            found.append(_told("Parent or carer", "contact", "", contact["name"]))
    return found


def of_identity(found: list[Difference]) -> list[Difference]:
    """A recorded date of birth, or both names: the slip may be the list's, so a person confirms each."""
    told = {each["field"]: each for each in found if each["before"]}
    names_and_birth = [told[name] for name in IDENTITY if name in told]
    return names_and_birth if "born_on" in told or len(names_and_birth) > 1 else []


def _differs(known: Known, name: str, value: str) -> bool:
    now = known.values[name]
    if name == "born_on":
        return now is None or now.isoformat() != value
    if name in OTHER_NAMES:
        other = known.values[OTHER_NAMES[name]]
        is_short = name == "legal_forename" and names.are_short_forms(value, now)
        return not is_short and names.key(value) not in {names.key(now), names.key(other)}
    if name == "upn":
        return value not in (now, known.values["former_upn"])
    if name.startswith("preferred"):
        return names.key(value) != names.key(
            now or known.values[name.replace("preferred", "legal")]
        )
    return str(now) != value


def _moved(now: Mapping[str, str] | None, told: Mapping[str, str]) -> bool:
    """A list often has the postcode alone: only what it says is compared."""
    if now is None:
        return True
    return any(value and names.key(value) != names.key(now[part]) for part, value in told.items())


def _line(address: Mapping[str, str] | None) -> str:
    return ", ".join(filter(None, address.values())) if address else ""


def _told(label: str, name: str, before: Any, after: Any) -> Difference:
    return {"field": name, "label": label, "before": str(before or ""), "after": str(after)}


# Numbers and names as pairs in one text: a thousand birthdays by themselves would be a county.
TAKEN = """
    WITH t AS (SELECT * FROM json_to_recordset(%s) AS r(upn text, search_name text, born_on date))
    SELECT p.upn, NULL, NULL FROM t
    JOIN people_pupil p ON p.upn = t.upn AND p.upn <> '' AND p.merged_into_id IS NULL
    UNION ALL
    SELECT NULL, p.search_name, p.born_on::text FROM t
    JOIN people_pupil p ON p.born_on = t.born_on AND p.search_name = t.search_name
      AND p.merged_into_id IS NULL
"""


def taken(pupils: Iterable[Incoming]) -> tuple[set[str], set[tuple[str, str]]]:
    """Which of these numbers, and of these names with their birthdays, a record has already."""
    asked = [{n: pupil[n] for n in ("upn", "search_name", "born_on")} for pupil in pupils]
    with connection.cursor() as cursor:
        cursor.execute(TAKEN, [json.dumps(asked)])
        found = cursor.fetchall()
    held = {number for number, _, _ in found if number}
    return held, {(name, born_on) for _, name, born_on in found if name}


def missing_from(actor: Actor, school: School, found: Iterable[int]) -> Any:
    """Pupils on this school's register whom a list does not name: told, never ended."""
    rolls = Enrolment.objects.current(actor.today).filter(school__place_id=school.place_id)
    return (
        Pupil.objects.filter(pk__in=rolls.values("pupil_id"), merged_into=None)
        .exclude(pk__in=list(found))
        .order_by("search_name", "id")
    )


def by_day(rows: Iterable[tuple[int, Incoming]]) -> dict[str, list[tuple[int, Incoming]]]:
    days: dict[str, list[tuple[int, Incoming]]] = defaultdict(list)
    for line, row in rows:
        days[row["born_on"]].append((line, row))
    return days
