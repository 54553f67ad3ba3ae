"""The kinds of plan that a council uses, read from its pack and set on screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.text import slugify

from alongside.core import audit, own_rules
from alongside.core.actor import Actor
from alongside.core.decisions import (
    ALLOWED,
    Conflict,
    Decision,
    NotFound,
    Problem,
    refuse,
    require,
)
from alongside.core.own_names import check_name
from alongside.core.permissions import ROLES, Permission, Role
from alongside.core.prepared import prepared
from alongside.core.queries import assignments_in_force
from alongside.pathways.models import PlanType
from alongside.pathways.queries.versions import fingerprint
from alongside.rules.words import day_in_words

if TYPE_CHECKING:
    from alongside.pathways.packs import Loaded
    from alongside.pathways.packs import _Source as Source

PARTIES = ("SCHOOL", "FAMILY", "PUPIL")
# What a council has that has loaded no plan types: one plain kind, agreed by all.
# What a manager sets on screen, and a pack then leaves as it is.
SET_HERE = ("name", "description", "review_weeks", "source", "is_verified", "approving")
LONGEST_RHYTHM = 52
PLAIN = {"name": "Plan", "agreeing": list(PARTIES)}


def plan_types() -> list[PlanType]:
    """Every kind of plan of this council, those switched off as well."""
    return list(PlanType.objects.order_by("order", "name"))


def offered(today: date) -> list[PlanType]:
    """The kinds of plan that may be started today."""
    found = [one for one in plan_types() if switched(one, today)]
    return found or [plain("INTERVENTION")]


def switched(one: PlanType, today: date) -> Decision:
    """Whether a plan of this kind may be started, and if not why."""
    if not one.is_on:
        return refuse(f"{one.name}: switched off here.")
    if one.starts_on and one.starts_on > today:
        return refuse(f"{one.name}: not before {day_in_words(one.starts_on)}.")
    return ALLOWED


def plan_type(key: str) -> PlanType:
    """The kind of plan with this key, switched off or not."""
    return next(iter(_of_key(key=key)), None) or plain(key)


@prepared
def _of_key(*, key: Any) -> QuerySet[PlanType]:
    return PlanType.objects.filter(key=key).order_by("order", "name")


def plain(key: str) -> PlanType:
    """A kind that the council has not described: agreed by all, and called a plan."""
    return PlanType(key=key, **PLAIN)


def may_switch(actor: Actor) -> Decision:
    if not actor.may(Permission.PLAN_TYPE_SWITCH):
        return refuse("The system administrator switches kinds of plan on and off.")
    return ALLOWED


def switch(*, actor: Actor, key: str, is_on: bool) -> PlanType:
    """Offer a kind of plan, or offer it no longer. Plans of it that exist stay as they are."""
    require(may_switch(actor))
    one = PlanType.objects.select_for_update().filter(key=key).first()
    if one is None:
        raise NotFound
    one.is_on = is_on
    one.save(update_fields=["is_on"])
    audit.record(
        actor=actor,
        kind="plan_type.switched_on" if is_on else "plan_type.switched_off",
        subject=f"plan type {one.key}",
    )
    return one


def may_change(actor: Actor) -> Decision:
    otherwise = "A manager of the service sets the name and rhythm of a kind of plan."
    return own_rules.set_here(actor, otherwise)


def get_plan_type(key: str) -> PlanType:
    return PlanType.objects.one(key=key)


@dataclass(frozen=True)
class KindFacts:
    """What a manager sets of a kind of plan. No weeks: reviewed as its framework says."""

    name: str
    description: str
    review_weeks: int | None
    source: str
    is_verified: bool
    approving: Sequence[str] = ()  # Roles of which one approves it; none, whoever approves plans.


@dataclass(frozen=True)
class KindParts:
    """What a plan of a kind holds, and whose agreement brings it into use."""

    agreeing: Sequence[str]
    has_timetable: bool
    is_signed: bool
    is_traced: bool


PARTS = tuple(field.name for field in fields(KindParts))


@transaction.atomic
def add(*, actor: Actor, facts: KindFacts, parts: KindParts) -> PlanType:
    """A kind of plan of the council's own. It is offered at once; no pack changes it."""
    require(may_change(actor))
    one = PlanType(key=_new_key(facts.name), is_own=True, is_added=True)
    _check(actor, one, facts)
    _check_parts(parts)
    last = PlanType.objects.aggregate(last=Max("order"))["last"] or 0
    one.order = last + 1
    _fill(one, facts, parts)
    one.save()
    audit.record(
        actor=actor,
        kind="plan_type.added",
        subject=f"plan type {one.key}",
        detail={"name": one.name, "agreeing": one.agreeing},
    )
    return one


def _new_key(name: str) -> str:
    """What it is known by: never what a pack may call one of its own."""
    base = f"OWN_{slugify(name).replace('-', '_').upper()}"[:17]
    taken = set(PlanType.objects.filter(key__startswith="OWN_").values_list("key", flat=True))
    return next(key for key in _keys(base) if key not in taken)


def _keys(base: str) -> Iterator[str]:
    yield base
    yield from (f"{base}_{number}" for number in range(2, 100))


@transaction.atomic
def change(
    *, actor: Actor, key: str, facts: KindFacts, parts: KindParts | None = None, seen: str = ""
) -> PlanType:
    """Name a kind of plan, set its rhythm and who approves it; of one added here also its parts.

    Plans that are written keep their review day. Screens call `plans.actions.change_kind`, which looks
    first at the plans that are under way.
    """
    require(may_change(actor))
    one = PlanType.objects.select_for_update().filter(key=key).first()
    if one is None:
        raise NotFound
    if seen and seen != fingerprint(one):
        raise Conflict(one)
    _check(actor, one, facts)
    if parts and not one.is_added:
        raise Problem("What it holds comes with the council’s pack.", "agreeing")
    if parts:
        _check_parts(parts)
    names = [*SET_HERE, *(PARTS if parts else ())]
    before = {name: getattr(one, name) for name in names}
    _fill(one, facts, parts)
    one.is_own = True
    one.save(update_fields=[*names, "is_own"])
    changed = {name: [old, getattr(one, name)] for name, old in before.items()}
    audit.record(
        actor=actor,
        kind="plan_type.changed",
        subject=f"plan type {one.key}",
        detail={name: pair for name, pair in changed.items() if pair[0] != pair[1]},
    )
    text = f"{actor.name} changed a kind of plan: {one.name}. See what it asks now."
    own_rules.tell_managers(actor, text, "/plan-types/")
    return one


def _fill(one: PlanType, facts: KindFacts, parts: KindParts | None) -> None:
    for name in SET_HERE:
        setattr(one, name, getattr(facts, name))
    one.approving = list(facts.approving)
    for name in PARTS if parts else ():
        setattr(one, name, getattr(parts, name))
    one.agreeing = list(one.agreeing)


def _check_parts(parts: KindParts) -> None:
    if not parts.agreeing:
        raise Problem("Say whose agreement brings it into use: one at least.", "agreeing")
    if set(parts.agreeing) - set(PARTIES):
        raise Problem("Choose among the school, the family and the pupil.", "agreeing")
    if "FAMILY" not in parts.agreeing:  # Support rests on its agreement, whatever the kind of plan.
        raise Problem("The family is always asked: support rests on its agreement.", "agreeing")


def approving_roles(today: date) -> list[Role]:
    """The roles that approve plans and that somebody in this council holds today."""
    approve = [role for role in Role if Permission.PLAN_APPROVE in ROLES[role].permissions]
    held = assignments_in_force(today).filter(role__in=approve, staff__is_active=True)
    found = set(held.values_list("role", flat=True))
    return [role for role in approve if role in found]


def _check(actor: Actor, one: PlanType, facts: KindFacts) -> None:
    if not facts.name.strip():
        raise Problem("Give it a name.", "name")
    others = PlanType.objects.exclude(pk=one.pk).values_list("name", flat=True)
    check_name(facts.name, others, "Another kind of plan has this name.", before=one.name)
    weeks = facts.review_weeks
    if weeks is not None and not 1 <= weeks <= LONGEST_RHYTHM:
        raise Problem("Reviews are between 1 and 52 weeks apart.", "review_weeks")
    if set(facts.approving) - set(approving_roles(actor.today)):
        raise Problem("Nobody holds one of these roles today. Choose another.", "approving")


def load_plan_type(actor: Actor, source: "Source", loaded: "Loaded") -> None:
    """One kind of plan of a pack. Whether it is on, once it is there, is decided on screen."""
    values = {
        "name": source.get("name"),
        "description": source.get("description", default=""),
        "order": source.get("order", int, 0),
        "agreeing": source.get("agreeing", list, list(PARTIES)),
        "is_signed": source.get("signed", bool, False),
        "is_traced": source.get("traced", bool, False),
        "has_timetable": source.get("timetable", bool, False),
        "review_weeks": source.get("review_weeks", int, 0) or None,
        "starts_on": source.table.get("starts_on"),
        "source": source.get("source"),
        "is_verified": source.get("verified", bool, False),
    }
    if unknown := set(values["agreeing"]) - set(PARTIES):
        raise source.problem(f"agreeing is {', '.join(PARTIES)}, not {unknown.pop()}")
    key = source.get("key")
    found = PlanType.objects.filter(key=key).first()
    if found and found.is_own:
        values = {name: value for name, value in values.items() if name not in SET_HERE}
    if found is None:
        PlanType.objects.create(key=key, is_on=source.get("on", bool, True), **values)
        loaded.created["plan type"] += 1
    elif all(getattr(found, name) == value for name, value in values.items()):
        loaded.unchanged["plan type"] += 1
    else:
        PlanType.objects.filter(pk=found.pk).update(**values)
        loaded.changed["plan type"] += 1
