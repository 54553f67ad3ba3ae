"""Turns due items into the rows, chips and days that templates print."""

from datetime import date, timedelta

from django.utils import timezone

from alongside.core.actor import Actor
from alongside.core.models import Notice
from alongside.duties.calendars import Calendars
from alongside.duties.due import DueItem
from alongside.rules.calendar import BeyondCalendar, SchoolCalendar
from alongside.web.charts.weeks import Day, TwoWeeks, two_weeks

SOON = 3  # School days within which a date is shown as due soon.


def due_row(actor: Actor, item: DueItem, calendars: Calendars) -> dict[str, object]:
    """The variables of components/due_row.html: the verb first, days left where the eye ends."""
    left = calendars.left(item.school_id, actor.today, item.due_on)
    state, word = _state(actor.today, item.due_on, left)
    return {
        "state": state,
        "word": word,
        "what": item.what,
        "url": item.url,
        "why": f"{item.why}. {item.source.capitalize()}" if item.source else item.why,
        **_left(actor.today, item.due_on, left),
    }


def _state(today: date, due_on: date, left: int) -> tuple[str, str]:
    if due_on < today:
        return "overdue", "Overdue"
    if due_on == today:
        return "soon", "Today"
    if due_on == today + timedelta(days=1):
        return "soon", "Tomorrow"
    if due_on <= today + timedelta(days=6 - today.weekday()):
        return "soon" if left <= SOON else "waiting", "This week"
    if due_on <= today + timedelta(days=13 - today.weekday()):
        return "waiting", "Next week"
    return "waiting", f"{due_on.day} {due_on:%b}"


def _left(today: date, due_on: date, left: int) -> dict[str, str]:
    if due_on == today:
        return {"left": "Today", "unit": ""}
    days = abs(left)
    unit = "school day" if days == 1 else "school days"
    if due_on < today and days == 0:
        return {"left": "Late", "unit": "by a holiday or weekend"}
    return {"left": f"{days} {'late' if due_on < today else 'left'}", "unit": unit}


def weeks_chart(today: date, items: list[DueItem], calendar: SchoolCalendar | None) -> TwoWeeks:
    """Monday of this week (on a weekend, of the next) to the second Friday, with what is due."""
    is_weekend = today.weekday() > 4
    monday = today - timedelta(days=today.weekday() - 7 * is_weekend)
    days = [monday + timedelta(days=n) for n in range(12) if n % 7 < 5]
    due = [sum(1 for item in items if item.due_on == day) for day in days]
    return two_weeks(
        [
            Day(on=day, due=count, closed=_closed(calendar, day))
            for day, count in zip(days, due, strict=True)
        ],
        today=today,
    )


def _closed(calendar: SchoolCalendar | None, day: date) -> str:
    try:
        return calendar.why_not(day) if calendar else ""
    except BeyondCalendar:
        return ""


def notice_item(notice: Notice, names: dict[int, str]) -> dict[str, object]:
    """The variables of components/items.html. A child's name only for who may see the child."""
    at = timezone.localtime(notice.created_at)
    name = names.get(notice.pupil_id or 0, "")
    return {
        "icon": "message",
        "text": notice.text,
        "name": name or ("Read it" if notice.url else ""),
        "url": notice.url or (f"/pupils/{notice.pupil_id}/" if name else ""),
        "note": f"{at:%a} {at.day} {at:%b}, {at:%H:%M}",
    }


def chips(today: date, items: list[DueItem], waiting: int) -> list[dict[str, object]]:
    """The figures that lead Today."""
    sunday = today + timedelta(days=6 - today.weekday())
    late = sum(1 for item in items if item.due_on < today)
    week = sum(1 for item in items if today <= item.due_on <= sunday)
    return [
        {"figure": late, "word": "overdue", "state": "overdue" if late else "", "url": "/due/"},
        {"figure": week, "word": "due this week", "state": "soon" if week else "", "url": "/due/"},
        {"figure": waiting, "word": "new to you", "state": "", "url": "#new"},
    ]
