"""When a pupil's record may be changed, and its access log read."""

from typing import Any

from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.handling import InformationClass
from alongside.core.permissions import ROLES, Permission, Scope
from alongside.people.models import (
    NEVER_SHARED,
    Capacity,
    ChronologyEntry,
    Concern,
    Document,
    Enrolment,
    Flag,
    Involvement,
    PathwaySpell,
    Pupil,
    RegisterChange,
)


def edit_pupil(actor: Actor) -> Decision:
    """Whoever works with the pupil keeps the record right; schools ask them to."""
    if not actor.may(Permission.PUPIL_EDIT):
        return refuse("Your role reads this record. Tell the lead worker what should change.")
    return ALLOWED


def end_pathway(actor: Actor, spell: PathwaySpell) -> Decision:
    if spell.ends_on:
        return refuse(f"This pathway ended on {spell.ends_on:%-d %B %Y}.")
    return edit_pupil(actor)


def record_condition(actor: Actor) -> Decision:
    """By whoever may write or at least reads health records, and keeps the pupil's record right."""
    if InformationClass.HEALTH_AND_SEND not in actor.reads:
        return refuse("Diagnoses are kept by those who read health and SEND records.")
    return edit_pupil(actor)


def edit_registers(actor: Actor, pupil: Pupil) -> Decision:
    """Where the pupil is on roll decides which school sees the record."""
    if pupil.merged_into_id:
        return refuse("This record was merged into another. Change that one.")
    return edit_pupil(actor)


def leave_roll(actor: Actor, enrolment: Enrolment) -> Decision:
    if enrolment.ends_on and enrolment.ends_on < actor.today:
        return refuse(f"The pupil left this register on {enrolment.ends_on:%-d %B %Y}.")
    return edit_registers(actor, enrolment.pupil)


def undo_register_change(
    actor: Actor,
    change: RegisterChange,
    latest: RegisterChange | None,
    now: dict[int, dict[str, Any]],
) -> Decision:
    """The latest change alone, while every register still is as it left it."""
    if change.undone_at:
        return refuse("This change was undone already.")
    if latest is None or latest.pk != change.pk:
        return refuse("The schools were changed again since. Undo the later change first.")
    if any(now.get(row["id"]) != row["after"] for row in change.registers):
        return refuse("The schools were changed since, by a class list. Correct the dates instead.")
    return edit_registers(actor, change.pupil)


def write_entry(actor: Actor) -> Decision:
    if not actor.may(Permission.CHRONOLOGY_WRITE):
        return refuse("Your role reads the chronology but does not write to it.")
    return ALLOWED


def write_class(actor: Actor, information_class: InformationClass) -> Decision:
    """A line is written only in a class that the writer's role may write, or at least raise."""
    if information_class in actor.writes:
        return ALLOWED
    return refuse(f"Your role does not write {information_class.label.lower()} records.")


def add_document(actor: Actor) -> Decision:
    if not actor.may(Permission.CHRONOLOGY_WRITE):
        return refuse(
            "Your role reads documents but does not add them. Give it to the lead worker."
        )
    return ALLOWED


def share_document(actor: Actor, document: Document) -> Decision:
    if (keeps := _keep_document(actor, document)) and document.is_shared:
        return refuse("The school reads this already.")
    if keeps and document.information_class in NEVER_SHARED:
        named = InformationClass(document.information_class).label
        return refuse(f"{named} is not shared with a school. Tell them what they need to know.")
    return keeps


def take_back_document(actor: Actor, document: Document) -> Decision:
    if (keeps := _keep_document(actor, document)) and not document.is_shared:
        return refuse("This is not shared with the school.")
    return keeps


def change_document(actor: Actor, document: Document) -> Decision:
    """Its title, day and class: by whoever added it, or who may write that class of record."""
    return _keep_document(actor, document)


def remove_document(actor: Actor, document: Document) -> Decision:
    """By whoever added it, or who may write that class of record."""
    return _keep_document(actor, document)


def restore_document(actor: Actor, document: Document) -> Decision:
    if document.removed_at is None:
        return refuse("This document was not removed.")
    return _may_keep(actor, document)


def _keep_document(actor: Actor, document: Document) -> Decision:
    if document.removed_at:
        return refuse(f"This document was removed on {document.removed_at:%-d %B %Y}.")
    return _may_keep(actor, document)


def _may_keep(actor: Actor, document: Document) -> Decision:
    if (allowed := add_document(actor)) and document.recorded_by_id != actor.staff_id:
        allowed = write_class(actor, InformationClass(document.information_class))
    return allowed


def correct_entry(actor: Actor, entry: ChronologyEntry) -> Decision:
    """Corrected by whoever wrote it, or who may write that class of record."""
    if (allowed := write_entry(actor)) and entry.recorded_by_id != actor.staff_id:
        allowed = write_class(actor, InformationClass(entry.information_class))
    if allowed and entry.corrects_id:
        return refuse("This line is itself a correction. Correct the line that it corrects.")
    return allowed


def see_access_log(actor: Actor, pupil: Pupil) -> Decision:
    """The pupil's lead worker, the managers of the service and the data protection officer."""
    if not actor.may(Permission.ACCESS_LOG_VIEW):
        return refuse("Only the lead worker, the manager and the data protection officer see this.")
    if is_wider_than_allocation(actor) or leads(actor, pupil):
        return ALLOWED
    return refuse("You do not lead this pupil's work. Ask the lead worker or the manager.")


def is_wider_than_allocation(actor: Actor) -> bool:
    """Holds the access log by a role whose scope is a service, an area or the whole council."""
    return actor.is_system or any(
        Permission.ACCESS_LOG_VIEW in ROLES[held.role].permissions
        and ROLES[held.role].scope is not Scope.ALLOCATED
        for held in actor.held
    )


def leads(actor: Actor, pupil: Pupil) -> bool:
    return Involvement.objects.filter(
        pupil=pupil, staff_id=actor.staff_id, capacity=Capacity.LEAD, ends_on=None
    ).exists()


def preview_as_recipient(actor: Actor) -> Decision:
    """Who writes what is shared sees it as the recipient will."""
    if not actor.may(Permission.CHRONOLOGY_WRITE):
        return refuse("Only those who work with the pupil choose what is shared.")
    return ALLOWED


def end_flag(actor: Actor, flag: Flag) -> Decision:
    """A restricted flag is ended by who may read what it stands for."""
    if flag.weight == Flag.Weight.RESTRICTED and (
        InformationClass.SAFEGUARDING not in actor.reads and flag.recorded_by_id != actor.staff_id
    ):
        return refuse("Only those cleared for safeguarding end a restricted flag.")
    return edit_pupil(actor)


def raise_concern(actor: Actor) -> Decision:
    """Everyone who signs in, anywhere, about any child."""
    if not actor.may(Permission.CONCERN_RAISE):
        return refuse("Tell the school's designated safeguarding lead in person.")
    return ALLOWED


def acknowledge_concern(actor: Actor, concern: Concern) -> Decision:
    """By the safeguarding lead of a setting that it reached, once."""
    if not actor.may(Permission.CONCERN_READ):
        return refuse("Only the designated safeguarding lead acknowledges a concern.")
    if concern.acknowledged_at:
        return refuse("This concern has been acknowledged.")
    return ALLOWED


def reads_concerns(actor: Actor) -> bool:
    return InformationClass.SAFEGUARDING in actor.reads
