"""A pupil leaves the council mid-case: cases, plans, referrals and requests end, and the other side is told."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from alongside.assessments.queries import sendcos_at, sendcos_of
from alongside.cases.actions import add_task
from alongside.cases.ending import end_tasks
from alongside.cases.models import Allocation, Case, CaseState, Task
from alongside.cases.policy import not_measured_again
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.people.actions import registers
from alongside.people.actions.chronology import write_chronology
from alongside.people.actions.enrolment import standing
from alongside.people.models import EntryKind, Pupil
from alongside.people.queries.registers import fingerprint
from alongside.plans import leaving
from alongside.plans.actions.closing import close_case
from alongside.referrals.actions.moving import end_referral
from alongside.referrals.actions.requesting import withdraw_request
from alongside.referrals.models import Departure, Referral, SupportRequest
from alongside.referrals.policy import LIVE
from alongside.referrals.requests import OPEN
from alongside.rules.words import count_of
from alongside.rules.working_days import next_working_day

TIME_TO_TELL = timedelta(days=3)


@dataclass(frozen=True)
class Left:
    """Where the pupil went and when; who there was told what, or nobody yet."""

    to_council: str
    last_day: date
    closing_summary: str
    risk_at_end: str
    told_who: str = ""
    told_how: str = ""
    told_on: date | None = None
    what_was_sent: str = ""
    had_left_before: bool = False  # Before what is recorded of the work.


@transaction.atomic
def leave_council(*, actor: Actor, pupil: Pupil, left: Left) -> Departure:
    """End everything that this council does for the pupil on their last day here."""
    pupil = hold(Pupil, pupil.pk)
    require(leaving.leave_council(actor, pupil))
    _check(actor, pupil, left)
    words = leaving.words_of(left.last_day, left.to_council)
    for request in SupportRequest.objects.filter(pupil=pupil, state__in=OPEN):
        withdraw_request(actor=actor, request=request, reason=words, version=request.version)
    for referral in Referral.objects.filter(pupil=pupil, state__in=LIVE):
        end_referral(actor=actor, referral=referral, reason=words)
    cases = list(
        Case.objects.filter(pupil=pupil).exclude(state=CaseState.CLOSED).select_related("school")
    )
    told = _whom_to_tell(actor, pupil, cases)
    for case in cases:
        close_case(
            actor=actor,
            case=case,
            closed_on=left.last_day,
            outcome=Case.Outcome.LEFT_AREA,
            risk_at_end=left.risk_at_end,
            closing_summary=left.closing_summary,
            not_measured_because=words if not_measured_again(case) else "",
        )
    ended = end_tasks(actor=actor, pupil=pupil, because=words, besides=f"/pupils/{pupil.pk}/left/")
    _tell(actor, pupil, cases, told, ended)
    _off_roll(actor, pupil, left.last_day)
    departure = Departure.objects.create(
        pupil=pupil,
        to_council=left.to_council.strip()[:120],
        last_day=left.last_day,
        told_who=left.told_who.strip()[:200],
        told_how=left.told_how.strip()[:120],
        told_on=left.told_on,
        what_was_sent=left.what_was_sent.strip()[:300],
        recorded_by_id=actor.staff_id,
    )
    _leave_trace(actor, pupil, departure, left)
    return departure


@transaction.atomic
def tell_receiving_side(
    *,
    actor: Actor,
    departure: Departure,
    told_who: str,
    told_how: str,
    told_on: date,
    what_was_sent: str = "",
) -> Departure:
    """Record that the receiving council or school was told, when it was not at once."""
    departure = hold(Departure, departure.pk, "pupil")
    require(leaving.tell(actor, departure))
    _check_told(actor, told_who, told_on, departure.last_day)
    departure.told_who, departure.told_how = told_who.strip()[:200], told_how.strip()[:120]
    departure.told_on, departure.what_was_sent = told_on, what_was_sent.strip()[:300]
    departure.save(update_fields=["told_who", "told_how", "told_on", "what_was_sent"])
    leaving.reminders(departure).update(done_on=actor.today, done_by_id=actor.staff_id)
    _write_told(actor, departure)
    return departure


def _check(actor: Actor, pupil: Pupil, left: Left) -> None:
    if not left.to_council.strip():
        raise Problem("Say where the pupil went, as far as it is known.", "to_council")
    if left.last_day > actor.today:
        raise Problem("Record it once they have left: this day has not come.", "last_day")
    if began := leaving.begun_after(actor, pupil, left.last_day):
        raise Problem(began, "last_day")
    if left.told_on:
        _check_told(actor, left.told_who, left.told_on, None)


def _check_told(actor: Actor, who: str, on: date, last_day: date | None) -> None:
    if not who.strip():
        raise Problem("Say who was told.", "told_who")
    if on > actor.today:
        raise Problem("This day has not come yet.", "told_on")


def _whom_to_tell(actor: Actor, pupil: Pupil, cases: Sequence[Case]) -> set[int]:
    """Who worked on it, and the SENDCo of the school left: as they stand before all of it ends."""
    at_work = Allocation.objects.filter(case__in=cases, ends_on=None)
    sendcos = [
        *sendcos_of(actor, pupil),
        *sendcos_at(actor, [case.school.place_id for case in cases]),
    ]
    return {*at_work.values_list("staff_id", flat=True), *(person.pk for person in sendcos)}


def _tell(
    actor: Actor, pupil: Pupil, cases: Sequence[Case], told: set[int], ended: Sequence[Task]
) -> None:
    """One notice each; whose tasks ended with it is told how many, and where they stand."""
    theirs = Counter(
        owner for task in ended for owner in {task.owner_id, task.agreed_with_id} if owner
    )
    what = ", ".join(case.reference for case in cases)
    ends = f"Support has ended: {what}. " if what else ""
    for staff_id in (told | set(theirs)) - {actor.staff_id}:
        mine = count_of(theirs[staff_id], "task")
        notices.notify(
            staff_ids=[staff_id],
            kind="pupil.left_council",
            text=f"{ends}The pupil left the council."
            + (f" {mine} of yours ended with it." if theirs[staff_id] else ""),
            url=f"/pupils/{pupil.pk}/left/",
            pupil_id=pupil.pk,
        )


def _off_roll(actor: Actor, pupil: Pupil, last_day: date) -> None:
    """Off every register, where the school or a list has not done it already."""
    if standing(pupil, actor.today).exists():
        registers.leave_every_roll(
            actor=actor, pupil=pupil, seen=fingerprint(pupil), ends_on=last_day
        )


def _leave_trace(actor: Actor, pupil: Pupil, departure: Departure, left: Left) -> None:
    write_chronology(
        actor=actor,
        pupil=pupil,
        kind=EntryKind.MOVE,
        information_class=InformationClass.PUPIL,
        summary=leaving.words_of(left.last_day, left.to_council),
        url=leaving.url(departure),
        is_shared=True,
    )
    if departure.told_on:
        _write_told(actor, departure)
    else:
        add_task(
            actor=actor,
            owner_id=actor.staff_id,
            text=f"Tell who receives them ({departure.to_council}) what was done and what is left"[
                :200
            ],
            why="The pupil left mid-case, and nobody there has been told",
            due_on=next_working_day(actor.today + TIME_TO_TELL),
            source="a change of council",
            url=leaving.url(departure),
            pupil=pupil,
        )
    audit.record(
        actor=actor,
        kind="pupil.left_council",
        subject=f"departure {departure.pk}",
        pupil_ids=[pupil.pk],
        detail={
            "is_told": departure.told_on is not None,
            "last_day": str(left.last_day),
            "had_left_before": left.had_left_before,
        },
    )


def _write_told(actor: Actor, departure: Departure) -> None:
    how = f" {departure.told_how.lower()}" if departure.told_how else ""
    write_chronology(
        actor=actor,
        pupil=departure.pupil,
        kind=EntryKind.CONTACT,
        information_class=InformationClass.CASEWORK,
        summary=f"Told {departure.to_council}: {departure.told_who}{how}"[:300],
        detail=departure.what_was_sent,
        url=leaving.url(departure),
    )
    audit.record(
        actor=actor,
        kind="departure.told",
        subject=f"departure {departure.pk}",
        pupil_ids=[departure.pupil_id],
    )
