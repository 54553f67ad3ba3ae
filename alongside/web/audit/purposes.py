"""Opening a record by saying what for: asked of who answers for every record, before anything shows."""

import re
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.core import actions
from alongside.core.actor import Actor
from alongside.core.decisions import NotFound, Problem
from alongside.core.models import Purpose
from alongside.core.permissions import Permission
from alongside.people.queries import pupil_known_as
from alongside.people.queries.pupil import asks_purpose, is_in_scope
from alongside.web import form_pages
from alongside.web import forms as fields
from alongside.web.screens import Request, screen

NOT_KNOWN = (
    "No record the council works with has these details. Check the spelling and the date of birth."
)


class PurposeForm(forms.Form):
    kind = forms.ChoiceField(
        label="What it is for", choices=Purpose.Kind.choices, widget=fields.Radios()
    )
    words = forms.CharField(
        label="Its reference, or a few words",
        help_text="Kept with everything you read of this pupil. Name no child.",
        max_length=200,
        widget=fields.Text(),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput())


class PurposeFindForm(PurposeForm):
    """Whose record, for who has no address that leads to it."""

    forename = forms.CharField(label="The child’s first name", max_length=100)
    surname = forms.CharField(label="The child’s surname", max_length=100)
    born_on = fields.DateField(label="Their date of birth")
    field_order = ("forename", "surname", "born_on")


@screen(needs=Permission.PURPOSE_GIVE)
def purpose(request: Request, pupil_id: int | None = None) -> HttpResponse:
    """The page shows nothing of a child. One that is open already leads straight on."""
    actor, asked = request.actor, request.GET.get("next", "")
    if pupil_id and is_in_scope(actor, pupil_id):
        return redirect(_onward(pupil_id, asked))
    if pupil_id and not asks_purpose(actor, pupil_id):
        raise NotFound
    form_class = PurposeForm if pupil_id else PurposeFindForm
    form = form_pages.bind(request, form_class, initial={"next": asked})
    given = form_pages.attempt(request, form, lambda typed: _give(actor, pupil_id, **typed))
    if given:
        messages.info(
            request,
            "This record is open to you for four hours. What you read of it is kept with your purpose.",
        )
        return redirect(_onward(given.pupil_id, form.cleaned_data["next"]))
    return form_pages.show(
        request, "audit/purpose.html", form, {"heading": "What is this record for?"}
    )


def _give(
    actor: Actor,
    pupil_id: int | None,
    *,
    kind: str,
    words: str,
    forename: str = "",
    surname: str = "",
    born_on: date | None = None,
    **_rest: Any,
) -> Purpose:
    found = pupil_id
    if born_on:
        found = pupil_known_as(forename, surname, born_on)
    if found is None or not (asks_purpose(actor, found) or is_in_scope(actor, found)):
        raise Problem(NOT_KNOWN)
    return actions.give_purpose(actor=actor, pupil_id=found, kind=kind, words=words)


def _onward(pupil_id: int, asked: str) -> str:
    """To the page that was asked for, when it is one of this pupil's; else to the record."""
    record = f"/pupils/{pupil_id}/"
    is_of_theirs = re.fullmatch(rf"{record}[\w/-]*", asked) and asked != f"{record}purpose/"
    return asked if is_of_theirs else record
