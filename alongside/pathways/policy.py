"""When a pupil may be moved on a framework."""

from datetime import date

from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.permissions import Permission
from alongside.pathways.models import Stage, Standing
from alongside.people.models import Pupil


def moves(actor: Actor) -> Decision:
    """Whether the role moves pupils; of one who is not in scope, no page is shown."""
    if not actor.may(Permission.CASE_WORK):
        return refuse("Your role sees where a pupil stands but does not move them.")
    return ALLOWED


def move(
    actor: Actor, pupil: Pupil, stage: Stage | None = None, judged_on: date | None = None
) -> Decision:
    """Whoever works with the pupil may move them; the stage is of a framework in force.

    An older version goes on for who stands on it, and for what was judged while it was in force.
    """
    if not (may := _moves_one(actor, pupil)):
        return may
    if stage and stage.framework.is_draft:
        return refuse(f"This version of {stage.framework.name} is not published yet.")
    if stage and _is_over(stage, judged_on or actor.today) and not _stands_on(pupil, stage):
        return refuse(f"{stage.framework.name} has a newer version. Choose a stage of that one.")
    return ALLOWED


def record_tried(actor: Actor, pupil: Pupil) -> Decision:
    if not actor.may(Permission.CASE_WORK):
        return refuse("Your role sees what was tried but does not record it.")
    if not _is_seen(actor, pupil):
        return refuse("Only somebody who works with this pupil records what was tried.")
    return ALLOWED


def leave(actor: Actor, standing: Standing) -> Decision:
    if not (may := _moves_one(actor, standing.pupil)):
        return may
    if standing.ends_on:
        return refuse(f"They left this stage on {standing.ends_on:%-d %B %Y}.")
    return ALLOWED


def _moves_one(actor: Actor, pupil: Pupil) -> Decision:
    if not (may := moves(actor)):
        return may
    if not _is_seen(actor, pupil):
        return refuse("Only somebody who works with this pupil moves them.")
    return ALLOWED


def _is_seen(actor: Actor, pupil: Pupil) -> bool:
    return Pupil.objects.visible_to(actor).filter(pk=pupil.pk).exists()


def _is_over(stage: Stage, on: date) -> bool:
    return stage.framework.ends_on is not None and stage.framework.ends_on < on


def _stands_on(pupil: Pupil, stage: Stage) -> bool:
    """Whether the pupil stands on this very version now."""
    return Standing.objects.filter(
        pupil=pupil, stage__framework_id=stage.framework_id, ends_on=None
    ).exists()
