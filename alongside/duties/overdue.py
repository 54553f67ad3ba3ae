"""What stays overdue is told to who manages the person: how much, never about whom."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from alongside.cases.escalated import who_directs
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.models import Notice
from alongside.duties.calendars import Calendars
from alongside.duties.due import due_items
from alongside.duties.standards import TELL_MANAGER_AFTER

AGAIN_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class Late:
    """How much of one person's is late beyond the standard, and who is to know."""

    staff_id: int
    name: str
    count: int
    manager_ids: tuple[int, ...]


def late_of(actor: Actor) -> Late | None:
    """Asked in the person's own name: they see exactly what is late."""
    calendars = Calendars(actor)
    late = [
        item
        for item in due_items(actor, calendars)
        if item.due_on < actor.today
        and not item.led_by
        and -calendars.left(item.school_id, actor.today, item.due_on) > TELL_MANAGER_AFTER
    ]
    managers = who_directs(actor)[:1] if late else []
    if not managers:
        return None
    return Late(actor.staff_id, actor.name, len(late), tuple(m.pk for m in managers))


def tell(system: Actor, late: Late) -> bool:
    """Once a week for each person, in the name of the service itself; answers whether it was."""
    url = f"/team/?person={late.staff_id}&span=overdue"
    told = Notice.objects.filter(
        kind="deadline.overdue", url=url, created_at__gte=timezone.now() - AGAIN_AFTER
    )
    if told.exists():
        return False
    things = "thing is" if late.count == 1 else "things are"
    notices.notify(
        staff_ids=late.manager_ids,
        kind="deadline.overdue",
        text=f"{late.count} {things} more than {TELL_MANAGER_AFTER} school days late: {late.name}.",
        url=url,
    )
    audit.record(
        actor=system,
        kind="deadline.escalated",
        subject=f"staff {late.staff_id}",
        detail={"late": late.count},
    )
    return True
