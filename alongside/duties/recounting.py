"""After a calendar was changed: what was set from it is counted anew, and what moved is said."""

from django.db import transaction

from alongside.cases.recounting import recount_checks
from alongside.core.actor import Actor
from alongside.pathways.actions.holds import recount_holds
from alongside.rules.words import count_of
from alongside.schools.models import School
from alongside.schools.queries.calendar import forget


@transaction.atomic
def recount(*, actor: Actor, school: School | None) -> int:
    """Checks of closed cases and of alternatives, of one school or (None) of every school.

    Everything else due is counted from the calendar each time it is shown, and follows by itself.
    """
    forget(actor)
    return recount_checks(actor=actor, school=school) + recount_holds(actor=actor, school=school)


def in_words(moved: int) -> str:
    """For the message that the calendar is saved; empty when nothing moved."""
    if not moved:
        return ""
    return f" {count_of(moved, 'check')} already set moved with it; who owes one is told."
