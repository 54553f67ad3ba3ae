"""Who writes an incident down, and who puts one right."""

from alongside.cases.models import Case, CaseState
from alongside.cases.queries import visible_cases
from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.permissions import Permission
from alongside.incidents.models import Incident
from alongside.people.models import Pupil


def record(actor: Actor, case: Case) -> Decision:
    """Whoever works with the pupil, a class teacher too, until the case is closed."""
    if not actor.may(Permission.SESSION_RECORD):
        return refuse("Your role reads incidents but does not write them.")
    if case.state == CaseState.CLOSED:
        return refuse(f"This case was closed on {case.closed_on:%-d %B %Y}.")
    return ALLOWED


def open_case_of(actor: Actor, pupil: Pupil) -> Case | None:
    """The newest case of a pupil that is not closed, of those the actor sees."""
    found = visible_cases(actor).filter(pupil=pupil).exclude(state=CaseState.CLOSED)
    return found.order_by("-opened_on", "-pk").first()


def put_right(actor: Actor, incident: Incident) -> Decision:
    """Who wrote it, and who does the casework: after the case closed too."""
    if incident.struck_out_because:
        return refuse(f"This was struck out: {incident.struck_out_because}")
    if not actor.may(Permission.SESSION_RECORD):
        return refuse("Your role reads incidents but does not write them.")
    if incident.recorded_by_id != actor.staff_id and not actor.reads_work:
        return refuse(f"{incident.recorded_by.name} wrote this down. Ask them to put it right.")
    return ALLOWED


def move_to(actor: Actor, incident: Incident, to_pupil: Pupil) -> Decision:
    """To another child in the actor's scope with a case to write on."""
    if to_pupil.pk == incident.pupil_id:
        return refuse("It is on this child’s record already. Strike it out if it is wrong.")
    if not Pupil.objects.visible_to(actor).filter(pk=to_pupil.pk).exists():
        return refuse("Only somebody who works with that child may put it on their record.")
    if not open_case_of(actor, to_pupil):
        return refuse(f"{to_pupil.forename} has no open case to write it on.")
    return ALLOWED
