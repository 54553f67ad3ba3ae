"""Hours of mainstream curriculum a week, against full time; and carrying a plan to a new school."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.cases.queries import get_case, open_case_page
from alongside.core.permissions import Permission
from alongside.plans import actions, curriculum, policy, queries, tapering
from alongside.plans.models import CurriculumWeek
from alongside.rules.words import day_in_words
from alongside.web import form_pages
from alongside.web.forms import DateField, Number, NumberField, Textarea, WordsForOthers
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen


class HoursForm(forms.Form):
    """One week."""

    week = DateField(label="A day of the week")
    hours = NumberField(
        label="Hours of mainstream curriculum taught",
        max_digits=4,
        decimal_places=1,
        min_value=0,
        widget=Number(whole=False, suffix="hours"),
    )
    full_time_hours = NumberField(
        label="Full time for the class that week",
        help_text="The taught hours of everybody else in the class. Ask the school.",
        max_digits=4,
        decimal_places=1,
        min_value=0,
        max_value=40,
        widget=Number(whole=False, suffix="hours"),
    )
    why_short = WordsForOthers(
        label="Why it was less than full time",
        help_text="Needed when it was.",
        max_length=300,
        required=False,
        widget=Textarea(rows=2),
    )


@screen(needs=Permission.PLAN_VIEW)
def hours(request: Request, case_id: int) -> HttpResponse:
    case = open_case_page(request.actor, case_id, "curriculum hours")
    weeks = curriculum.weeks_of(request.actor, case)
    initial: dict[str, Any] = {"week": request.actor.today}
    if weeks:
        initial["full_time_hours"] = f"{float(weeks[0].full_time_hours):g}"
    planned = curriculum.planned(request.actor, case)
    if planned is not None:
        initial["hours"] = f"{float(planned):g}"
    form = form_pages.bind(request, HoursForm, initial=initial)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.record_hours(actor=request.actor, case=case, **data),
        about=case.pupil,
    )
    if done:
        messages.success(request, f"Kept: {curriculum.in_words(done)}.")
        return redirect(f"/cases/{case_id}/hours/")
    standing = curriculum.standing(weeks)
    context = {
        **pupil_frame(request.actor, case.pupil, "plan"),
        "heading": "Curriculum hours",
        "second": f"What {case.pupil.forename} was taught in mainstream lessons, week by week.",
        "back_url": f"/pupils/{case.pupil_id}/plan/",
        "back_label": "The plan",
        "flag": standing.flag if standing else "",
        "planned": f"{float(planned):g}" if planned is not None else "",
        "weeks": [_row(week) for week in weeks],
        "may": curriculum.record(request.actor, case),
    }
    return form_pages.show(request, "plans/hours.html", form, context)


@screen(needs=Permission.PLAN_VIEW)
def carry(request: Request, case_id: int, plan_id: int) -> HttpResponse:
    """What would be carried from a plan elsewhere; sent, it begins the plan here."""
    case = get_case(request.actor, case_id)
    earlier = queries.open_plan_page(request.actor, plan_id, "carry a plan forward")
    if request.method == "POST":
        made = actions.carry_forward(actor=request.actor, case=case, earlier=earlier)
        messages.success(
            request, f"Plan {made.number} at {case.school.name} begins with what worked. Check it."
        )
        return redirect(f"/plans/{made.pk}/edit/")
    context = {
        **pupil_frame(request.actor, case.pupil, "plan"),
        "heading": f"Carry forward into {case.school.name}",
        "second": f"From plan {earlier.number} at {earlier.case.school.name}.",
        "back_url": f"/cases/{case.pk}/plans/new/",
        "back_label": "Write a plan",
        "strategies": tapering.worth_carrying(earlier),
        "targets": [t.text for t in earlier.targets.all() if not queries.is_met(t)],
        "may": policy.carry_forward(request.actor, case, earlier),
        "url": f"/cases/{case.pk}/plans/carry/{earlier.pk}/",
    }
    return render(request, "plans/carry.html", context)


def _row(week: CurriculumWeek) -> dict[str, Any]:
    return {
        "week": day_in_words(week.week_starts_on),
        "words": curriculum.in_words(week),
        "is_short": bool(curriculum.shortfall(week)),
        "why": week.why_short,
        "hours": f"{float(week.hours):g}",
        "most": f"{float(week.full_time_hours):g}",
        "by": week.recorded_by.name,
    }
