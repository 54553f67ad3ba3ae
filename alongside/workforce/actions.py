"""Writes notes of supervision and appraisal, and shows them to whom they are about."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.models import Staff
from alongside.workforce import policy
from alongside.workforce.models import StaffNote


@transaction.atomic
def write_note(
    *,
    actor: Actor,
    about: Staff,
    kind: StaffNote.Kind,
    held_on: date,
    words: str,
    agreed: str = "",
) -> StaffNote:
    """Private to its writer until it is shown."""
    require(policy.write_note(actor, about))
    if held_on > actor.today:
        raise Problem("This day has not come yet.", "held_on")
    note = StaffNote.objects.create(
        about=about,
        kind=kind,
        held_on=held_on,
        words=words.strip(),
        agreed=agreed.strip(),
        recorded_by_id=actor.staff_id,
    )
    audit.record(
        actor=actor,
        kind="staff_note.written",
        subject=f"staff {about.pk}",
        detail={"kind": kind},
    )
    return note


@transaction.atomic
def show_note(*, actor: Actor, note: StaffNote) -> StaffNote:
    """From now on the person it is about reads it. It cannot be taken back."""
    locked = StaffNote.objects.select_for_update(of=("self",)).select_related("about")
    note = locked.one(pk=note.pk)
    require(policy.show_note(actor, note))
    note.shown_at = timezone.now()
    note.save(update_fields=["shown_at"])
    notices.notify(
        staff_ids=[note.about_id],
        kind="staff_note.shown",
        text=f"{actor.name} shows you a note of your {note.get_kind_display().lower()}.",
        url="/my-team/mine/",
    )
    audit.record(actor=actor, kind="staff_note.shown", subject=f"staff {note.about_id}")
    return note
