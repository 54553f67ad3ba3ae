"""When a pupil may be moved on a framework."""

from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.permissions import Permission
from alongside.pathways.models import Stage
from alongside.people.models import Pupil


def move(actor: Actor, pupil: Pupil, stage: Stage | None = None) -> Decision:
    """Whoever works with the pupil may move them; the stage is of a framework in force."""
    if not actor.may(Permission.CASE_WORK):
        return refuse("Your role sees where a pupil stands but does not move them.")
    if not Pupil.objects.visible_to(actor).filter(pk=pupil.pk).exists():
        return refuse("Only somebody who works with this pupil moves them.")
    if stage and stage.framework.ends_on and stage.framework.ends_on < actor.today:
        return refuse(f"{stage.framework.name} has a newer version. Choose a stage of that one.")
    return ALLOWED
