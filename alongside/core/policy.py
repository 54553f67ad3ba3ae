"""When actions of core may be done."""

from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.permissions import Permission


def break_glass(actor: Actor) -> Decision:
    """Anyone who works cases may open a record out of hours, with a reason that others are told."""
    if not actor.may(Permission.BREAK_GLASS):
        return refuse("Your role cannot open a record that is not yours. Ask the lead worker.")
    return ALLOWED


def give_role(actor: Actor) -> Decision:
    if not actor.may(Permission.STAFF_EDIT):
        return refuse("Only a system administrator gives and ends roles.")
    return ALLOWED
