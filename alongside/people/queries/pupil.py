"""One pupil, found within the actor's scope; opening one leaves a trace."""

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.people.models import Pupil


def get_pupil(actor: Actor, pupil_id: int) -> Pupil:
    """One pupil in scope, or `NotFound`."""
    return Pupil.objects.visible_to(actor).one(pk=pupil_id)


def open_pupil(actor: Actor, pupil_id: int, screen: str) -> Pupil:
    """One pupil for a screen that shows them: the view is a line of the audit trail."""
    pupil = get_pupil(actor, pupil_id)
    record_view(actor, [pupil.pk], screen, subject=f"pupil {pupil.pk}")
    return pupil


def record_view(actor: Actor, pupil_ids: list[int], screen: str, subject: str = "") -> None:
    """One line of the audit trail for every pupil that a screen shows."""
    audit.record(
        actor=actor,
        kind="pupil.viewed",
        subject=subject,
        pupil_ids=pupil_ids,
        detail={"screen": screen},
    )
