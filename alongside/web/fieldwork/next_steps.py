"""Next steps agreed on a visit, from what was written of it or from the day's own list of visits."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.cases.models import Task
from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.core.permissions import Permission
from alongside.fieldwork import actions, policy, queries
from alongside.fieldwork.models import DailyLog, Session, Visit
from alongside.fieldwork.next_steps import people_at, steps_from
from alongside.fieldwork.visits import get_visit
from alongside.fieldwork.wording import subject_of, url_of
from alongside.people.queries import record_view
from alongside.rules.words import count_of, day_in_words
from alongside.web import form_pages
from alongside.web.dates import short_weekday
from alongside.web.fieldwork.pages import reading, words_of
from alongside.web.fieldwork.step_forms import NextStepsForm
from alongside.web.forms.renderer import mistakes
from alongside.web.plans.rows import count_rows, typed
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen

ROWS = 2


@screen(needs=Permission.CASE_WORK)
def of_session(request: Request, session_id: int) -> HttpResponse:
    return _agree(request, queries.get_session(request.actor, session_id))


@screen(needs=Permission.CASE_WORK)
def of_log(request: Request, log_id: int) -> HttpResponse:
    return _agree(request, queries.get_log(request.actor, log_id))


@screen(needs=Permission.CASE_WORK)
def of_visit(request: Request, visit_id: int) -> HttpResponse:
    return _agree(request, get_visit(request.actor, visit_id))


def _agree(request: Request, met: Session | DailyLog | Visit) -> HttpResponse:
    actor = request.actor
    if met.pupil_id:
        record_view(actor, [met.pupil_id], "next steps", subject=subject_of(met))
    people = people_at(actor, met)
    if "add" in request.POST:
        rows = {"step": min(count_rows("step", request.POST) + 1, actions.next_steps.MOST_STEPS)}
        form = NextStepsForm(people=people, rows=rows)
        form.initial = typed(form, request.POST)
        return _show(request, met, form)
    form = form_pages.bind(request, NextStepsForm, people=people, rows={"step": ROWS})
    done = form_pages.attempt(
        request,
        form,
        lambda _: actions.agree_next_steps(actor=actor, met=met, **form.facts()),
        about=met.pupil,
    )
    if done:
        messages.success(request, _said(done))
        return redirect(_back_url(met))
    return _show(request, met, form)


def _said(tasks: list[Task]) -> str:
    if any(task.agreed_with_id for task in tasks):
        return f"{count_of(len(tasks), 'next step')} agreed. You find them on both your lists."
    return f"{count_of(len(tasks), 'next step')} agreed. You find them on your list."


def _back_url(met: Session | DailyLog | Visit) -> str:
    return "/planner/" if isinstance(met, Visit) else url_of(met)


def _show(request: Request, met: Session | DailyLog | Visit, form: NextStepsForm) -> HttpResponse:
    frame = pupil_frame(request.actor, met.pupil, "sessions") if met.pupil else {}
    return form_pages.show(
        request,
        "fieldwork/next_steps.html",
        form,
        frame
        | {
            "heading": "Agree next steps",
            "second": _about(met),
            "decision": policy.agree_next_steps(request.actor, met),
            "mistakes": mistakes(form),
            "rows": form.bound_rows("step"),
            "is_full": form.rows["step"] >= actions.next_steps.MOST_STEPS,
            "agreed": step_rows(request.actor, met),
            "back_url": _back_url(met),
            "back_label": "Week planner" if isinstance(met, Visit) else "What was written",
        },
    )


def _about(met: Session | DailyLog | Visit) -> str:
    if isinstance(met, Visit):
        day = day_of(met.starts_at)
        return f"{met.purpose} at {met.school.name}, {day_in_words(day)}"
    said = words_of(met)
    return f"{said['heading']}, {said['second']}"


def show_written(request: Request, written: Session | DailyLog) -> HttpResponse:
    """The page of one session or log, with what was agreed from it."""
    context = reading(request.actor, written) | {"agreed": step_rows(request.actor, written)}
    return render(request, "fieldwork/read.html", context)


def step_rows(actor: Actor, met: Session | DailyLog | Visit) -> list[dict[str, Any]]:
    """What was agreed there, and how it stands: components/tasks.html."""
    return [_step_row(actor, task) for task in steps_from(met)]


def _step_row(actor: Actor, task: Task) -> dict[str, Any]:
    is_late = task.done_on is None and task.due_on < actor.today
    state = "met" if task.done_on else "overdue" if is_late else "waiting"
    return {
        "what": task.text,
        "url": f"/tasks/{task.pk}/",
        "note": f"{task.owner.name}, by {short_weekday(task.due_on)}",
        "state": state,
        "word": {"met": "Done", "overdue": "Overdue", "waiting": "To do"}[state],
    }
