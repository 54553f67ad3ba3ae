"""Where one pupil stands: what was tried, moving them, telling what was tried, leaving."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core.decisions import Decision
from alongside.core.permissions import Permission
from alongside.pathways import actions, policy, queries
from alongside.people.models import Pupil
from alongside.people.queries import open_pupil
from alongside.referrals.departures import gone_on
from alongside.referrals.queries import main_school
from alongside.web import form_pages
from alongside.web.frameworks import pages
from alongside.web.frameworks.forms import LeaveForm, MoveForm, TriedForm
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen


@screen(needs=Permission.PUPIL_VIEW, methods=("GET",))
def pupil(request: Request, pupil_id: int) -> HttpResponse:
    """Where the pupil stands, and every rung with its dates and evidence."""
    actor = request.actor
    child = open_pupil(actor, pupil_id, "frameworks")
    alternatives, moves = queries.alternatives_of(child), bool(policy.moves(actor))
    context: dict[str, Any] = {
        "heading": "Where they stand",
        "sees_frameworks": actor.may(Permission.FRAMEWORK_VIEW),
        "ladders": pages.ladders(actor, queries.movements(actor, child), gone_on(child)),
        "alternatives": alternatives,
        "may_begin": moves and all(one.ended_on for one in alternatives),
        "begin_url": f"/pupils/{child.pk}/alternatives/new/",
        "may_move": policy.moves(actor),  # The pupil is in scope: the page is open.
        "may_tell": policy.moves(actor),
        "move_url": f"/pupils/{child.pk}/frameworks/move/",
        "tried_url": f"/pupils/{child.pk}/frameworks/tried/",
    }
    return render(request, "frameworks/pupil.html", context | pupil_frame(actor, child))


@screen(needs=Permission.CASE_WORK)
def move(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    child = open_pupil(actor, pupil_id, "move")
    movements = queries.movements(actor, child)
    stages = pages.own_first(queries.stages_to_move_to(actor, child), movements)
    elsewhere = pages.decided_elsewhere(actor, stages)
    form = form_pages.bind(
        request,
        MoveForm,
        stages=stages,
        hints=pages.move_hints(stages, movements, elsewhere),
        others_from=pages.first_of_others(stages, movements),
        elsewhere=elsewhere,
        today=actor.today,
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
        school=main_school(child, actor.today),
        about=child,
    )
    if done:
        messages.success(request, f"{child.name} now stands at {done.stage.name}.")
        return redirect(_back(child))
    second = "The earlier stage of the same framework ends. The movement is on the chronology."
    return _form(
        request, child, form, "Move on a framework", second, "Move", policy.move(actor, child)
    )


@screen(needs=Permission.CASE_WORK)
def tried(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    child = open_pupil(actor, pupil_id, "tried")
    stages = list(queries.stages_to_move_to(actor, child))
    form = form_pages.bind(request, TriedForm, stages=stages, today=actor.today)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.record_tried(
            actor=actor, pupil=child, stage=form.stages[data.pop("stage")], **data
        ),
        about=child,
    )
    if done:
        messages.success(request, f"{done.stage.name} is shown as tried.")
        return redirect(_back(child))
    second = "Support of a stage that ended before it was recorded here, with its dates."
    may = policy.record_tried(actor, child)
    return _form(request, child, form, "What was tried before", second, "Record", may)


@screen(needs=Permission.CASE_WORK)
def leave(request: Request, pupil_id: int, standing_id: int) -> HttpResponse:
    actor = request.actor
    child = open_pupil(actor, pupil_id, "leave")
    standing = queries.get_standing(actor, child, standing_id)
    form = form_pages.bind(request, LeaveForm, initial={"ends_on": actor.today})
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.leave(actor=actor, standing=standing, **data),
        about=child,
    )
    framework = standing.stage.framework.name
    if done:
        messages.success(request, f"{child.name} is no longer on {framework}.")
        return redirect(_back(child))
    second = f"They stand at {standing.stage.order} {standing.stage.name}. What was done stays."
    may = policy.leave(actor, standing)
    return _form(request, child, form, f"Leave {framework}", second, "Leave", may)


def _back(child: Pupil) -> str:
    return f"/pupils/{child.pk}/frameworks/"


def _form(
    request: Request,
    child: Pupil,
    form: Any,
    heading: str,
    second: str,
    button: str,
    decision: Decision,
) -> HttpResponse:
    context = {
        "heading": heading,
        "second": second,
        "button": button,
        "decision": decision,
        "back_url": _back(child),
        "back_label": "Where they stand",
    }
    return form_pages.show(
        request, "frameworks/form.html", form, context | pupil_frame(request.actor, child)
    )
