"""When sessions and daily logs may be written, and for how long changed. One function, one question."""

from datetime import timedelta

from django.utils import timezone

from alongside.cases.models import Case, CaseState
from alongside.cases.policy import work
from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.permissions import Permission
from alongside.fieldwork.models import DailyLog, Session, Visit

# Long enough to mend today's slip tomorrow morning; after that a record is corrected, not changed.
EDIT_WINDOW = timedelta(hours=24)


def record(actor: Actor, case: Case) -> Decision:
    """Whoever works with the pupil, a class teacher too, writes until the case is closed."""
    if not actor.may(Permission.SESSION_RECORD):
        return refuse("Your role reads sessions and daily logs but does not write them.")
    if case.state == CaseState.CLOSED:
        return refuse(f"This case was closed on {case.closed_on:%-d %B %Y}.")
    return ALLOWED


def edit(actor: Actor, written: Session | DailyLog) -> Decision:
    """The writer may change it for a day; then it stands, and is corrected on the chronology."""
    if written.recorded_by_id != actor.staff_id:
        return refuse("Only who wrote this changes it, within a day of writing.")
    if timezone.now() > written.created_at + EDIT_WINDOW:
        return refuse("This was written more than a day ago. Add a correction instead.")
    return record(actor, written.case)


def share(actor: Actor, written: Session | DailyLog) -> Decision:
    """Nothing of the work goes to a school unless somebody who does the work says so."""
    if (chooses := _choose_readers(actor, written)) and written.is_shared:
        return refuse("The school reads this already.")
    return chooses


def take_back(actor: Actor, written: Session | DailyLog) -> Decision:
    if (chooses := _choose_readers(actor, written)) and not written.is_shared:
        return refuse("This is not shared with the school.")
    return chooses


def _choose_readers(actor: Actor, written: Session | DailyLog) -> Decision:
    """Also after the case is closed: what was shared in error must not stay shared."""
    if not actor.may(Permission.SESSION_RECORD):
        return refuse("Only those who work with the pupil choose what the school reads.")
    if not actor.reads_work and written.recorded_by_id != actor.staff_id:
        return refuse("The service shared this with you. Ask the lead worker to take it back.")
    return ALLOWED


def agree_next_steps(actor: Actor, met: Session | DailyLog | Visit) -> Decision:
    """On one's own visit, once its day has come; or from what was written of the work."""
    if not isinstance(met, Visit):
        return work(actor, met.case)
    if met.staff_id != actor.staff_id:
        return refuse("Only who made this visit says what was agreed on it.")
    if met.cancelled_because:
        return refuse("This visit was called off.")
    if timezone.localdate(met.starts_at) > actor.today:
        return refuse("This visit has not happened yet.")
    return plan_visit(actor)


def plan_visit(actor: Actor) -> Decision:
    """Whoever works cases plans their own days."""
    if not actor.may(Permission.CASE_WORK):
        return refuse("Only those who work cases plan visits here.")
    return ALLOWED


def record_visit(actor: Actor, visit: Visit) -> Decision:
    """That it was made: planned alone is no contact with a school."""
    if visit.staff_id != actor.staff_id:
        return refuse("Only whose visit it is records it.")
    if visit.cancelled_because:
        return refuse("This visit was called off.")
    if visit.done_at:
        return refuse("This visit is recorded already.")
    if visit.starts_at > timezone.now():
        return refuse("This visit has not happened yet.")
    return plan_visit(actor)


def cancel_visit(actor: Actor, visit: Visit) -> Decision:
    if visit.staff_id != actor.staff_id:
        return refuse("Only whose visit it is calls it off.")
    if visit.cancelled_because:
        return refuse("This visit was called off already.")
    return ALLOWED
