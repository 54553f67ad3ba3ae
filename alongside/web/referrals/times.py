"""From referral to first contact and to plan: each case, its days, and what is past our standard."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.template.response import TemplateResponse

from alongside.core.permissions import Permission
from alongside.duties import timeliness
from alongside.duties.calendars import Calendars
from alongside.duties.timeliness import Figures, Reached, Row, Target
from alongside.rules.words import count_of
from alongside.web.downloads import MOST_ROWS, Cells, Part, Taken, take, ways
from alongside.web.paging import pages
from alongside.web.screens import Request, screen
from alongside.web.templatetags.alongside import day

LABELS = {"late": "Past the target, still waiting", "open": "Open cases", "all": "Every case"}
COLUMNS = (
    "Case", "Pupil", "School", "Where", "Referral received", "First contact",
    "School days to contact", "Past the target", "First plan approved", "School days to plan",
    "Plan past the target",
)  # fmt: skip


@screen(needs=Permission.REFERRAL_SCREEN, methods=("GET",))
def times(request: Request) -> HttpResponse:
    actor = request.actor
    view = _view(request)
    calendars = Calendars(actor)
    found = timeliness.page(actor, calendars, view, request.GET.get("after", "")[:40])
    asked = timeliness.targets(actor)
    return TemplateResponse(
        request,
        "referrals/times.html",
        {
            "heading": "From referral to support",
            "second": _second(asked),
            "views": [
                {"label": label, "url": f"?{urlencode({'view': name})}", "is_current": name == view}
                for name, label in LABELS.items()
            ],
            "figures": _figures(timeliness.figures(actor, calendars), asked),
            "table": _table(found.rows),
            "pages": pages(request, f"{len(found.rows)} shown", found.following),
            "take": ways(request, "referral-times-download") if found.rows else None,
        },
    )


@screen(needs=Permission.EXPORT, methods=("GET",))
def download(request: Request) -> HttpResponse:
    """The same rows as a file or on paper."""
    actor, view = request.actor, _view(request)
    found = timeliness.page(actor, Calendars(actor), view, most=MOST_ROWS)
    return take(
        request,
        Taken(
            title="From referral to support",
            chosen=[LABELS[view]],
            parts=[
                Part(
                    COLUMNS,
                    [_cells(row) for row in found.rows],
                    about=[row.pupil_id for row in found.rows],
                )
            ],
            back_url=f"/referrals/times/?{urlencode({'view': view})}",
            is_cut=bool(found.following),
        ),
        kind="timeliness.exported",
        needs=Permission.REFERRAL_SCREEN,
    )


def _view(request: Request) -> str:
    view = request.GET.get("view", "late")
    return view if view in timeliness.VIEWS else "late"


def _second(asked: dict[str, Target]) -> str:
    contact, plan = asked["contact"], asked["plan"]
    return (
        f"Our standard: first contact within {contact.days} school days of the referral, a plan "
        f"within {plan.days}. {contact.source}"
    )


def _figures(found: Figures, asked: dict[str, Target]) -> list[dict[str, str]]:
    """components/facts.html: what half of them took, and how many were in time."""
    if not found.cases:
        return []
    return [
        {"label": _which(found), "value": str(found.cases)},
        _figure("First contact", found.contact_median, found.contact_in_time, asked["contact"]),
        _figure("First plan approved", found.plan_median, found.plan_in_time, asked["plan"]),
    ]


def _which(found: Figures) -> str:
    newest = "The newest cases" if found.cases == timeliness.MOST else "Cases"
    return f"{newest} opened in the last year"


def _figure(label: str, middle: float | None, in_time: int, target: Target) -> dict[str, str]:
    if middle is None:
        return {"label": label, "value": "None yet"}
    days = count_of(round(middle), "school day")
    return {
        "label": label,
        "value": f"Half within {days}; {in_time} within the {target.days} of our standard",
    }


def _table(rows: list[Row]) -> dict[str, Any]:
    names = ("Pupil", "School", "Referral received", "First contact", "First plan approved")
    return {
        "caption": "From referral to support",
        "columns": [{"label": name} for name in names],
        "rows": [
            {
                "cells": [
                    {"text": row.pupil, "url": f"/cases/{row.case_id}/", "second": row.reference},
                    {"text": row.school, "second": row.where},
                    {"text": day(row.received_on)},
                    _cell(row.contact),
                    _cell(row.plan),
                ]
            }
            for row in rows
        ],
    }


def _cell(reached: Reached) -> dict[str, Any]:
    """The day and the count in words; past the target is said and marked, not coloured alone."""
    days = count_of(reached.days, "school day")
    late = ", past the target" if reached.is_late else ""
    return {
        "text": day(reached.on) if reached.on else "Not yet",
        "state": "overdue" if reached.is_late else "",
        "second": f"{days}{late}",
    }


def _cells(row: Row) -> Cells:
    cells: list[object] = [row.reference, row.pupil, row.school, row.where, row.received_on]
    for reached in (row.contact, row.plan):
        cells += [reached.on or "", reached.days, "Yes" if reached.is_late else "No"]
    return cells
