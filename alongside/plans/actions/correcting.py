"""Puts right a last day that was saved wrongly: of a closed case, of a pupil who left the council.

What ended with it moves to the right day. Nothing is opened again.
"""

from datetime import date

from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace

from alongside.cases import policy
from alongside.cases.correcting import move_last_day
from alongside.cases.models import Allocation, Case, CaseState, Task
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.people.actions import registers
from alongside.people.actions.chronology import write_chronology
from alongside.people.actions.enrolment import first_day_at
from alongside.people.models import ChronologyEntry, Enrolment, EntryKind, Pupil
from alongside.people.queries.registers import fingerprint
from alongside.plans import leaving
from alongside.plans.models import Plan, PlanState
from alongside.referrals.models import Departure, Referral, SupportRequest
from alongside.rules.words import day_in_words


@transaction.atomic
def correct_last_day(
    *,
    actor: Actor,
    departure: Departure,
    last_day: date,
    reason: str,
    had_left_before: bool = False,
) -> Departure:
    """The case, its plans, who worked on it, their access and the registers follow the right day."""
    departure = hold(Departure, departure.pk, "pupil")
    pupil = hold(Pupil, departure.pupil_id)
    require(leaving.correct(actor, departure))
    was, cases = departure.last_day, list(ended_with(departure).select_for_update(of=("self",)))
    _check(actor, departure, cases, last_day, reason)
    for case in cases:
        move_last_day(
            actor=actor, case=case, closed_on=last_day, recorded_on=day_of(departure.created_at)
        )
        move_plans(case, was, last_day)
    _say_the_right_day(departure, last_day)
    if Enrolment.objects.filter(pupil=pupil, ends_on=was).exists():
        registers.correct_last_day(
            actor=actor,
            pupil=pupil,
            seen=fingerprint(pupil),
            was=was,
            ends_on=last_day,
            reason=reason,
        )
    departure.last_day = last_day
    departure.save(update_fields=["last_day"])
    _leave_trace(actor, departure, cases, was, reason, had_left_before)
    return departure


@transaction.atomic
def correct_closing(*, actor: Actor, case: Case, closed_on: date, reason: str) -> Case:
    """Its plans, who worked on it, their access and the checks still to come follow the right day."""
    case = hold(Case, case.pk, "pupil", "school")
    require(policy.correct_closing(actor, case))
    was = case.closed_on
    assert was
    _check_closing(actor, case, closed_on, reason)
    told = ChronologyEntry.objects.filter(pupil=case.pupil_id, url=f"/cases/{case.pk}/")
    closed = told.filter(kind=EntryKind.CASE, summary__startswith="Case closed").order_by("-pk")
    move_last_day(
        actor=actor, case=case, closed_on=closed_on, recorded_on=_recorded_on(closed, was)
    )
    move_plans(case, was, closed_on)
    write_chronology(
        actor=actor,
        pupil=case.pupil,
        kind=EntryKind.CASE,
        information_class=InformationClass.PUPIL,
        summary=f"Corrected: the last day of the work was {day_in_words(closed_on)}, "
        f"not {day_in_words(was)}. {reason.strip()}",
        url=f"/cases/{case.pk}/",
        is_shared=True,
        corrects=closed.first(),
    )
    audit.record(
        actor=actor,
        kind="case.closing_corrected",
        subject=f"case {case.pk}",
        pupil_ids=[case.pupil_id],
        detail={"from": str(was), "to": str(closed_on), "reason": reason.strip()[:300]},
    )
    return case


def _recorded_on(closed: QuerySet[ChronologyEntry], was: date) -> date:
    line = closed.first()
    return day_of(line.created_at) if line else was


def _check_closing(actor: Actor, case: Case, closed_on: date, reason: str) -> None:
    if not reason.strip():
        raise Problem("Say why the day is corrected.", "reason")
    if closed_on == case.closed_on:
        raise Problem("This is the day that stands already.", "closed_on")
    if closed_on > actor.today:
        raise Problem("A case cannot close on a day that has not come.", "closed_on")
    if closed_on < case.opened_on:
        raise Problem(f"The case opened on {day_in_words(case.opened_on)}.", "closed_on")


def ended_with(departure: Departure) -> QuerySet[Case]:
    """The cases that were closed by leaving."""
    closed = Case.objects.filter(pupil=departure.pupil_id, state=CaseState.CLOSED)
    left = closed.filter(outcome=Case.Outcome.LEFT_AREA, closed_on=departure.last_day)
    return left.select_related("school").order_by("pk")


def move_plans(case: Case, was: date, ended_on: date) -> None:
    """Those that ended with the case. One that began later ended on its first day."""
    for plan in Plan.objects.filter(case=case, state=PlanState.ENDED, ended_on__gte=was):
        if plan.ended_on == max(was, plan.starts_on):
            plan.ended_on = max(ended_on, plan.starts_on)
            plan.save(update_fields=["ended_on"])


def _check(
    actor: Actor, departure: Departure, cases: list[Case], last_day: date, reason: str
) -> None:
    if not reason.strip():
        raise Problem("Say why the day is corrected.", "reason")
    if last_day == departure.last_day:
        raise Problem("This is the day that stands already.", "last_day")
    if last_day > actor.today:
        raise Problem("This day has not come.", "last_day")
    for case in cases:
        if last_day < case.opened_on:
            opened = day_in_words(case.opened_on)
            raise Problem(f"Case {case.reference} opened on {opened}.", "last_day")
    for enrolment in Enrolment.objects.filter(
        pupil=departure.pupil_id, ends_on=departure.last_day
    ).select_related("school"):
        since = first_day_at(enrolment)
        if last_day < since:
            name = enrolment.school.name
            raise Problem(f"On roll at {name} from {day_in_words(since)}.", "last_day")


def _say_the_right_day(departure: Departure, last_day: date) -> None:
    """Wherever it is said why something ended. The chronology is not rewritten: it is corrected."""
    said = leaving.words_of(departure.last_day, departure.to_council)
    right = leaving.words_of(last_day, departure.to_council)
    of_pupil = Q(pupil=departure.pupil_id)
    for found, name in (
        (Task.objects.filter(of_pupil), "ended_because"),
        (SupportRequest.objects.filter(of_pupil), "answer"),
        (Referral.objects.filter(of_pupil), "decision_reason"),
        (Case.objects.filter(of_pupil), "closing_notes"),
    ):
        told = found.filter(**{f"{name}__contains": said})
        told.update(**{name: Replace(F(name), Value(said), Value(right))})


def _leave_trace(
    actor: Actor,
    departure: Departure,
    cases: list[Case],
    was: date,
    reason: str,
    had_left_before: bool,
) -> None:
    told = ChronologyEntry.objects.filter(pupil=departure.pupil_id, url=leaving.url(departure))
    new, old = day_in_words(departure.last_day), day_in_words(was)
    write_chronology(
        actor=actor,
        pupil=departure.pupil,
        kind=EntryKind.MOVE,
        information_class=InformationClass.PUPIL,
        summary=f"Corrected: the last day here was {new}, not {old}. {reason.strip()}",
        url=leaving.url(departure),
        is_shared=True,
        corrects=told.filter(kind=EntryKind.MOVE, corrects=None).order_by("-pk").first(),
    )
    at_work = Allocation.objects.filter(case__in=cases).values_list("staff_id", flat=True)
    notices.notify(
        staff_ids=set(at_work) - {actor.staff_id},
        kind="pupil.last_day_corrected",
        text=f"The last day of a pupil who left was corrected: {new}.",
        url=leaving.url(departure),
        pupil_id=departure.pupil_id,
    )
    audit.record(
        actor=actor,
        kind="departure.corrected",
        subject=f"departure {departure.pk}",
        pupil_ids=[departure.pupil_id],
        detail={
            "from": str(was),
            "to": str(departure.last_day),
            "reason": reason.strip()[:300],
            "had_left_before": had_left_before,
        },
    )
