"""Alternatives to exclusion as a list, and how many avoided it and have held."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from alongside.core import audit
from alongside.core.permissions import Permission
from alongside.pathways import policy, queries
from alongside.pathways.models import Alternative
from alongside.rules.numbers import number_in
from alongside.web import paging
from alongside.web.alternatives import pages
from alongside.web.downloads import MOST_ROWS, Cells, Part, Taken, take, ways
from alongside.web.frameworks import spans
from alongside.web.pathways import pathway_asked, pathway_filter, pathway_name
from alongside.web.screens import Request, screen

LABELS = {"running": "Running", "asked": "To ask now", "ended": "Ended", "all": "All"}
COLUMNS = (
    "Pupil",
    "School",
    "Alternative",
    "Why exclusion was considered",
    "Began",
    "Planned end",
    "Ended",
    "Outcome",
)


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def alternatives(request: Request) -> HttpResponse:
    actor = request.actor
    view, span = _view(request), spans.read(request.GET.get("span", "twelve"), actor.today)
    after = number_in(request.GET.get("after", "")) or 0
    pathway = pathway_asked(request.GET)
    rows, has_more = queries.page_of_alternatives(actor, view, after, pathway)
    _audit(request, rows, "pupils.listed")
    return render(
        request,
        "alternatives/list.html",
        {
            "heading": "In place of permanent exclusion",
            "second": "What was used, how it ended, and whether it has held",
            "views": [
                {
                    "label": label,
                    "url": f"?{_query(key, span.key, pathway)}",
                    "is_current": key == view,
                }
                for key, label in LABELS.items()
            ],
            "filter": pathway_filter(pathway, {"view": view, "span": span.key}),
            "table": pages.listed(rows, actor.today, tells=bool(policy.read_reasons(actor))),
            "pages": paging.pages(
                request, f"{len(rows)} shown", str(rows[-1]["pk"]) if has_more else ""
            ),
            "figures": pages.figures(queries.figures(actor, span.first, actor.today, pathway)),
            "pathway": pathway_name(pathway),
            "span": span,
            "spans": [
                {
                    "label": label,
                    "url": f"?{_query(view, key, pathway)}",
                    "is_current": key == span.key,
                }
                for key, label in spans.LABELS.items()
            ],
            "take": ways(request, "alternatives-download") if rows else None,
        },
    )


@screen(needs=Permission.EXPORT, methods=("GET",))
def download(request: Request) -> HttpResponse:
    view, pathway = _view(request), pathway_asked(request.GET)
    listed: list[dict[str, Any]] = []
    after, has_more = 0, True
    while has_more and len(listed) < MOST_ROWS:
        rows, has_more = queries.page_of_alternatives(request.actor, view, after, pathway)
        listed += rows
        after = rows[-1]["pk"] if rows else 0
    about = [row["pupil_id"] for row in listed]
    tells = bool(policy.read_reasons(request.actor))
    return take(
        request,
        Taken(
            title="In place of permanent exclusion",
            chosen=[LABELS[view], *([pathway_name(pathway)] if pathway else [])],
            parts=[Part(COLUMNS, [_cells(row, tells) for row in listed], about=about)],
            back_url=f"/alternatives/?view={view}",
            is_cut=has_more,
        ),
        kind="pupils.downloaded",
        needs=Permission.CASE_VIEW,
    )


def _cells(row: dict[str, Any], tells: bool) -> Cells:
    days = (row["starts_on"], row["planned_end_on"], row["ended_on"])
    outcome = Alternative.Outcome(row["outcome"]).label if row["outcome"] else ""
    return [
        row["pupil_name"],
        row["school_name"],
        row["kind"],
        row["reason"] if tells else "",
        *(day or "" for day in days),
        outcome,
    ]


def _view(request: Request) -> str:
    asked = request.GET.get("view", "running")
    return asked if asked in LABELS else "running"


def _query(view: str, span: str, pathway: str) -> str:
    return urlencode({"view": view, "span": span} | ({"pathway": pathway} if pathway else {}))


def _audit(request: Request, rows: list[dict[str, Any]], kind: str) -> None:
    if rows:
        ids = [row["pupil_id"] for row in rows]
        audit.record(actor=request.actor, kind=kind, subject=request.path, pupil_ids=ids)
