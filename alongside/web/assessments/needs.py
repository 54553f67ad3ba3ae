"""Adding, ending and answering needs."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.assessments import actions, policy, queries
from alongside.assessments.models import Need
from alongside.cases.suspected_needs import suspect_need
from alongside.core.permissions import Permission
from alongside.people.models import Pupil
from alongside.people.queries import open_pupil
from alongside.rules.words import listed
from alongside.web import form_pages
from alongside.web.assessments import pages
from alongside.web.assessments.forms import AnswerForm, EndNeedForm, NeedForm
from alongside.web.screens import Request, screen


@screen(needs=Permission.ASSESSMENT_RECORD)
def add(request: Request, pupil_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "record a need")
    asked = request.GET.get("kind", "")
    form = form_pages.bind(
        request, NeedForm, initial={"kind": asked if asked in Need.Kind.values else ""}
    )

    def record(data: dict[str, Any]) -> str:
        if data["kind"] == Need.Kind.SUSPECTED_SEND:
            told = {name: data[name] for name in ("text", "source", "area")}
            _, names = suspect_need(actor=request.actor, pupil=pupil, **told)
            return _who_was_asked(names)
        need = actions.record_need(actor=request.actor, pupil=pupil, **data)
        return f"Recorded: {need.get_kind_display().lower()}."

    if done := form_pages.attempt(request, form, record, about=pupil):
        messages.success(request, done)
        return redirect(pages.url_of(pupil, "needs"))
    return pages.show_form(
        request,
        pupil,
        form,
        policy.record(request.actor, pupil),
        heading="Add a need, a strength, or what helps",
        button="Add it",
    )


def _who_was_asked(names: list[str]) -> str:
    if names:
        return f"{listed(names)} will answer: it is on their list."
    return "Recorded. No SENDCo of the school signs in here: tell the school yourself."


@screen(needs=Permission.ASSESSMENT_RECORD)
def end(request: Request, pupil_id: int, need_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "end a need")
    need = queries.get_need(request.actor, pupil, need_id)
    form = form_pages.bind(request, EndNeedForm, initial={"ended_on": request.actor.today})
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.end_need(actor=request.actor, need=need, **data),
        about=pupil,
    )
    if done:
        messages.success(request, "Ended. It stays on the record.")
        return redirect(_back(need, pupil))
    return pages.show_form(
        request,
        pupil,
        form,
        policy.end_need(request.actor, need),
        heading=f"{need.get_kind_display()}: no longer so",
        second=need.text,
        button="End it",
    )


def _back(need: Need, pupil: Pupil) -> str:
    """A learning gap has a page of its own."""
    is_gap = need.kind == Need.Kind.LEARNING_GAP
    return f"{pages.url_of(pupil)}learning/" if is_gap else pages.url_of(pupil, "needs")


@screen(needs=Permission.CASE_VIEW)
def answer(request: Request, pupil_id: int, need_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "answer a suspected need")
    need = queries.get_need(request.actor, pupil, need_id)
    form = form_pages.bind(request, AnswerForm)
    done = form_pages.attempt(
        request,
        form,
        lambda _: actions.answer_need(actor=request.actor, need=need, answer=form.as_answer),
        about=pupil,
    )
    if done:
        messages.success(request, f"{need.recorded_by.name} has been told.")
        return redirect(pages.url_of(pupil, "needs"))
    return pages.show_form(
        request,
        pupil,
        form,
        policy.answer_need(request.actor, need),
        heading="What does the school find?",
        second=f"{need.text}. {need.source}. {need.recorded_by.name}".replace("..", "."),
        button="Send the answer",
    )
