"""Announces, says where somebody is, and gives out the team's own tasks."""

from datetime import date, timedelta

from django.db import transaction

from alongside.cases import policy
from alongside.cases.actions import add_task
from alongside.cases.models import Announcement, Task, Whereabouts
from alongside.cases.room import despite_due
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.models import Place, Staff
from alongside.core.prepared import hold
from alongside.rules.bounds import too_far

MOST_DAYS = 31  # Said of one's whereabouts in one go.


@transaction.atomic
def announce(
    *, actor: Actor, place: Place, title: str, text: str, starts_on: date, ends_on: date
) -> Announcement:
    """Tell a whole team something until a day. It names no child."""
    require(policy.coordinate(actor, place))
    if not title.strip():
        raise Problem("Say it in one line.", "title")
    if ends_on < max(starts_on, actor.today):
        raise Problem("The last day must come after the first, and not have gone by.", "ends_on")
    if said := too_far(ends_on, ahead_of=actor.today):
        raise Problem(said, "ends_on")
    made = Announcement.objects.create(
        place=place,
        title=title.strip(),
        text=text.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        written_by_id=actor.staff_id,
    )
    audit.record(actor=actor, kind="announcement.made", subject=f"announcement {made.pk}")
    return made


@transaction.atomic
def end_announcement(*, actor: Actor, announcement: Announcement) -> Announcement:
    """Take it down from tomorrow; one that has not begun yet never shows."""
    require(policy.coordinate(actor, announcement.place))
    announcement.ends_on = max(actor.today - timedelta(days=1), announcement.starts_on)
    announcement.save(update_fields=["ends_on"])
    audit.record(actor=actor, kind="announcement.ended", subject=f"announcement {announcement.pk}")
    return announcement


@transaction.atomic
def say_where(
    *, actor: Actor, staff: Staff, kind: str, first: date, last: date, note: str = ""
) -> int:
    """Where somebody works from a day to a day, weekends left out. Answers how many days."""
    require(policy.say_where(actor, staff))
    if last < first:
        raise Problem("The last day must come after the first.", "last")
    if (last - first).days > MOST_DAYS:
        raise Problem("Say a month at most in one go.", "last")
    if said := too_far(last, ahead_of=actor.today):
        raise Problem(said, "last")
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    told = {"kind": Whereabouts.Kind(kind), "note": note.strip(), "set_by_id": actor.staff_id}
    working = [day for day in days if day.weekday() < 5]
    if not working:
        raise Problem("These days are a weekend.", "first")
    for day in working:
        Whereabouts.objects.update_or_create(staff=staff, on=day, defaults=told)
    audit.record(actor=actor, kind="whereabouts.said", subject=f"staff {staff.pk}")
    return len(working)


@transaction.atomic
def assign_task(
    *,
    actor: Actor,
    team: Place,
    owner: Staff,
    text: str,
    due_on: date,
    why: str = "",
    is_priority: bool = False,
    despite: str = "",
) -> Task:
    """Ask somebody of the team to do something. It takes no line manager, and gives nobody one."""
    require(policy.coordinate(actor, team))
    task = add_task(
        actor=actor,
        owner_id=owner.pk,
        text=text,
        due_on=due_on,
        why=why or f"Asked by {actor.name}",
        source="the team",
        team=team,
        is_priority=is_priority,
        despite=despite_due(owner, actor.today, due_on, despite=despite),
    )
    if owner.pk != actor.staff_id:
        notices.notify(
            staff_ids=[owner.pk],
            kind="task.assigned",
            text=f"{actor.name} asked you to do something for the team.",
            url=f"/tasks/{task.pk}/",
        )
    return task


@transaction.atomic
def set_task_priority(*, actor: Actor, task: Task, is_priority: bool) -> Task:
    """Put a team's task first, or back among the others."""
    task = hold(Task, task.pk, "team")
    require(policy.coordinate_task(actor, task))
    task.is_priority = is_priority
    task.save(update_fields=["is_priority"])
    audit.record(
        actor=actor,
        kind="task.prioritised",
        subject=f"task {task.pk}",
        detail={"is_priority": is_priority},
    )
    return task
