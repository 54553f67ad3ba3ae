"""When cases may be allocated, worked on and closed."""

from alongside.cases.models import Allocation, Case, CaseState
from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.permissions import Permission


def work(actor: Actor, case: Case) -> Decision:
    """Whoever has the case in scope and works cases may record on it, until it is closed."""
    if not actor.may(Permission.CASE_WORK):
        return refuse("Your role reads cases but does not record on them.")
    if case.state == CaseState.CLOSED:
        return refuse(f"This case was closed on {case.closed_on:%-d %B %Y}.")
    return ALLOWED


def allocate(actor: Actor, case: Case) -> Decision:
    if not actor.may(Permission.CASE_ALLOCATE):
        return refuse("Only a manager of the service allocates cases.")
    if case.state == CaseState.CLOSED:
        return refuse(f"This case was closed on {case.closed_on:%-d %B %Y}.")
    return ALLOWED


def is_allocated(actor: Actor, case: Case) -> bool:
    return Allocation.objects.filter(case=case, staff_id=actor.staff_id, ends_on=None).exists()
