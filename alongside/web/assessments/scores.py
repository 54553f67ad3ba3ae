"""Adding a score that is typed or chosen. What is made of several answers has pages of its own."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.assessments import actions, policy, queries
from alongside.assessments.models import Measure, MeasureResult
from alongside.core.permissions import Permission
from alongside.people.queries import open_pupil
from alongside.web import form_pages
from alongside.web.assessments import pages
from alongside.web.assessments.forms import ScoreForm
from alongside.web.assessments.score_rows import score_said, sdq_said
from alongside.web.screens import Request, screen

ELSEWHERE = (Measure.Scoring.GOALS, Measure.Scoring.VOICE)
OTHERS = (
    ("sdq/", "record all five SDQ scales"),
    ("goals/", "rate the goals"),
    ("../voice/belonging/", "ask about belonging"),
)


@screen(needs=Permission.ASSESSMENT_RECORD)
def add(request: Request, pupil_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "record a score")
    listed = [m for m in queries.measures(request.actor) if m.scoring not in ELSEWHERE]
    measures = {str(m.pk): m for m in listed}
    form = form_pages.bind(
        request,
        ScoreForm,
        measures=list(measures.values()),
        initial={"taken_on": request.actor.today, **_asked(request, measures)},
    )

    def record(data: dict[str, Any]) -> Any:
        told = data | {"measure": measures[data["measure"]]}
        return actions.record_result(actor=request.actor, pupil=pupil, **told)

    if done := form_pages.attempt(request, form, record, about=pupil):
        messages.success(request, _said(done))
        return redirect(pages.url_of(pupil, "scores"))
    return pages.show_form(
        request,
        pupil,
        form,
        policy.record(request.actor, pupil),
        heading="Record a score",
        second="The score only. The questions of a licensed tool stay with its owner.",
        others=OTHERS,
        button="Record it",
    )


def _said(done: MeasureResult) -> str:
    """The score; of an SDQ also the total that it completes, or what that still lacks."""
    said = f"{score_said(done)}."
    if done.measure.scoring != Measure.Scoring.SDQ:
        return said
    paper = queries.sitting_of(done)
    beside = [one for one in paper if one.entry_id == done.entry_id and one.pk != done.pk]
    return f"{said} {sdq_said(beside, paper)}".strip()


def _asked(request: Request, measures: dict[str, Any]) -> dict[str, str]:
    """What a link "measure again" already says."""
    given = {name: request.GET.get(name, "") for name in ("measure", "informant", "occasion")}
    if given["measure"] not in measures:
        given["measure"] = next(iter(measures)) if len(measures) == 1 else ""
    return {name: value for name, value in given.items() if value}
