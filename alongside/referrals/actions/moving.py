"""A pupil changes school mid-case: the case and a live referral go with them, and both sides hear.

The registers are changed by `people.actions.registers`; screens call these, which call those.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app

from alongside.cases.actions import add_task
from alongside.cases.models import Case, CaseState, Task
from alongside.cases.queries import lead_staff_ids
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.decisions import require
from alongside.core.handling import InformationClass
from alongside.core.models import Place
from alongside.core.prepared import hold
from alongside.core.queries import assignments_in_force
from alongside.people.actions import registers
from alongside.people.actions.chronology import write_chronology
from alongside.people.actions.involvement import end_involvement, involve
from alongside.people.models import (
    MAIN,
    Capacity,
    Enrolment,
    EntryKind,
    Involvement,
    Pupil,
    RegisterChange,
)
from alongside.referrals import departures, policy
from alongside.referrals.actions import steps
from alongside.referrals.actions.sending import area_of, end, locked
from alongside.referrals.models import Referral
from alongside.referrals.queries import main_school
from alongside.schools.models import School
from alongside.schools.queries import open_day

TIME_TO_MEET = timedelta(days=7)  # For the lead worker to speak with the school that receives.
EARLY = time(5)


@transaction.atomic
def change_school(*, actor: Actor, pupil: Pupil, **change: Any) -> RegisterChange:
    """The pupil is at another school from a day on, and the work goes with them on that day."""
    kept = registers.change_school(actor=actor, pupil=pupil, **change)
    if change["starts_on"] > actor.today:
        at = timezone.make_aware(datetime.combine(change["starts_on"], EARLY))
        on_the_day = app.configure_task("referrals.follow_pupil", schedule_at=at)
        on_the_day.defer(staff_id=actor.staff_id, pupil_id=pupil.pk)
    follow(actor=actor, pupil=pupil)
    return kept


@transaction.atomic
def add_register(*, actor: Actor, pupil: Pupil, **change: Any) -> RegisterChange:
    """A second school: the work goes along when that one becomes the main one."""
    kept = registers.add_register(actor=actor, pupil=pupil, **change)
    follow(actor=actor, pupil=pupil)
    return kept


@transaction.atomic
def leave_roll(*, actor: Actor, enrolment: Enrolment, **change: Any) -> RegisterChange:
    kept = registers.leave_roll(actor=actor, enrolment=enrolment, **change)
    follow(actor=actor, pupil=enrolment.pupil)
    return kept


@transaction.atomic
def correct_enrolment(*, actor: Actor, enrolment: Enrolment, **change: Any) -> RegisterChange:
    require(departures.correct_register(actor, enrolment))
    kept = registers.correct_enrolment(actor=actor, enrolment=enrolment, **change)
    follow(actor=actor, pupil=enrolment.pupil)
    return kept


@transaction.atomic
def undo_change(*, actor: Actor, change: RegisterChange) -> RegisterChange:
    """The registers are as they were, and so is the school of the work."""
    undone = registers.undo_change(actor=actor, change=change)
    follow(actor=actor, pupil=undone.pupil)
    return undone


@transaction.atomic
def follow(*, actor: Actor, pupil: Pupil) -> int:
    """Bring open cases and live referrals to the pupil's main school; answers how many moved.

    Done twice, it changes nothing the second time. Off every roll, the work stays where it is.
    """
    school = main_school(pupil, actor.today)
    if school is None:
        return 0
    cases = Case.objects.filter(pupil=pupil).exclude(state=CaseState.CLOSED)
    referrals = Referral.objects.filter(pupil=pupil, state__in=policy.LIVE)
    elsewhere = ~Q(school__place_id=school.place_id)
    moved_cases = [_move_case(actor, case.pk, school) for case in cases.filter(elsewhere)]
    moved = [_move_referral(actor, one, school) for one in referrals.filter(elsewhere)]
    return len(moved_cases) + len(moved)


def follow_school(*, actor: Actor, school: School) -> int:
    """After a class list was applied: every pupil on this roll whose work stands elsewhere."""
    here = Enrolment.objects.current(actor.today).filter(
        school__place_id=school.place_id, status__in=MAIN
    )
    of_here = {"pupil__in": here.values("pupil_id")}
    cases = Case.objects.filter(**of_here).exclude(state=CaseState.CLOSED)
    referrals = Referral.objects.filter(**of_here, state__in=policy.LIVE)
    ids = {
        *cases.exclude(school__place_id=school.place_id).values_list("pupil_id", flat=True),
        *referrals.exclude(school__place_id=school.place_id).values_list("pupil_id", flat=True),
    }
    return sum(follow(actor=actor, pupil=pupil) for pupil in Pupil.objects.filter(pk__in=ids))


def _move_case(actor: Actor, case_id: int, school: School) -> Case:
    related = ("pupil", "school", "service", "area")
    case = hold(Case, case_id, *related)
    before, area = case.school, case.area
    case.school, case.area = school, area_of(school, case.service)
    case.version += 1
    case.save(update_fields=["school", "area", "version"])
    _change_sight(actor, case.pupil, case.service, area, case.area, case.reference)
    words = f"Case goes with the pupil: from {before.name} to {school.name}"
    url = f"/cases/{case.pk}/"
    _write(actor, case.pupil, words, url, EntryKind.CASE)
    leads = lead_staff_ids(case.pupil_id)
    _hand_over_tasks(actor, Task.objects.filter(case=case), before, school, leads)
    for lead_id in leads:
        add_task(
            actor=actor,
            owner_id=lead_id,
            text=f"Speak with {school.name}: the plan, and who does what there"[:200],
            why=f"The pupil came from {before.name}",
            due_on=open_day(actor, school.pk, actor.today + TIME_TO_MEET),
            source="a change of school",
            url=url,
            case=case,
        )
    _tell(actor, leads, case.pupil, url, "A pupil of yours changed school. The case goes along.")
    receiving = [*steps.refer_for(school, actor.today)]
    text = "A pupil new to your school has support: see the case and its plan."
    _tell(actor, receiving, case.pupil, url, text)
    if area != case.area:
        text = f"A case came to {(case.area or case.service).name} with a change of school."
        area_id = case.area.pk if case.area else None
        arrived = steps.screeners_of(case.service_id, area_id, actor.today)
        _tell(actor, set(arrived) - set(leads), case.pupil, url, text)
    audit.record(
        actor=actor,
        kind="case.moved",
        subject=f"case {case.pk}",
        pupil_ids=[case.pupil_id],
        detail={"from": before.pk, "to": school.pk},
    )
    return case


def _move_referral(actor: Actor, referral: Referral, school: School) -> Referral:
    """It stays the same referral, with its round, its place in the queue and all that was told."""
    referral = locked(referral)
    before, area = referral.school, referral.area
    referral.school, referral.area = school, area_of(school, referral.service)
    referral.version += 1
    referral.save(update_fields=["school", "area", "version"])
    _change_sight(actor, referral.pupil, referral.service, area, referral.area, referral.reference)
    asked = Task.objects.filter(url=f"/referrals/{referral.pk}/")
    _hand_over_tasks(actor, asked, before, school)
    steps.take(
        actor=actor,
        referral=referral,
        step="move",
        from_state=referral.state,
        to_state=referral.state,
        reason=f"The pupil moved from {before.name} to {school.name}, which answers for it now.",
        summary=f"Referral goes with the pupil: from {before.name} to {school.name}",
        tell=[
            *steps.refer_for(school, actor.today),
            *steps.screeners(referral, actor.today),
        ],
        news="A referral came along with a pupil who changed school.",
        detail={"from": before.pk, "to": school.pk},
    )
    return referral


def _hand_over_tasks(
    actor: Actor,
    tasks: QuerySet[Task],
    before: School,
    after: School,
    leads: Sequence[int] = (),
) -> None:
    """What was asked of the school that is left is asked of the one that receives, else of the lead.

    Whoever works at the former school reads no more of the pupil on their list.
    """
    here = assignments_in_force(actor.today).filter(place_id=before.place_id)
    left = here.values("staff_id")
    people = [*steps.refer_for(after, actor.today), *leads]
    open_ones = tasks.filter(done_on=None)
    if people:
        open_ones.filter(owner__in=left, agreed_with=people[0]).update(agreed_with=None)
        open_ones.filter(owner__in=left).update(owner_id=people[0])
    open_ones.filter(agreed_with__in=left).update(agreed_with=None)


def _change_sight(
    actor: Actor,
    pupil: Pupil,
    service: Place,
    before: Place | None,
    after: Place | None,
    reference: str,
) -> None:
    """The neighbourhood that receives sees the pupil; the one that is left keeps days of grace."""
    if before == after:
        return
    involve(
        actor=actor,
        pupil=pupil,
        place=after or service,
        capacity=Capacity.REFERRED_TO,
        starts_on=actor.today,
        reason=reference,
    )
    given = Involvement.objects.filter(
        pupil=pupil, place=before or service, capacity=Capacity.REFERRED_TO, ends_on=None
    )
    for involvement in given:
        end_involvement(actor=actor, involvement=involvement, ends_on=actor.today)


def _write(actor: Actor, pupil: Pupil, words: str, url: str, kind: EntryKind) -> None:
    write_chronology(
        actor=actor,
        pupil=pupil,
        kind=kind,
        information_class=InformationClass.PUPIL,
        summary=words,
        url=url,
        is_shared=True,
    )


def _tell(actor: Actor, staff_ids: Iterable[int], pupil: Pupil, url: str, text: str) -> None:
    notices.notify(
        staff_ids=set(staff_ids) - {actor.staff_id},
        kind="case.moved",
        text=text,
        url=url,
        pupil_id=pupil.pk,
    )


@transaction.atomic
def end_referral(*, actor: Actor, referral: Referral, reason: str) -> Referral:
    """The pupil left the council: nobody here answers for it any more."""
    referral = locked(referral)
    was = referral.state
    end(actor, referral, reason)
    steps.take(
        actor=actor,
        referral=referral,
        step="withdraw",
        from_state=was,
        reason=reason,
        summary="The referral ended: the pupil left the council",
        tell=[*steps.senders(referral, actor.today), *steps.screeners(referral, actor.today)],
        news="A referral ended: the pupil left the council.",
    )
    return referral
