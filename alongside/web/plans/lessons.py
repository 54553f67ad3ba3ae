"""Lesson plans of a case: written against a learning gap, signed off, delivered."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.assessments.models import Need
from alongside.cases.models import Case
from alongside.cases.queries import open_case_page
from alongside.core.decisions import Conflict
from alongside.core.permissions import Permission
from alongside.plans import actions, lessons
from alongside.plans.models import LessonPlan
from alongside.rules.words import day_in_words
from alongside.web import form_pages
from alongside.web.forms import DateField, Radios, Text, Textarea, WordsForOthers
from alongside.web.plans.answer_forms import DecisionForm
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen

STATES = {"WAITING": "waiting", "RETURNED": "soon", "SIGNED": "met"}


class LessonForm(forms.Form):
    """A short lesson on one page."""

    instance_version: Any = None

    need = forms.ChoiceField(label="Which learning gap does it bridge?", widget=Radios())
    title = WordsForOthers(
        is_said=False, label="What the lesson is about", max_length=120, widget=Text()
    )
    steps = WordsForOthers(
        label="What you will do, step by step", max_length=3000, widget=Textarea(rows=6)
    )
    adaptations = WordsForOthers(
        is_said=False,
        label="How the curriculum is adapted",
        help_text="What is easier, shorter, said or shown in another way.",
        max_length=500,
        required=False,
        widget=Textarea(rows=3),
    )
    planned_for = DateField(label="When it is planned for", is_at_school=True)

    def __init__(self, *args: Any, gaps: Sequence[Need], **options: Any) -> None:
        super().__init__(*args, **options)
        self.gaps = {str(gap.pk): gap for gap in gaps}
        need: Any = self.fields["need"]
        need.choices = [(key, gap.text) for key, gap in self.gaps.items()]

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "need": self.gaps[self.cleaned_data["need"]]}


class ResultForm(forms.Form):
    """How it went."""

    delivered_on = DateField(label="When it was delivered")
    went = forms.ChoiceField(label="How it went", choices=LessonPlan.Went.choices, widget=Radios())
    result = WordsForOthers(
        label="What was seen, and what comes next",
        max_length=500,
        required=False,
        widget=Textarea(rows=3),
    )


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def index(request: Request, case_id: int) -> HttpResponse:
    case = open_case_page(request.actor, case_id, "lesson plans")
    found = lessons.lessons_of(request.actor, case)
    context = _around(request, case) | {
        "heading": "Lesson plans",
        "second": "Short lessons that bridge a learning gap.",
        "back_url": f"/pupils/{case.pupil_id}/plan/",
        "back_label": "The plan",
        "lessons": [_row(one) for one in found],
        "has_gaps": bool(lessons.gaps_of(request.actor, case)),
        "may": lessons.write(request.actor, case),
        "add_url": f"/cases/{case_id}/lessons/add/",
        "assess_url": f"/pupils/{case.pupil_id}/assessment/",
    }
    return render(request, "plans/lessons.html", context)


@screen(needs=Permission.CASE_WORK)
def add(request: Request, case_id: int) -> HttpResponse:
    case = open_case_page(request.actor, case_id, "plan a lesson")
    if request.method == "GET" and not (may := lessons.write(request.actor, case)):
        return _instead(request, f"/cases/{case_id}/lessons/", may.reason)
    gaps = lessons.gaps_of(request.actor, case)
    initial = {"planned_for": request.actor.today}
    form = form_pages.bind(request, LessonForm, gaps=gaps, initial=initial)
    done = form_pages.attempt(
        request,
        form,
        lambda _: actions.write_lesson(actor=request.actor, case=case, **form.facts()),
        school=case.school,
        about=case.pupil,
    )
    if done:
        messages.success(request, "The lesson is sent to be signed off.")
        return redirect(f"/cases/{case_id}/lessons/{done.pk}/")
    second = "" if gaps else "No learning gap is recorded yet. Record one on Assessment first."
    return _show(request, case, form, "Plan a lesson", second)


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def lesson(request: Request, case_id: int, lesson_id: int) -> HttpResponse:
    case = open_case_page(request.actor, case_id, "a lesson plan")
    one = lessons.get_lesson(request.actor, case, lesson_id)
    at = f"/cases/{case_id}/lessons/{lesson_id}/"
    context = _around(request, case) | {
        "heading": one.title,
        "second": f"Planned for {day_in_words(one.planned_for)} by {one.written_by.name}.",
        "state": {"state": STATES[one.state], "word": one.get_state_display()},
        "facts": _facts(one),
        "steps": [
            {"label": label, "url": f"{at}{end}/", "decision": decision, "look": look}
            for label, end, decision, look in (
                ("Sign off or return", "decide", lessons.decide(request.actor, one), ""),
                ("Record the result", "result", lessons.record_result(request.actor, one), ""),
                ("Change it", "edit", lessons.change(request.actor, one), "2"),
            )
            if decision
        ],
    }
    return render(request, "plans/lesson.html", context)


@screen(needs=Permission.CASE_WORK)
def edit(request: Request, case_id: int, lesson_id: int) -> HttpResponse:
    case = open_case_page(request.actor, case_id, "change a lesson plan")
    one = lessons.get_lesson(request.actor, case, lesson_id)
    at = f"/cases/{case_id}/lessons/{lesson_id}/"
    if request.method == "GET" and not (may := lessons.change(request.actor, one)):
        return _instead(request, at, may.reason)
    gaps = lessons.gaps_of(request.actor, case)
    form = form_pages.bind(request, LessonForm, gaps=gaps, initial=_values(one))
    form.instance_version = form_pages.version_shown(request, one.version)
    try:
        done = form_pages.attempt(
            request,
            form,
            lambda _: actions.change_lesson(
                actor=request.actor,
                lesson=one,
                version=form_pages.posted_version(request),
                **form.facts(),
            ),
            school=case.school,
            about=case.pupil,
        )
    except Conflict:
        return form_pages.show_conflict(
            request,
            form,
            theirs=_values(one),
            record=one,
            version=one.version,
            context=_around(request, case) | {"heading": one.title},
        )
    if done:
        messages.success(request, "Changed, and sent to be signed off.")
        return redirect(at)
    return _show(request, case, form, f"Change: {one.title}", one.return_reason)


@screen(needs=Permission.PLAN_APPROVE)
def decide(request: Request, case_id: int, lesson_id: int) -> HttpResponse:
    case = open_case_page(request.actor, case_id, "sign a lesson off")
    one = lessons.get_lesson(request.actor, case, lesson_id)
    at = f"/cases/{case_id}/lessons/{lesson_id}/"
    if request.method == "GET" and not (may := lessons.decide(request.actor, one)):
        return _instead(request, at, may.reason)
    form = form_pages.bind(request, DecisionForm)
    done = form_pages.attempt(
        request,
        form,
        lambda data: (
            actions.sign_off(actor=request.actor, lesson=one)
            if data["answer"] == "approve"
            else actions.return_lesson(actor=request.actor, lesson=one, reason=data["reason"])
        ),
        about=case.pupil,
    )
    if done:
        messages.success(request, f"{done.get_state_display()}.")
        return redirect(at)
    return _show(request, case, form, f"Sign off: {one.title}", one.adaptations or one.need.text)


@screen(needs=Permission.CASE_WORK)
def result(request: Request, case_id: int, lesson_id: int) -> HttpResponse:
    case = open_case_page(request.actor, case_id, "a lesson's result")
    one = lessons.get_lesson(request.actor, case, lesson_id)
    at = f"/cases/{case_id}/lessons/{lesson_id}/"
    if request.method == "GET" and not (may := lessons.record_result(request.actor, one)):
        return _instead(request, at, may.reason)
    form = form_pages.bind(request, ResultForm, initial={"delivered_on": request.actor.today})
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.record_lesson_result(actor=request.actor, lesson=one, **data),
        about=case.pupil,
    )
    if done:
        messages.success(request, "The result is kept.")
        return redirect(at)
    return _show(request, case, form, f"How it went: {one.title}", one.need.text)


def _around(request: Request, case: Case) -> dict[str, Any]:
    return {
        **pupil_frame(request.actor, case.pupil, "plan"),
        "back_url": f"/cases/{case.pk}/lessons/",
        "back_label": "Lesson plans",
    }


def _instead(request: Request, url: str, reason: str) -> HttpResponse:
    messages.info(request, reason)
    return redirect(url)


def _show(request: Request, case: Case, form: Any, heading: str, second: str) -> HttpResponse:
    context = _around(request, case) | {"heading": heading, "second": second}
    return form_pages.show(request, "plans/answer.html", form, context)


def _row(one: LessonPlan) -> dict[str, Any]:
    went = f" Delivered: {one.get_went_display().lower()}." if one.delivered_on else ""
    return {
        "title": one.title,
        "url": f"/cases/{one.case_id}/lessons/{one.pk}/",
        "note": f"{day_in_words(one.planned_for)}, {one.written_by.name}. {one.need.text}.{went}",
        "state": STATES[one.state],
        "word": one.get_state_display(),
    }


def _facts(one: LessonPlan) -> list[dict[str, str]]:
    decided = ""
    if one.decided_by and one.decided_on and one.state != "WAITING":
        decided = f"{one.decided_by.name}, {day_in_words(one.decided_on)}"
    delivered = ""
    if one.delivered_on:
        delivered = f"{day_in_words(one.delivered_on)}: {one.get_went_display().lower()}"
    rows = [
        ("Learning gap", one.need.text),
        ("Step by step", one.steps),
        ("Adapted", one.adaptations),
        (one.get_state_display(), decided),
        ("To be different", one.return_reason),
        ("Delivered", delivered),
        ("What was seen", one.result),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _values(one: LessonPlan) -> dict[str, Any]:
    return {
        "need": str(one.need_id),
        "title": one.title,
        "steps": one.steps,
        "adaptations": one.adaptations,
        "planned_for": one.planned_for,
    }
