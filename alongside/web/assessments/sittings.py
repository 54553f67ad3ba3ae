"""Recording the scales of the SDQ in one go, and goals rated by how far they were reached."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.assessments import actions, policy, queries
from alongside.assessments.models import Measure
from alongside.assessments.wording import plain
from alongside.core.decisions import Refused
from alongside.core.permissions import Permission
from alongside.people.queries import open_pupil
from alongside.web import form_pages
from alongside.web.assessments import pages
from alongside.web.assessments.score_forms import GoalsForm, SdqForm, goal_values
from alongside.web.assessments.score_rows import sdq_said
from alongside.web.screens import Request, screen


@screen(needs=Permission.ASSESSMENT_RECORD)
def sdq(request: Request, pupil_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "record the SDQ")
    form = form_pages.bind(request, SdqForm, initial={"taken_on": request.actor.today})
    done = form_pages.attempt(
        request,
        form,
        lambda _: actions.record_sdq(
            actor=request.actor, pupil=pupil, scores=form.scores, given=form.given
        ),
        about=pupil,
    )
    if done:
        said = sdq_said(done, queries.sitting_of(done[0]), form.scores)
        messages.success(request, said or "The scores are recorded.")
        return redirect(pages.url_of(pupil, "scores"))
    return pages.show_form(
        request,
        pupil,
        form,
        policy.record(request.actor, pupil),
        heading="Record the SDQ",
        second="Scores only. The questions stay with their owner; no form of it stands here.",
        button="Record the scores",
    )


@screen(needs=Permission.ASSESSMENT_RECORD)
def goals(request: Request, pupil_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "rate goals")
    measure = _goal_measure(request)
    rated = queries.latest_goals(pupil, measure)
    first: dict[str, Any] = {"taken_on": request.actor.today, "informant": "WORKER"}
    form = form_pages.bind(request, GoalsForm, initial=first | goal_values(rated))
    done = form_pages.attempt(
        request,
        form,
        lambda _: actions.record_goals(
            actor=request.actor, pupil=pupil, measure=measure, goals=form.goals, given=form.given
        ),
        about=pupil,
    )
    if done:
        messages.success(request, f"Goal attainment: {plain(done.score)}. 50 is as expected.")
        return redirect(pages.url_of(pupil, "scores"))
    return pages.show_form(
        request,
        pupil,
        form,
        policy.record(request.actor, pupil),
        heading="Rate the goals",
        second="From -2, much less than expected, to +2, much more. The score is reckoned from them.",
        button="Record the goals",
    )


def _goal_measure(request: Request) -> Measure:
    listed = queries.measures(request.actor)
    for measure in listed:
        if measure.scoring == Measure.Scoring.GOALS:
            return measure
    raise Refused("The council’s measures hold no goal attainment. Ask whoever keeps its pack.")
