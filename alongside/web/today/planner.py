"""The week planner, and planning or calling off a visit."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from alongside.core.actor import Actor
from alongside.core.permissions import Permission
from alongside.duties.calendars import Calendars
from alongside.duties.item import DueItem
from alongside.duties.planner import Day, monday_of, week
from alongside.fieldwork import policy
from alongside.fieldwork.actions import visits as actions
from alongside.fieldwork.visits import Planned, get_visit
from alongside.people.queries import record_view
from alongside.plans.standing import doubt_of
from alongside.rules.words import count_of
from alongside.web import form_pages
from alongside.web.dates import clock_time, short_weekday
from alongside.web.screens import Request, screen
from alongside.web.today.forms import CancelVisitForm, VisitForm
from alongside.web.today.rows import due_row


@screen(needs=Permission.TODAY_VIEW, methods=("GET",))
def planner(request: Request) -> HttpResponse:
    actor, calendars = request.actor, Calendars(request.actor)
    monday = monday_of(_read_day(request.GET.get("week", "")) or actor.today)
    shown = week(actor, calendars, monday)
    items = [*shown.late, *(item for day in shown.days for item in day.items)]
    visits = [visit for day in shown.days for visit in day.visits]
    seen = {item.pupil_id for item in items} | {visit.pupil_id for visit in visits}
    if named := sorted(pk for pk in seen if pk):
        record_view(actor, named, "week planner")
    return render(
        request,
        "today/planner.html",
        {
            "heading": "Week planner",
            "second": f"{short_weekday(monday)} to {short_weekday(monday + timedelta(days=4))}: "
            f"{count_of(len(visits), 'visit')}, {_due_words(actor.today, items)}",
            "before_url": f"?week={monday - timedelta(days=7)}",
            "after_url": f"?week={monday + timedelta(days=7)}",
            "days": [_day(actor, calendars, day) for day in shown.days],
            "late": [_item(actor, calendars, item) for item in shown.late],
            "may_plan": policy.plan_visit(actor),
        },
    )


def _due_words(today: date, items: list[DueItem]) -> str:
    """What is overdue is counted apart, as on Today."""
    late = sum(item.due_on < today for item in items)
    left = f"{len(items) - late} due"
    return f"{late} overdue, {left}" if late else left


@screen(needs=Permission.CASE_WORK)
def plan_visit(request: Request) -> HttpResponse:
    actor = request.actor
    initial = {"on": _read_day(request.GET.get("on", "")) or actor.today}
    form = form_pages.bind(request, VisitForm, actor=actor, initial=initial)

    def plan(data: dict[str, Any]) -> object:
        return actions.plan_visit(
            actor=actor,
            school=data["school"],
            pupil=data["pupil"],
            starts_at=timezone.make_aware(datetime.combine(data["on"], data["at"])),
            minutes=data["minutes"],
            purpose=data["purpose"],
        )

    if form_pages.attempt(request, form, plan):
        day = form.cleaned_data["on"]
        messages.success(request, f"It stands in your planner on {short_weekday(day)}.")
        pupil = form.cleaned_data["pupil"]
        if pupil and (doubt := doubt_of(actor, pupil.pk)):
            messages.warning(request, f"{pupil.name}: {doubt.text}")
        return redirect(f"/planner/?week={day}")
    return form_pages.show(
        request,
        "today/visit.html",
        form,
        {
            "heading": "Plan a visit",
            "button": "Put it in my planner",
            "back_url": "/planner/",
            "back_label": "Week planner",
        },
    )


@screen(needs=Permission.CASE_WORK, methods=("POST",))
def record_visit(request: Request, visit_id: int) -> HttpResponse:
    """It was made, and there is nothing more to write of it."""
    visit = get_visit(request.actor, visit_id)
    actions.record_visit(actor=request.actor, visit=visit)
    day = timezone.localtime(visit.starts_at)
    messages.success(request, f"Recorded: you were at {visit.school.name} on {short_weekday(day)}.")
    return redirect(f"/planner/?week={day.date()}")


@screen(needs=Permission.CASE_WORK)
def cancel_visit(request: Request, visit_id: int) -> HttpResponse:
    actor = request.actor
    visit = get_visit(actor, visit_id)
    if visit.pupil_id:
        record_view(actor, [visit.pupil_id], "visit")
    form = form_pages.bind(request, CancelVisitForm)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.cancel_visit(actor=actor, visit=visit, because=data["because"]),
        about=visit.pupil,
    )
    day = timezone.localtime(visit.starts_at)
    if done:
        messages.success(request, "The visit is called off.")
        return redirect(f"/planner/?week={day.date()}")
    return form_pages.show(
        request,
        "today/visit.html",
        form,
        {
            "heading": f"Call off the visit to {visit.school.name}",
            "second": f"{short_weekday(day)} at {clock_time(day)}, {visit.purpose}",
            "button": "Call it off",
            "back_url": f"/planner/?week={day.date()}",
            "back_label": "Week planner",
        },
    )


def stop(actor: Actor, visit: Planned) -> dict[str, object]:
    """The variables of components/visits.html."""
    start, end = timezone.localtime(visit.starts_at), timezone.localtime(visit.ends_at)
    has_come = start.date() <= timezone.localdate()
    may_write = has_come and actor.may(Permission.SESSION_RECORD) and visit.case_id
    writes = may_write and not visit.is_written
    case_url = f"/cases/{visit.case_id}/" if writes else ""
    return {
        "start": clock_time(start),
        "end": clock_time(end),
        "name": visit.school_name,
        "url": f"/schools/{visit.school_id}/",
        "what": visit.purpose,
        "pupil": visit.pupil_name if visit.pupil_id else "",
        "pupil_url": f"/pupils/{visit.pupil_id}/",
        "session_url": f"{case_url}sessions/new/?visit={visit.id}" if writes else "",
        "log_url": f"{case_url}logs/new/?visit={visit.id}" if writes else "",
        "done_url": "" if visit.done_at or start > timezone.now() else f"/visits/{visit.id}/done/",
        "is_done": bool(visit.done_at),
        "note": _elsewhere(visit),
        "where": visit.where,
        "plan_url": f"/plans/{visit.plan_id}/" if visit.plan_id else "",
        "cancel_url": "" if visit.done_at else f"/visits/{visit.id}/cancel/",
        "steps_url": f"/visits/{visit.id}/next-steps/" if has_come else "",
        "unwritten": "Nothing is written of it yet." if writes and visit.done_at else "",
    }


def _elsewhere(visit: Planned) -> str:
    """However a pupil left a school, a visit with them there is looked at again."""
    if not visit.pupil_id or visit.is_on_roll or visit.done_at:
        return ""
    return f"{visit.pupil_name} is not on roll here on this day. Call it off, or plan it elsewhere."


def _day(actor: Actor, calendars: Calendars, day: Day) -> dict[str, object]:
    return {
        "on": day.on,
        "is_today": day.on == actor.today,
        "closed": day.closed,
        "visits": [stop(actor, visit) for visit in day.visits],
        "items": [_item(actor, calendars, item) for item in day.items],
        "plan_url": f"/visits/new/?on={day.on}",
    }


def _item(actor: Actor, calendars: Calendars, item: DueItem) -> dict[str, object]:
    row = due_row(actor, item, calendars)
    return {
        "what": row["what"],
        "url": row["url"],
        "note": row["why"],
        "state": row["state"],
        "word": row["word"],
    }


def _read_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 < day.year < 2100 else None
