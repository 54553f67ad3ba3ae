"""Moves the sustained checks that a changed calendar moves. They were set from the one before it."""

from datetime import date, timedelta

from django.db import transaction

from alongside.cases.models import Allocation, Case, CaseState, SustainedCheck
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.queries import grace_days
from alongside.people.models import Capacity
from alongside.rules.sustained_checks import check_day
from alongside.schools.models import School
from alongside.schools.queries import calendar_of


@transaction.atomic
def recount_checks(*, actor: Actor, school: School | None) -> int:
    """Unanswered checks of closed cases of one school, or of all; answers how many moved.

    Who owes one is told, and keeps access until the new day.
    """
    owed = SustainedCheck.objects.select_for_update(of=("self",)).filter(
        done_on=None, case__state=CaseState.CLOSED
    )
    if school:
        owed = owed.filter(case__school=school)
    moved = []
    for check in owed.select_related("case__school").order_by("pk"):
        assert check.case.closed_on
        found = check_day(check.case.closed_on, check.weeks, calendar_of(actor, check.case.school))
        if found.due_on != check.due_on:
            check.due_on = found.due_on
            moved.append(check)
    if not moved:
        return 0
    SustainedCheck.objects.bulk_update(moved, ["due_on"], batch_size=500)
    for check in moved:
        _keep_access(actor, check.case, check.due_on)
    _tell(actor, moved)
    return len(moved)


def _keep_access(actor: Actor, case: Case, due_on: date) -> None:
    """Who led the case to its end sees the pupil until the last check is made."""
    led = Allocation.objects.filter(case=case, capacity=Capacity.LEAD, ends_on=case.closed_on)
    needed = due_on + timedelta(days=grace_days(actor))
    for allocation in led.select_related("involvement"):
        involvement = allocation.involvement
        if involvement.access_ends_on and involvement.access_ends_on < needed:
            involvement.access_ends_on = needed
            involvement.save(update_fields=["access_ends_on"])


def _tell(actor: Actor, moved: list[SustainedCheck]) -> None:
    notices.notify(
        staff_ids=[check.owner_id for check in moved],
        kind="sustained_check.moved",
        text="The calendar was changed, and checks you owe have a new day.",
        url="/due/",
    )
    audit.record(
        actor=actor,
        kind="sustained_check.moved",
        subject="calendar",
        pupil_ids=sorted({check.case.pupil_id for check in moved}),
        detail={"checks": [check.pk for check in moved]},
    )
