"""Brings schools to what the register says: new ones, changed ones, and who followed whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import require
from alongside.core.models import Place, PlaceKind, RoleAssignment, Staff
from alongside.rules import names
from alongside.schools import policy
from alongside.schools.models import (
    NamedWorker,
    NonTeachingDay,
    School,
    SchoolContact,
    SchoolStatus,
    Term,
)

type Facts = Mapping[str, Any]  # School's own fields, by name.


@dataclass(frozen=True)
class Succession:
    """One school followed by another. `is_same`: one school under a new URN, not a merger."""

    old_urn: int
    new_urn: int
    is_same: bool


@dataclass
class Loaded:
    """What became of each school. Successions that could not be followed up are told in words."""

    created: list[int] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)


@transaction.atomic
def load_register(
    *,
    actor: Actor,
    schools: Iterable[Facts],
    successions: Iterable[Succession] = (),
    source: str = "",
) -> Loaded:
    """Create and update every school of the register, then join each to what it became.

    A school under a new URN keeps its place: roles, named workers, contacts and days go with it.
    """
    require(policy.load_register(actor))
    known = {school.urn: school for school in School.objects.select_for_update()}
    schools = list(schools)
    in_file = {facts["urn"] for facts in schools}
    loaded = Loaded()
    new = []
    for facts in schools:
        school = known.get(facts["urn"])
        if school is None:
            new.append(facts)
        elif changes := _changes(school, facts):
            _update(actor, school, changes)
            loaded.updated.append(school.urn)
        else:
            loaded.unchanged.append(school.urn)
    for school in _create(actor, new):
        known[school.urn] = school
        loaded.created.append(school.urn)
    told = [*successions, *_by_number(known, in_file)]
    for urn in _follow(actor, known, told, in_file):
        if urn in loaded.unchanged:
            loaded.unchanged.remove(urn)
        if urn not in loaded.created and urn not in loaded.updated:
            loaded.updated.append(urn)
    audit.record(
        actor=actor,
        kind="schools.loaded",
        subject=source[:120],
        detail={
            "created": loaded.created,
            "updated": loaded.updated,
            "unchanged": len(loaded.unchanged),
        },
    )
    return loaded


def _changes(school: School, facts: Facts) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if getattr(school, name) != value}


def _update(actor: Actor, school: School, changes: dict[str, Any]) -> None:
    before = {name: getattr(school, name) for name in changes}
    for name, value in changes.items():
        setattr(school, name, value)
    saved = [*changes]
    if "name" in changes:
        school.search_name = names.normalise(school.name)
        saved.append("search_name")
        if school.successor_id is None:
            Place.objects.filter(pk=school.place_id).update(name=school.name)
    school.save(update_fields=saved)
    if "status" in changes or "closed_on" in changes:
        _end_or_open_place(school)
    audit.record(
        actor=actor,
        kind="school.updated",
        subject=f"school {school.pk}",
        detail={name: [str(before[name] or ""), str(changes[name] or "")] for name in changes},
    )


def _end_or_open_place(school: School) -> None:
    if school.successor_id is None:
        Place.objects.filter(pk=school.place_id).update(ends_on=_ended(school))


def _ended(school: School) -> Any:
    return school.closed_on if school.status == SchoolStatus.CLOSED else None


def _create(actor: Actor, new: list[Facts]) -> list[School]:
    if not new:
        return []
    council = Place.objects.get(kind=PlaceKind.COUNCIL)
    schools = [School(search_name=names.normalise(facts["name"]), **facts) for facts in new]
    places = Place.objects.bulk_create(
        Place(
            council_id=actor.council_id,
            kind=PlaceKind.SCHOOL,
            name=school.name,
            parent=council,
            starts_on=school.opened_on,
            ends_on=_ended(school),
        )
        for school in schools
    )
    for school, place in zip(schools, places, strict=True):
        school.place = place
        school.council_id = actor.council_id
    return School.objects.bulk_create(schools)


# Who followed whom


def _by_number(known: dict[int, School], in_file: set[int]) -> Iterable[Succession]:
    """An open school with the number of one that closed, or left the register, is that school."""
    numbered = defaultdict(list)
    for school in known.values():
        if school.establishment_number.strip("0"):
            numbered[school.la_code, school.establishment_number].append(school)
    for sharing in numbered.values():
        open_ones = [s for s in sharing if s.status != SchoolStatus.CLOSED and s.urn in in_file]
        if len(sharing) < 2 or len(open_ones) != 1:
            continue
        for old in sharing:
            is_over = old.status == SchoolStatus.CLOSED or old.urn not in in_file
            if old is not open_ones[0] and is_over and old.successor_id is None:
                yield Succession(old.urn, open_ones[0].urn, is_same=True)


def _follow(
    actor: Actor,
    known: dict[int, School],
    successions: Iterable[Succession],
    in_file: set[int],
) -> Iterable[int]:
    """Set successors, oldest first; answers the URN of each school that changed."""
    for each in sorted(set(successions), key=lambda s: (s.old_urn, s.new_urn)):
        old, new = known.get(each.old_urn), known.get(each.new_urn)
        if old is None or new is None or old is new or _leads_to(new, old, known):
            continue
        changed = False
        if old.successor_id != new.pk and (old.successor_id is None or each.is_same):
            old.successor = new
            if old.urn not in in_file and old.status != SchoolStatus.CLOSED:
                old.status, old.closed_on = SchoolStatus.CLOSED, new.opened_on
            old.save(update_fields=["successor", "status", "closed_on"])
            changed = True
        if each.is_same and old.place_id != new.place_id and old.successor_id == new.pk:
            _share_place(known, old, new)
            changed = True
        if changed:
            audit.record(
                actor=actor,
                kind="school.succeeded",
                subject=f"school {old.pk}",
                detail={"successor": new.urn, "keeps_place": each.is_same},
            )
            yield old.urn


def _leads_to(start: School, goal: School, known: dict[int, School]) -> bool:
    """Whether a school was followed, sooner or later, by another: no school follows itself."""
    by_id = {school.pk: school for school in known.values()}
    seen: set[int] = set()
    at: School | None = start
    while at and at.pk not in seen:
        if at.pk == goal.pk:
            return True
        seen.add(at.pk)
        at = by_id.get(at.successor_id or 0)
    return False


def _share_place(known: dict[int, School], old: School, new: School) -> None:
    """The new school moves into the old one's place, with all that was open of the old one."""
    left, kept = new.place_id, old.place_id
    RoleAssignment.objects.filter(place=left).update(place=kept)
    Staff.objects.filter(employer=left).update(employer=kept)
    for school in known.values():
        if school.place_id == left:
            school.place_id = kept
    School.objects.filter(place=left).update(place=kept)
    Place.objects.filter(pk=left).update(ends_on=new.opened_on or old.closed_on)
    Place.objects.filter(pk=kept).update(name=new.name, ends_on=_ended(new))
    SchoolContact.objects.filter(school=old, is_current=True).update(school=new)
    NamedWorker.objects.filter(school=old, ends_on=None).update(school=new)
    has_terms = Term.objects.filter(school=new).exists()
    for days in (Term, NonTeachingDay):
        if not has_terms:
            days.objects.filter(school=old).update(school=new)
