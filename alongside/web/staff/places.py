"""Neighbourhoods of the services, and merging one away: what would go where, before anything does."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core import queries
from alongside.core.permissions import Permission
from alongside.referrals.actions.neighbourhoods import (
    Stands,
    could_take_over,
    merge_neighbourhood,
    stands_in,
)
from alongside.rules.words import listed
from alongside.web import form_pages
from alongside.web.dates import short_day
from alongside.web.forms import Radios, Text
from alongside.web.screens import Request, screen


class MergeForm(forms.Form):
    into = forms.ChoiceField(label="Into which", widget=Radios())
    reason = forms.CharField(
        label="Who decided it, and when",
        help_text="Kept on the audit trail.",
        max_length=300,
        widget=Text(),
    )
    is_sure = forms.BooleanField(
        label="Move everything today. The old neighbourhood ends.", required=True
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"].choices = places  # type: ignore[attr-defined]


@screen(needs=Permission.STAFF_EDIT, methods=("GET",))
def neighbourhoods(request: Request) -> HttpResponse:
    return render(
        request,
        "staff/neighbourhoods.html",
        {
            "heading": "Neighbourhoods",
            "second": "Parts of a service, in which people work and schools lie",
            "rows": [
                {
                    "place": place,
                    "service": place.parent.name if place.parent else "",
                    "gone": f"Part of {place.merged_into.name} since {short_day(place.ends_on)}"
                    if place.merged_into and place.ends_on
                    else "",
                }
                for place in queries.neighbourhoods()
            ],
        },
    )


@screen(needs=Permission.STAFF_EDIT)
def merge(request: Request, place_id: int) -> HttpResponse:
    actor = request.actor
    place = queries.get_neighbourhood(place_id)
    beside = {str(other.pk): other for other in could_take_over(place)}
    form = form_pages.bind(
        request, MergeForm, places=[(pk, other.name) for pk, other in beside.items()]
    )

    def do(data: dict[str, Any]) -> Stands:
        into = beside[data["into"]]
        return merge_neighbourhood(actor=actor, place=place, into=into, reason=data["reason"])

    done = form_pages.attempt(request, form, do)
    if done:
        into = beside[form.cleaned_data["into"]].name
        messages.success(request, f"{place.name} is part of {into} now. {_in_words(done)}")
        return redirect("/staff/neighbourhoods/")
    stands = stands_in(actor, place)
    return form_pages.show(
        request,
        "staff/merge_place.html",
        form,
        {
            "heading": f"Merge {place.name} into another",
            "second": place.parent.name if place.parent else "",
            "back_url": "/staff/neighbourhoods/",
            "back_label": "Neighbourhoods",
            "stands": stands,
            "people": listed(list(stands.people)),
            "ended": short_day(place.ends_on) if place.ends_on else "",
            "has_others": bool(beside),
        },
    )


def _in_words(done: Stands) -> str:
    return (
        f"Moved: {_many(done.open_cases, 'open case')}, {_many(done.closed_cases, 'closed case')}, "
        f"{_many(done.referrals, 'referral')}, {_many(done.schools, 'school')}, "
        f"and the roles of {listed(list(done.people)) or 'nobody'}."
    )


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
