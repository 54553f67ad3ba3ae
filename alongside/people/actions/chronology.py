"""Writes the chronology. Called by every action that a person would want to see on a timeline."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import add
from alongside.people import policy
from alongside.people.models import NEVER_SHARED, ChronologyEntry, EntryKind, Pupil
from alongside.people.queries.readers import first_who_cannot_read
from alongside.schools.models import School

LONGEST_CORRECTION = 280


def write_chronology(
    *,
    actor: Actor,
    kind: EntryKind,
    summary: str,
    information_class: InformationClass,
    pupil: Pupil | None = None,
    school: School | None = None,
    occurred_at: datetime | None = None,
    detail: str = "",
    url: str = "",
    is_shared: bool = False,
    corrects: ChronologyEntry | None = None,
    readers: Sequence[int] = (),
    is_hidden: bool = False,
) -> ChronologyEntry:
    """Add one line. `occurred_at` is when it happened, now unless told; never in the future.

    One statement in the calling action's transaction, so it needs no savepoint of its own.
    """
    now = timezone.now()
    if occurred_at and occurred_at > now:
        raise Problem("This has not happened yet. Check the date and time.", "occurred_at")
    return add(
        ChronologyEntry(
            pupil=pupil,
            school=school,
            occurred_at=occurred_at or now,
            created_at=now,
            kind=kind,
            information_class=information_class,
            summary=summary[:300],
            detail=detail,
            url=url,
            recorded_by_id=actor.staff_id,
            is_shared=is_shared,
            corrects=corrects,
            readers=sorted({*readers, actor.staff_id}) if readers else [],
            is_hidden=is_hidden,
        )
    )


@transaction.atomic
def add_entry(
    *,
    actor: Actor,
    pupil: Pupil,
    kind: EntryKind,
    information_class: InformationClass,
    summary: str,
    occurred_at: datetime | None = None,
    detail: str = "",
    is_shared: bool = False,
    readers: Sequence[int] = (),
    is_hidden: bool = False,
) -> ChronologyEntry:
    """A note or contact written by hand. Nothing is shared unless the writer says so.

    `readers` are the staff who alone may read it; `is_hidden` keeps from others that it exists.
    """
    require(policy.write_entry(actor))
    require(policy.write_class(actor, information_class))
    if not summary.strip():
        raise Problem("Say in one line what happened.", "summary")
    if occurred_at and day_of(occurred_at) < pupil.born_on:
        raise Problem(f"{pupil.forename} was not born yet. Check the year.", "occurred_at")
    if is_shared and information_class in NEVER_SHARED:
        raise Problem(
            f"{information_class.label} is not shared with a school. Record what they need to "
            "know as a line of its own.",
            "is_shared",
        )
    if is_shared and readers:
        raise Problem("A note for named people is not shared with a school.", "is_shared")
    if is_hidden and not readers:
        raise Problem("Name at least one person who may read it.", "readers")
    if readers and (name := first_who_cannot_read(actor, readers, information_class)):
        raise Problem(f"{name} does not read {information_class.label.lower()} records.", "readers")
    entry = write_chronology(
        actor=actor,
        pupil=pupil,
        kind=kind,
        information_class=information_class,
        summary=" ".join(summary.split()),
        detail=detail.strip(),
        occurred_at=occurred_at,
        is_shared=is_shared,
        readers=readers,
        is_hidden=is_hidden,
    )
    if others := set(readers) - {actor.staff_id}:
        notices.notify(
            staff_ids=others,
            kind="chronology.named",
            text=f"{actor.name} wrote a note that you are named to read.",
            url=f"/pupils/{pupil.pk}/chronology/{entry.pk}/",
            pupil_id=pupil.pk,
        )
    audit.record(
        actor=actor,
        kind="chronology.written",
        subject=f"entry {entry.pk}",
        pupil_ids=[pupil.pk],
        detail={
            "kind": kind,
            "class": information_class,
            "is_shared": is_shared,
            "readers": list(entry.readers),
        },
    )
    return entry


@transaction.atomic
def correct_entry(*, actor: Actor, entry: ChronologyEntry, words: str) -> ChronologyEntry:
    """Add an addendum to a line that is wrong. The line itself stays as it was written."""
    require(policy.correct_entry(actor, entry))
    if not words.strip():
        raise Problem("Say what is right instead.", "words")
    addendum = write_chronology(
        actor=actor,
        kind=EntryKind(entry.kind),
        summary=f"Correction: {' '.join(words.split())}",
        detail=words.strip() if len(words) > LONGEST_CORRECTION else "",
        information_class=InformationClass(entry.information_class),
        pupil=entry.pupil,
        school=entry.school,
        is_shared=entry.is_shared,
        corrects=entry,
        readers=entry.readers,
        is_hidden=entry.is_hidden,
    )
    audit.record(
        actor=actor,
        kind="chronology.corrected",
        subject=f"entry {entry.pk}",
        pupil_ids=[entry.pupil_id] if entry.pupil_id else [],
    )
    return addendum


def withhold(entry: ChronologyEntry) -> None:
    """A line that stands on the wrong child's record: its words stay, and no school reads them."""
    if entry.information_class == InformationClass.PUPIL:
        entry.information_class = InformationClass.CASEWORK
    entry.is_shared = False
    entry.save(update_fields=["information_class", "is_shared"])
