"""The start of support: what is in place, what is missing, and beginning it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.cases import queries as cases
from alongside.core.decisions import refuse
from alongside.core.permissions import Permission
from alongside.plans import starting
from alongside.plans.actions.starting import start_support
from alongside.web import form_pages
from alongside.web import forms as fields
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen
from alongside.web.templatetags.alongside import day


class StartForm(forms.Form):
    starts_on = fields.DateField(label="Support begins on", is_at_school=True)


@screen(needs=Permission.CASE_VIEW)
def start(request: Request, case_id: int) -> HttpResponse:
    actor = request.actor
    case = cases.open_case_page(actor, case_id, "start of support")
    knows_casework = actor.reads_casework
    needed = starting.needed(case)
    began = starting.start_of(case)
    form = form_pages.bind(request, StartForm, initial={"starts_on": actor.today})
    done = form_pages.attempt(
        request,
        form,
        lambda data: start_support(actor=actor, case=case, **data),
        school=case.school,
    )
    if done:
        messages.success(request, f"Support begins on {day(done.starts_on)}.")
        return redirect(f"/cases/{case.pk}/")
    may_not_read = refuse("The start checklist is casework. To know more, ask the service.")
    context: dict[str, Any] = {
        "heading": "Start of support",
        "second": f"Case {case.reference}",
        "rows": [_row(one) for one in needed] if knows_casework else [],
        "began": began,
        "decision": starting.start_support(actor, case, needed) if knows_casework else may_not_read,
        "back_url": f"/cases/{case.pk}/",
        "back_label": "The case",
    }
    frame = pupil_frame(actor, case.pupil)
    return form_pages.show(request, "plans/start.html", form, frame | context)


def _row(one: starting.Needed) -> dict[str, str]:
    """components/tasks.html."""
    state, word = ("met", "In place") if one.is_met else ("soon", "Missing")
    return {"what": one.what, "url": one.url, "note": one.note, "state": state, "word": word}
