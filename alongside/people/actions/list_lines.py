"""Makes the pupils of a list's lines, and changes those it changes. Called by class_list alone."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from alongside.core import bulk
from alongside.core.actor import Actor
from alongside.core.handling import InformationClass
from alongside.people.actions.enrolment import join_roll, move_school, register_twice
from alongside.people.models import Address, Carer, Enrolment, ListRow, Pupil
from alongside.people.queries.known import FIELDS, Known, load, taken
from alongside.rules import names
from alongside.schools.models import School

Outcome = ListRow.Outcome
USES_NAMES = ("legal_forename", "legal_surname", "preferred_forename", "preferred_surname")


# As a plain value: of a hundred thousand model instances the making takes longer than the writing.
FACTS = ("pk", "line", "outcome", "decision", "pupil_id", "incoming", "differences")


@dataclass(slots=True)
class LineToApply:
    """What applying a line needs to know of it."""

    pk: int
    line: int
    outcome: str
    decision: str
    pupil_id: int | None
    incoming: dict[str, Any]
    differences: list[dict[str, str]]


@dataclass
class Done:
    """How many were created and changed, and whose records were touched."""

    counts: Counter[str] = field(default_factory=Counter)
    pupil_ids: list[int] = field(default_factory=list)


def apply_lines(actor: Actor, school: School, rows: list[LineToApply]) -> Done:
    done = Done()
    new = [r for r in rows if r.outcome == Outcome.CREATE or r.decision == "new"]
    create(actor, school, new, done)
    changed = [r for r in rows if r.pupil_id and (r.outcome == Outcome.CHANGE or _joins(r))]
    change(actor, school, changed, done)
    return done


def _joins(row: LineToApply) -> bool:
    return row.outcome == Outcome.DOUBT and row.decision in ("same", "keep", "move", "main", "sub")


# New pupils


def create(actor: Actor, school: School, rows: list[LineToApply], done: Done) -> None:
    """Nobody is made twice: who appeared since the list was read is left for the next reading."""
    pupils = [_pupil(row.incoming) for row in rows]
    held, same = taken(pupils)
    kept: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for row, pupil in zip(rows, pupils, strict=True):
        is_decided = row.decision == "new"
        if is_decided and pupil["upn"] in held:
            pupil["upn"] = ""  # A number that is another child's: a person said these are two.
        known_as = (pupil["search_name"], pupil["born_on"])
        if pupil["upn"] in held or (not is_decided and known_as in same):
            done.counts["KNOWN_SINCE"] += 1
            continue
        kept.append((pupil, row.incoming))
    made = bulk.add_rows(Pupil, [pupil for pupil, _ in kept])
    _surround(actor, school, [(pk, told) for pk, (_, told) in zip(made, kept, strict=True)])
    done.counts["CREATE"] += len(made)
    done.pupil_ids += made


def _surround(actor: Actor, school: School, made: list[tuple[int, dict[str, Any]]]) -> None:
    """The register, address and carers of new pupils, by number."""
    bulk.add_rows(
        Enrolment,
        [
            {
                "pupil": pk,
                "school": school.pk,
                "registration_group": incoming.get("registration_group", ""),
                "starts_on": actor.today,
            }
            for pk, incoming in made
        ],
    )
    addresses = ((pk, incoming.get("address")) for pk, incoming in made)
    bulk.add_rows(Address, [_address(actor, pk, told) for pk, told in addresses if told])
    carers = [
        _carer(pk, contact, order)
        for pk, incoming in made
        for order, contact in enumerate(incoming.get("contacts", ()), 1)
    ]
    bulk.add_rows(Carer, carers)


def _pupil(incoming: dict[str, Any]) -> dict[str, Any]:
    values = {name: incoming.get(name, "") for name in FIELDS}
    said = dict.fromkeys(values[name] for name in USES_NAMES)
    return values | {"search_name": " ".join(filter(None, map(names.normalise, said)))}


def search_name(pupil: Pupil) -> str:
    said = dict.fromkeys(getattr(pupil, name) for name in USES_NAMES)
    return names.normalise(" ".join(part for part in said if part))


def _address(actor: Actor, pupil_id: int, told: dict[str, str]) -> dict[str, Any]:
    return {
        "pupil": pupil_id,
        "starts_on": actor.today,
        "information_class": InformationClass.PUPIL,
        "recorded_by": actor.staff_id,
        "line_1": "", "line_2": "", "town": "", "postcode": "",
        **told,
    }  # fmt: skip


def _carer(pupil_id: int, contact: dict[str, str], order: int) -> dict[str, Any]:
    """What they may be told is not for a list to say: responsibility stays unknown."""
    return {
        "pupil": pupil_id,
        "order": order,
        **contact,
        "name": contact["name"] or "Parent or carer",
    }


# Known pupils


def change(actor: Actor, school: School, rows: list[LineToApply], done: Done) -> None:
    ids = [row.pupil_id for row in rows]
    pupils = Pupil.objects.select_for_update().filter(merged_into=None).in_bulk(ids)
    known = load(actor, Pupil.objects.filter(pk__in=list(pupils)))
    touched: set[str] = set()
    saved = []
    around = _Around(actor)
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
        _place(actor, pupil, school, row, known[pupil.pk], around)
        _reach(pupil, row, known[pupil.pk], around)
        done.counts["CHANGE"] += 1
        done.pupil_ids.append(pupil.pk)
    if saved:
        fields_changed = [*touched, "search_name", "version"]
        named = ("id", *fields_changed)
        changed = [{name: getattr(pupil, name) for name in named} for pupil in saved]
        bulk.change_rows(Pupil, fields_changed, changed)
    around.save()


@dataclass
class _Around:
    """What changes around the pupils of one part: gathered, then written at once."""

    actor: Actor
    groups: dict[int, str] = field(default_factory=dict)  # By register entry.
    homes: dict[int, dict[str, Any]] = field(default_factory=dict)  # By pupil: one has one home.
    carers: list[dict[str, Any]] = field(default_factory=list)

    def save(self) -> None:
        groups = [{"id": pk, "registration_group": group} for pk, group in self.groups.items()]
        bulk.change_rows(Enrolment, ["registration_group"], groups)
        open_ones = Address.objects.filter(pupil_id__among=list(self.homes), ends_on=None)
        left = open_ones.filter(is_concealed=False)
        left.update(ends_on=self.actor.today)
        bulk.add_rows(Address, list(self.homes.values()))
        bulk.add_rows(Carer, self.carers)


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


def _place(
    actor: Actor, pupil: Pupil, school: School, row: LineToApply, known: Known, around: _Around
) -> None:
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
            around.groups[here.id] = group
    elif not known.rolls:
        join_roll(**told)
    elif row.decision == "move":
        move_school(**told)
    elif row.decision in ("main", "sub"):
        register_twice(is_main=row.decision == "main", **told)


def _reach(pupil: Pupil, row: LineToApply, known: Known, around: _Around) -> None:
    """Address and carers. A concealed address is never touched, and no carer is changed."""
    said = {told["field"] for told in row.differences}
    address = row.incoming.get("address")
    if address and "address" in said and not known.is_concealed:
        before = {part: value for part, value in (known.address or {}).items() if value}
        kept = before if not address.get("line_1") and not _moves_house(before, address) else {}
        told = {**kept, **{part: value for part, value in address.items() if value}}
        around.homes[pupil.pk] = _address(around.actor, pupil.pk, told)
    if "contact" in said:
        order = len(known.carers)
        for contact in row.incoming.get("contacts", ()):
            if contact.get("name") and names.key(contact["name"]) not in known.carers:
                order += 1
                around.carers.append(_carer(pupil.pk, contact, order))


def _moves_house(before: dict[str, str], address: dict[str, str]) -> bool:
    told = address.get("postcode", "")
    return bool(told) and told != before.get("postcode", "")
