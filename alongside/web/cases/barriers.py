"""Open cases filtered by what gets in the way: money, language, worry, and the rest of the list."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from alongside.assessments import policy
from alongside.assessments.models import Barrier, Domain
from alongside.assessments.queries import barriers
from alongside.cases.by_barrier import (
    After,
    barriers_of_pupils,
    cases_with,
    count_by_barrier,
)
from alongside.core import audit
from alongside.core.permissions import Permission
from alongside.rules.numbers import number_in
from alongside.web.pathways import pathway_asked, pathway_group, pathway_name
from alongside.web.screens import Request, screen


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def by_barrier(request: Request) -> HttpResponse:
    actor = request.actor
    may_read = policy.read_assessments(actor)
    page: dict[str, Any] = {
        "heading": "Cases by barrier",
        "second": "Open cases, by what gets in the way of school",
        "may_read": may_read,
        "is_empty": True,
    }
    if not may_read:
        return render(request, "cases/by_barrier.html", page)
    listed = barriers(actor)
    asked = request.GET.getlist("barrier")
    chosen = [barrier for barrier in listed if str(barrier.pk) in asked]
    pathway = pathway_asked(request.GET)
    found, has_more = cases_with(actor, [b.pk for b in chosen], _after(request), pathway)
    audit.record(
        actor=actor,
        kind="caseload.listed",
        subject="cases by barrier",
        pupil_ids=[row["pupil_id"] for row in found],
    )
    return render(
        request,
        "cases/by_barrier.html",
        page
        | {
            "filter": _filter(listed, chosen, count_by_barrier(actor), pathway),
            "table": _table(found),
            "pages": _pages(
                found, chosen, pathway, has_more, is_first=not request.GET.get("after")
            ),
            "is_empty": not found,
        },
    )


def _after(request: Request) -> After | None:
    name, _, case_id = request.GET.get("after", "").rpartition("~")
    number = number_in(case_id)
    return After(name, number) if number is not None else None


def _query(chosen: list[Barrier], pathway: str, **more: str) -> str:
    kept = {"pathway": pathway} if pathway else {}
    return "?" + urlencode([("barrier", b.pk) for b in chosen] + list({**kept, **more}.items()))


def _filter(
    listed: list[Barrier], chosen: list[Barrier], counts: dict[int, int], pathway: str
) -> dict[str, object]:
    groups = [
        {
            "legend": domain.label,
            "name": "barrier",
            "kind": "checkbox",
            "options": [
                {
                    "value": barrier.pk,
                    "label": barrier.name,
                    "count": counts.get(barrier.pk, 0),
                    "is_chosen": barrier in chosen,
                }
                for barrier in listed
                if barrier.domain == domain
            ],
        }
        for domain in Domain
    ]
    return {
        "groups": [
            *_with_ids([group for group in groups if group["options"]]),
            pathway_group(pathway),
        ],
        "selected": [
            {
                "label": b.name,
                "remove_url": _query([other for other in chosen if other != b], pathway),
            }
            for b in chosen
        ]
        + ([{"label": pathway_name(pathway), "remove_url": _query(chosen, "")}] if pathway else []),
        "clear_url": "?",
        "keep": {},
    }


def _with_ids(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every box has an address of its own, though all groups post one name."""
    return [group | {"id": f"barrier-{n}"} for n, group in enumerate(groups)]


def _table(found: list[dict[str, Any]]) -> dict[str, object]:
    named = barriers_of_pupils([row["pupil_id"] for row in found])
    return {
        "caption": "Cases",
        "columns": [{"label": "Pupil"}, {"label": "What gets in the way"}, {"label": "Lead"}],
        "rows": [
            {
                "cells": [
                    {
                        "text": row["pupil_name"],
                        "url": f"/pupils/{row['pupil_id']}/assessment/",
                        "second": f"Year {row['year_group'] or '–'}, {row['school_name']}",
                    },
                    {"text": "; ".join(named.get(row["pupil_id"], ())) or "Not assessed yet"},
                    {"text": row["lead"] or "Nobody yet"},
                ]
            }
            for row in found
        ],
    }


def _pages(
    found: list[dict[str, Any]],
    chosen: list[Barrier],
    pathway: str,
    has_more: bool,
    *,
    is_first: bool,
) -> dict[str, object]:
    next_url = ""
    if has_more:
        last = found[-1]
        next_url = _query(chosen, pathway, after=f"{last['name_key']}~{last['pk']}")
    return {
        "summary": f"{len(found)} {'case' if len(found) == 1 else 'cases'}, by name",
        "next_url": next_url,
        "first_url": "" if is_first else _query(chosen, pathway),
    }
