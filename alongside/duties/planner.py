"""One person's week: visits, deadlines and schools that are owed a contact, day by day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from alongside.core.actor import Actor
from alongside.core.permissions import Permission
from alongside.duties.calendars import Calendars
from alongside.duties.desk import desk_of
from alongside.duties.due import DueItem, due_items
from alongside.duties.standards import OUR_STANDARD, SCHOOL_CONTACT_WITHIN
from alongside.fieldwork import visits
from alongside.fieldwork.visits import Planned
from alongside.rules.calendar import BeyondCalendar


@dataclass(frozen=True)
class Day:
    """`closed` says why no school day, where it is none."""

    on: date
    closed: str
    visits: tuple[Planned, ...]
    items: tuple[DueItem, ...]


@dataclass(frozen=True)
class Week:
    """Monday to Friday, with a weekend day where something stands on it; and what is late from before."""

    days: tuple[Day, ...]
    late: tuple[DueItem, ...]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week(actor: Actor, calendars: Calendars, monday: date) -> Week:
    sunday = monday + timedelta(days=6)
    desk = desk_of(actor, monday, sunday)
    items = [*due_items(actor, calendars, desk=desk), *school_contacts(actor, calendars)]
    days = [
        Day(
            on=day,
            closed=_closed(calendars, day),
            visits=tuple(v for v in desk.visits if v.on == day),
            items=tuple(item for item in items if item.due_on == day),
        )
        for day in (monday + timedelta(days=n) for n in range(7))
    ]
    is_now = monday <= actor.today <= sunday
    return Week(
        days=tuple(d for d in days if d.on.weekday() < 5 or d.visits or d.items),
        late=tuple(sorted((i for i in items if is_now and i.due_on < monday),
                          key=lambda i: (i.due_on, i.what))),
    )  # fmt: skip


def school_contacts(actor: Actor, calendars: Calendars) -> Iterator[DueItem]:
    """Each school that rings this person first is owed a contact, counted from the last one."""
    if not actor.may(Permission.CASE_WORK):
        return
    for school in visits.schools_of(actor):
        moments = [m for m in (school["visited_at"], school["spoken_at"]) if m]
        last = timezone.localtime(max(moments)).date() if moments else None
        due_on = calendars.add(
            school["school_id"], last or school["starts_on"], SCHOOL_CONTACT_WITHIN
        )
        yield DueItem(
            due_on,
            f"Contact {school['school_name']}",
            f"Last contact {last:%-d %B}" if last else "No contact recorded yet",
            OUR_STANDARD,
            f"/schools/{school['school_id']}/",
            None,
            "contact",
            school["school_id"],
        )


def _closed(calendars: Calendars, day: date) -> str:
    calendar = calendars.own()
    try:
        return calendar.why_not(day) if calendar else ""
    except BeyondCalendar:
        return ""
