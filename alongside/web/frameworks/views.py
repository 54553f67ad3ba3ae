"""Screens of frameworks: which there are, and one of them with who stands where."""

from django.http import HttpResponse
from django.shortcuts import render

from alongside.core.permissions import Permission, Scope
from alongside.pathways import queries
from alongside.web.frameworks import pages, spans
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
            "cards": [pages.card(framework) for framework in queries.frameworks(actor)],
        },
    )


@screen(needs=Permission.FRAMEWORK_VIEW, methods=("GET",))
def framework(request: Request, framework_id: int) -> HttpResponse:
    actor = request.actor
    found = queries.get_framework(actor, framework_id)
    sees_pupils = actor.scopes != {Scope.NONE}
    span = spans.read(request.GET.get("span", ""), actor.today)
    counted = queries.counts_by_stage(actor, found) if sees_pupils else {}
    schools = queries.counts_by_school(actor, found) if sees_pupils else []
    moved = queries.movement(actor, found, span.first, actor.today) if sees_pupils else {}
    return render(
        request,
        "frameworks/framework.html",
        {
            "heading": found.name,
            "second": pages.second(found),
            "framework": found,
            "chart": pages.chart(queries.ladder(found)),
            "note": pages.note(found),
            "stages": pages.stages(found, counted, sees_pupils),
            "criteria": list(found.criteria.all()),
            "table": pages.by_school(found, schools),
            "moved": pages.moved(found, moved, span),
            "spans": spans.views(span),
            "sees_pupils": sees_pupils,
            "pupils_url": f"/frameworks/{found.pk}/pupils/",
        },
    )
