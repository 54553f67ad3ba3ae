"""A concern is raised and a task for its readers is made: one act, in one transaction."""

from datetime import datetime
from typing import Any

from alongside.cases.actions import add_task, complete_task
from alongside.cases.models import Task
from alongside.core.actor import Actor
from alongside.people.actions.concern import acknowledge_concern, raise_concern
from alongside.people.models import Concern
from alongside.people.queries.safeguarding import safeguarding_staff_ids


def raise_with_task(*, actor: Actor, data: dict[str, Any], happened_at: datetime) -> Concern:
    """The task names no child and hangs on no record: that there is a concern is restricted too."""
    concern = raise_concern(
        actor=actor,
        pupil=data["pupil"],
        school=data["school"],
        where=Concern.Where(data["where"]),
        happened_at=happened_at,
        words=data["words"],
        child=data["child"],
        child_words=data["child_words"],
        done=data["done"],
    )
    for staff_id in safeguarding_staff_ids(actor, [concern.school]):
        add_task(
            actor=actor,
            owner_id=staff_id,
            text="Read and acknowledge a concern",
            why="Raised just now",
            due_on=actor.today,
            source="our standard",
            url=f"/concerns/{concern.pk}/",
        )
    return concern


def acknowledge_with_task(*, actor: Actor, concern: Concern) -> Concern:
    """Acknowledged: the reader's own task is done with it."""
    concern = acknowledge_concern(actor=actor, concern=concern)
    url = f"/concerns/{concern.pk}/"
    for task in Task.objects.filter(owner_id=actor.staff_id, url=url, done_on=None):
        complete_task(actor=actor, task=task, done_on=actor.today)
    return concern
