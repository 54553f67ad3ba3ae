"""Writing, reading and mending one session."""

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.cases.models import Case
from alongside.cases.queries import open_case_page
from alongside.core.actor import Actor
from alongside.core.decisions import Conflict
from alongside.core.permissions import Permission
from alongside.fieldwork import actions, policy, queries
from alongside.fieldwork.models import Session, Visit
from alongside.fieldwork.visits import visit_with
from alongside.people.queries import record_view
from alongside.people.shared_words import shared_in_words
from alongside.rules.numbers import number_in
from alongside.web import form_pages
from alongside.web.fieldwork import next_steps, pages
from alongside.web.fieldwork.forms import SessionForm, session_values
from alongside.web.screens import Request, screen


@screen(needs=Permission.SESSION_RECORD)
def write(request: Request, case_id: int) -> HttpResponse:
    case = open_case_page(request.actor, case_id, "write a session")
    visit = visit_with(request.actor, number_in(request.GET.get("visit", "")), case.pupil_id)
    form = form_pages.bind(
        request,
        SessionForm,
        targets=queries.targets_to_mark(case),
        pupil_name=case.pupil.forename,
        at_that_time=partial(queries.own_at_that_time, request.actor, case.pupil),
        initial={
            "kind": Session.Kind.ONE_TO_ONE,
            "attendance": Session.Attendance.ATTENDED,
            **_when_and_where(case, visit),
        },
    )
    starts_at = None

    def record(_: dict[str, Any]) -> Session:
        nonlocal starts_at
        starts_at = form.starts_at  # Kept for the page: a refused time leaves the form's own data.
        return actions.record_session(actor=request.actor, case=case, **form.facts)

    done = form_pages.attempt(request, form, record, school=case.school, about=case.pupil)
    if done:
        messages.success(request, "The session is written.")
        if early := queries.before_support(done):
            messages.warning(request, early)
        return redirect(pages.after_saving(request, done))
    twin = queries.own_session(request.actor, case, starts_at) if starts_at else None
    return pages.show_form(
        request,
        "fieldwork/session_form.html",
        case,
        form,
        policy.record(request.actor, case),
        heading="Record a session",
        twin_url=f"/sessions/{twin.pk}/" if twin else "",
        twin="You recorded a session that began then.",
    )


def _when_and_where(case: Case, visit: Visit | None) -> dict[str, Any]:
    """As it was planned, when one comes from a visit of the planner."""
    if visit is None:
        return {"on": timezone.localdate(), "minutes": 45, "place": case.school.name}
    at = timezone.localtime(visit.starts_at)
    planned = {"on": at.date(), "time": at.time().isoformat("minutes"), "minutes": visit.minutes}
    return planned | {"place": visit.school.name}


@screen(needs=Permission.PUPIL_VIEW, methods=("GET",))
def read(request: Request, session_id: int) -> HttpResponse:
    session = _open(request, session_id, "session")
    return next_steps.show_written(request, session)


@screen(needs=Permission.SESSION_RECORD)
def edit(request: Request, session_id: int) -> HttpResponse:
    session = _open(request, session_id, "change a session")
    options: dict[str, Any] = {
        "targets": pages.targets_of(session),
        "pupil_name": session.pupil.forename,
        "at_that_time": partial(_other_then, request.actor, session),
    }
    form = form_pages.bind(request, SessionForm, initial=session_values(session), **options)
    form.instance_version = form_pages.version_shown(request, session.version)
    form.is_read_by_others = session.is_shared
    try:
        done = form_pages.attempt(
            request,
            form,
            lambda _: actions.edit_session(
                actor=request.actor,
                session=session,
                version=form_pages.posted_version(request),
                **form.facts,
            ),
            school=session.case.school,
            about=session.pupil,
        )
    except Conflict:
        current = queries.get_session(request.actor, session_id)
        return pages.show_two_versions(
            request, form, current, session_values(current), "This session"
        )
    if done:
        messages.success(request, "The session is changed.")
        return redirect(pages.after_saving(request, done))
    return pages.show_form(
        request,
        "fieldwork/session_form.html",
        session.case,
        form,
        policy.edit(request.actor, session),
        is_shared=session.is_shared,
        shared=shared_in_words(session, session.case.school_id),
        heading="Change this session",
        back_url=f"/sessions/{session.pk}/",
        back_label="The session",
    )


def _other_then(
    actor: Actor, session: Session, starts_at: datetime, minutes: int
) -> list[queries.Meanwhile]:
    """None while the time stands as it was: that was asked when it was written."""
    if (starts_at, minutes) == (session.starts_at, session.minutes):
        return []
    return queries.own_at_that_time(actor, session.pupil, starts_at, minutes, besides=session.pk)


def _open(request: Request, session_id: int, screen_name: str) -> Session:
    session = queries.get_session(request.actor, session_id)
    record_view(request.actor, [session.pupil_id], screen_name, subject=f"session {session.pk}")
    return session
