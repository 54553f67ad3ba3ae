"""Makes one record of two that are one child, keeping what it takes to undo it."""

import json
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.people import joining, merging, renumbering
from alongside.people.actions.chronology import write_chronology
from alongside.people.joining import Clash
from alongside.people.models import MAIN, Enrolment, EnrolmentStatus, EntryKind, Merge, Pupil
from alongside.people.queries.registers import facts, state_of
from alongside.rules import names

# Filled from the other record where the one that is kept has nothing.
FILLED = (
    "preferred_forename", "preferred_surname", "sex", "pronouns", "year_group", "ethnicity",
    "first_language", "sen_provision", "sen_need", "former_upn",
)  # fmt: skip
LONGEST_SEARCH_NAME = 420


@transaction.atomic
def merge_pupils(*, actor: Actor, kept: Pupil, merged: Pupil, reason: str) -> Merge:
    """Everything of `merged` becomes `kept`'s. The merged record is no longer shown."""
    locked = Pupil.objects.select_for_update().order_by("pk").in_bulk([kept.pk, merged.pk])
    kept, merged = locked[kept.pk], locked[merged.pk]
    require(merging.merge(actor, kept, merged))
    if len(reason.strip()) < 10:
        raise Problem("Say in a sentence how you know that they are one child.", "reason")
    both = list(joining.clashes(kept, merged))
    enrolments = _one_main_school(kept, merged)
    filled = _fill(kept, merged)
    merged.merged_into = kept
    merged.save(update_fields=["merged_into"])
    kept.save(update_fields=[*filled, "version"])
    numbers = renumbering.renumber(renumbering.anew(kept, merged))
    taken = [[clash.column, clash.own.pk, joining.take_over(clash)] for clash in both]
    moved = _move(merged, kept, both)
    found = Merge.objects.create(
        kept=kept,
        merged=merged,
        reason=reason.strip()[:300],
        moved=moved
        | {"_enrolments": enrolments, "_filled": filled, "_taken": taken}
        | {"_stays": joining.stays_behind(both), "_numbers": numbers},
        merged_by_id=actor.staff_id,
    )
    _tell(actor, kept, "Two records of this child were made one")
    _record(actor, "pupil.merged", found, {table: len(ids) for table, ids in moved.items()})
    return found


@transaction.atomic
def undo_merge(*, actor: Actor, merge: Merge) -> Merge:
    """Two records again. What was added to the kept one since stays with it."""
    found = hold(Merge, merge.pk)
    locked = (
        Pupil.objects.select_for_update().order_by("pk").in_bulk([found.kept_id, found.merged_id])
    )
    kept, merged = locked[found.kept_id], locked[found.merged_id]
    require(merging.undo(actor, found, kept))
    for name, (before, after) in found.moved.get("_filled", {}).items():
        if getattr(kept, name) == after:
            setattr(kept, name, before)
    kept.version += 1
    kept.save(update_fields=[*found.moved.get("_filled", {}), "version"])
    merged.merged_into = None
    merged.save(update_fields=["merged_into"])
    with connection.cursor() as cursor:
        told = json.dumps(found.moved)
        cursor.execute("SELECT sec.move_pupil_back(%s, %s, %s)", [told, kept.pk, merged.pk])
    for column, row_id, changed in found.moved.get("_taken", []):
        joining.give_back(column, row_id, changed)
    renumbering.number_back(found.moved.get("_numbers", []))
    for before in found.moved.get("_enrolments", []):
        Enrolment.objects.update_or_create(
            pk=before["id"], pupil=merged, defaults=facts(before["was"])
        )
    found.undone_at, found.undone_by_id = timezone.now(), actor.staff_id
    found.save(update_fields=["undone_at", "undone_by"])
    _tell(actor, kept, "A merge of two records was undone: they are two children")
    _tell(actor, merged, "A merge of two records was undone: they are two children")
    _record(actor, "pupil.merge_undone", found, {})
    return found


def _move(merged: Pupil, kept: Pupil, both: list[Clash]) -> dict[str, list[int]]:
    stay: dict[str, list[int]] = {}
    for clash in both:
        stay.setdefault(clash.column, []).append(clash.other.pk)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            told = json.dumps(stay)
            cursor.execute("SELECT sec.move_pupil(%s, %s, %s)", [merged.pk, kept.pk, told])
            (moved,) = cursor.fetchone()
    except IntegrityError as error:
        told = (
            getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or "one of each"
        )
        rule = told.replace("_", " ")
        raise Problem(
            f"Both records have something of which a child has one ({rule}). End one of the two first."
        ) from error
    return moved if isinstance(moved, dict) else json.loads(moved)


def _fill(kept: Pupil, merged: Pupil) -> dict[str, list[str]]:
    """What the kept record takes over: {field: [before, after]}."""
    changes = {name: getattr(merged, name) for name in FILLED if not getattr(kept, name)}
    if merged.upn and not kept.upn:
        changes["upn"] = merged.upn
    elif merged.upn and merged.upn != kept.upn and not kept.former_upn:
        changes["former_upn"] = merged.upn
    said = dict.fromkeys(names.normalise(f"{kept.search_name} {merged.search_name}").split())
    changes["search_name"] = " ".join(said)[:LONGEST_SEARCH_NAME]
    filled = {}
    for name, value in changes.items():
        before = getattr(kept, name)
        if value and value != before:
            filled[name] = [before, value]
            setattr(kept, name, value)
    kept.version += 1
    return filled


def _one_main_school(kept: Pupil, merged: Pupil) -> list[dict[str, Any]]:
    """One child has one main school on a day and stands on a register once: of the other record's,
    a main school becomes the subsidiary, and one that the kept record holds is not moved but gone.
    Answers how each was before."""
    own = list(Enrolment.objects.select_for_update().filter(pupil=kept))
    state, before = state_of(merged), []
    for each in Enrolment.objects.select_for_update().filter(pupil=merged).order_by("pk"):
        rivals = [other for other in own if _share_days(each, other)]
        was = {"id": each.pk, "was": state[each.pk]}
        if any(other.school_id == each.school_id for other in rivals):
            each.delete()
        elif each.status in MAIN and any(other.status in MAIN for other in rivals):
            each.status = EnrolmentStatus.SUBSIDIARY
            each.save(update_fields=["status"])
        else:
            continue
        before.append(was)
    return before


def _share_days(one: Enrolment, other: Enrolment) -> bool:
    begins_in_time = other.ends_on is None or one.starts_on <= other.ends_on
    return begins_in_time and (one.ends_on is None or other.starts_on <= one.ends_on)


def _tell(actor: Actor, pupil: Pupil, summary: str) -> None:
    write_chronology(
        actor=actor,
        kind=EntryKind.NOTE,
        summary=summary,
        information_class=InformationClass.PUPIL,
        pupil=pupil,
        url=f"/pupils/{pupil.pk}/merge/",
    )


def _record(actor: Actor, kind: str, merge: Merge, detail: dict[str, Any]) -> None:
    audit.record(
        actor=actor,
        kind=kind,
        subject=f"merge {merge.pk}",
        pupil_ids=[merge.kept_id, merge.merged_id],
        detail=detail,
    )
