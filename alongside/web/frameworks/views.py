"""Screens of frameworks: which there are, and one of them with who stands where."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse

from alongside.core.actor import Actor
from alongside.core.permissions import Permission, Scope
from alongside.pathways import policy, queries
from alongside.pathways.models import Framework
from alongside.web.frameworks import pages, spans, version_pages
from alongside.web.screens import Request, screen


@screen(needs=Permission.FRAMEWORK_VIEW, methods=("GET",))
def frameworks(request: Request) -> HttpResponse:
    actor = request.actor
    return render(
        request,
        "frameworks/list.html",
        {
            "heading": "Frameworks",
            "second": f"How {actor.council_name} steps support up and down",
            "sees_cases": actor.may(Permission.CASE_VIEW),
            "cards": [pages.card(framework) for framework in queries.frameworks(actor)],
        },
    )


@screen(needs=Permission.FRAMEWORK_VIEW, methods=("GET",))
def framework(request: Request, framework_id: int) -> HttpResponse:
    actor = request.actor
    found = queries.get_framework(actor, framework_id)
    return TemplateResponse(
        request,
        "frameworks/framework.html",
        {
            "heading": found.name,
            "second": pages.second(found),
            "framework": found,
            "chart": pages.chart(queries.ladder(found)),
            "note": pages.note(found),
            "criteria": list(found.criteria.all()),
            "versions": version_pages.versions(found, queries.versions_of(actor, found)),
            "changes": version_pages.changes(found.based_on, found),
            "pupils_url": f"/frameworks/{found.pk}/pupils/",
            **_editing(actor, found),
            **_who_stands(request, found),
        },
    )


def _editing(actor: Actor, found: Framework) -> dict[str, Any]:
    """The version being written, or where one is begun."""
    if not actor.may(Permission.FRAMEWORK_EDIT):
        return {}
    draft = queries.draft_of(found)
    return {
        "draft": draft,
        "may_begin": None if draft else policy.begin_version(actor, found),
        "begin_url": f"/frameworks/{found.pk}/begin/",
        "may_take_back": policy.take_back(actor, found),
        "take_back_url": f"/frameworks/{found.pk}/take-back/",
    }


def _who_stands(request: Request, found: Framework) -> dict[str, Any]:
    """Pupils in scope by stage and school, how they moved, and who is on an older version."""
    actor = request.actor
    if actor.scopes == {Scope.NONE}:
        return {"sees_pupils": False, "stages": pages.stages(found, {}, sees_pupils=False)}
    span = spans.read(request.GET.get("span", ""), actor.today)
    places = queries.orders(found)
    rows = queries.counted(actor, places)
    numbers, after = queries.numbers(rows), request.GET.get("after", "")
    schools = queries.counts_by_school(actor, found, places, after, rows)
    shown = schools[: queries.PAGE]
    if len(schools) <= queries.PAGE and (nowhere := queries.counts_on_no_roll(rows, places)):
        shown = [*shown, ("On no school’s roll", nowhere)]
    moved = queries.movement(actor, found, span.first, actor.today, places)
    own = {stage.pk for stage in found.stages.all()}
    return {
        "sees_pupils": True,
        "stages": pages.stages(found, queries.by_order(numbers, places), sees_pupils=True),
        "table": pages.by_school(found, shown),
        "pages": pages.following(request.GET, schools),
        "moved": pages.moved(found, moved, span),
        "spans": spans.views(span),
        "on_older": sum(n for stage_id, n in numbers.items() if stage_id not in own),
        "older_url": f"/frameworks/{found.pk}/older/" if _goes_on(found, actor.today) else "",
    }


def _goes_on(framework: Framework, today: date) -> bool:
    """Whether pupils may still be moved to this version: not once a newer one took its place."""
    return framework.ends_on is None or framework.ends_on >= today
