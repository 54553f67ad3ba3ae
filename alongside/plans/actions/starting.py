"""Begins the support of a case: refused in words until everything it needs is in place."""

from datetime import date

from django.db import transaction

from alongside.cases.models import Case
from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import EntryKind
from alongside.plans import starting
from alongside.referrals.models import SupportStart
from alongside.rules.words import day_in_words


@transaction.atomic
def start_support(*, actor: Actor, case: Case, starts_on: date) -> SupportStart:
    """Record the day on which support begins, with what was in place."""
    case = hold(Case, case.pk, "pupil")
    found = starting.needed(case)
    require(starting.start_support(actor, case, found))
    if starts_on > actor.today:
        raise Problem("Record it on the day, or after.", "starts_on")
    if starts_on < case.opened_on:
        raise Problem(f"The case opened on {day_in_words(case.opened_on)}.", "starts_on")
    start = SupportStart.objects.create(
        case=case,
        starts_on=starts_on,
        in_place=[{"what": one.what, "note": one.note} for one in found],
        started_by_id=actor.staff_id,
    )
    write_chronology(
        actor=actor,
        pupil=case.pupil,
        kind=EntryKind.CASE,
        information_class=InformationClass.PUPIL,
        summary=f"Support begins on {day_in_words(starts_on)}: everything is in place",
        url=f"/cases/{case.pk}/start/",
        is_shared=True,
    )
    audit.record(
        actor=actor,
        kind="support.started",
        subject=f"case {case.pk}",
        pupil_ids=[case.pupil_id],
    )
    return start
