"""What assistants recorded, countersigned by who manages them; and what was countersigned for me."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.cases import team, team_queries
from alongside.core.permissions import Permission
from alongside.people.models import ChronologyEntry
from alongside.people.queries import record_view
from alongside.rules.numbers import number_in
from alongside.web.dates import short_weekday
from alongside.web.screens import Request, screen
from alongside.web.team.views import views_of

PAGE = team_queries.PAGE


@screen(needs=Permission.CASE_ALLOCATE)
def countersign(request: Request) -> HttpResponse:
    """Lines to read, newest first, and one button for those that one has read."""
    actor = request.actor
    found = team_queries.to_countersign(actor, number_in(request.GET.get("before", "")))
    shown = found[:PAGE]
    if request.method == "POST":
        chosen = set(request.POST.getlist("entry"))
        signed = team.countersign(
            actor=actor,
            entries=[entry for entry in shown if str(entry.pk) in chosen],
            note=request.POST.get("note", "")[:300],
        )
        messages.success(request, f"{len(signed)} countersigned.")
        return redirect(request.get_full_path())
    record_view(actor, sorted({e.pupil_id for e in shown if e.pupil_id}), "countersign")
    return render(
        request,
        "team/countersign.html",
        {
            "heading": "To countersign",
            "second": "What assistants of your team recorded, the newest first",
            "views": views_of(request, "countersign"),
            "rows": [_row(entry) for entry in shown],
            "next_url": f"?before={shown[-1].pk}" if len(found) > PAGE else "",
        },
    )


def _row(entry: ChronologyEntry) -> dict[str, Any]:
    return {
        "entry": entry,
        "on": short_weekday(entry.occurred_at),
        "who": entry.pupil.name if entry.pupil else "",
        "kind": entry.get_kind_display(),
    }


@screen(needs=Permission.CASE_WORK, methods=("GET",))
def signed(request: Request) -> HttpResponse:
    """What was countersigned of one's own, with what was said of it."""
    found = team_queries.signed_for(request.actor)
    return render(
        request,
        "team/signed.html",
        {
            "heading": "Countersigned for you",
            "second": "What you recorded and somebody has read",
            "views": views_of(request, "signed"),
            "rows": [
                {
                    "signed": s,
                    "on": short_weekday(s.entry.occurred_at),
                    "kind": s.entry.get_kind_display(),
                }
                for s in found
            ],
        },
    )
