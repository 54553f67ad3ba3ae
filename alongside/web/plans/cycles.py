"""The cycles of a case: assess, plan, do, review, each with its days, and beginning the next."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.cases.models import Case
from alongside.cases.queries import open_case_page
from alongside.core.permissions import Permission
from alongside.duties.cycles import Cycle, Part, cycles_of
from alongside.pathways.models import PlanType
from alongside.plans import actions, queries
from alongside.plans.dates import rhythm_of
from alongside.plans.kinds import type_of
from alongside.plans.models import Plan
from alongside.plans.withdrawn import state_of
from alongside.rules.words import count_of, day_in_words
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen


@screen(needs=Permission.PLAN_VIEW, methods=("GET",))
def cycles(request: Request, case_id: int) -> HttpResponse:
    case = open_case_page(request.actor, case_id, "cycles")
    found = cycles_of(request.actor, case)
    context = {
        **pupil_frame(request.actor, case.pupil, "plan"),
        "heading": "Assess, plan, do, review",
        "second": _rhythm(case, found),
        "back_url": f"/pupils/{case.pupil_id}/plan/",
        "back_label": "The plan",
        "cycles": [_row(cycle) for cycle in found],
    }
    return render(request, "plans/cycles.html", context)


@screen(needs=Permission.PLAN_WRITE, methods=("POST",))
def following(request: Request, plan_id: int) -> HttpResponse:
    """Begin the next cycle from the last review."""
    found = queries.get_plan(request.actor, plan_id)
    begun: Plan = actions.next_cycle(actor=request.actor, plan=found)
    messages.success(
        request, f"Plan {begun.number} begins with what was left at the review. Check it."
    )
    return redirect(f"/plans/{begun.pk}/edit/")


def _rhythm(case: Case, found: list[Cycle]) -> str:
    """How often this is reviewed: by the kind of the newest plan, else by the framework."""
    framework = case.framework
    kind = type_of(found[-1].plan) if found else PlanType()
    rhythm = rhythm_of(kind, framework)
    whose = kind.name if rhythm.is_of_kind else framework.name
    return f"{whose}: reviewed every {count_of(rhythm.weeks, 'week')}."


def _row(cycle: Cycle) -> dict[str, Any]:
    plan = cycle.plan
    return {
        "title": f"Cycle {plan.number}",
        "url": f"/plans/{plan.pk}/",
        "link": f"Plan {plan.number}",
        "word": state_of(plan)[0],
        "parts": [
            {"name": part.name, "days": _days(part), "said": part.said} for part in cycle.parts
        ],
        "next": cycle.next if getattr(plan, "review", None) else None,
        "next_url": f"/plans/{plan.pk}/following/",
    }


def _days(part: Part) -> str:
    if part.began is None:
        return "Nothing new" if part.name == "Assess" else "Not yet"
    if part.ended is None or part.ended == part.began:
        return day_in_words(part.began)
    return f"{day_in_words(part.began)} to {day_in_words(part.ended)}"
