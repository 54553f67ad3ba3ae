"""When a class list may be read, decided on and applied."""

from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.permissions import Permission
from alongside.people.models import Pupil, PupilList
from alongside.schools import policy as schools
from alongside.schools.models import School


def read_list(actor: Actor, school: School) -> Decision:
    return schools.import_pupils(actor, school)


def see_list(actor: Actor, found: PupilList) -> Decision:
    """A list names a whole class: its school, those over the school, and who handed it in."""
    over = actor.place_ids(permission=Permission.PUPIL_IMPORT)
    if actor.is_system or found.read_by_id == actor.staff_id or found.school.place_id in over:
        return read_list(actor, found.school)
    return refuse("This list is its school's.")


def change_list(actor: Actor, found: PupilList) -> Decision:
    """Decide on its lines, apply it or leave it: once, by who may load this school's lists."""
    if found.state == PupilList.State.APPLIED and not found.counts.get("DOUBT"):
        return refuse("This list was applied already. Read it again to see what has changed since.")
    if found.state == PupilList.State.LEFT:
        return refuse("This list was left without changing anything.")
    if found.state == PupilList.State.APPLYING:
        return refuse("This list is being applied.")
    if not found.counts:
        return refuse("This list is still being read.")
    return schools.import_pupils(actor, found.school)


def leave_list(actor: Actor, found: PupilList) -> Decision:
    if found.state == PupilList.State.APPLIED:
        return refuse("This list was applied already.")
    return change_list(actor, found)


def join_to(actor: Actor, pupil: Pupil) -> Decision:
    """Joining a line to a child opens the record to the school: only who may see the child does."""
    is_seen = Pupil.objects.visible_to(actor).filter(pk=pupil.pk).exists()
    return join_seen(actor, is_seen=is_seen)


def join_seen(actor: Actor, *, is_seen: bool) -> Decision:
    """The same, for who has looked already whom they may see."""
    if actor.is_system or is_seen:
        return ALLOWED
    return refuse(
        "This child is known to the council, but not to you. Somebody of the service decides."
    )
