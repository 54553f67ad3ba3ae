"""What every form of the Assessment tab shares."""

from typing import Any

from django import forms
from django.http import HttpResponse

from alongside.core.decisions import Decision
from alongside.people.models import Pupil
from alongside.web import form_pages
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request


def url_of(pupil: Pupil, anchor: str = "") -> str:
    return f"/pupils/{pupil.pk}/assessment/{f'#{anchor}' if anchor else ''}"


def show_form(
    request: Request,
    pupil: Pupil,
    form: forms.Form,
    decision: Decision,
    *,
    heading: str,
    button: str,
    second: str = "",
    **context: Any,
) -> HttpResponse:
    """One form; a refusal is a sentence in its place."""
    return form_pages.show(
        request,
        "assessments/form.html",
        form,
        {
            **pupil_frame(request.actor, pupil, "assessment"),
            "decision": decision,
            "heading": heading,
            "second": second,
            "button": button,
            "back_url": url_of(pupil),
            "back_label": "Assessment",
            **context,
        },
    )
