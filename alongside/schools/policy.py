"""When a school's record, people and calendar may be changed."""

from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.permissions import Permission, Scope
from alongside.schools.models import School


def load_register(actor: Actor) -> Decision:
    if not actor.may(Permission.SCHOOL_IMPORT):
        return refuse("Only a system administrator loads the register of schools.")
    return ALLOWED


def edit_council_calendar(actor: Actor) -> Decision:
    """The council's terms are every following school's, so no one school changes them."""
    if not actor.may(Permission.SCHOOL_CALENDAR_EDIT) or not _is_beyond_one_school(actor):
        return refuse("The council's calendar is kept by its services and its administrator.")
    return ALLOWED


def edit_calendar(actor: Actor, school: School) -> Decision:
    if not actor.may(Permission.SCHOOL_CALENDAR_EDIT):
        return refuse("Your role reads calendars but does not change them.")
    return _own_or_service(actor, school, Permission.SCHOOL_CALENDAR_EDIT)


def edit_contacts(actor: Actor, school: School) -> Decision:
    if not actor.may(Permission.SCHOOL_EDIT):
        return refuse("Your role reads schools but does not change them.")
    return _own_or_service(actor, school, Permission.SCHOOL_EDIT)


def name_worker(actor: Actor) -> Decision:
    """Who a school rings first, and which neighbourhood it lies in, are the service's to say."""
    if not actor.may(Permission.SCHOOL_ASSIGN):
        return refuse("A manager of the service names a school's worker and its neighbourhood.")
    return ALLOWED


def import_pupils(actor: Actor, school: School) -> Decision:
    if not actor.may(Permission.PUPIL_IMPORT):
        return refuse("Your role does not load class lists. Ask the school or your manager.")
    return _own_or_service(actor, school, Permission.PUPIL_IMPORT)


def _own_or_service(actor: Actor, school: School, permission: Permission) -> Decision:
    if _is_beyond_one_school(actor) or school.place_id in actor.place_ids(permission=permission):
        return ALLOWED
    return refuse(f"Only {school.name} or the service may change this.")


def _is_beyond_one_school(actor: Actor) -> bool:
    """Holds a role that is not of one school's roll."""
    if actor.is_system:
        return True
    return any(held.place_kind != "SCHOOL" for held in actor.held) and actor.scopes != {Scope.ROLL}
