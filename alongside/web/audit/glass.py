"""Opening a record that is not one's own, out of the ordinary: with a reason that others are told."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.cases.queries import lead_staff_ids
from alongside.core import actions, policy
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.models import BreakGlass
from alongside.core.permissions import Permission
from alongside.people.queries import pupil_known_as
from alongside.web import form_pages
from alongside.web import forms as fields
from alongside.web.screens import Request, screen

NOT_KNOWN = (
    "We cannot open a record by these details. Check the spelling and the date of birth. "
    "If a child is in danger, call 999 or the council's out-of-hours number now."
)


class GlassForm(forms.Form):
    """Who the child is, as somebody would know who truly has to do with them; and why now."""

    forename = forms.CharField(label="The child's first name", max_length=100)
    surname = forms.CharField(label="The child's surname", max_length=100)
    born_on = fields.DateField(label="Their date of birth")
    reason = forms.CharField(
        label="Why you need this record now",
        help_text="What has happened, and what you must do. The lead worker and the data "
        "protection officer read these words today.",
        max_length=1000,
        widget=fields.Textarea(rows=4, count=1000),
    )
    is_understood = forms.BooleanField(
        label="I understand that my name, the time and this reason are sent to them now",
        error_messages={"required": "Say that you understand who is told"},
    )


@screen(needs=Permission.BREAK_GLASS)
def break_glass(request: Request, pupil_id: int | None = None) -> HttpResponse:
    """The page is the same whether or not there is such a record: only the right details open it."""
    require(policy.break_glass_again(request.actor))
    form = form_pages.bind(request, GlassForm)
    glass = form_pages.attempt(request, form, lambda typed: _open(request.actor, pupil_id, typed))
    if glass:
        messages.warning(request, "This record is open to you for four hours. Others were told.")
        return redirect(f"/pupils/{glass.pupil_id}/")
    if NOT_KNOWN in form.non_field_errors():
        actions.refuse_glass(actor=request.actor)
    return form_pages.show(request, "audit/glass.html", form, {"heading": "Open a record"})


def _open(actor: Actor, pupil_id: int | None, typed: dict[str, Any]) -> BreakGlass:
    found = pupil_known_as(typed["forename"], typed["surname"], typed["born_on"], pupil_id)
    if found is None:
        raise Problem(NOT_KNOWN)
    return actions.break_glass(
        actor=actor,
        pupil_id=found,
        reason=typed["reason"],
        tell_staff_ids=lead_staff_ids(found),
    )
