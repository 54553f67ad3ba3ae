"""When actions of core may be done."""

from datetime import timedelta

from django.utils import timezone

from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.models import AuditEntry, Place, PlaceKind, RoleAssignment, Staff
from alongside.core.permissions import Permission
from alongside.rules.words import day_in_words

MOST_WRONG_GUESSES = 5


def break_glass(actor: Actor) -> Decision:
    """Anyone who works cases may open a record out of hours, with a reason that others are told."""
    if not actor.may(Permission.BREAK_GLASS):
        return refuse("Your role cannot open a record that is not yours. Ask the lead worker.")
    return ALLOWED


def give_purpose(actor: Actor) -> Decision:
    if not actor.may(Permission.PURPOSE_GIVE):
        return refuse("Only who answers for every record opens one for a purpose.")
    return ALLOWED


def break_glass_again(actor: Actor) -> Decision:
    """Details that fit nobody, five times in an hour, are guessing."""
    hour = timezone.now() - timedelta(hours=1)
    wrong = AuditEntry.objects.filter(
        staff_id=actor.staff_id, kind="glass.refused", created_at__gte=hour
    )
    if wrong.count() >= MOST_WRONG_GUESSES:
        return refuse(
            "Details that fit no record were given five times within an hour. "
            "Ring the lead worker, your manager or the council's out-of-hours number."
        )
    return ALLOWED


def give_role(actor: Actor) -> Decision:
    if not actor.may(Permission.STAFF_EDIT):
        return refuse("Only a system administrator gives and ends roles.")
    return ALLOWED


def give_role_to(actor: Actor, staff: Staff) -> Decision:
    """Nobody lets themselves in to what they do not read: it takes two."""
    if not (may := give_role(actor)):
        return may
    if staff.is_system:
        return refuse("The service itself holds no role.")
    if staff.pk == actor.staff_id:
        return refuse(
            "You cannot give yourself a role or a clearance. Ask another system administrator."
        )
    return ALLOWED


def end_role(actor: Actor, assignment: RoleAssignment) -> Decision:
    if not (may := give_role(actor)):
        return may
    if assignment.taken_away_at:
        on = day_in_words(day_of(assignment.taken_away_at))
        return refuse(f"This role was taken away on {on}.")
    return ALLOWED


def take_away_role(actor: Actor, assignment: RoleAssignment) -> Decision:
    if not (may := end_role(actor, assignment)):
        return may
    if assignment.staff_id == actor.staff_id:
        return refuse("You cannot take away your own role. Ask another system administrator.")
    if assignment.ends_on and assignment.ends_on < actor.today:
        return refuse(f"This role ended on {day_in_words(assignment.ends_on)}.")
    return ALLOWED


def merge_place(actor: Actor, place: Place, into: Place) -> Decision:
    """A neighbourhood into another of the same service, both going on today."""
    if not actor.may(Permission.STAFF_EDIT):
        return refuse("Only a system administrator merges neighbourhoods.")
    if place.ends_on:
        return refuse(f"{place.name} ended on {place.ends_on:%-d %B %Y}.")
    if into.ends_on or into.pk == place.pk:
        return refuse("Choose another neighbourhood that goes on.")
    kinds = {place.kind, into.kind}
    if kinds != {PlaceKind.NEIGHBOURHOOD} or place.parent_id != into.parent_id:
        return refuse("Only two neighbourhoods of one service are merged.")
    return ALLOWED


def invite(actor: Actor, staff: Staff) -> Decision:
    """A one-time link is for somebody new. Whoever has a password changes it by e-mail themselves."""
    if not actor.may(Permission.STAFF_EDIT):
        return refuse("Only a system administrator lets people in.")
    if staff.account is None or not staff.is_active:
        return refuse(f"{staff.name} does not sign in.")
    if staff.account.has_usable_password() or staff.account.last_login:
        return refuse(
            f"{staff.name} has signed in before. “I have forgotten my password” sends a new link."
        )
    return ALLOWED


def change_employment(actor: Actor, staff: Staff) -> Decision:
    if not actor.may(Permission.STAFF_EDIT):
        return refuse("Only a system administrator says who employs and manages people.")
    if staff.is_system:
        return refuse("This is the service itself.")
    return ALLOWED


def remove_second_factor(actor: Actor, staff: Staff, factors: list[str]) -> Decision:
    """Nobody takes their own away: whoever holds their open session could, and lock them out."""
    if not actor.may(Permission.STAFF_EDIT):
        return refuse("Only a system administrator removes a lost second step.")
    if staff.pk == actor.staff_id:
        return refuse("You cannot remove your own. Ask another system administrator.")
    if staff.account is None or not staff.is_active:
        return refuse(f"{staff.name} does not sign in.")
    if not factors:
        return refuse(f"{staff.name} has none set up. They are asked to at their next sign-in.")
    return ALLOWED


def close_staff(actor: Actor, staff: Staff) -> Decision:
    if not actor.may(Permission.STAFF_EDIT):
        return refuse("Only a system administrator closes an account.")
    if staff.pk == actor.staff_id:
        return refuse("You cannot close your own account. Ask another system administrator.")
    if staff.is_system:
        return refuse("This is the service itself.")
    return ALLOWED
