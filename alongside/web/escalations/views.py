"""Passing something up to who directs the work; reading, acknowledging and answering it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from alongside.cases import escalated as found
from alongside.cases import escalations as actions
from alongside.cases import policy
from alongside.cases.models import Escalation
from alongside.core.permissions import Permission
from alongside.duties.calendars import Calendars
from alongside.duties.standards import ANSWER_WITHIN
from alongside.people.queries import record_view
from alongside.rules.words import day_in_words
from alongside.web import form_pages
from alongside.web.dates import clock_time, short_day
from alongside.web.escalations.forms import AnswerForm, EscalationForm
from alongside.web.screens import Request, screen

STATES = {
    Escalation.Decision.AGREED: "met",
    Escalation.Decision.NOT_AGREED: "declined",
    Escalation.Decision.DIRECTED: "met",
}


@screen(needs=Permission.TODAY_VIEW, methods=("GET",))
def escalations(request: Request) -> HttpResponse:
    actor = request.actor
    listed = found.list_escalations(actor)
    _seen(request, [e.pupil_id for e in listed])
    return render(
        request,
        "escalations/list.html",
        {
            "heading": "Passed up",
            "second": "What you put to somebody, and what was put to you.",
            "table": {
                "caption": "Passed up",
                "columns": [
                    {"label": "About"},
                    {"label": "What"},
                    {"label": "Raised by"},
                    {"label": "Put to"},
                    {"label": "State"},
                ],
                "rows": [_row(request, e) for e in listed],
            },
            "may_raise": policy.raise_escalation(actor),
        },
    )


@screen(needs=Permission.CASE_WORK)
def raise_escalation(request: Request) -> HttpResponse:
    actor = request.actor
    initial = {name: request.GET[name] for name in ("kind", "case") if name in request.GET}
    key = f"{request.path}?case={initial['case']}" if "case" in initial else request.path
    form = form_pages.bind(request, EscalationForm, key=key, actor=actor, initial=initial)
    _seen(request, [case.pupil_id for case in form.cases.values()])

    def put(data: dict[str, Any]) -> Escalation:
        told = form.told(data)
        school = told["school"] or (told["case"].school if told["case"] else None)
        days = Calendars(actor)
        answer_by = days.add(school.pk if school else None, actor.today, ANSWER_WITHIN)
        return actions.raise_escalation(actor=actor, answer_by=answer_by, **told)

    done = form_pages.attempt(request, form, put)
    if done:
        messages.success(request, f"Put to {done.asked.name}. You will see when it is read.")
        return redirect("escalation", escalation_id=done.pk)
    return form_pages.show(
        request,
        "escalations/raise.html",
        form,
        {
            "heading": "Pass something up",
            "second": f"An answer is due within {ANSWER_WITHIN} school days: our standard",
            "back_url": "/escalations/",
            "back_label": "Passed up",
            "nobody": not form.people,
        },
    )


@screen(needs=Permission.TODAY_VIEW)
def escalation(request: Request, escalation_id: int) -> HttpResponse:
    actor = request.actor
    one = found.get_escalation(actor, escalation_id)
    _seen(request, [one.pupil_id])
    form = form_pages.bind(request, AnswerForm)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.answer_escalation(
            actor=actor,
            escalation=one,
            decision=Escalation.Decision(data["decision"]),
            answer=data["answer"],
        ),
    )
    if done:
        messages.success(request, f"{one.recorded_by.name} has been told.")
        return redirect("escalation", escalation_id=one.pk)
    return form_pages.show(
        request,
        "escalations/one.html",
        form,
        {
            "escalation": one,
            "heading": one.get_kind_display(),
            "state": _state(request, one),
            "facts": _facts(one),
            "may_acknowledge": policy.acknowledge_escalation(actor, one),
            "may_answer": policy.answer_escalation(actor, one),
        },
    )


@screen(needs=Permission.TODAY_VIEW, methods=("POST",))
def acknowledge(request: Request, escalation_id: int) -> HttpResponse:
    one = found.get_escalation(request.actor, escalation_id)
    actions.acknowledge_escalation(actor=request.actor, escalation=one)
    messages.success(request, f"{one.recorded_by.name} sees that you have read it.")
    return redirect("escalation", escalation_id=one.pk)


def _row(request: Request, one: Escalation) -> dict[str, object]:
    state = _state(request, one)
    about = one.pupil.name if one.pupil else one.school.name if one.school else "The work"
    return {
        "cells": [
            {"text": about, "url": f"/escalations/{one.pk}/"},
            {"text": one.get_kind_display(), "second": one.words[:100]},
            {
                "text": one.recorded_by.name,
                "second": short_day(one.created_at),
            },
            {"text": one.asked.name},
            {"text": state["word"], "state": state["state"], "tag": True},
        ]
    }


def _state(request: Request, one: Escalation) -> dict[str, str]:
    if one.answered_at:
        return {"state": STATES[Escalation.Decision(one.decision)],
                "word": one.get_decision_display()}  # fmt: skip
    if one.answer_by < request.actor.today:
        return {"state": "overdue", "word": "Overdue"}
    if one.acknowledged_at:
        return {"state": "waiting", "word": "Acknowledged"}
    return {"state": "soon", "word": "Not read yet"}


def _facts(one: Escalation) -> list[dict[str, str]]:
    read_at = timezone.localtime(one.acknowledged_at) if one.acknowledged_at else None
    rows = [
        ("Pupil", one.pupil.name if one.pupil else "", f"/cases/{one.case_id}/"),
        ("School", one.school.name if one.school else "", ""),
        ("Raised by", one.recorded_by.name, ""),
        ("Put to", one.asked.name, ""),
        ("Given all the same", one.despite, ""),
        ("Answer due by", f"{day_in_words(one.answer_by)}, our standard", ""),
        (
            "Acknowledged",
            f"{day_in_words(read_at.date())} at {clock_time(read_at)}" if read_at else "Not yet",
            "",
        ),
    ]
    return [
        {"label": label, "value": value, "url": url, "link": "Open the case"}
        for label, value, url in rows
        if value
    ]


def _seen(request: Request, pupil_ids: list[int | None]) -> None:
    named = [pupil_id for pupil_id in pupil_ids if pupil_id]
    if named:
        record_view(request.actor, sorted(set(named)), "escalations")
