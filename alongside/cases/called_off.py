"""Calls off somebody's work on a case before their first day: it is no part of who worked on it."""

from alongside.cases.covering import end_cover_of_case
from alongside.cases.models import Allocation, CaseState
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.handling import InformationClass
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import Capacity, EntryKind
from alongside.rules.words import day_in_words


def has_begun(actor: Actor, allocation: Allocation) -> bool:
    return allocation.starts_on <= actor.today


def call_off(*, actor: Actor, allocation: Allocation) -> Allocation:
    """Nobody is then said to have led or worked; the chronology says what was planned.

    The caller has asked its policy. A case that has no lead by it waits to be allocated again.
    """
    case, involvement = allocation.case, allocation.involvement
    number, is_lead = allocation.pk, allocation.capacity == Capacity.LEAD
    if is_lead:
        end_cover_of_case(actor=actor, allocation=allocation)
    allocation.delete()  # Kept in the history of the table.
    if involvement.starts_on > actor.today:
        involvement.delete()  # It has given no access yet, and never will.
    if is_lead and case.state == CaseState.OPEN:
        case.state, case.led_from = CaseState.WAITING, None
        case.save(update_fields=["state", "led_from"])
    first_day = day_in_words(allocation.starts_on)
    what = allocation.get_capacity_display()
    write_chronology(
        actor=actor,
        pupil=case.pupil,
        kind=EntryKind.ALLOCATION,
        information_class=InformationClass.PUPIL,
        summary=f"Called off before it began: {allocation.staff.name}, {what.lower()} from {first_day}",
        url=f"/cases/{case.pk}/",
        is_shared=True,
    )
    notices.notify(
        staff_ids={allocation.staff_id} - {actor.staff_id},
        kind="case.called_off",
        text=f"A case that was to be yours from {first_day} is called off.",
        url="/caseload/",
        pupil_id=case.pupil_id,
    )
    audit.record(
        actor=actor,
        kind="allocation.called_off",
        subject=f"case {case.pk}",
        pupil_ids=[case.pupil_id],
        detail={
            "allocation": number,
            "staff": allocation.staff_id,
            "from": str(allocation.starts_on),
        },
    )
    return allocation
