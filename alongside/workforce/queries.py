"""Whom a person manages, and the notes between the two."""

from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.core.models import RoleAssignment, Staff
from alongside.workforce.models import StaffNote

MOST = 100


def my_team(actor: Actor) -> list[Staff]:
    """Those the actor line-manages, by name."""
    mine = Staff.objects.filter(line_manager_id=actor.staff_id, is_active=True)
    return list(mine.select_related("employer").order_by("name", "pk"))


def get_member(actor: Actor, staff_id: int) -> Staff:
    """One whom the actor line-manages, or `NotFound`."""
    mine = Staff.objects.filter(line_manager_id=actor.staff_id).select_related("employer")
    found = mine.filter(pk=staff_id).first()
    if found is None:
        raise NotFound
    return found


def roles_of(staff: Staff) -> list[RoleAssignment]:
    held = RoleAssignment.objects.filter(staff=staff).select_related("place")
    return list(held.order_by("-starts_on", "-pk")[:MOST])


def notes_about(actor: Actor, staff: Staff) -> list[StaffNote]:
    """The actor's own notes about somebody. The wall keeps everybody else's."""
    mine = StaffNote.objects.filter(about=staff, recorded_by_id=actor.staff_id)
    return list(mine.order_by("-held_on", "-pk")[:MOST])


def shown_to(actor: Actor) -> list[StaffNote]:
    """What the actor's managers have shown them."""
    shown = StaffNote.objects.filter(about_id=actor.staff_id).exclude(shown_at=None)
    return list(shown.select_related("recorded_by").order_by("-held_on", "-pk")[:MOST])


def get_note(actor: Actor, staff: Staff, note_id: int) -> StaffNote:
    mine = StaffNote.objects.filter(about=staff, recorded_by_id=actor.staff_id)
    return mine.select_related("about").one(pk=note_id)
