"""Writing an incident down, reading one, and the list of a pupil's."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from alongside.cases.queries import open_case_page
from alongside.core.permissions import Permission
from alongside.fieldwork.queries import cases_to_work
from alongside.incidents import actions, policy, queries
from alongside.incidents.models import Incident
from alongside.people.queries import open_pupil, record_view
from alongside.people.shared_words import shared_in_words
from alongside.rules.numbers import number_in
from alongside.rules.words import day_in_words
from alongside.web import form_pages
from alongside.web.assessments.voice_rows import moved_words, struck_words
from alongside.web.dates import clock_time, short_weekday
from alongside.web.incidents.forms import IncidentForm
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen

STATES = {1: "info", 2: "waiting", 3: "soon", 4: "overdue"}
LABELS = {
    "kind": "What it was", "severity": "How severe", "occurred_at": "Began", "ended_at": "Ended",
    "place": "Where", "before": "What came before", "happened": "What happened",
    "after": "What was done", "told": "Who was told", "school_reference": "The school’s number",
}  # fmt: skip
HEADS = [{"label": label} for label in ("When", "What", "Where", "How severe", "Written by")]


@screen(needs=Permission.SESSION_RECORD)
def write(request: Request, case_id: int) -> HttpResponse:
    actor = request.actor
    case = open_case_page(actor, case_id, "write an incident")
    if request.method == "GET" and not (may := policy.record(actor, case)):
        messages.info(request, may.reason)
        return redirect(f"/pupils/{case.pupil_id}/")
    form = form_pages.bind(
        request,
        IncidentForm,
        is_of_service=actor.reads_work,
        initial={"on": actor.today, "place": case.school.name},
    )
    done = form_pages.attempt(
        request,
        form,
        lambda _: actions.record_incident(actor=actor, case=case, **form.facts()),
        school=case.school,
        about=case.pupil,
    )
    if done:
        messages.success(request, "The incident is written down.")
        return redirect(f"/incidents/{done.pk}/")
    frame = pupil_frame(actor, case.pupil, "sessions")
    context = frame | {
        "heading": "Write an incident down",
        "second": f"{case.school.name}. Facts first, in the order they happened.",
        "ask": frame["banner"]["ask"],  # type: ignore[index]
        "back_url": f"/pupils/{case.pupil_id}/",
        "back_label": "Pupil",
    }
    return form_pages.show(request, "incidents/form.html", form, context)


@screen(needs=Permission.PUPIL_VIEW, methods=("GET",))
def read(request: Request, incident_id: int) -> HttpResponse:
    actor = request.actor
    incident = queries.get_incident(actor, incident_id)
    record_view(actor, [incident.pupil_id], "incident", subject=f"incident {incident.pk}")
    context = pupil_frame(actor, incident.pupil, "sessions") | {
        "heading": incident.get_kind_display(),
        "second": _when(incident),
        "state": STATES[incident.severity],
        "word": incident.get_severity_display(),
        "facts": _facts(incident),
        "written": _written(incident),
        "shared": shared_in_words(incident, incident.case.school_id),
        "moved": moved_words(incident),
        "struck": struck_words(incident, "This incident") if incident.struck_out_because else "",
        "changes": [_change(one) for one in queries.changes_of(actor, incident)],
        "put_right_at": f"/incidents/{incident.pk}/" if policy.put_right(actor, incident) else "",
        "back_url": f"/pupils/{incident.pupil_id}/incidents/",
        "back_label": "Incidents",
    }
    return render(request, "incidents/read.html", context)


@screen(needs=Permission.PUPIL_VIEW, methods=("GET",))
def listed(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = open_pupil(actor, pupil_id, "incidents")
    after = number_in(request.GET.get("after", ""))
    page = queries.page_of(actor, pupil, after)
    shown = page[: queries.PAGE]
    case = next((c for c in cases_to_work(actor, pupil) if policy.record(actor, c)), None)
    at = f"/pupils/{pupil.pk}/incidents/"
    context = pupil_frame(actor, pupil, "sessions") | {
        "heading": "Incidents",
        "second": f"{queries.in_numbers(shown)}, the newest first"
        if shown
        else "None written down",
        "table": {
            "caption": "Incidents",
            "columns": HEADS,
            "rows": [{"cells": _cells(one)} for one in shown],
        },
        "pages": {
            "summary": "Newest first",
            "first_url": at if after else "",
            "next_url": f"{at}?after={shown[-1].pk}" if len(page) > len(shown) else "",
        },
        "write_url": f"/cases/{case.pk}/incidents/new/" if case else "",
    }
    return render(request, "incidents/list.html", context)


def _cells(incident: Incident) -> list[dict[str, Any]]:
    at = timezone.localtime(incident.occurred_at)
    return [
        {"text": short_weekday(at), "url": f"/incidents/{incident.pk}/", "second": clock_time(at)},
        {
            "text": incident.get_kind_display(),
            "second": "Struck out" if incident.struck_out_because else "",
        },
        {"text": incident.place},
        {"text": incident.get_severity_display().split(":")[0]},
        {
            "text": incident.recorded_by.name,
            "second": shared_in_words(incident, incident.case.school_id),
        },
    ]


def _when(incident: Incident) -> str:
    began = timezone.localtime(incident.occurred_at)
    said = f"{began:%A} {day_in_words(began.date())}, {clock_time(began)}"
    if incident.ended_at is None:
        return f"{said}, {incident.place}"
    return f"{said} to {clock_time(timezone.localtime(incident.ended_at))}, {incident.place}"


def _change(one: queries.Change) -> dict[str, Any]:
    """What one correction said, and what stood before it, part by part."""
    at = timezone.localtime(one.at)
    return {
        "about": f"{one.by}, {day_in_words(at.date())} at {clock_time(at)}: {one.why}",
        "rows": [
            {"label": f"{LABELS[name]}, before", "value": _before(name, value) or "Nothing"}
            for name, value in one.before.items()
        ],
    }


def _before(name: str, value: Any) -> str:
    if name in ("occurred_at", "ended_at"):
        at = timezone.localtime(datetime.fromisoformat(value)) if value else None
        return f"{day_in_words(at.date())}, {clock_time(at)}" if at else ""
    if name == "severity":
        return Incident.Severity(value).label
    return Incident.Kind(value).label if name == "kind" else value


def _written(incident: Incident) -> str:
    at = timezone.localtime(incident.created_at)
    return f"Written by {incident.recorded_by.name}, {day_in_words(at.date())} at {clock_time(at)}"


def _facts(incident: Incident) -> list[dict[str, str]]:
    rows = [
        ("What came before", incident.before),
        ("What happened", incident.happened),
        ("What was done, and how it ended", incident.after),
        ("Who was told", incident.told),
        ("Number in the school’s own system", incident.school_reference),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]
