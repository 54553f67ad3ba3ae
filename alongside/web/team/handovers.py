"""Handovers of a coming day: one of them with its cases, and calling it off."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.cases import planned, policy
from alongside.cases.models import HandoverCase, PlannedHandover
from alongside.core.permissions import Permission
from alongside.people.queries import record_view
from alongside.rules.words import count_of, day_in_words
from alongside.web import form_pages
from alongside.web.screens import Request, screen
from alongside.web.team.forms import CallOffForm

State = PlannedHandover.State


def rows(found: list[PlannedHandover]) -> list[dict[str, Any]]:
    """Each with what it says in a line: how many cases, from whom to whom, when, by whom."""
    return [
        {
            "pk": one.pk,
            "said": f"{count_of(one.count, 'case')} from {one.former.name} to {one.to.name}",  # type: ignore[attr-defined]
            "when": f"On {day_in_words(one.starts_on)}, planned by {one.planned_by.name}",
        }
        for one in found
    ]


@screen(needs=Permission.CASE_ALLOCATE, methods=("GET",))
def handover(request: Request, handover_id: int) -> HttpResponse:
    """What is planned, or what became of it, case by case."""
    actor = request.actor
    one = planned.get_seen(actor, handover_id)
    lines = planned.lines_of(actor, one)
    record_view(actor, [line.case.pupil_id for line in lines], "handover")
    return render(
        request,
        "team/handover.html",
        {
            "heading": f"Handover from {one.former.name} to {one.to.name}",
            "second": f"On {day_in_words(one.starts_on)}, planned by {one.planned_by.name}",
            "handover": one,
            "state": _state(one),
            "may_call_off": policy.call_off(actor, one),
            "table": {
                "caption": "Cases of this handover",
                "columns": [{"label": label} for label in ("Pupil", "School", "What became of it")],
                "rows": [{"cells": _cells(line)} for line in lines],
            },
        },
    )


def _cells(line: HandoverCase) -> list[dict[str, Any]]:
    case = line.case
    return [
        {"text": case.pupil.name, "url": f"/cases/{case.pk}/", "second": case.reference},
        {"text": case.school.name},
        {"text": line.get_outcome_display() or "–"},
    ]


def _state(one: PlannedHandover) -> str:
    """How it stands, in a sentence."""
    if one.state == State.CALLED_OFF and one.called_off_by:
        return f"Called off by {one.called_off_by.name}: {one.reason}"
    if one.state == State.NOT_DONE:
        return f"Not carried out: {one.reason} Hand the cases to somebody else."
    if one.state == State.DONE:
        return "Carried out. What did not go stayed where it was."
    return f"Until then {one.former.name} leads, is asked and is listed."


@screen(needs=Permission.CASE_ALLOCATE)
def call_off(request: Request, handover_id: int) -> HttpResponse:
    actor = request.actor
    one = planned.get_seen(actor, handover_id)
    form = form_pages.bind(request, CallOffForm)
    done = form_pages.attempt(
        request, form, lambda data: planned.call_off(actor=actor, handover=one, **data)
    )
    if done:
        messages.success(
            request, f"Called off. {one.former.name} and {one.to.name} have been told."
        )
        return redirect("/team/board/")
    return form_pages.show(
        request,
        "team/form.html",
        form,
        {
            "heading": "Call off this handover",
            "second": f"{one.former.name} to {one.to.name}, {day_in_words(one.starts_on)}",
            "button": "Call it off",
            "back_url": f"/team/handovers/{handover_id}/",
            "back_label": "The handover",
        },
    )
