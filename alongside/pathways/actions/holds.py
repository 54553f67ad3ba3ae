"""Moves the days on which it is asked whether an alternative has held, when terms moved."""

from django.db import transaction

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.pathways.models import HoldCheck
from alongside.rules.terms_after import hold_day
from alongside.schools.models import School
from alongside.schools.queries import calendar_of


@transaction.atomic
def recount_holds(*, actor: Actor, school: School | None) -> int:
    """Unanswered ones of one school, or of all; answers how many moved."""
    asked = HoldCheck.objects.select_for_update(of=("self",)).filter(answered_on=None)
    if school:
        asked = asked.filter(alternative__school=school)
    moved = []
    for check in asked.select_related("alternative__school").order_by("pk"):
        alternative = check.alternative
        calendar = calendar_of(actor, alternative.school)
        found = hold_day(alternative.starts_on, check.terms, calendar)
        if (found.due_on, found.working) != (check.due_on, check.working):
            check.due_on, check.working = found.due_on, found.working
            moved.append(check)
    if moved:
        HoldCheck.objects.bulk_update(moved, ["due_on", "working"], batch_size=500)
        audit.record(
            actor=actor,
            kind="hold.moved",
            subject="calendar",
            pupil_ids=sorted({check.alternative.pupil_id for check in moved}),
            detail={"checks": [check.pk for check in moved]},
        )
    return len(moved)
