"""Who may make a document, and when."""

from alongside.cases.models import Case, CaseState
from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.permissions import Permission
from alongside.plans.models import Plan
from alongside.plans.policy import SHARED_STATES, is_of_the_school, sees_whole


def make_report(actor: Actor) -> Decision:
    """Whoever reads casework in full and makes documents; a school is given its copy."""
    if not actor.may(Permission.DOCUMENT_MAKE):
        return refuse("The service makes reports. Ask the lead worker for your copy.")
    if not sees_whole(actor):
        return refuse("A report draws on casework, which your role does not read.")
    return ALLOWED


def read_report(actor: Actor) -> Decision:
    """Whoever makes it; and who answers for every record, once they have said what for."""
    if sees_whole(actor) and actor.may(Permission.PURPOSE_GIVE):
        return ALLOWED
    return make_report(actor)


def take_school_copy(actor: Actor, case: Case) -> Decision:
    """Whoever makes it; the school of the case takes its own, once the case is closed."""
    if not is_of_the_school(actor, case):
        return make_report(actor)
    if case.state != CaseState.CLOSED:
        return refuse("You have your copy once the case is closed.")
    return ALLOWED


def read_school_copy(actor: Actor, case: Case) -> Decision:
    """Whoever takes it, whoever approves it before the school has it, and who reads every copy."""
    if actor.may(Permission.REPORT_APPROVE) or read_report(actor):
        return ALLOWED
    return take_school_copy(actor, case)


def make_chronology(actor: Actor) -> Decision:
    """Whoever makes documents and reads casework in full takes a chronology to a hearing."""
    if not actor.may(Permission.DOCUMENT_MAKE):
        return refuse("The service makes this. Ask the lead worker.")
    if not sees_whole(actor):
        return refuse("A chronology draws on casework, which your role does not read.")
    return ALLOWED


def approve_chronology(actor: Actor) -> Decision:
    """Whoever approves reports, and reads casework in full: it is approved line by line."""
    if not actor.may(Permission.REPORT_APPROVE):
        return refuse("A headteacher or manager approves what goes to a hearing.")
    if not sees_whole(actor):
        return refuse("A chronology draws on casework, which your role does not read.")
    return ALLOWED


def print_plan(actor: Actor, plan: Plan) -> Decision:
    """Whoever may read the plan may print it, once it is approved."""
    if not actor.may(Permission.PLAN_VIEW):
        return refuse("Your role does not read plans.")
    if plan.state not in SHARED_STATES:
        return refuse("A plan is printed once it is approved.")
    return ALLOWED
