"""What the service does: screens a referral, returns it item by item, accepts or declines it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from alongside.cases.actions import add_task, open_case
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.pathways import actions as pathways
from alongside.pathways.models import Criterion, Stage
from alongside.people.actions.involvement import involve
from alongside.people.models import Capacity
from alongside.referrals import policy
from alongside.referrals.actions import steps
from alongside.referrals.actions.sending import end_access, locked
from alongside.referrals.models import CriterionAnswer, Referral, ReferralState
from alongside.rules.words import count_of

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
        tell=steps.senders(referral),
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
    for item in missing:
        add_task(
            actor=actor,
            owner_id=referral.sent_by_id,
            text=f"Referral {referral.reference}: {item.criterion.text}"[:200],
            why=(item.note or item.criterion.guidance)[:200],
            due_on=item.do_by or actor.today + TIME_TO_ADJUST,
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
        tell=steps.senders(referral),
        news=f"Your referral came back: {many} missing.",
    )
    return referral


@transaction.atomic
def accept(
    *,
    actor: Actor,
    referral: Referral,
    reason: str,
    version: int,
    stage: Stage | None = None,
    risk_at_start: str = "",
) -> Referral:
    """Accept: the case opens, waiting to be allocated, and the pupil stands at the stage."""
    referral = locked(referral)
    require(policy.accept(actor, referral))
    referral.require_version(version)
    _decide(actor, referral, ReferralState.ACCEPTED, reason)
    referral.case = open_case(
        actor=actor,
        pupil=referral.pupil,
        school=referral.school,
        service=referral.service,
        area=referral.area,
        framework=referral.framework,
        reason=referral.decision_reason,
        opened_on=actor.today,
        risk_at_start=risk_at_start,
    )
    referral.save(update_fields=["case"])
    if stage:
        _stand(actor, referral, stage)
    end_access(actor, referral, keeps_place=True)
    steps.take(
        actor=actor,
        referral=referral,
        step="accept",
        from_state=ReferralState.SCREENING,
        reason=reason,
        summary=f"{referral.service.name} accepted the referral",
        tell=[*steps.senders(referral), *steps.screeners(referral, actor.today)],
        news="A referral was accepted. It waits to be allocated.",
        detail={"case": referral.case.pk},
    )
    return referral


@transaction.atomic
def decline(
    *, actor: Actor, referral: Referral, reason: str, version: int, signposted_to: str = ""
) -> Referral:
    """Decline, saying why and where else to turn."""
    referral = locked(referral)
    require(policy.decline(actor, referral))
    referral.require_version(version)
    referral.signposted_to = signposted_to.strip()
    referral.save(update_fields=["signposted_to"])
    _decide(actor, referral, ReferralState.DECLINED, reason)
    end_access(actor, referral)
    pointed = f" and pointed to {referral.signposted_to}" if referral.signposted_to else ""
    steps.take(
        actor=actor,
        referral=referral,
        step="decline",
        from_state=ReferralState.SCREENING,
        reason=reason,
        summary=f"{referral.service.name} declined the referral{pointed}",
        tell=steps.senders(referral),
        news="Your referral was declined, with the reason.",
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


def _decide(actor: Actor, referral: Referral, state: ReferralState, reason: str) -> None:
    if not reason.strip():
        raise Problem("Give the reason: the school reads it.", "reason")
    referral.state = state
    referral.decided_at = timezone.now()
    referral.decided_by_id = actor.staff_id
    referral.decision_reason = reason.strip()
    referral.save(update_fields=["state", "decided_at", "decided_by", "decision_reason", "version"])


def _stand(actor: Actor, referral: Referral, stage: Stage) -> None:
    """Stand the pupil at the stage, unless they are there already."""
    current = pathways.current_standing(referral.pupil, stage)
    if current and current.stage_id == stage.pk:
        return
    pathways.move(
        actor=actor,
        pupil=referral.pupil,
        stage=stage,
        reason=f"Referral {referral.reference} accepted: {referral.decision_reason}",
        starts_on=actor.today,
        evidence="\n".join(
            f"{a.criterion.text}: {a.get_finding_display().lower()}. {a.note}".strip()
            for a in referral.answers.filter(round=referral.round).select_related("criterion")
        ),
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
