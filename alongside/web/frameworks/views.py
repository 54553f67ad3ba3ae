"""Screens of frameworks: which there are, and one of them with who stands where."""

from django.http import HttpResponse
from django.shortcuts import render

from alongside.core.permissions import Permission, Scope
from alongside.pathways import policy, queries
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
            "versions": version_pages.versions(found, queries.versions_of(actor, found)),
            "changes": version_pages.changes(found.based_on, found),
            "may_edit": policy.edits(actor, found),
            "may_begin": policy.begin_version(actor, found),
            "draft": queries.draft_of(found) if actor.may(Permission.FRAMEWORK_EDIT) else None,
            "on_older": sum(a.pupils for a in queries.affected(actor, found)) if sees_pupils else 0,
            "sees_pupils": sees_pupils,
            "begin_url": f"/frameworks/{found.pk}/begin/",
            "older_url": f"/frameworks/{found.pk}/older/",
            "pupils_url": f"/frameworks/{found.pk}/pupils/",
        },
    )
