"""Who and what is around a pupil, as one actor may know it; and whom and where to write to.

Every letter, visit sheet, export and offline copy asks `address_for` and `contactable_carers`,
so that a concealed address and "do not contact" win everywhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import BooleanField, DateField, Func, Max, OuterRef, Q, Value

from alongside.core.actor import Actor
from alongside.core.handling import InformationClass
from alongside.people.models import (
    Address,
    Capacity,
    Carer,
    Enrolment,
    Flag,
    Involvement,
    Professional,
    Pupil,
)
from alongside.people.queries.needs import needs_of
from alongside.people.queries.registers import latest_change_of_each
from alongside.people.queries.rows import Lists, day_from, rows
from alongside.people.queries.safeguarding import may_know_of, whom_to_ask
from alongside.rules import names

CONCEALED = "sec.address_is_concealed"  # Of a pupil on a day.


@dataclass(frozen=True)
class AddressShown:
    """Where to write or go. With `is_concealed` there are no lines, whoever asks."""

    lines: tuple[str, ...] = ()
    is_concealed: bool = False
    words: str = ""


def address_for(actor: Actor, pupil: Pupil) -> AddressShown:
    """The address that may stand on a letter, a visit sheet or in an export."""
    if is_concealed(actor, pupil):
        ask = whom_to_ask(actor, pupil)
        return AddressShown(is_concealed=True, words=f"The address is concealed. Ask {ask}.")
    address = _addresses(actor).filter(pupil=pupil, is_concealed=False).first()
    if address is None:
        return AddressShown(words="No address is recorded.")
    return AddressShown(lines=lines_of(address), words=", ".join(lines_of(address)))


def is_concealed(actor: Actor, pupil: Pupil) -> bool:
    """Asked of the database itself: the wall hides a concealed address from most of us."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {CONCEALED}(%s, %s)", [pupil.pk, actor.today])
        return bool(cursor.fetchone()[0])


def lines_of(address: Address) -> tuple[str, ...]:
    parts = (address.line_1, address.line_2, address.town, address.postcode)
    return tuple(part for part in parts if part)


def contactable_carers(actor: Actor, pupil: Pupil) -> list[Carer]:
    """Whom to write to or ring, first the one to ring first.

    Who must not be contacted stays out under any entry: by name, telephone or e-mail address.
    """
    carers = list(Carer.objects.filter(pupil=pupil).order_by("order", "pk"))
    barred = {mark for carer in carers if carer.is_do_not_contact for mark in _marks(carer)}
    return [
        carer
        for carer in carers
        if not carer.is_do_not_contact
        and (carer.ends_on is None or carer.ends_on >= actor.today)
        and barred.isdisjoint(_marks(carer))
    ]


def _marks(carer: Carer) -> Iterable[str]:
    phone = "".join(letter for letter in carer.phone if letter.isdigit())
    marks = (names.normalise(carer.name), phone, carer.email.lower())
    return {mark for mark in marks if mark}


def _addresses(actor: Actor) -> Any:
    current = Address.objects.filter(starts_on__lte=actor.today)
    return current.filter(Q(ends_on=None) | Q(ends_on__gte=actor.today)).order_by(
        "-starts_on", "-pk"
    )


def around_lists(today: Any) -> Lists:
    """Carers, professionals and staff, to be gathered in one query."""
    mine = {"pupil": OuterRef("pk")}
    carers = Carer.objects.filter(**mine).exclude(ends_on__lt=today)
    professionals = Professional.objects.filter(**mine).exclude(ends_on__lt=today)
    staff = Involvement.objects.filter(
        **mine, ends_on=None, starts_on__lte=today, staff__isnull=False
    )
    return {
        "carers": rows(
            carers.order_by("is_do_not_contact", "order", "pk"),
            "id",
            "name",
            "relationship",
            "is_do_not_contact",
            "contact_note",
            "needs_interpreter",
            "language",
        ),
        "professionals": rows(
            professionals.order_by("starts_on", "pk"), "name", "profession", "agency", "note"
        ),
        "staff": rows(
            staff.order_by("pk"), "capacity", "staff_id", name="staff__name", job="staff__job_title"
        ),
        "social": rows(
            Flag.objects.filter(**mine, kind=Flag.Kind.SOCIAL_WORKER).exclude(ends_on__lt=today),
            "id",
        ),
    }


def people_around(actor: Actor, found: dict[str, Any], ask: str) -> list[dict[str, str]]:
    """One line a person, for the overview: the family first, then who works with the child."""
    knows_casework = actor.reads_casework
    people = [_carer(carer, knows_casework) for carer in found["carers"]]
    shown = [_professional(p) for p in found["professionals"] if knows_casework]
    is_read = any("social work" in p["profession"].lower() for p in found["professionals"])
    if found["social"] and not is_read and may_know_of(actor, InformationClass.SAFEGUARDING):
        shown.append({"name": "Social worker", "role": f"Restricted: ask {ask}"})
    staff: dict[int, dict[str, str]] = {}
    for person in sorted(found["staff"], key=lambda p: p["capacity"] != Capacity.LEAD):
        role = Capacity(person["capacity"]).label
        staff.setdefault(
            person["staff_id"],
            {
                "name": person["name"],
                "role": ". ".join(part for part in (role, person["job"]) if part),
            },
        )
    return [*people, *staff.values(), *shown]


def _carer(carer: dict[str, Any], knows_casework: bool) -> dict[str, str]:
    parts = [carer["relationship"].capitalize()]
    if carer["is_do_not_contact"]:
        parts.append("Do not contact")
    elif knows_casework:
        parts.append(carer["contact_note"].rstrip("."))
    if carer["needs_interpreter"] and knows_casework:
        parts.append(f"Interpreter: {carer['language']}" if carer["language"] else "Interpreter")
    return {"name": carer["name"], "role": ". ".join(part for part in parts if part)}


def _professional(person: dict[str, Any]) -> dict[str, str]:
    role = ", ".join(part for part in (person["profession"], person["agency"]) if part)
    return {"name": person["name"], "role": f"{role}. {person['note']}" if person["note"] else role}


@dataclass(frozen=True)
class Around:
    """Everything on the tab of family and people, as records to be changed."""

    carers: list[Carer]
    professionals: list[Professional]
    involvements: list[Involvement]
    addresses: list[Address]
    enrolments: list[Enrolment]
    flags: list[Flag]
    needs: dict[str, Any]  # Pathways and conditions: see needs.py.


LAST_TO_RING = 20  # As many as the form takes.


def next_to_ring(pupil: Pupil, today: date) -> int:
    """The place after everybody who is rung now. Who is not to be contacted has no place."""
    now = Q(ends_on=None) | Q(ends_on__gte=today)
    carers = Carer.objects.filter(now, pupil=pupil, is_do_not_contact=False)
    last = carers.aggregate(last=Max("order"))["last"] or 0
    return min(last + 1, LAST_TO_RING)


def whole_around(actor: Actor, pupil: Pupil) -> Around:
    """Six small queries; the walls leave out what this actor may not read."""
    knows = may_know_of(actor, InformationClass.SAFEGUARDING)
    needs = needs_of(actor, pupil)
    flags = [Flag(**row | {"starts_on": day_from(row["starts_on"])}) for row in needs.pop("flags")]
    professionals = Professional.objects.filter(pupil=pupil).filter(
        Q(information_class__in=actor.reads) | Q(recorded_by_id=actor.staff_id)
    )
    return Around(
        carers=list(
            Carer.objects.filter(pupil=pupil).order_by(
                "ends_on", "is_do_not_contact", "order", "pk"
            )
        ),
        professionals=list(professionals.order_by("ends_on", "starts_on", "pk")),
        involvements=list(
            Involvement.objects.filter(pupil=pupil)
            .select_related("staff", "place")
            .order_by("ends_on", "starts_on", "pk")
        ),
        addresses=_readable_addresses(actor, pupil),
        enrolments=list(
            Enrolment.objects.filter(pupil=pupil)
            .select_related("school")
            .annotate(latest_change=latest_change_of_each())
            .order_by("-starts_on", "-pk")
        ),
        flags=[flag for flag in flags if knows or flag.weight != Flag.Weight.RESTRICTED],
        needs=needs,
    )


def _readable_addresses(actor: Actor, pupil: Pupil) -> list[Address]:
    """None at all while one is concealed: an earlier one, or their own entry, might lead to it."""
    found = Address.objects.filter(pupil=pupil).order_by("-starts_on", "-pk")
    if InformationClass.SAFEGUARDING in actor.reads:
        return list(found)
    today = Value(actor.today, DateField())
    concealed = Func("pupil_id", today, function=CONCEALED, output_field=BooleanField())
    return list(found.exclude(concealed))


def get_carer(pupil: Pupil, carer_id: int) -> Carer:
    return Carer.objects.select_related("pupil").filter(pupil=pupil).one(pk=carer_id)


def get_professional(pupil: Pupil, professional_id: int) -> Professional:
    """Behind its wall: one that this actor may not read is absent."""
    return Professional.objects.select_related("pupil").filter(pupil=pupil).one(pk=professional_id)


def get_flag(pupil: Pupil, flag_id: int) -> Flag:
    return Flag.objects.select_related("pupil").filter(pupil=pupil).one(pk=flag_id)
