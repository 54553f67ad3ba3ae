"""Screens of frameworks: which there are, one of them, where a pupil stands, and moving a pupil."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core.permissions import Permission, Scope
from alongside.pathways import actions, policy, queries
from alongside.people.queries import open_pupil
from alongside.web import form_pages
from alongside.web.frameworks import pages
from alongside.web.frameworks.forms import MoveForm
from alongside.web.pupils.frame import pupil_frame
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
    counted = queries.counts_by_stage(actor, found) if sees_pupils else {}
    schools = queries.counts_by_school(actor, found) if sees_pupils else []
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
            "sees_pupils": sees_pupils,
        },
    )


@screen(needs=Permission.PUPIL_VIEW, methods=("GET",))
def pupil(request: Request, pupil_id: int) -> HttpResponse:
    """Where the pupil stands, and every rung with its dates and evidence."""
    child = open_pupil(request.actor, pupil_id, "frameworks")
    movements = queries.movements(request.actor, child)
    context: dict[str, Any] = {
        "heading": "Where they stand",
        "ladders": pages.ladders(movements),
        "may_move": policy.move(request.actor, child),
        "move_url": f"/pupils/{child.pk}/frameworks/move/",
    }
    return render(request, "frameworks/pupil.html", context | pupil_frame(request.actor, child))


@screen(needs=Permission.CASE_WORK)
def move(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    child = open_pupil(actor, pupil_id, "move")
    form = form_pages.bind(
        request, MoveForm, stages=queries.stages_to_move_to(actor), today=actor.today
    )
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.move(
            actor=actor,
            pupil=child,
            stage=form.stages[data.pop("stage")],
            **data,
        ),
    )
    if done:
        messages.success(request, f"{child.name} now stands at {done.stage.name}.")
        return redirect(f"/pupils/{child.pk}/frameworks/")
    context = {
        "heading": "Move on a framework",
        "second": "The earlier stage of the same framework ends. The movement is on the chronology.",
        "back_url": f"/pupils/{child.pk}/frameworks/",
    }
    return form_pages.show(
        request, "frameworks/move.html", form, context | pupil_frame(actor, child)
    )
