"""When sessions and daily logs may be written, and for how long changed. One function, one question."""

from datetime import timedelta

from django.utils import timezone

from alongside.cases.models import Case, CaseState
from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.permissions import Permission
from alongside.fieldwork.models import DailyLog, Session

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
