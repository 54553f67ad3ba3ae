"""What the service decides: it accepts a referral, declines it, or points to another service."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from alongside.cases.actions import open_case
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.pathways import policy as pathways
from alongside.pathways.models import Stage
from alongside.referrals import policy
from alongside.referrals.actions import steps
from alongside.referrals.actions.sending import end_access, end_wait, finish_tasks, locked
from alongside.referrals.actions.standing import stand
from alongside.referrals.models import Referral, ReferralState
from alongside.rules.words import says_something


@transaction.atomic
def accept(
    *,
    actor: Actor,
    referral: Referral,
    reason: str,
    version: int,
    stage: Stage | None = None,
    decided_by: str = "",
    decided_on: date | None = None,
    risk_at_start: str = "",
) -> Referral:
    """Accept: the case opens, waiting to be allocated, and the pupil stands at the stage."""
    referral = locked(referral)
    require(policy.accept(actor, referral))
    referral.require_version(version)
    if stage and not decided_by.strip() and not (may := pathways.decides(actor, stage)):
        raise Problem(f"{may.reason} Say who decided, or accept at an earlier stage.", "stage")
    _check_reason(policy.speaks_against_it(referral), reason, "accepted")
    was = referral.state
    _decide(actor, referral, ReferralState.ACCEPTED, reason)
    # Before the case opens, so that a chronology read in order tells it so.
    steps.take(
        actor=actor,
        referral=referral,
        step="accept",
        from_state=was,
        reason=reason,
        summary=f"{referral.service.name} accepted the referral",
        tell=[*steps.senders(referral, actor.today), *steps.screeners(referral, actor.today)],
        news="A referral was accepted. It waits to be allocated.",
    )
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
        primary_need=referral.main_worry,
    )
    referral.save(update_fields=["case"])
    if stage:
        stand(actor, referral, stage, decided_by, decided_on)
    end_access(actor, referral, keeps_place=True)
    return referral


@transaction.atomic
def decline(
    *, actor: Actor, referral: Referral, reason: str, version: int, signposted_to: str = ""
) -> Referral:
    """Decline, saying why and where else to turn."""
    referral = locked(referral)
    require(policy.decline(actor, referral))
    referral.require_version(version)
    _check_reason(policy.speaks_for_it(referral), reason, "declined")
    was = referral.state
    referral.signposted_to = signposted_to.strip()
    referral.save(update_fields=["signposted_to"])
    _decide(actor, referral, ReferralState.DECLINED, reason)
    end_access(actor, referral)
    pointed = f" and pointed to {referral.signposted_to}" if referral.signposted_to else ""
    steps.take(
        actor=actor,
        referral=referral,
        step="decline",
        from_state=was,
        reason=reason,
        summary=f"{referral.service.name} declined the referral{pointed}",
        tell=steps.senders(referral, actor.today),
        news="Your referral was declined, with the reason.",
    )
    return referral


@transaction.atomic
def signpost(
    *, actor: Actor, referral: Referral, reason: str, version: int, signposted_to: str
) -> Referral:
    """Point the school to the service that this belongs with: no refusal, and no case."""
    referral = locked(referral)
    require(policy.signpost(actor, referral))
    referral.require_version(version)
    if not signposted_to.strip():
        raise Problem("Say which service they should turn to, and how.", "signposted_to")
    _check_reason(policy.speaks_for_it(referral), reason, "signposted")
    was = referral.state
    referral.signposted_to = signposted_to.strip()
    referral.save(update_fields=["signposted_to"])
    _decide(actor, referral, ReferralState.SIGNPOSTED, reason)
    end_access(actor, referral)
    steps.take(
        actor=actor,
        referral=referral,
        step="signpost",
        from_state=was,
        reason=f"To {referral.signposted_to}. {reason.strip()}",
        summary=f"{referral.service.name} pointed the school to {referral.signposted_to}",
        tell=steps.senders(referral, actor.today),
        news="Your referral belongs with another service: see which.",
    )
    return referral


def _check_reason(speaks: str, reason: str, decided: str) -> None:
    """A sentence, where something speaks for the other answer: the comparison counts it apart."""
    if speaks and reason.strip() and not says_something(reason, words=3):
        raise Problem(f"{speaks} Say in a sentence why it is {decided} all the same.", "reason")


def _decide(actor: Actor, referral: Referral, state: ReferralState, reason: str) -> None:
    if not reason.strip():
        raise Problem("Give the reason: the school reads it.", "reason")
    if not says_something(reason):
        raise Problem("Give the reason in words: the school reads it and acts on it.", "reason")
    referral.state = state
    referral.decided_at = timezone.now()
    referral.decided_by_id = actor.staff_id
    referral.decision_reason = reason.strip()
    referral.save(update_fields=["state", "decided_at", "decided_by", "decision_reason", "version"])
    end_wait(actor, referral)
    finish_tasks(actor, referral)
