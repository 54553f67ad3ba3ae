"""One pupil, found within the actor's scope; opening one leaves a trace."""

from typing import Any

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.core.permissions import Permission
from alongside.core.prepared import prepared
from alongside.core.reach import Reach
from alongside.people.models import Involvement, Pupil, PupilQuerySet


def get_pupil(actor: Actor, pupil_id: int) -> Pupil:
    """One pupil in scope, or `NotFound`."""
    found: list[Pupil] = _one(*actor.reach.shape, pupil_id=pupil_id, **actor.reach.values)
    if not found:
        raise NotFound
    return found[0]


def is_in_scope(actor: Actor, pupil_id: int) -> bool:
    return bool(_one(*actor.reach.shape, pupil_id=pupil_id, **actor.reach.values))


@prepared
def _one(*shape: bool, pupil_id: Any, **values: Any) -> PupilQuerySet:
    return Pupil.objects.within(Reach(*shape, **values), only=pupil_id)


def asks_purpose(actor: Actor, pupil_id: int) -> bool:
    """Whether this pupil is one the council works with, whom the actor opens by saying what for."""
    if not actor.may(Permission.PURPOSE_GIVE) or is_in_scope(actor, pupil_id):
        return False
    works_with = Involvement.objects.filter(pupil_id=pupil_id, pupil__merged_into=None)
    return works_with.exists()


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
