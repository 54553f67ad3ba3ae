"""When a manager may write of somebody they manage, and show it to them."""

from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.models import Staff
from alongside.workforce.models import StaffNote


def write_note(actor: Actor, about: Staff) -> Decision:
    """Line management alone: not a role, and not the supervision of cases."""
    if about.line_manager_id != actor.staff_id:
        return refuse("Only the line manager keeps these notes.")
    return ALLOWED


def show_note(actor: Actor, note: StaffNote) -> Decision:
    if note.recorded_by_id != actor.staff_id:
        return refuse("Only who wrote it shows it.")
    if note.shown_at:
        return refuse(f"{note.about.name} reads this already.")
    return ALLOWED
