"""Moves pupils between the stages of a framework. Every movement has a reason."""

from datetime import date, timedelta

from django.db import transaction

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.pathways import policy
from alongside.pathways.models import Stage, Standing
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import EntryKind, Pupil


@transaction.atomic
def move(
    *,
    actor: Actor,
    pupil: Pupil,
    stage: Stage,
    reason: str,
    starts_on: date,
    evidence: str = "",
) -> Standing:
    """Stand a pupil at a stage, ending where they stood in the same framework."""
    Pupil.objects.select_for_update().get(pk=pupil.pk)  # One movement of a pupil at a time.
    require(policy.move(actor, pupil, stage))
    if not reason.strip():
        raise Problem("Say why the pupil moves.", "reason")
    if starts_on > actor.today:
        raise Problem("The day of the move cannot be in the future.", "starts_on")
    earlier = current_standing(pupil, stage)
    if earlier:
        _end(earlier, stage, starts_on)
    standing = Standing.objects.create(
        pupil=pupil,
        stage=stage,
        starts_on=starts_on,
        reason=reason.strip()[:300],
        evidence=evidence.strip(),
        moved_by_id=actor.staff_id,
    )
    write_chronology(
        actor=actor,
        pupil=pupil,
        kind=EntryKind.FRAMEWORK,
        information_class=InformationClass.PUPIL,
        summary=f"{stage.framework.name}: {_direction(earlier, stage)} {stage.name}",
        detail=standing.reason,
        url=f"/pupils/{pupil.pk}/frameworks/",
        is_shared=True,
    )
    audit.record(
        actor=actor,
        kind="pupil.moved",
        subject=f"stage {stage.pk}",
        pupil_ids=[pupil.pk],
        detail={"from": earlier.stage_id if earlier else None, "to": stage.pk},
    )
    return standing


def current_standing(pupil: Pupil, stage: Stage) -> Standing | None:
    """Where the pupil stands now in this framework, whichever version of it."""
    return (
        Standing.objects.filter(pupil=pupil, stage__framework__key=stage.framework.key)
        .filter(ends_on=None)
        .select_related("stage")
        .order_by("-starts_on", "-id")
        .first()
    )


def _end(earlier: Standing, stage: Stage, starts_on: date) -> None:
    if earlier.stage_id == stage.pk:
        raise Problem(
            f"They stand at {stage.name} already, since {earlier.starts_on:%-d %B %Y}.", "stage"
        )
    if starts_on < earlier.starts_on:
        raise Problem(
            f"They came to {earlier.stage.name} on {earlier.starts_on:%-d %B %Y}. "
            "Give that day or a later one.",
            "starts_on",
        )
    earlier.ends_on = max(starts_on - timedelta(days=1), earlier.starts_on)
    earlier.save(update_fields=["ends_on"])


def _direction(earlier: Standing | None, stage: Stage) -> str:
    if earlier is None:
        return "starts at"
    return "steps up to" if stage.order > earlier.stage.order else "steps down to"
