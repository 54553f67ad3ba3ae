"""The caseload: a list with its reasons in words, filtered, sorted, paged by key, downloaded."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from alongside.cases.models import CaseState
from alongside.core import audit
from alongside.core.permissions import Permission
from alongside.duties.calendars import Calendars
from alongside.duties.caseload import (
    SORTS,
    VIEWS,
    Chosen,
    Counts,
    Row,
    count_cases,
    page_of_cases,
    rows,
)
from alongside.duties.due_rows import Rows
from alongside.pathways.queries import StageChoice, stage_choices
from alongside.rules.numbers import number_in
from alongside.web.dates import short_weekday
from alongside.web.downloads import csv_file
from alongside.web.screens import Request, screen

MOST_SCHOOLS = 15  # In the filter, those with most cases.

LABELS = {
    "mine": "My cases",
    "all": "Everyone",
    "waiting": "Waiting to be allocated",
    "review": "Review due in 2 weeks",
    "closed": "Closed",
}

COLUMNS = (
    "Reference",
    "Pupil",
    "Year",
    "School",
    "State",
    "Framework",
    "Stage",
    "Lead",
    "Why",
    "Last contact",
    "Review due",
)


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def caseload(request: Request) -> HttpResponse:
    actor, calendars = request.actor, Calendars(request.actor)
    stages = stage_choices(actor)
    chosen = read_choice(request.GET, default_view(request), stages)
    cases, has_more = page_of_cases(actor, chosen)
    found = rows(actor, cases, calendars)
    counts = count_cases(actor)
    _audit(request, found)
    return render(
        request,
        "cases/caseload.html",
        {
            "heading": "Your caseload" if chosen.view == "mine" else "Caseload",
            "second": _second(len(cases), has_more, chosen),
            "views": [
                {
                    "label": LABELS[view],
                    "count": counts.views.get(view),
                    "url": f"?{urlencode({'view': view})}",
                    "is_current": view == chosen.view,
                }
                for view in VIEWS
            ],
            "filter": _filter(request, chosen, counts, stages),
            "table": _table(request, chosen, found),
            "pages": _pages(request, chosen, cases, has_more),
            "is_empty": not found,
            "may_download": actor.may(Permission.EXPORT),
            "may_refer": actor.may(Permission.REFERRAL_MAKE),
            "download_url": f"/caseload/download/?{request.GET.urlencode()}",
        },
    )


@screen(needs=Permission.EXPORT, methods=("GET",))
def download(request: Request) -> HttpResponse:
    """The list as it is filtered now, as a spreadsheet's CSV; cells cannot start a formula."""
    actor, calendars = request.actor, Calendars(request.actor)
    chosen = read_choice(request.GET, default_view(request), stage_choices(actor))
    listed: list[Row] = []
    while True:
        cases, has_more = page_of_cases(actor, chosen)
        listed += rows(actor, cases, calendars)
        if not has_more:
            break
        chosen = _following(chosen, cases[-1])
    _audit(request, listed, kind="caseload.downloaded")
    return csv_file("caseload", COLUMNS, map(_cells, listed))


def _cells(row: Row) -> list[str]:
    case = row.case
    return [
        case["reference"],
        case["pupil_name"],
        case["year_group"],
        case["school_name"],
        CaseState(case["state"]).label,
        case["framework_name"],
        _stage(case),
        case["lead"] or "",
        "; ".join(reason.words for reason in row.reasons),
        row.contact_on.isoformat() if row.contact_on else "",
        case["review_due_on"].isoformat() if case["review_due_on"] else "",
    ]


def default_view(request: Request) -> str:
    """Who allocates sees everyone first; who works, their own."""
    is_worker = request.actor.may(Permission.CASE_WORK)
    return "mine" if is_worker and not request.actor.may(Permission.CASE_ALLOCATE) else "all"


def read_choice(query: QueryDict, view: str, stages: Sequence[StageChoice] = ()) -> Chosen:
    """What was asked, with anything unreadable left out: a bad address shows the plain list."""
    asked = query.get("view", view)
    sort = query.get("sort", "review")
    after = None
    key, _, last = query.get("after", "").rpartition("~")
    last_id = number_in(last)
    if key and last_id is not None and _is_key(sort, key):
        after = (key, last_id)
    return Chosen(
        view=asked if asked in VIEWS else view,
        school_ids=tuple(n for value in query.getlist("school") if (n := number_in(value)))[:50],
        stage_ids=tuple(
            pk for s in stages if s.value in query.getlist("stage") for pk in s.stage_ids
        ),
        search=query.get("q", "").strip()[:100],
        sort=sort if sort in SORTS else "review",
        after=after,
    )


def _is_key(sort: str, key: str) -> bool:
    if sort == "name":
        return True
    try:
        date.fromisoformat(key)
    except ValueError:
        return False
    return True


def _following(chosen: Chosen, last: dict[str, Any]) -> Chosen:
    key = last[SORTS[chosen.sort][0]]
    value = key.isoformat() if isinstance(key, date) else str(key)
    return replace(chosen, after=(value, last["pk"]))


def _second(shown: int, has_more: bool, chosen: Chosen) -> str:
    if not shown:
        return "No cases here"
    order = {"review": "next review first", "name": "by name", "opened": "oldest first"}
    count = f"The first {shown}" if has_more and not chosen.after else f"{shown}"
    return f"{count} {'case' if shown == 1 else 'cases'}, {order[chosen.sort]}"


def _filter(
    request: Request, chosen: Chosen, counts: Counts, stages: list[StageChoice]
) -> dict[str, object]:
    schools = [
        (school_id, name, count)
        for place, (school_id, name, count) in enumerate(counts.schools)
        if place < MOST_SCHOOLS or school_id in chosen.school_ids
    ]
    return {
        "groups": [
            {"legend": "Pupil or reference", "name": "q", "kind": "search", "value": chosen.search},
            {
                "legend": "School",
                "name": "school",
                "kind": "checkbox",
                "options": [
                    {
                        "value": school_id,
                        "label": name,
                        "count": count,
                        "is_chosen": school_id in chosen.school_ids,
                    }
                    for school_id, name, count in schools
                ],
            },
            {
                "legend": "Stage",
                "name": "stage",
                "kind": "checkbox",
                "options": [
                    {
                        "value": stage.value,
                        "label": stage.label,
                        "is_chosen": stage.stage_ids[0] in chosen.stage_ids,
                    }
                    for stage in stages
                ],
            },
        ],
        "selected": [
            *(
                {"label": stage.label, "remove_url": _without(request, "stage", stage.value)}
                for stage in stages
                if stage.stage_ids[0] in chosen.stage_ids
            ),
            *(
                {"label": name, "remove_url": _without(request, "school", str(school_id))}
                for school_id, name, _ in schools
                if school_id in chosen.school_ids
            ),
        ],
        "clear_url": f"?{urlencode({'view': chosen.view})}",
        "keep": {"view": chosen.view, "sort": chosen.sort},
    }


def _without(request: Request, name: str, value: str) -> str:
    query = request.GET.copy()
    query.setlist(name, [v for v in query.getlist(name) if v != value])
    query.pop("after", None)
    return f"?{query.urlencode()}"


def _table(request: Request, chosen: Chosen, found: list[Row]) -> dict[str, object]:
    def sorted_by(sort: str) -> str:
        query = request.GET.copy()
        query["sort"] = sort
        query.pop("after", None)
        return f"?{query.urlencode()}"

    def column(label: str, sort: str = "") -> dict[str, object]:
        return {
            "label": label,
            "sort_url": sorted_by(sort) if sort else "",
            "direction": "ascending" if sort and chosen.sort == sort else "",
        }

    return {
        "caption": "Cases",
        "columns": [
            column("Pupil", "name"),
            column("Why here"),
            column("Stage"),
            column("Lead"),
            column("Last contact"),
            column("Next review", "review"),
        ],
        "rows": [{"cells": _row_cells(row)} for row in found],
    }


def _row_cells(row: Row) -> list[dict[str, object]]:
    case = row.case
    review: dict[str, object] = {"text": "–", "second": "No plan in use"}
    if row.days_left is not None:
        late = row.days_left < 0
        days = abs(row.days_left)
        review = {
            "text": short_weekday(case["review_due_on"]),
            "second": f"{days} {'late' if late else 'left'}",
            "state": "overdue" if late else "soon" if days <= 5 else "",
        }
    return [
        {
            "text": case["pupil_name"],
            "url": f"/cases/{case['pk']}/",
            "second": f"Year {case['year_group'] or '–'}, {case['school_name']}",
        },
        {"text": "", "reasons": [{"state": r.state, "text": r.words} for r in row.reasons]},
        {"text": _stage(case) or "None yet", "second": case["framework_name"]},
        {"text": row.case["lead"] or "Nobody yet"},
        {
            "text": short_weekday(row.contact_on) if row.contact_on else "–",
            "second": row.contact_words,
        },
        review,
    ]


def _stage(case: dict[str, Any]) -> str:
    stage = case["stage"]
    return f"{stage['order']} {stage['name']}" if stage else ""


def _pages(
    request: Request, chosen: Chosen, cases: Rows, has_more: bool
) -> dict[str, object] | None:
    if not has_more and not chosen.after:
        return None
    query = request.GET.copy()
    query.pop("after", None)
    first_url = f"?{query.urlencode()}" if chosen.after else ""
    next_url = ""
    if has_more:
        value, last_id = _following(chosen, cases[-1]).after or ("", 0)
        query["after"] = f"{value}~{last_id}"
        next_url = f"?{query.urlencode()}"
    return {"summary": f"{len(cases)} shown", "first_url": first_url, "next_url": next_url}


def _audit(request: Request, found: list[Row], kind: str = "pupils.listed") -> None:
    if found:
        audit.record(
            actor=request.actor,
            kind=kind,
            subject=request.path,
            pupil_ids=[row.case["pupil_id"] for row in found],
        )
