"""One person's week: visits, deadlines and schools that are owed a contact, day by day."""

from dataclasses import dataclass
from datetime import date, timedelta

from alongside.core.actor import Actor
from alongside.duties.calendars import Calendars
from alongside.duties.desk import desk_of
from alongside.duties.due import due_items
from alongside.duties.item import DueItem
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
    items = due_items(actor, calendars, desk=desk)
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


def _closed(calendars: Calendars, day: date) -> str:
    calendar = calendars.own()
    try:
        return calendar.why_not(day) if calendar else ""
    except BeyondCalendar:
        return ""
