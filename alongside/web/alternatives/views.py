"""One alternative to permanent exclusion: begun, its steps ticked, ended, asked whether it held."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core.decisions import Decision
from alongside.core.permissions import Permission
from alongside.pathways import actions, policy, queries
from alongside.pathways.models import Alternative
from alongside.people.models import Pupil
from alongside.people.queries import open_pupil
from alongside.referrals.queries import main_school
from alongside.web import form_pages
from alongside.web.alternatives import forms, pages
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen


@screen(needs=Permission.CASE_WORK)
def begin(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    child = open_pupil(actor, pupil_id, "alternative")
    frameworks = queries.exclusion_frameworks(actor)
    form = form_pages.bind(request, forms.BeginForm, frameworks=frameworks, today=actor.today)
    done = form_pages.attempt(
        request,
        form,
        lambda _data: actions.begin_alternative(actor=actor, pupil=child, **form.facts()),
        school=main_school(child, actor.today),
        about=child,
    )
    if done:
        messages.success(request, f"{done.kind} is recorded. It is asked about after each term.")
        return redirect(f"/alternatives/{done.pk}/")
    second = "It has steps, an end and an outcome, and is asked about after one term and two."
    return _form(
        request,
        child,
        form,
        heading="In place of permanent exclusion",
        second=second,
        button="Begin",
        decision=policy.begin_alternative(actor, child),
        back_url=f"/pupils/{child.pk}/frameworks/",
    )


@screen(needs=Permission.PUPIL_VIEW, methods=("GET",))
def alternative(request: Request, alternative_id: int) -> HttpResponse:
    actor = request.actor
    found = queries.open_alternative(actor, alternative_id, "alternative")
    may_work, tells = bool(policy.moves(actor)), bool(policy.read_reasons(actor))
    context = {
        "heading": found.kind,
        "second": "In place of permanent exclusion",
        "facts": pages.facts(found, tells=tells),
        "steps": pages.steps(found, actor.today, may_work, tells=tells),
        "checks": pages.checks(found, actor.today, may_work, tells=tells),
        "may_end": policy.end_alternative(actor, found),
        "end_url": f"/alternatives/{found.pk}/end/",
        "is_over": found.ended_on is not None,
        "back_url": f"/pupils/{found.pupil_id}/frameworks/",
    }
    return render(
        request, "alternatives/alternative.html", context | pupil_frame(actor, found.pupil)
    )


@screen(needs=Permission.CASE_WORK)
def step(request: Request, alternative_id: int, step_id: int) -> HttpResponse:
    actor = request.actor
    found = queries.open_alternative(actor, alternative_id, "step")
    part = queries.get_step(found, step_id)
    initial = {"done_on": part.done_on or actor.today, "note": part.note}
    form = form_pages.bind(request, forms.StepForm, initial=initial)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.mark_step(actor=actor, step=part, **data),
        about=found.pupil,
    )
    if done:
        messages.success(request, "The step is done.")
        return redirect(f"/alternatives/{found.pk}/")
    return _part(request, found, form, part.text, f"{part.who}", "Done",
                 policy.work_alternative(actor, found))  # fmt: skip


@screen(needs=Permission.CASE_WORK)
def end(request: Request, alternative_id: int) -> HttpResponse:
    actor = request.actor
    found = queries.open_alternative(actor, alternative_id, "end")
    form = form_pages.bind(request, forms.EndForm, initial={"ended_on": actor.today})
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.end_alternative(actor=actor, alternative=found, **data),
        about=found.pupil,
    )
    if done:
        messages.success(request, "The outcome is recorded.")
        return redirect(f"/alternatives/{found.pk}/")
    return _part(request, found, form, f"End: {found.kind}", "Its outcome is counted in the figures.",
                 "Record the outcome", policy.end_alternative(actor, found))  # fmt: skip


@screen(needs=Permission.CASE_WORK)
def check(request: Request, alternative_id: int, hold_id: int) -> HttpResponse:
    actor = request.actor
    found = queries.open_alternative(actor, alternative_id, "check")
    asked = queries.get_hold(found, hold_id)
    initial = {
        "answered_on": asked.answered_on or actor.today,
        "answer": asked.answer,
        "note": asked.note,
    }
    form = form_pages.bind(request, forms.HoldForm, initial=initial)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.answer_hold(actor=actor, check=asked, **data),
        about=found.pupil,
    )
    if done:
        messages.success(request, "The answer is recorded.")
        return redirect(f"/alternatives/{found.pk}/")
    return _part(request, found, form, f"Held after {pages.TERMS[asked.terms]}?", asked.working,
                 "Record the answer", policy.answer_hold(actor, asked, found))  # fmt: skip


def _part(
    request: Request,
    found: Alternative,
    form: Any,
    heading: str,
    second: str,
    button: str,
    decision: Decision,
) -> HttpResponse:
    """A form about one part of an alternative."""
    return _form(
        request,
        found.pupil,
        form,
        heading=heading,
        second=second,
        button=button,
        decision=decision,
        back_url=f"/alternatives/{found.pk}/",
    )


def _form(request: Request, child: Pupil, form: Any, **context: Any) -> HttpResponse:
    return form_pages.show(
        request, "frameworks/form.html", form, context | pupil_frame(request.actor, child)
    )
