"""The kinds of plan a council uses: what each holds, who agrees to it, whether it is offered."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core.permissions import Permission
from alongside.pathways import plan_types
from alongside.pathways.models import PlanType
from alongside.plans.models import Party
from alongside.rules.words import count_of, day_in_words, listed
from alongside.web.screens import Request, screen

CHECK = "Check before relying on it"


@screen(needs=Permission.FRAMEWORK_VIEW, methods=("GET",))
def types(request: Request) -> HttpResponse:
    rows = [_row(request, one) for one in plan_types.plan_types()]
    context = {
        "heading": "Kinds of plan",
        "second": f"One engine draws them all; {request.actor.council_name} says what each holds",
        "types": rows,
    }
    return render(request, "plans/types.html", context)


@screen(needs=Permission.PLAN_TYPE_SWITCH, methods=("POST",))
def switch(request: Request, type_key: str) -> HttpResponse:
    is_on = request.POST.get("is_on") == "yes"
    one = plan_types.switch(actor=request.actor, key=type_key, is_on=is_on)
    said = "is offered from now on" if is_on else "is offered no longer; plans of it stay"
    messages.success(request, f"{one.name} {said}.")
    return redirect("/plan-types/")


def _row(request: Request, one: PlanType) -> dict[str, Any]:
    may_start = plan_types.switched(one, request.actor.today)
    return {
        "name": one.name,
        "text": one.description,
        "state": "met" if may_start else "waiting",
        "word": "Offered" if may_start else "Switched off" if not one.is_on else "Not yet",
        "facts": _facts(one),
        "may_switch": plan_types.may_switch(request.actor),
        "url": f"/plan-types/{one.key}/switch/",
        "is_on": one.is_on,
    }


def _facts(one: PlanType) -> list[dict[str, str]]:
    agreeing = listed([Party(party).label.lower() for party in one.agreeing])
    weeks = (
        f"Every {count_of(one.review_weeks, 'week')}" if one.review_weeks else "As its framework"
    )
    holds = ["targets", "actions"]
    holds += ["a timetable"] if one.has_timetable else []
    holds += ["lines to sign on"] if one.is_signed else []
    if one.is_traced:
        holds.append("the need behind each target")
    source = one.source if one.is_verified else f"{CHECK}. {one.source}"
    rows = [
        ("Agreed by", agreeing),
        ("Reviewed", weeks),
        ("Holds", listed(holds)),
        ("From", day_in_words(one.starts_on) if one.starts_on else ""),
        ("Source", source),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]
