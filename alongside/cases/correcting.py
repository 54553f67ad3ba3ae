"""Puts right the last day of a case that was closed, with who worked on it until when."""

from datetime import date

from alongside.cases.models import Allocation, Case, SustainedCheck
from alongside.core.actor import Actor
from alongside.people.actions.involvement import end_involvement
from alongside.people.models import Capacity
from alongside.rules.sustained_checks import check_day
from alongside.schools.queries import calendar_of


def move_last_day(*, actor: Actor, case: Case, closed_on: date, recorded_on: date) -> Case:
    """As it would be, had the right day been told on the day of recording: so access counts, too.

    The caller has locked the case and asked its policy. What was answered of it stays.
    """
    was = case.closed_on
    assert was
    case.closed_on = closed_on
    case.version += 1
    case.save(update_fields=["closed_on", "version"])
    last_check = _move_checks(actor, case)
    ended = Allocation.objects.filter(case=case, ends_on__gte=was).select_related("involvement")
    for allocation in ended.order_by("pk"):
        if allocation.ends_on != max(was, allocation.starts_on):
            continue
        allocation.ends_on = max(closed_on, allocation.starts_on)
        allocation.save(update_fields=["ends_on"])
        needed = [allocation.ends_on, recorded_on]
        if last_check and allocation.capacity == Capacity.LEAD:
            needed.append(last_check)
        end_involvement(
            actor=actor,
            involvement=allocation.involvement,
            ends_on=allocation.ends_on,
            needed_until=max(needed),
        )
    return case


def _move_checks(actor: Actor, case: Case) -> date | None:
    """Those still to be asked, counted from the right day; answers the last of them."""
    assert case.closed_on
    checks = list(SustainedCheck.objects.filter(case=case, done_on=None).order_by("pk"))
    if checks:
        calendar = calendar_of(actor, case.school)
        for check in checks:
            check.due_on = check_day(case.closed_on, check.weeks, calendar).due_on
        SustainedCheck.objects.bulk_update(checks, ["due_on"])
    return max((check.due_on for check in checks), default=None)
