"""Raising a concern from anywhere; reading and acknowledging it as safeguarding lead."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.core.permissions import Permission
from alongside.people import policy, queries
from alongside.people.models import Concern, Pupil
from alongside.people.queries import concerns as found
from alongside.people.queries.banner import schools_now
from alongside.people.queries.safeguarding import safeguarding_leads
from alongside.rules.numbers import number_in
from alongside.web import form_pages
from alongside.web.concerns.forms import ConcernForm
from alongside.web.concerns.raising import acknowledge_with_task, raise_with_task
from alongside.web.dates import short_day
from alongside.web.screens import Request, screen


@screen(needs=Permission.CONCERN_RAISE)
def raise_concern(request: Request) -> HttpResponse:
    actor = request.actor
    pupil = _asked_pupil(request)
    initial = {"pupil": (pupil.pk, pupil.name)} if pupil else {}
    key = f"{request.path}?pupil={pupil.pk}" if pupil else request.path
    form = form_pages.bind(request, ConcernForm, key=key, actor=actor, initial=initial)
    done = form_pages.attempt(
        request,
        form,
        lambda data: raise_with_task(actor=actor, data=data, happened_at=form.happened_at),
    )
    if done:
        messages.success(
            request, "The safeguarding lead has been told. You will see when it is acknowledged."
        )
        return redirect("concern", concern_id=done.pk)
    return form_pages.show(
        request,
        "concerns/raise.html",
        form,
        {
            "heading": "Raise a concern",
            "tell": _whom_to_tell(actor, pupil),
            "pupil": pupil,
            "back_url": f"/pupils/{pupil.pk}/" if pupil else "/",
            "back_label": pupil.name if pupil else "Today",
        },
    )


@screen(needs=Permission.CONCERN_READ, methods=("GET",))
def concerns(request: Request) -> HttpResponse:
    listed = found.list_received(request.actor)
    ids = [concern.pupil_id for concern in listed if concern.pupil_id]
    if ids:
        queries.record_view(request.actor, ids, "concerns")
    return render(
        request,
        "concerns/list.html",
        {
            "heading": "Concerns of your setting",
            "second": "Those waiting for you come first.",
            "table": _table(listed),
        },
    )


@screen(needs=Permission.CONCERN_RAISE, methods=("GET",))
def raised(request: Request) -> HttpResponse:
    """What I raised, in my own words: never what follows."""
    return render(
        request,
        "concerns/raised.html",
        {"concerns": [_own(concern) for concern in found.list_raised(request.actor)]},
    )


@screen(needs=Permission.CONCERN_RAISE)
def concern(request: Request, concern_id: int) -> HttpResponse:
    actor = request.actor
    concern = found.get_concern(actor, concern_id)
    receives = found.receives(actor, concern)
    if request.method == "POST":
        if not receives:
            raise NotFound
        acknowledge_with_task(actor=actor, concern=concern)
        messages.success(request, "Acknowledged. Whoever raised it has been told that, only that.")
        return redirect("concern", concern_id=concern.pk)
    if concern.pupil_id and receives:
        queries.record_view(actor, [concern.pupil_id], "concern", subject=f"concern {concern.pk}")
    elif concern.pupil_id:
        queries.record_view(actor, [concern.pupil_id], "own concern", f"concern {concern.pk}")
    return render(
        request,
        "concerns/concern.html",
        {
            "concern": concern,
            "child": concern.pupil.name if concern.pupil else concern.child,
            "pupil_url": f"/pupils/{concern.pupil_id}/" if concern.pupil and receives else "",
            "where": concern.get_where_display(),
            "receives": receives,
            "acknowledge": policy.acknowledge_concern(actor, concern) if receives else None,
        },
    )


def _asked_pupil(request: Request) -> Pupil | None:
    """The pupil whose page one came from, when one may see them."""
    asked = number_in(request.GET.get("pupil", ""))
    if asked is None:
        return None
    try:
        return queries.open_pupil(request.actor, asked, "raise a concern")
    except NotFound:
        return None


def _whom_to_tell(actor: Actor, pupil: Pupil | None) -> list[dict[str, object]]:
    """The safeguarding lead of each school of the pupil, with how to reach them."""
    if pupil is None:
        return []
    return [
        {"school": school.name, "leads": safeguarding_leads(actor, school)}
        for school in schools_now(actor, pupil)
    ]


def _table(listed: list[Concern]) -> dict[str, object]:
    columns = [{"label": label} for label in ("Child", "School", "Raised", "By", "State")]
    return {"caption": "Concerns", "columns": columns, "rows": [_row(c) for c in listed]}


def _row(concern: Concern) -> dict[str, object]:
    is_waiting = concern.acknowledged_at is None
    return {
        "cells": [
            {
                "text": concern.pupil.name if concern.pupil else concern.child,
                "url": f"/concerns/{concern.pk}/",
            },
            {"text": concern.school.name},
            {"text": f"{concern.created_at:%-d %b %Y}"},
            {"text": concern.recorded_by.name},
            {
                "tag": True,
                "state": "overdue" if is_waiting else "met",
                "text": "Not acknowledged" if is_waiting else "Acknowledged",
            },
        ],
        "is_on": is_waiting,
    }


def _own(concern: Concern) -> dict[str, object]:
    at = concern.acknowledged_at
    return {
        "what": concern.words[:120],
        "url": f"/concerns/{concern.pk}/",
        "note": f"{concern.school.name}, {concern.created_at:%-d %B %Y}",
        "state": "met" if at else "waiting",
        "word": f"Acknowledged {short_day(at)}" if at else "Not acknowledged yet",
    }
