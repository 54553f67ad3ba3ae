"""Who stands on a framework now, by stage: a page by key, and a file."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.template.response import TemplateResponse

from alongside.core import audit
from alongside.core.permissions import Permission
from alongside.pathways import queries
from alongside.pathways.models import Framework
from alongside.rules.numbers import number_in
from alongside.web.dates import short_day
from alongside.web.downloads import MOST_ROWS, Cells, Part, Taken, take, ways
from alongside.web.pathways import pathway_asked, pathway_filter
from alongside.web.screens import Request, screen

COLUMNS = (
    "Pupil",
    "School",
    "Framework",
    "Version",
    "Stage",
    "Since",
    "Limit",
    "Planned exit",
    "Review",
    "Why",
    "Moved by",
)
PRINTED = ("Pupil", "School", "Stage", "Since", "Limit", "Planned exit", "Review", "Moved by")


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def pupils(request: Request, framework_id: int) -> HttpResponse:
    actor = request.actor
    found = queries.get_framework(actor, framework_id)
    order, pathway = _number(request, "stage"), pathway_asked(request.GET)
    after = _number(request, "after")
    rows, has_more = queries.pupils_standing(actor, found, order, after, pathway)
    _audit(request, rows, "pupils.listed")
    counts = queries.counts_by_stage(actor, found)
    return TemplateResponse(
        request,
        "frameworks/pupils.html",
        {
            "heading": f"On {found.name} now",
            "second": "Pupils whom you may see, with the stage they stand at",
            "back_url": f"/frameworks/{found.pk}/",
            "views": _views(found, counts, order),
            "table": _table(request, found, rows),
            "filter": pathway_filter(pathway, {"stage": order}),
            "pages": _pages(order, pathway, rows, has_more),
            "take": ways(request, "framework-pupils-download", found.pk) if rows else None,
        },
    )


@screen(needs=Permission.EXPORT, methods=("GET",))
def download(request: Request, framework_id: int) -> HttpResponse:
    actor = request.actor
    found = queries.get_framework(actor, framework_id)
    order = _number(request, "stage")
    listed: list[dict[str, Any]] = []
    after, has_more = 0, True
    pathway = pathway_asked(request.GET)
    while has_more and len(listed) < MOST_ROWS:
        rows, has_more = queries.pupils_standing(actor, found, order, after, pathway)
        listed += rows
        after = rows[-1]["pk"] if rows else 0
    cells = [_cells(found, row) for row in listed]
    about = [row["pupil_id"] for row in listed]
    stages = [f"{s.order} {s.name}" for s in queries.ladder(found).stages if s.order == order]
    return take(
        request,
        Taken(
            title=f"On {found.name}",
            chosen=stages or ["Every stage"],
            parts=[Part(COLUMNS, cells, about=about, printed=PRINTED)],
            back_url=f"/frameworks/{found.pk}/pupils/",
            is_cut=has_more,
        ),
        kind="pupils.downloaded",
        needs=Permission.CASE_VIEW,
    )


def _cells(framework: Framework, row: dict[str, Any]) -> Cells:
    days = (
        _since(row),
        _limit(row),
        row["planned_exit_on"],
        row["review_on"],
    )
    return [
        row["pupil_name"],
        row["school"] or "",
        framework.name,
        row["version"],
        f"{row['order']} {row['stage_name']}",
        *(day or "" for day in days),
        row["reason"],
        row["by"],
    ]


def _limit(row: dict[str, Any]) -> date | None:
    return queries.limit_day(_since(row), row["weeks_limit"])


def _since(row: dict[str, Any]) -> date:
    """At this stage since, whichever version of the framework it was then: its limit counts on."""
    since: date = row["since_on"] or row["starts_on"]
    return since


def _number(request: Request, name: str) -> int:
    value = request.GET.get(name, "")
    return number_in(value) or 0


def _views(framework: Framework, counts: dict[int, int], order: int) -> list[dict[str, Any]]:
    stages = queries.ladder(framework).stages
    every = {
        "label": "Every stage",
        "count": sum(counts.values()),
        "url": "?",
        "is_current": not order,
    }
    return [
        every,
        *(
            {
                "label": f"{s.order} {s.name}",
                "count": counts.get(s.order, 0),
                "url": f"?stage={s.order}",
                "is_current": s.order == order,
            }
            for s in stages
        ),
    ]


def _table(request: Request, framework: Framework, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "caption": f"Pupils on {framework.name}",
        "columns": [
            {"label": label}
            for label in ("Pupil", "Stage", "Since", "At most until", "Planned exit", "Review")
        ],
        "rows": [{"cells": _row(request, row)} for row in rows],
    }


def _row(request: Request, row: dict[str, Any]) -> list[dict[str, Any]]:
    today = request.actor.today
    return [
        {
            "text": row["pupil_name"],
            "url": f"/pupils/{row['pupil_id']}/frameworks/",
            "second": row["school"] or "On no roll",
        },
        {"text": f"{row['order']} {row['stage_name']}", "second": f"Version {row['version']}"},
        {"text": short_day(_since(row)), "second": row["by"]},
        _due(_limit(row), today),
        _due(row["planned_exit_on"], today),
        _due(row["review_on"], today),
    ]


def _due(day: date | None, today: date) -> dict[str, Any]:
    if day is None:
        return {"text": "–"}
    late = day < today
    return {
        "text": short_day(day),
        "second": "Passed" if late else "",
        "state": "overdue" if late else "",
    }


def _pages(
    order: int, pathway: str, rows: list[dict[str, Any]], has_more: bool
) -> dict[str, Any] | None:
    if not has_more:
        return None
    query = urlencode(
        {"stage": order, "after": rows[-1]["pk"]} | ({"pathway": pathway} if pathway else {})
    )
    return {"summary": f"{len(rows)} shown", "next_url": f"?{query}"}


def _audit(request: Request, rows: list[dict[str, Any]], kind: str) -> None:
    if rows:
        ids = [row["pupil_id"] for row in rows]
        audit.record(actor=request.actor, kind=kind, subject=request.path, pupil_ids=ids)
