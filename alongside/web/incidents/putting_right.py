"""An incident put right: corrected, struck out, or taken to the child it is about."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core.decisions import Conflict
from alongside.core.permissions import Permission
from alongside.incidents import actions, policy, queries
from alongside.incidents.models import Incident
from alongside.people.queries import record_view
from alongside.rules.words import day_in_words
from alongside.web import form_pages
from alongside.web.assessments.forms import StrikeOutForm
from alongside.web.assessments.score_forms import MoveForm
from alongside.web.incidents.forms import CorrectIncidentForm, values_of
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen


@screen(needs=Permission.SESSION_RECORD)
def correct(request: Request, incident_id: int) -> HttpResponse:
    """From the version on the screen; what stood before is kept."""
    actor = request.actor
    incident = _open(request, incident_id, "correct an incident")
    form = form_pages.bind(request, CorrectIncidentForm, initial=values_of(incident))
    form.instance_version = form_pages.version_shown(request, incident.version)  # type: ignore[attr-defined]
    try:
        done = form_pages.attempt(
            request,
            form,
            lambda _: actions.correct_incident(
                actor=actor,
                incident=incident,
                version=form_pages.posted_version(request),
                **form.facts(),
            ),
            school=incident.case.school,
            about=incident.pupil,
        )
    except Conflict:
        return _two_versions(request, form, queries.get_incident(actor, incident_id))
    if done:
        messages.success(request, "Corrected. What stood before is kept below.")
        return redirect(f"/incidents/{done.pk}/")
    return _show(request, incident, form, "Correct this incident", "Save the correction")


def _two_versions(request: Request, form: Any, now: Incident) -> HttpResponse:
    return form_pages.show_conflict(
        request,
        form,
        record=now,
        theirs=values_of(now) | {"reason": ""},
        version=now.version,
        context=_context(request, now, "This incident was corrected meanwhile"),
    )


@screen(needs=Permission.SESSION_RECORD)
def strike_out(request: Request, incident_id: int) -> HttpResponse:
    incident = _open(request, incident_id, "strike out an incident")
    form = form_pages.bind(request, StrikeOutForm)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.strike_out_incident(actor=request.actor, incident=incident, **data),
        about=incident.pupil,
    )
    if done:
        messages.success(
            request, "Struck out. It counts nowhere, and that it was stays to be seen."
        )
        return redirect(f"/incidents/{incident.pk}/")
    return _show(request, incident, form, "Strike out this incident", "Strike it out")


@screen(needs=Permission.SESSION_RECORD)
def move(request: Request, incident_id: int) -> HttpResponse:
    """Both records stay honest: struck out here, and written there as moved."""
    actor = request.actor
    incident = _open(request, incident_id, "move an incident")
    form = form_pages.bind(request, MoveForm, actor=actor)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.move_incident(actor=actor, incident=incident, **data),
    )
    if done:
        messages.success(
            request,
            f"Moved to {done.pupil.name}, and shared with nobody yet. Where it was, it is struck out.",
        )
        return redirect(f"/incidents/{done.pk}/")
    return _show(request, incident, form, "This incident is another child’s", "Move it")


def _open(request: Request, incident_id: int, screen_name: str) -> Incident:
    incident = queries.get_incident(request.actor, incident_id)
    record_view(request.actor, [incident.pupil_id], screen_name, subject=f"incident {incident.pk}")
    return incident


def _show(
    request: Request, incident: Incident, form: forms.Form, heading: str, button: str
) -> HttpResponse:
    may = policy.put_right(request.actor, incident)
    context = _context(request, incident, heading) | {"decision": may, "button": button}
    return form_pages.show(request, "assessments/form.html", form, context)


def _context(request: Request, incident: Incident, heading: str) -> dict[str, Any]:
    on = day_in_words(timezone.localtime(incident.occurred_at).date())
    return pupil_frame(request.actor, incident.pupil, "sessions") | {
        "heading": heading,
        "second": f"{incident.get_kind_display()}, {on}",
        "back_url": f"/incidents/{incident.pk}/",
        "back_label": "The incident",
    }
