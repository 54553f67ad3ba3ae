"""Who writes an incident down."""

from alongside.cases.models import Case, CaseState
from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.permissions import Permission


def record(actor: Actor, case: Case) -> Decision:
    """Whoever works with the pupil, a class teacher too, until the case is closed."""
    if not actor.may(Permission.SESSION_RECORD):
        return refuse("Your role reads incidents but does not write them.")
    if case.state == CaseState.CLOSED:
        return refuse(f"This case was closed on {case.closed_on:%-d %B %Y}.")
    return ALLOWED
