"""Recording the scales of the SDQ in one go, and goals rated by how far they were reached."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.assessments import actions, policy, queries
from alongside.assessments.models import Measure, MeasureResult
from alongside.assessments.wording import band_of, plain
from alongside.core.decisions import Refused
from alongside.core.permissions import Permission
from alongside.people.queries import open_pupil
from alongside.rules.scores import BAND_WORDS, SDQ_DIFFICULTIES, Band
from alongside.rules.words import listed
from alongside.web import form_pages
from alongside.web.assessments import pages
from alongside.web.assessments.score_forms import SCALES, GoalsForm, SdqForm, goal_values
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
    )
    if done:
        messages.success(request, _sdq_said(done))
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


def _sdq_said(results: list[MeasureResult]) -> str:
    """The total, or what it lacks; then every scale beyond the first of its bands, or of no band."""
    found = {result.measure.part: result for result in results}
    if total := found.pop("total", None):
        said = [f"{_score_said(total)}."]
    else:
        missing = [SCALES[part] for part in SDQ_DIFFICULTIES if part not in found]
        said = [f"No total, without a score for: {listed(missing).lower()}."]
    beyond = [_score_said(one) for one in found.values() if not _is_ordinary(one)]
    return " ".join([*said, *(f"{one}." for one in beyond)])


def _score_said(result: MeasureResult) -> str:
    band = band_of(result.measure, result.informant, result.score).lower()
    said = f"{result.measure.name}: {plain(result.score)}"
    return f"{said}, {band}" if band else said


def _is_ordinary(result: MeasureResult) -> bool:
    band = band_of(result.measure, result.informant, result.score)
    return band.lower() == BAND_WORDS[Band.AVERAGE][0]


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
