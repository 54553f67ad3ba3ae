"""Turns due items into the rows, chips and days that templates print."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from alongside.cases.models import Escalation
from alongside.core.actor import Actor
from alongside.duties.calendars import Calendars
from alongside.duties.item import DueItem
from alongside.duties.left import left_of
from alongside.rules.calendar import BeyondCalendar, SchoolCalendar
from alongside.rules.dates import short_weekday
from alongside.web.charts.weeks import Day, TwoWeeks, two_weeks


def due_row(actor: Actor, item: DueItem, calendars: Calendars) -> dict[str, object]:
    """The variables of components/due_row.html: the verb first, days left where the eye ends."""
    left = left_of(calendars, item.school_id, actor.today, item.due_on)
    return {
        "state": left.state,
        "word": left.word,
        "what": item.what,
        "url": item.url,
        "why": why(item),
        "left": f"{left.figure} {left.side}".strip(),
        "unit": left.unit,
    }


def first_rows(
    actor: Actor, items: list[DueItem], calendars: Calendars, most: int
) -> tuple[list[DueItem], list[dict[str, object]]]:
    """What leads Today, by day. Schools to contact are one line, however many: it stands where the
    first is due, and when that is past, after what is due of children by today."""
    schools = [item for item in items if item.kind == "contact"]
    shown = [item for item in items if item.kind != "contact"]
    if schools:
        by = max(schools[0].due_on, actor.today)
        shown.insert(sum(1 for item in shown if item.due_on <= by), _folded(schools))
    shown = shown[:most]
    return shown, [due_row(actor, item, calendars) for item in shown]


def _folded(schools: list[DueItem]) -> DueItem:
    if len(schools) == 1:
        return schools[0]
    return schools[0]._replace(
        what=f"{len(schools)} schools to contact",
        why=f"The longest due: {schools[0].what.removeprefix('Contact ')}",
        url="/due/",
    )


def why(item: DueItem) -> str:
    """Why it is due then, and who says so."""
    return (
        f"{item.why.rstrip('.')}. {item.source[0].upper()}{item.source[1:]}"
        if item.source
        else item.why
    )


TAKEN = ("Due", "Standing", "School days left", "What", "Why")


def taken_row(actor: Actor, item: DueItem, calendars: Calendars) -> list[object]:
    """One line of the list as it is taken away; days are school days, below nought when late."""
    left = left_of(calendars, item.school_id, actor.today, item.due_on)
    standing = left.word if left.state == "overdue" else "Due"
    return [item.due_on, standing, left.days, item.what, why(item)]


def waiting_row(actor: Actor, row: dict[str, Any]) -> dict[str, object]:
    """Something passed up that nobody has answered yet: components/tasks.html."""
    about = row["pupil_name"] if row["pupil_id"] else row["school_name"] or ""
    read = "has read it" if row["acknowledged_at"] else "has not read it yet"
    is_late = row["answer_by"] < actor.today
    return {
        "what": Escalation.Kind(row["kind"]).label + (f": {about}" if about else ""),
        "url": f"/escalations/{row['id']}/",
        "note": f"{row['put_to']} {read}. Answer due {short_weekday(row['answer_by'], actor.today)}",
        "state": "overdue" if is_late else "waiting",
        "word": "Overdue" if is_late else "Waiting",
    }


def weeks_chart(
    today: date,
    items: list[DueItem],
    calendar: SchoolCalendar | None,
    visits: Mapping[date, int] | None,
) -> TwoWeeks:
    """Monday of this week (on a weekend, of the next) to the second Friday: what is due, and where one
    is expected. No `visits`: this person keeps no diary."""
    is_weekend = today.weekday() > 4
    monday = today - timedelta(days=today.weekday() - 7 * is_weekend)
    days = [monday + timedelta(days=n) for n in range(12) if n % 7 < 5]
    due = [sum(1 for item in items if item.due_on == day) for day in days]
    return two_weeks(
        [
            Day(
                on=day,
                visits=None if visits is None else visits.get(day, 0),
                due=count,
                closed=_closed(calendar, day),
            )
            for day, count in zip(days, due, strict=True)
        ],
        today=today,
    )


def _closed(calendar: SchoolCalendar | None, day: date) -> str:
    try:
        return calendar.why_not(day) if calendar else ""
    except BeyondCalendar:
        return ""


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
