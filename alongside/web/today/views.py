"""Today: what is due, what is new, and the pupils of whoever is signed in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse

from alongside.cases import actions as case_actions
from alongside.cases import policy
from alongside.cases.models import Task
from alongside.cases.policy import raise_escalation
from alongside.cases.queries import get_task, pupil_names
from alongside.core import audit, notices
from alongside.core.permissions import Permission
from alongside.duties.calendars import Calendars
from alongside.duties.caseload import not_seen_lately
from alongside.duties.desk import desk_of
from alongside.duties.due import due_items
from alongside.duties.due_rows import own_work
from alongside.duties.standards import CONTACT_WITHIN
from alongside.duties.team import within
from alongside.people.queries.own import own_pupils
from alongside.rules.calendar import BeyondCalendar
from alongside.rules.numbers import number_in
from alongside.web import form_pages
from alongside.web.downloads import Part, Taken, take, ways
from alongside.web.screens import Request, screen
from alongside.web.today.forms import TaskForm
from alongside.web.today.news import news
from alongside.web.today.planner import stop
from alongside.web.today.rows import (
    TAKEN,
    chips,
    due_row,
    first_rows,
    taken_row,
    waiting_row,
    weeks_chart,
)
from alongside.web.today.spans import LABELS, span_of, span_views, term_end

SHOWN, SHOWN_PUPILS = 8, 12
PAGE = 50


@screen(needs=Permission.TODAY_VIEW, methods=("GET",))
def today(request: Request) -> HttpResponse:
    actor = request.actor
    calendars = Calendars(actor)
    works = actor.may(Permission.CASE_WORK)
    work = own_work(actor) if works else []
    desk = desk_of(actor)
    items = due_items(actor, calendars, work, desk)
    first, rows = first_rows(actor, items, calendars, SHOWN)
    new = notices.unseen(actor)
    mine = list({row["case_id"]: row for row in work}.values())
    theirs = mine if works or actor.reach.is_council_wide else own_pupils(actor)
    unseen = not_seen_lately(actor, calendars, mine)
    names = pupil_names(actor, [n.pupil_id for n in new if n.pupil_id])
    _audit(
        request,
        {i.pupil_id for i in first}
        | {c["pupil_id"] for c in theirs}
        | {row["pupil_id"] for row in desk.passed_up}
        | {visit.pupil_id for visit in desk.visits}
        | set(names),
    )
    return TemplateResponse(
        request,
        "today/today.html",
        {
            "heading": f"{actor.today:%A} {actor.today.day} {actor.today:%B}",
            "second": _where_in_term(request, calendars),
            "chips": chips(actor.today, items, len(new)),
            "rows": rows,
            "count": len(items),
            "weeks": weeks_chart(
                actor.today, items, calendars.own(), desk.coming if works else None
            ),
            "notices": news(actor, new, names),
            "people": [
                {
                    "name": case["pupil_name"],
                    "role": f"Year {case['year_group']}, {case['school_name'] or 'no school'}",
                    "url": f"/pupils/{case['pupil_id']}/",
                }
                for case in (theirs[:SHOWN_PUPILS] if works else theirs)
            ],
            "case_count": len(theirs),
            "has_caseload": works,
            "unseen": unseen[:6],
            "unseen_word": f"{len(unseen)} not seen in {CONTACT_WITHIN} school days",
            "visits": [stop(actor, visit) for visit in desk.visits],
            "passed_up": [
                waiting_row(actor, row)
                for row in desk.passed_up
                if row["asked_id"] != actor.staff_id
            ],
            "may_pass_up": raise_escalation(actor),
            "may_see_team": actor.may(Permission.DEADLINE_ASSIGN),
            "may_refer": actor.may(Permission.REFERRAL_MAKE),
        },
    )


def _where_in_term(request: Request, calendars: Calendars) -> str:
    """Where the school year stands today, in a few words."""
    calendar = calendars.own()
    if calendar is None:
        return "No term dates have been entered yet"
    try:
        term = calendar.term_on(request.actor.today)
        if term is None:
            return f"School holiday until {calendar.next_term(request.actor.today).start:%-d %B}"
        left = calendar.school_days_left_in_term(request.actor.today)
        return f"{term.name} term, {left} school day{'' if left == 1 else 's'} to the holiday"
    except BeyondCalendar:
        return "Term dates end before today: enter the next school year"


@screen(needs=Permission.TODAY_VIEW, methods=("GET",))
def all_notices(request: Request) -> HttpResponse:
    """Every notice, newest first: those seen, and those too old to be new."""
    actor = request.actor
    before = request.GET.get("before", "")
    page = notices.before(actor, number_in(before))
    shown = page[: notices.PAGE]
    names = pupil_names(actor, [n.pupil_id for n in shown if n.pupil_id])
    _audit(request, set(names))
    pages = {
        "summary": "Newest first",
        "first_url": "/notices/" if before else "",
        "next_url": f"?before={shown[-1].pk}" if len(page) > len(shown) else "",
    }
    return render(
        request,
        "today/notices.html",
        {
            "heading": "All notices",
            "second": "What was new to you, newest first.",
            "items": news(actor, shown, names),
            "pages": pages if before or pages["next_url"] else None,
        },
    )


@screen(needs=Permission.TODAY_VIEW, methods=("GET",))
def due(request: Request) -> HttpResponse:
    actor = request.actor
    calendars = Calendars(actor)
    every, span = due_items(actor, calendars), span_of(request.GET)
    end = term_end(calendars)
    items = [item for item in every if within(item, span, actor.today, end)]
    start = number_in(request.GET.get("from", "")) or 0
    shown = items[start : start + PAGE]
    _audit(request, {item.pupil_id for item in shown})
    return TemplateResponse(
        request,
        "today/due.html",
        {
            "heading": "Everything due, by date",
            "second": f"{len(items)} {'thing' if len(items) == 1 else 'things'}",
            "views": span_views(actor.today, end, every, span, {}),
            "rows": [due_row(actor, item, calendars) for item in shown],
            "pages": _pages(start, len(shown), len(items), span),
            "may_see_team": actor.may(Permission.DEADLINE_ASSIGN),
            "take": ways(request, "due-download") if items else None,
        },
    )


@screen(needs=Permission.EXPORT, methods=("GET",))
def download(request: Request) -> HttpResponse:
    """All that is due within the span that the screen shows."""
    actor, span = request.actor, span_of(request.GET)
    calendars = Calendars(actor)
    end = term_end(calendars)
    items = [i for i in due_items(actor, calendars) if within(i, span, actor.today, end)]
    return take(
        request,
        Taken(
            title="Everything due, by date",
            chosen=[LABELS[span], f"due to {actor.name}"],
            parts=[
                Part(
                    TAKEN,
                    [taken_row(actor, item, calendars) for item in items],
                    about=[item.pupil_id for item in items],
                )
            ],
            back_url=f"/due/?span={span}",
        ),
        kind="due.exported",
        needs=Permission.TODAY_VIEW,
    )


def _pages(start: int, shown: int, count: int, span: str) -> dict[str, str] | None:
    if count <= PAGE:
        return None
    return {
        "summary": f"{start + 1} to {start + shown} of {count}",
        "previous_url": f"?span={span}&from={max(start - PAGE, 0)}" if start else "",
        "next_url": f"?span={span}&from={start + PAGE}" if start + shown < count else "",
    }


@screen(needs=Permission.TODAY_VIEW)
def add_task(request: Request) -> HttpResponse:
    form = form_pages.bind(request, TaskForm)
    done = form_pages.attempt(
        request,
        form,
        lambda data: case_actions.add_task(
            actor=request.actor, owner_id=request.actor.staff_id, **data
        ),
    )
    if done:
        messages.success(request, "Added to your list.")
        return redirect("/")
    return form_pages.show(request, "today/task_form.html", form, {"heading": "Add a task"})


@screen(needs=Permission.TODAY_VIEW)
def task(request: Request, task_id: int) -> HttpResponse:
    """One task: tick it, or take the tick back."""
    found = get_task(request.actor, task_id)
    if found.pupil_id:
        _audit(request, {found.pupil_id})
    if request.method == "POST":
        if "undo" in request.POST:
            case_actions.undo_task(actor=request.actor, task=found)
            messages.success(request, "It is on the list again.")
        else:
            case_actions.complete_task(actor=request.actor, task=found, done_on=request.actor.today)
            messages.success(request, "Done.")
        return redirect(f"/tasks/{found.pk}/")
    return render(
        request,
        "today/task.html",
        {
            "task": found,
            "facts": _facts(found),
            "may_complete": policy.complete_task(request.actor, found),
            "may_undo": policy.undo_task(request.actor, found),
        },
    )


def _facts(task: Task) -> list[dict[str, str]]:
    rows = [
        ("Pupil", task.pupil.name if task.pupil else ""),
        ("Why", task.why),
        ("Whose", task.owner.name),
        ("Given all the same", task.despite),
        ("Agreed with", task.agreed_with.name if task.agreed_with else ""),
        ("Ended because", task.ended_because),
        (
            "Ended by" if task.ended_because else "Done by",
            task.done_by.name if task.done_by else "",
        ),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _audit(request: Request, pupil_ids: set[int | None]) -> None:
    seen = [pupil_id for pupil_id in pupil_ids if pupil_id]
    if seen:
        audit.record(
            actor=request.actor, kind="pupils.listed", subject=request.path, pupil_ids=seen
        )
