"""What the service does: screens a referral and returns it item by item. Deciding is `deciding`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from alongside.cases.actions import add_task
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.pathways.models import Criterion
from alongside.people.actions.involvement import involve
from alongside.people.models import Capacity
from alongside.referrals import policy
from alongside.referrals.actions import steps
from alongside.referrals.actions.sending import locked
from alongside.referrals.models import CriterionAnswer, Referral, ReferralState
from alongside.rules.words import count_of
from alongside.schools.queries import open_day

TIME_TO_ADJUST = timedelta(days=14)  # When the screener names no day.


@dataclass(frozen=True)
class Answer:
    """One criterion answered: the finding, its evidence or what would meet it, and by when."""

    criterion: Criterion
    finding: str
    note: str = ""
    do_by: date | None = None


@transaction.atomic
def start_screening(*, actor: Actor, referral: Referral) -> Referral:
    """Begin to screen. The screener may now open the pupil."""
    referral = locked(referral)
    require(policy.start_screening(actor, referral))
    referral.state = ReferralState.SCREENING
    referral.screener_id = actor.staff_id
    referral.version += 1
    referral.save(update_fields=["state", "screener", "version"])
    _let_in(actor, referral)
    steps.take(
        actor=actor,
        referral=referral,
        step="start_screening",
        from_state=ReferralState.SENT,
        reason=f"Screened against {referral.framework.name}, version {referral.framework.version}.",
        summary=f"{referral.service.name} began to screen the referral",
        tell=steps.senders(referral, actor.today),
        news="Your referral is being read.",
    )
    return referral


@transaction.atomic
def answer(
    *, actor: Actor, referral: Referral, answers: Sequence[Answer], version: int
) -> Referral:
    """Answer criteria of this round. What is not yet met says what would meet it."""
    referral = locked(referral)
    require(policy.answer(actor, referral))
    referral.require_version(version)
    if not answers:
        raise Problem("Answer at least one criterion.")
    for given in answers:
        _check_answer(given, actor.today)
    _write_answers(actor, referral, answers)
    referral.save(update_fields=["version"])
    _let_in(actor, referral)
    steps.take(
        actor=actor,
        referral=referral,
        step="answer",
        from_state=ReferralState.SCREENING,
        reason=f"{count_of(len(answers), 'criterion', 'criteria')} answered.",
        detail={"findings": {str(a.criterion.pk): a.finding for a in answers}},
    )
    return referral


@transaction.atomic
def return_to_school(*, actor: Actor, referral: Referral, reason: str, version: int) -> Referral:
    """Send back what is missing, item by item, each a task for who sent it."""
    referral = locked(referral)
    require(policy.return_to_school(actor, referral))
    referral.require_version(version)
    if not reason.strip():
        raise Problem("Write a line to the school.", "reason")
    referral.state = ReferralState.RETURNED
    referral.save(update_fields=["state", "version"])
    missing = unmet_answers(referral)
    adjust_by = open_day(actor, referral.school_id, actor.today + TIME_TO_ADJUST)
    owner_id = steps.whom_to_ask(referral, actor.today)
    for item in missing:
        add_task(
            actor=actor,
            owner_id=owner_id,
            text=f"Referral {referral.reference}: {item.criterion.text}"[:200],
            why=(item.note or item.criterion.guidance)[:200],
            due_on=item.do_by or adjust_by,
            source="asked for by the service",
            url=f"/referrals/{referral.pk}/",
            pupil=referral.pupil,
        )
    many = "1 thing" if len(missing) == 1 else f"{len(missing)} things"
    steps.take(
        actor=actor,
        referral=referral,
        step="return",
        from_state=ReferralState.SCREENING,
        reason=reason,
        summary=f"{referral.service.name} returned the referral: {many} missing",
        tell=steps.senders(referral, actor.today),
        news=f"Your referral came back: {many} missing.",
    )
    return referral


def unmet_answers(referral: Referral) -> list[CriterionAnswer]:
    """What is missing in this round, in the order of the criteria."""
    return list(
        CriterionAnswer.objects.filter(referral=referral, round=referral.round)
        .exclude(finding=CriterionAnswer.Finding.MET)
        .select_related("criterion")
        .order_by("criterion__order", "id")
    )


def _check_answer(given: Answer, today: date) -> None:
    field = f"finding_{given.criterion.pk}"
    if given.finding not in CriterionAnswer.Finding.values:
        raise Problem(f"Choose an answer for “{given.criterion.text}”.", field)
    if given.finding != CriterionAnswer.Finding.MET and not given.note.strip():
        raise Problem("Say what would meet it.", f"note_{given.criterion.pk}")
    if given.do_by and given.do_by < today:
        raise Problem("Give a day that is still to come.", f"do_by_{given.criterion.pk}")


def _write_answers(actor: Actor, referral: Referral, answers: Sequence[Answer]) -> None:
    """All in one statement; an answer given before in this round is changed."""
    last_given = {given.criterion.pk: given for given in answers}
    CriterionAnswer.objects.bulk_create(
        [
            CriterionAnswer(
                referral=referral,
                criterion=given.criterion,
                round=referral.round,
                finding=given.finding,
                note=given.note.strip(),
                do_by=given.do_by,
                answered_by_id=actor.staff_id,
            )
            for given in last_given.values()
        ],
        update_conflicts=True,
        unique_fields=["referral", "criterion", "round"],
        update_fields=["finding", "note", "do_by", "answered_by"],
    )


def _let_in(actor: Actor, referral: Referral) -> None:
    involve(
        actor=actor,
        pupil=referral.pupil,
        staff_id=actor.staff_id,
        capacity=Capacity.SCREENING,
        starts_on=actor.today,
        reason=referral.reference,
    )
