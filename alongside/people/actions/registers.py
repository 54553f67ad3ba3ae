"""Where a pupil is on roll, changed on screen: each change kept, so that the latest can be undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.models import RoleAssignment
from alongside.core.permissions import ROLES, Role
from alongside.core.prepared import hold
from alongside.people import policy
from alongside.people.actions import enrolment as enrolments
from alongside.people.actions.chronology import write_chronology
from alongside.people.actions.involvement import end_involvement
from alongside.people.models import (
    MAIN,
    ChronologyEntry,
    Enrolment,
    EntryKind,
    Involvement,
    Pupil,
    RegisterChange,
)
from alongside.people.queries.registers import facts, fingerprint, latest_change, state_of
from alongside.rules.words import day_in_words
from alongside.schools.models import School, SchoolStatus

FAR = timedelta(days=366)  # A first day further ahead is a slip, not an arrangement.
FAR_END = 2 * FAR
OF_A_SCHOOL = [role for role in Role if ROLES[role].is_of_a_school]


@transaction.atomic
def change_school(
    *, actor: Actor, pupil: Pupil, seen: str, school: School, starts_on: date, group: str = ""
) -> RegisterChange:
    """From a day on at this school alone; off every other register the day before."""
    with _change(actor, pupil, seen) as change:
        _check_school(school, starts_on)
        _check_days(actor, change.pupil, starts_on)
        _refuse_later(change, school, starts_on)
        others = [e for e in change.before if e.school.place_id != school.place_id]
        is_first = not any(_stands(e, starts_on) for e in others)
        action = enrolments.join_roll if is_first else enrolments.move_school
        change.entry = action(
            actor=actor, pupil=change.pupil, school=school, starts_on=starts_on, group=group
        )
    return change.kept


@transaction.atomic
def add_register(
    *,
    actor: Actor,
    pupil: Pupil,
    seen: str,
    school: School,
    is_main: bool,
    starts_on: date,
    ends_on: date | None = None,
    group: str = "",
) -> RegisterChange:
    """Dual registration from a day on, with an end when it is agreed: one record, two registers."""
    with _change(actor, pupil, seen) as change:
        _check_school(school, starts_on)
        _check_days(actor, change.pupil, starts_on, ends_on)
        if any(_is_at(e, school) and _stands(e, starts_on) for e in change.before):
            raise Problem(f"{change.pupil.name} is on this register already.", "school")
        change.entry = enrolments.register_twice(
            actor=actor,
            pupil=change.pupil,
            school=school,
            is_main=is_main,
            starts_on=starts_on,
            ends_on=ends_on,
            group=group,
        )
    return change.kept


@transaction.atomic
def leave_roll(*, actor: Actor, enrolment: Enrolment, seen: str, ends_on: date) -> RegisterChange:
    """Off this register after a day. Nobody of that school sees the record from the next day on."""
    with _change(actor, enrolment.pupil, seen) as change:
        enrolment = change.one(enrolment.pk)
        require(policy.leave_roll(actor, enrolment))
        _check_days(actor, change.pupil, enrolment.starts_on, ends_on)
        _refuse_overlap(change, enrolment, enrolment.starts_on, ends_on)
        change.entry = enrolments.leave_roll(actor=actor, enrolment=enrolment, ends_on=ends_on)
    return change.kept


@transaction.atomic
def leave_every_roll(*, actor: Actor, pupil: Pupil, seen: str, ends_on: date) -> RegisterChange:
    """Off every register after a day, for who leaves the council."""
    with _change(actor, pupil, seen) as change:
        change.entry = enrolments.leave_every_roll(actor=actor, pupil=change.pupil, ends_on=ends_on)
    return change.kept


@transaction.atomic
def correct_last_day(
    *, actor: Actor, pupil: Pupil, seen: str, was: date, ends_on: date, reason: str
) -> RegisterChange:
    """Of every register that ended on a day, for who left the council on another one."""
    with _change(actor, pupil, seen) as change:
        change.entry = enrolments.correct_last_day(
            actor=actor, pupil=change.pupil, was=was, ends_on=ends_on, reason=reason.strip()
        )
        ended = [each.pk for each in change.before if each.ends_on == was]
        change.moved = _move_sight(actor, change.pupil, ended, was, ends_on)
    return change.kept


@transaction.atomic
def correct_enrolment(
    *,
    actor: Actor,
    enrolment: Enrolment,
    seen: str,
    starts_on: date,
    ends_on: date | None,
    group: str = "",
    reason: str = "",
) -> RegisterChange:
    """A last day that was saved has ended somebody's sight: to move it takes a reason."""
    with _change(actor, enrolment.pupil, seen) as change:
        enrolment = change.one(enrolment.pk)
        _check_days(actor, change.pupil, starts_on, ends_on)
        now = (enrolment.starts_on, enrolment.ends_on, enrolment.registration_group)
        if now == (starts_on, ends_on, group):
            raise Problem("Nothing is different. Change a date or the group.")
        _refuse_overlap(change, enrolment, starts_on, ends_on)
        was = enrolment.ends_on
        if was and was != ends_on and not reason.strip():
            raise Problem("Say why the last day is corrected.", "reason")
        change.entry = enrolments.correct_enrolment(
            actor=actor,
            enrolment=enrolment,
            starts_on=starts_on,
            ends_on=ends_on,
            group=group,
            reason=reason.strip(),
        )
        if was and was != ends_on:
            change.moved = _move_sight(actor, change.pupil, [enrolment.pk], was, ends_on)
    return change.kept


@transaction.atomic
def undo_change(*, actor: Actor, change: RegisterChange) -> RegisterChange:
    """Every register as it was before, and whoever lost sight with it sees the record again."""
    pupil = Pupil.objects.select_for_update().one(pk=change.pupil_id)
    change = hold(RegisterChange, change.pk)
    require(policy.undo_register_change(actor, change, latest_change(pupil), state_of(pupil)))
    _put_back(pupil, change.registers)
    Involvement.objects.filter(pk__in=change.involvements).update(ends_on=None, access_ends_on=None)
    for moved in change.moved:
        Involvement.objects.filter(pk=moved["id"]).update(
            ends_on=moved["ends_on"], access_ends_on=moved["access_ends_on"]
        )
    change.undone_at, change.undone_by_id = timezone.now(), actor.staff_id
    change.save(update_fields=["undone_at", "undone_by"])
    entry = change.entry
    write_chronology(
        actor=actor,
        kind=EntryKind.MOVE,
        summary=f"Undone, recorded in error: {entry.summary}",
        information_class=InformationClass(entry.information_class),
        pupil=pupil,
        corrects=entry,
    )
    _audit(actor, "registers.change_undone", change)
    return change


@dataclass
class _Change:
    """A change under way: the pupil locked, and the registers as they were."""

    pupil: Pupil
    before: list[Enrolment]
    entry: ChronologyEntry | None = None
    kept: Any = None
    moved: list[dict[str, Any]] = field(default_factory=list)

    def one(self, enrolment_id: int) -> Enrolment:
        found = Enrolment.objects.select_for_update(of=("self",)).select_related("school", "pupil")
        return found.get(pk=enrolment_id, pupil=self.pupil)


@contextmanager
def _change(actor: Actor, pupil: Pupil, seen: str) -> Iterator[_Change]:
    """Lock, check and look before; look again after, and keep what is different."""
    pupil = Pupil.objects.select_for_update().one(pk=pupil.pk)
    require(policy.edit_registers(actor, pupil))
    if fingerprint(pupil) != seen:
        raise Problem(
            "Somebody changed the schools while you were writing. Look at them again, then save."
        )
    registers = Enrolment.objects.filter(pupil=pupil).select_related("school").order_by("pk")
    change = _Change(pupil, list(registers))
    was = state_of(pupil)
    try:
        with transaction.atomic():
            yield change
    except IntegrityError:
        raise Problem("This clashes with another register. Correct that one first.") from None
    now = state_of(pupil)
    changed = [
        {"id": pk, "before": was.get(pk), "after": now.get(pk)}
        for pk in sorted({*was, *now})
        if was.get(pk) != now.get(pk)
    ]
    assert change.entry  # Every change tells of itself, or has raised.
    change.kept = RegisterChange.objects.create(
        created_at=timezone.now(),
        pupil=pupil,
        entry=change.entry,
        registers=changed,
        involvements=_end_sight(actor, change),
        moved=change.moved,
        made_by_id=actor.staff_id,
    )
    _audit(actor, "registers.changed", change.kept)


def _end_sight(actor: Actor, change: _Change) -> list[int]:
    """Who works for a school that is left was involved for its sake: their involvement ends too."""
    ended = []
    for place_id, last_day in enrolments.last_days(change.pupil, change.before).items():
        held = RoleAssignment.objects.filter(place_id=place_id, role__in=OF_A_SCHOOL)
        open_ones = Involvement.objects.filter(
            pupil=change.pupil, staff__in=held.values("staff"), ends_on=None
        )
        for involvement in open_ones.select_for_update():
            end_involvement(actor=actor, involvement=involvement, ends_on=last_day)
            ended.append(involvement.pk)
    return ended


def _move_sight(
    actor: Actor, pupil: Pupil, register_ids: list[int], was: date, ends_on: date | None
) -> list[dict[str, Any]]:
    """Whoever lost sight with these registers on the wrong day; answers how it stood before."""
    changes = RegisterChange.objects.filter(pupil=pupil, undone_at=None)
    ended = {
        one
        for change in changes
        for one in change.involvements
        if any(row["id"] in register_ids and row["after"] for row in change.registers)
    }
    found = Involvement.objects.select_for_update().filter(pk__in=ended, ends_on=was)
    moved = []
    for involvement in found.order_by("pk"):
        until = involvement.access_ends_on
        moved.append(
            {"id": involvement.pk, "ends_on": str(was), "access_ends_on": until and str(until)}
        )
        if ends_on:
            end_involvement(actor=actor, involvement=involvement, ends_on=ends_on)
        else:
            involvement.ends_on = involvement.access_ends_on = None
            involvement.save(update_fields=["ends_on", "access_ends_on"])
    return moved


def _put_back(pupil: Pupil, registers: list[dict[str, Any]]) -> None:
    """First what was added goes, then what there was comes back: no two main schools in between."""
    for row in registers:
        if row["before"] is None:
            Enrolment.objects.filter(pk=row["id"]).delete()
    for row in sorted(registers, key=lambda r: r["after"] is None):
        if row["before"] is not None:
            Enrolment.objects.update_or_create(
                pk=row["id"], pupil=pupil, defaults=facts(row["before"])
            )


def _check_school(school: School, starts_on: date) -> None:
    if school.status == SchoolStatus.CLOSED and (
        school.closed_on is None or school.closed_on < starts_on
    ):
        closed = f" on {day_in_words(school.closed_on)}" if school.closed_on else ""
        raise Problem(f"{school.name} closed{closed}. Choose the school it became.", "school")


def _check_days(actor: Actor, pupil: Pupil, starts_on: date, ends_on: date | None = None) -> None:
    if starts_on < pupil.born_on:
        raise Problem("This is before the child was born.", "starts_on")
    if starts_on > actor.today + FAR:
        raise Problem("This is more than a year ahead. Check the year.", "starts_on")
    if ends_on and ends_on < starts_on:
        raise Problem(f"It began on {day_in_words(starts_on)}, so it ends later.", "ends_on")
    if ends_on and ends_on > actor.today + FAR_END:
        raise Problem("This is more than two years ahead. Check the year.", "ends_on")


def _refuse_later(change: _Change, school: School, starts_on: date) -> None:
    for each in change.before:
        if _is_at(each, school) and _stands(each, starts_on) and each.status == "C":
            raise Problem(f"{change.pupil.name} is on roll there already.", "school")
        if not _is_at(each, school) and each.starts_on >= starts_on:
            raise Problem(
                f"On roll at {each.school.name} from {day_in_words(each.starts_on)}. "
                "Choose a later day, or correct that one first.",
                "starts_on",
            )


def _refuse_overlap(
    change: _Change, enrolment: Enrolment, starts_on: date, ends_on: date | None
) -> None:
    """Said in words before the database says it."""
    for each in change.before:
        is_rival = _is_at(each, enrolment.school) or {each.status, enrolment.status} <= set(MAIN)
        begins_before = ends_on is None or each.starts_on <= ends_on
        if each.pk != enrolment.pk and is_rival and begins_before and _stands(each, starts_on):
            until = f" to {day_in_words(each.ends_on)}" if each.ends_on else ""
            field = "starts_on" if each.starts_on <= starts_on else "ends_on"
            raise Problem(
                f"On roll at {each.school.name} from {day_in_words(each.starts_on)}{until}. "
                "A child has one main school on a day, and stands on a register once.",
                field,
            )


def _stands(enrolment: Enrolment, on: date) -> bool:
    return enrolment.ends_on is None or enrolment.ends_on >= on


def _is_at(enrolment: Enrolment, school: School) -> bool:
    return enrolment.school.place_id == school.place_id


def _audit(actor: Actor, kind: str, change: RegisterChange) -> None:
    audit.record(
        actor=actor,
        kind=kind,
        subject=f"register change {change.pk}",
        pupil_ids=[change.pupil_id],
        detail={"registers": [row["id"] for row in change.registers]},
    )
