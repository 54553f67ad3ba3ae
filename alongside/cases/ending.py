"""Tasks that lose their sense when the work with a pupil ends: ended with why, and to be taken back."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from alongside.cases.models import Task
from alongside.core import audit
from alongside.core.actor import Actor
from alongside.people.models import Pupil


def end_tasks(*, actor: Actor, pupil: Pupil, because: str, besides: str) -> list[Task]:
    """End what is still to do for this pupil. What the law dates is asked for all the same.

    The caller has asked its policy. `besides` is the address of what the end itself asks for.
    """
    theirs = Q(case__pupil=pupil) | Q(case=None, pupil=pupil)
    waiting = Task.objects.filter(theirs, done_on=None, step="").exclude(url=besides)
    found = list(waiting.select_for_update(of=("self",)).order_by("pk"))
    for task in found:
        task.done_on, task.done_by_id = actor.today, actor.staff_id
        task.ended_because = because[:200]
    Task.objects.bulk_update(found, ["done_on", "done_by", "ended_because"])
    if found:
        audit.record(
            actor=actor,
            kind="task.ended",
            subject=f"pupil {pupil.pk}",
            pupil_ids=[pupil.pk],
            detail={"tasks": [task.pk for task in found]},
        )
    return found


def ended_tasks(actor: Actor, pupil: Pupil) -> Sequence[Task]:
    """What ended of a pupil in scope, the newest first: for who reads casework."""
    if not actor.reads_casework:
        return []
    theirs: QuerySet[Task] = Task.objects.filter(Q(case__pupil=pupil) | Q(pupil=pupil))
    return list(theirs.exclude(ended_because="").select_related("owner").order_by("-pk")[:50])
