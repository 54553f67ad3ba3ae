"""Stands a pupil at the stage a referral was accepted for, with what the school tried before it."""

from datetime import date, timedelta

from alongside.core.actor import Actor
from alongside.core.handling import InformationClass
from alongside.pathways import actions as pathways
from alongside.pathways.models import Stage
from alongside.pathways.tried import has_stood, untried
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import EntryKind
from alongside.referrals.models import Referral, SupportTried
from alongside.rules.words import day_in_words


def stand(
    actor: Actor,
    referral: Referral,
    stage: Stage,
    decided_by: str = "",
    decided_on: date | None = None,
) -> None:
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
        decided_by=decided_by,
        decided_on=decided_on,
        judged_on=referral.sent_at.date() if referral.sent_at else None,
    )


def tell_tried(actor: Actor, referral: Referral, stage: Stage) -> None:
    """The school's cycles, as it told them, are what was tried at the school's own stage.

    Whatever stage is chosen: the one just before it may be somebody else's, where the pupil never was.
    """
    cycles = [c for c in referral.tried.order_by("starts_on", "pk") if _end_of(c)]
    if not cycles:
        return
    started = cycles[0].starts_on
    ended = min(max(_end_of(c) or started for c in cycles), actor.today - timedelta(days=1))
    if started > ended or pathways.stood_between(referral.pupil, stage.framework, started, ended):
        return
    own = _of_the_school(stage)
    if own is None:
        _tell_without_stage(actor, referral, started, ended)
        return
    if has_stood(referral.pupil, own):
        return
    pathways.record_tried(
        actor=actor,
        pupil=referral.pupil,
        stage=own,
        starts_on=started,
        ends_on=ended,
        evidence="\n".join(_in_words(cycle) for cycle in cycles),
    )


def _of_the_school(stage: Stage) -> Stage | None:
    """Where the school works alone: of several, the one for a single pupil, which is tried first."""
    stages = [s for s in stage.framework.stages.all() if s.is_of_the_school]
    return max(stages, key=lambda s: (s.is_tried_first, s.order), default=None)


def _tell_without_stage(actor: Actor, referral: Referral, started: date, ended: date) -> None:
    """A framework that begins with the service has no stage that the school's own work was."""
    span = f"{day_in_words(started)} to {day_in_words(ended)}"
    write_chronology(
        actor=actor,
        pupil=referral.pupil,
        kind=EntryKind.FRAMEWORK,
        information_class=InformationClass.PUPIL,
        summary=f"{referral.school.name} tried support of its own before the referral, {span}",
        url=f"/referrals/{referral.pk}/",
        is_shared=True,
    )


def _end_of(cycle: SupportTried) -> date | None:
    return cycle.reviewed_on or cycle.ends_on


def _in_words(cycle: SupportTried) -> str:
    changed = f" {cycle.changed}." if cycle.changed else ""
    return f"{cycle.starts_on:%-d %b %Y} to {_end_of(cycle):%-d %b %Y}: {cycle.what}.{changed}"
