"""Makes the pupils of a list's lines, and changes those it changes. Called by class_list alone."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from alongside.core.actor import Actor
from alongside.core.handling import InformationClass
from alongside.people.actions.enrolment import join_roll, move_school, register_twice
from alongside.people.models import Address, Carer, Enrolment, ListRow, Pupil
from alongside.people.queries.known import FIELDS, Known, load
from alongside.rules import names
from alongside.schools.models import School

Outcome = ListRow.Outcome
USES_NAMES = ("legal_forename", "legal_surname", "preferred_forename", "preferred_surname")


@dataclass
class Done:
    """How many were created and changed, and whose records were touched."""

    counts: Counter[str] = field(default_factory=Counter)
    pupil_ids: list[int] = field(default_factory=list)


def apply_lines(actor: Actor, school: School, rows: list[ListRow]) -> Done:
    done = Done()
    new = [r for r in rows if r.outcome == Outcome.CREATE or r.decision == "new"]
    create(actor, school, new, done)
    changed = [r for r in rows if r.pupil_id and (r.outcome == Outcome.CHANGE or _joins(r))]
    change(actor, school, changed, done)
    return done


def _joins(row: ListRow) -> bool:
    return row.outcome == Outcome.DOUBT and row.decision in ("same", "move", "main", "sub")


# New pupils


def create(actor: Actor, school: School, rows: list[ListRow], done: Done) -> None:
    """Nobody is made twice: who appeared since the list was read is left for the next reading."""
    pupils = [_pupil(row.incoming) for row in rows]
    numbers = {pupil.upn for pupil in pupils if pupil.upn}
    held = set(
        Pupil.objects.filter(upn__in=numbers, merged_into=None).values_list("upn", flat=True)
    )
    same = set(
        Pupil.objects.filter(
            born_on__in={pupil.born_on for pupil in pupils},
            search_name__in={pupil.search_name for pupil in pupils},
            merged_into=None,
        ).values_list("search_name", "born_on")
    )
    kept: list[tuple[Pupil, dict[str, Any]]] = []
    for row, pupil in zip(rows, pupils, strict=True):
        is_decided = row.decision == "new"
        if is_decided and pupil.upn in held:
            pupil.upn = ""  # A number that is another child's: a person said these are two.
        if pupil.upn in held or (not is_decided and (pupil.search_name, pupil.born_on) in same):
            done.counts["KNOWN_SINCE"] += 1
            continue
        kept.append((pupil, row.incoming))
    Pupil.objects.bulk_create([pupil for pupil, _ in kept])
    Enrolment.objects.bulk_create(
        Enrolment(
            pupil=pupil,
            school=school,
            registration_group=incoming.get("registration_group", ""),
            starts_on=actor.today,
        )
        for pupil, incoming in kept
    )
    Address.objects.bulk_create(
        _address(actor, pupil, incoming["address"])
        for pupil, incoming in kept
        if incoming.get("address")
    )
    Carer.objects.bulk_create(
        _carer(pupil, contact, order)
        for pupil, incoming in kept
        for order, contact in enumerate(incoming.get("contacts", ()), 1)
    )
    done.counts["CREATE"] += len(kept)
    done.pupil_ids += [pupil.pk for pupil, _ in kept]


def _pupil(incoming: dict[str, Any]) -> Pupil:
    values = {name: incoming[name] for name in FIELDS if incoming.get(name)}
    values["born_on"] = date.fromisoformat(values["born_on"])
    pupil = Pupil(**values)
    pupil.search_name = search_name(pupil)
    return pupil


def search_name(pupil: Pupil) -> str:
    said = dict.fromkeys(getattr(pupil, name) for name in USES_NAMES)
    return names.normalise(" ".join(part for part in said if part))


def _address(actor: Actor, pupil: Pupil, told: dict[str, str]) -> Address:
    return Address(
        pupil=pupil,
        starts_on=actor.today,
        information_class=InformationClass.PUPIL,
        recorded_by_id=actor.staff_id,
        **told,
    )


def _carer(pupil: Pupil, contact: dict[str, str], order: int) -> Carer:
    """What they may be told is not for a list to say: responsibility stays unknown."""
    told = dict(contact)
    told["name"] = told["name"] or "Parent or carer"
    return Carer(pupil=pupil, order=order, **told)


# Known pupils


def change(actor: Actor, school: School, rows: list[ListRow], done: Done) -> None:
    ids = [row.pupil_id for row in rows]
    pupils = Pupil.objects.select_for_update().filter(merged_into=None).in_bulk(ids)
    known = load(actor, Pupil.objects.filter(pk__in=list(pupils)))
    touched: set[str] = set()
    saved = []
    for row in rows:
        pupil = pupils.get(row.pupil_id)
        if pupil is None:  # Merged into another since the list was read.
            continue
        fields = set(_set_fields(pupil, row.differences))
        if fields:
            pupil.search_name = search_name(pupil)
            pupil.version += 1
            saved.append(pupil)
            touched |= fields
        _place(actor, pupil, school, row, known[pupil.pk])
        _reach(actor, pupil, row, known[pupil.pk])
        done.counts["CHANGE"] += 1
        done.pupil_ids.append(pupil.pk)
    if saved:
        fields_changed = [*touched, "search_name", "version"]
        Pupil.objects.bulk_update(saved, fields_changed, batch_size=500)


def _set_fields(pupil: Pupil, differences: Iterable[dict[str, str]]) -> Iterable[str]:
    """Only what still stands as it was when the list was read: a later change by a person wins."""
    for told in differences:
        name = told["field"]
        if name not in FIELDS:
            continue
        now = getattr(pupil, name)
        before = now.isoformat() if isinstance(now, date) else str(now or "")
        if before != told["before"]:
            continue
        if name == "upn" and now:
            pupil.former_upn = now
            yield "former_upn"
        value = date.fromisoformat(told["after"]) if name == "born_on" else told["after"]
        setattr(pupil, name, value)
        yield name


def _place(actor: Actor, pupil: Pupil, school: School, row: ListRow, known: Known) -> None:
    group = row.incoming.get("registration_group", "")
    here = known.here(school.place_id)
    told: dict[str, Any] = {
        "actor": actor,
        "pupil": pupil,
        "school": school,
        "starts_on": actor.today,
        "group": group,
    }
    if here is not None:
        if group and group != here.group:
            Enrolment.objects.filter(pk=here.id).update(registration_group=group)
    elif not known.rolls:
        join_roll(**told)
    elif row.decision == "move":
        move_school(**told)
    elif row.decision in ("main", "sub"):
        register_twice(is_main=row.decision == "main", **told)


def _reach(actor: Actor, pupil: Pupil, row: ListRow, known: Known) -> None:
    """Address and carers. A concealed address is never touched, and no carer is changed."""
    said = {told["field"] for told in row.differences}
    address = row.incoming.get("address")
    if address and "address" in said and not known.is_concealed:
        Address.objects.filter(pupil=pupil, ends_on=None, is_concealed=False).update(
            ends_on=actor.today
        )
        before = {part: value for part, value in (known.address or {}).items() if value}
        kept = before if not address.get("line_1") and not _moves_house(before, address) else {}
        _address(actor, pupil, {**kept, **{k: v for k, v in address.items() if v}}).save()
    if "contact" in said:
        order = len(known.carers)
        for contact in row.incoming.get("contacts", ()):
            if contact.get("name") and names.key(contact["name"]) not in known.carers:
                order += 1
                _carer(pupil, contact, order).save()


def _moves_house(before: dict[str, str], address: dict[str, str]) -> bool:
    told = address.get("postcode", "")
    return bool(told) and told != before.get("postcode", "")
