"""The kinds of plan a council uses: what each holds, who agrees to it, whether it is offered."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core.permissions import Permission
from alongside.pathways import plan_types
from alongside.pathways.models import PlanType
from alongside.pathways.plan_types import KindFacts
from alongside.pathways.queries.versions import fingerprint
from alongside.plans.models import Party
from alongside.rules.words import count_of, day_in_words, listed
from alongside.web import form_pages
from alongside.web.forms import Number, Text, Textarea, WholeField
from alongside.web.screens import Request, screen


class KindForm(forms.Form):
    """What a manager sets of a kind of plan."""

    name = forms.CharField(label="Name", max_length=60, widget=Text())
    description = forms.CharField(
        label="What it is for", max_length=300, required=False, widget=Textarea(rows=3)
    )
    review_weeks = WholeField(
        label="Weeks between reviews",
        help_text="Left empty, such a plan is reviewed as often as its framework says.",
        required=False,
        widget=Number(suffix="weeks", width=3),
    )
    source = forms.CharField(
        label="Where that comes from", max_length=300, required=False, widget=Textarea(rows=2)
    )
    is_verified = forms.BooleanField(
        label="It has been checked with that source",
        help_text="Until then it is shown with “check before relying on it”.",
        required=False,
    )


CHECK = "Check before relying on it"


@screen(needs=Permission.FRAMEWORK_VIEW, methods=("GET",))
def types(request: Request) -> HttpResponse:
    rows = [_row(request, one) for one in plan_types.plan_types()]
    context = {
        "heading": "Kinds of plan",
        "second": f"One engine draws them all; {request.actor.council_name} says what each holds",
        "types": rows,
        "who_switches": plan_types.may_switch(request.actor).reason
        if plan_types.may_change(request.actor)
        else "",
    }
    return render(request, "plans/types.html", context)


@screen(needs=Permission.PLAN_TYPE_SWITCH, methods=("POST",))
def switch(request: Request, type_key: str) -> HttpResponse:
    is_on = request.POST.get("is_on") == "yes"
    one = plan_types.switch(actor=request.actor, key=type_key, is_on=is_on)
    said = "is offered from now on" if is_on else "is offered no longer; plans of it stay"
    messages.success(request, f"{one.name} {said}.")
    return redirect("/plan-types/")


@screen(needs=Permission.OWN_RULES_EDIT)
def change(request: Request, type_key: str) -> HttpResponse:
    """Its name and its rhythm. What is written already keeps its day."""
    found = plan_types.get_plan_type(type_key)
    initial = {name: getattr(found, name) for name in KindForm.base_fields}
    form = form_pages.bind(request, KindForm, initial=initial)
    done = form_pages.attempt(
        request,
        form,
        lambda data: plan_types.change(
            actor=request.actor,
            key=type_key,
            facts=KindFacts(**data),
            seen=request.POST.get("seen", ""),
        ),
    )
    if done:
        messages.success(request, f"{done.name} is changed. Plans already written keep their day.")
        return redirect("/plan-types/")
    context = {
        "heading": f"Change {found.name}",
        "second": "The plan form proposes this rhythm from now on. Plans already written keep the day "
        "they are reviewed on, and are called by the new name.",
        "button": "Save",
        "decision": plan_types.may_change(request.actor),
        "back_url": "/plan-types/",
        "back_label": "Kinds of plan",
        "seen": fingerprint(found),
    }
    return form_pages.show(request, "frameworks/own_rule.html", form, context)


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
        "change_url": f"/plan-types/{one.key}/change/"
        if plan_types.may_change(request.actor)
        else "",
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
