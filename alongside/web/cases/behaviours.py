"""Presenting behaviours of a case: the list of both occasions, and telling one."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.cases import policy, queries
from alongside.cases.behaviours import Pair, pairs_of, record_behaviour
from alongside.cases.models import Behaviour
from alongside.core.permissions import Permission
from alongside.web import form_pages
from alongside.web.dates import short_day
from alongside.web.forms import DateField, Radios, Section, Text, WordsForOthers
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen

# Offered as one types, each what can be seen; any other words may be written.
NAMES = (
    "Leaves the room without leave",
    "Refuses to come in",
    "Hits, kicks or pushes",
    "Shouts or swears at adults",
    "Damages things",
    "Will not begin work",
    "Withdraws and does not speak",
    "Cries for long",
    "Runs off the site",
    "Hurts themselves",
)
STATES = {"better": "met", "worse": "overdue", "the same": "waiting"}


class BehaviourForm(forms.Form):
    sections = (
        Section("What is seen", ("occasion", "name")),
        Section("How often, how severe", ("frequency", "severity", "seen_on", "source")),
    )
    occasion = forms.ChoiceField(
        label="When?", choices=Behaviour.Occasion.choices, widget=Radios(inline=True)
    )
    name = WordsForOthers(
        label="Behaviour",
        max_length=100,
        help_text="What anybody in the room could see. No diagnosis, no label.",
        widget=Text({"list": "behaviour-names"}),
    )
    frequency = forms.TypedChoiceField(
        label="How often?", choices=Behaviour.Frequency.choices, coerce=int, widget=Radios()
    )
    severity = forms.TypedChoiceField(
        label="How severe, at its usual?",
        choices=Behaviour.Severity.choices,
        coerce=int,
        widget=Radios(),
    )
    seen_on = DateField(label="As it was on")
    source = forms.CharField(
        label="Who says so", max_length=120, required=False, help_text="Such as: the class teacher."
    )


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def behaviours(request: Request, case_id: int) -> HttpResponse:
    actor = request.actor
    case = queries.open_case_page(actor, case_id, "behaviours")
    pairs = pairs_of(actor, case)
    base = f"/cases/{case.pk}/behaviours/"
    may_work = policy.work(actor, case)
    return render(
        request,
        "cases/behaviours.html",
        {
            **pupil_frame(actor, case.pupil),
            "heading": "Presenting behaviours",
            "case": case,
            "add_url": f"{base}new/",
            "may_work": may_work,
            "table": {
                "caption": "Presenting behaviours at referral and at exit",
                "columns": [
                    {"label": "What is seen"},
                    {"label": "At referral"},
                    {"label": "At exit"},
                    {"label": "Change"},
                ],
                "rows": [{"cells": _cells(pair, base if may_work else "")} for pair in pairs],
            },
        },
    )


@screen(needs=Permission.CASE_WORK)
def tell_behaviour(request: Request, case_id: int) -> HttpResponse:
    actor = request.actor
    case = queries.open_case_page(actor, case_id, "tell a behaviour")
    asked = {name: request.GET[name] for name in ("name", "occasion") if name in request.GET}
    initial = {"occasion": "REFERRAL", "seen_on": actor.today, **asked}
    form = form_pages.bind(request, BehaviourForm, initial=initial)

    def tell(data: dict[str, Any]) -> Behaviour:
        occasion = Behaviour.Occasion(data.pop("occasion"))
        return record_behaviour(actor=actor, case=case, occasion=occasion, **data)

    if form_pages.attempt(request, form, tell, about=case.pupil):
        messages.success(request, "Saved.")
        return redirect("behaviours", case_id=case.pk)
    return form_pages.show(
        request,
        "cases/behaviour_form.html",
        form,
        {
            **pupil_frame(actor, case.pupil),
            "heading": "Tell a behaviour",
            "names": NAMES,
            "decision": policy.work(actor, case),
            "back_url": f"/cases/{case.pk}/behaviours/",
            "back_label": "Presenting behaviours",
        },
    )


def _cells(pair: Pair, base: str) -> list[dict[str, object]]:
    return [
        {"text": pair.name},
        _told(pair.before, pair.name, "REFERRAL", base),
        _told(pair.after, pair.name, "EXIT", base),
        {"text": pair.words.capitalize(), "state": STATES[pair.words], "tag": True}
        if pair.words
        else {"text": ""},
    ]


def _told(one: Behaviour | None, name: str, occasion: str, base: str) -> dict[str, object]:
    if one is None:
        url = f"{base}new/?{urlencode({'name': name, 'occasion': occasion})}" if base else ""
        return {"text": "Tell it" if base else "Not told", "url": url}
    told = f"{one.get_severity_display()}. {short_day(one.seen_on)}"
    return {
        "text": one.get_frequency_display(),
        "second": f"{told}, {one.source}" if one.source else told,
    }
