"""Writing, reading and mending one day's log."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.cases.queries import open_case_page
from alongside.core.days import day_of
from alongside.core.decisions import Conflict
from alongside.core.permissions import Permission
from alongside.fieldwork import actions, policy, queries
from alongside.fieldwork.models import DailyLog
from alongside.fieldwork.visits import visit_with
from alongside.people.queries import record_view
from alongside.people.shared_words import shared_in_words
from alongside.rules.numbers import number_in
from alongside.rules.words import day_in_words
from alongside.web import form_pages
from alongside.web.fieldwork import next_steps, pages
from alongside.web.fieldwork.forms import EditLogForm, LogForm, log_values
from alongside.web.screens import Request, screen


@screen(needs=Permission.SESSION_RECORD)
def write(request: Request, case_id: int) -> HttpResponse:
    case = open_case_page(request.actor, case_id, "write a daily log")
    visit = visit_with(request.actor, number_in(request.GET.get("visit", "")), case.pupil_id)
    on = day_of(visit.starts_at) if visit else request.actor.today
    form = form_pages.bind(
        request,
        LogForm,
        targets=queries.targets_to_mark(case),
        pupil_name=case.pupil.forename,
        initial={"on": on},
    )

    def record(data: dict[str, Any]) -> DailyLog:
        nonlocal on
        on = data["on"]  # Kept for the page: a refused day is no longer in the form's own data.
        return actions.record_daily_log(
            actor=request.actor, case=case, on=on, marks=form.marks, **_words(data)
        )

    done = form_pages.attempt(request, form, record, school=case.school, about=case.pupil)
    if done:
        messages.success(request, "The day is written.")
        if early := queries.before_support(done):
            messages.warning(request, early)
        return redirect(pages.after_saving(request, done))
    twin = queries.own_log(request.actor, case, on)
    return pages.show_form(
        request,
        "fieldwork/log_form.html",
        case,
        form,
        policy.record(request.actor, case),
        heading="Daily log",
        second=f"{case.school.name}. Tap, then a line if it helps.",
        twin_url=f"/logs/{twin.pk}/" if twin else "",
        twin=f"You have written the log of {day_in_words(on)}.",
    )


def _words(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in ("face", "what_worked", "what_was_hard", "staff_told")}


@screen(needs=Permission.PUPIL_VIEW, methods=("GET",))
def read(request: Request, log_id: int) -> HttpResponse:
    log = _open(request, log_id, "daily log")
    return next_steps.show_written(request, log)


@screen(needs=Permission.SESSION_RECORD)
def edit(request: Request, log_id: int) -> HttpResponse:
    log = _open(request, log_id, "change a daily log")
    options: dict[str, Any] = {
        "targets": pages.targets_of(log),
        "pupil_name": log.pupil.forename,
    }
    form = form_pages.bind(request, EditLogForm, initial=log_values(log), **options)
    form.instance_version = form_pages.version_shown(request, log.version)
    form.is_read_by_others = log.is_shared
    try:
        done = form_pages.attempt(
            request,
            form,
            lambda data: actions.edit_daily_log(
                actor=request.actor,
                log=log,
                version=form_pages.posted_version(request),
                marks=form.marks,
                **_words(data),
            ),
            about=log.pupil,
        )
    except Conflict:
        current = queries.get_log(request.actor, log_id)
        return pages.show_two_versions(
            request, form, current, log_values(current), "This daily log"
        )
    if done:
        messages.success(request, "The log is changed.")
        return redirect(pages.after_saving(request, done))
    return pages.show_form(
        request,
        "fieldwork/log_form.html",
        log.case,
        form,
        policy.edit(request.actor, log),
        is_shared=log.is_shared,
        shared=shared_in_words(log, log.case.school_id),
        heading="Change this day’s log",
        second=f"{log.on:%A} {day_in_words(log.on)}",
        back_url=f"/logs/{log.pk}/",
        back_label="The log",
    )


def _open(request: Request, log_id: int, screen_name: str) -> DailyLog:
    log = queries.get_log(request.actor, log_id)
    record_view(request.actor, [log.pupil_id], screen_name, subject=f"log {log.pk}")
    return log
