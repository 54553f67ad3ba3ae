"""Stands a pupil at the stage a referral was accepted for, with what the school tried before it."""

from datetime import date, timedelta

from alongside.core.actor import Actor
from alongside.pathways import actions as pathways
from alongside.pathways.models import Stage
from alongside.pathways.tried import untried
from alongside.referrals.models import Referral, SupportTried


def stand(actor: Actor, referral: Referral, stage: Stage) -> None:
    """Stand the pupil at the stage, unless they are there already.

    The version of the framework is the one that the referral was sent and judged by.
    """
    current = pathways.current_standing(referral.pupil, stage)
    if current and current.stage_id == stage.pk:
        return
    tell_tried(actor, referral, stage)
    left = untried(referral.pupil, stage)
    accepted = f"Referral {referral.reference} accepted: {referral.decision_reason}"
    pathways.move(
        actor=actor,
        pupil=referral.pupil,
        stage=stage,
        reason=accepted,
        starts_on=actor.today,
        evidence="\n".join(
            f"{a.criterion.text}: {a.get_finding_display().lower()}. {a.note}".strip()
            for a in referral.answers.filter(round=referral.round).select_related("criterion")
        ),
        passed_over_because=accepted if left else "",
        judged_on=referral.sent_at.date() if referral.sent_at else None,
    )


def tell_tried(actor: Actor, referral: Referral, stage: Stage) -> None:
    """The school's cycles, as it told them, are what was tried at the stage just before."""
    left = untried(referral.pupil, stage)
    cycles = [c for c in referral.tried.order_by("starts_on", "pk") if _end_of(c)]
    if not left or not cycles:
        return
    started = cycles[0].starts_on
    ended = min(max(_end_of(c) or started for c in cycles), actor.today - timedelta(days=1))
    if started > ended or pathways.stood_between(referral.pupil, stage.framework, started, ended):
        return
    pathways.record_tried(
        actor=actor,
        pupil=referral.pupil,
        stage=left[-1],
        starts_on=started,
        ends_on=ended,
        evidence="\n".join(_in_words(cycle) for cycle in cycles),
    )


def _end_of(cycle: SupportTried) -> date | None:
    return cycle.reviewed_on or cycle.ends_on


def _in_words(cycle: SupportTried) -> str:
    changed = f" {cycle.changed}." if cycle.changed else ""
    return f"{cycle.starts_on:%-d %b %Y} to {_end_of(cycle):%-d %b %Y}: {cycle.what}.{changed}"
