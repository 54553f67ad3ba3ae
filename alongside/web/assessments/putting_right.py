"""A score that is wrong: struck out, or taken to the child it was given for."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.assessments import actions, policy, queries
from alongside.assessments.models import MeasureResult
from alongside.assessments.wording import plain
from alongside.core.permissions import Permission
from alongside.people.queries import open_pupil
from alongside.rules.words import count_of, day_in_words
from alongside.web import form_pages
from alongside.web.assessments import pages
from alongside.web.assessments.forms import StrikeOutForm
from alongside.web.assessments.score_forms import MoveForm
from alongside.web.screens import Request, screen


@screen(needs=Permission.ASSESSMENT_RECORD)
def strike_out(request: Request, pupil_id: int, result_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "strike out a score")
    result = queries.get_result(request.actor, pupil, result_id)
    form = form_pages.bind(request, StrikeOutForm)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.strike_out_result(actor=request.actor, result=result, **data),
    )
    if done:
        messages.success(request, "Struck out. It counts nowhere, and stays to be seen.")
        return redirect(pages.url_of(pupil, "scores"))
    return pages.show_form(
        request,
        pupil,
        form,
        policy.strike_out(request.actor, result),
        heading="Strike out a score",
        second=_said(result),
        button="Strike it out",
    )


@screen(needs=Permission.ASSESSMENT_RECORD)
def move(request: Request, pupil_id: int, result_id: int) -> HttpResponse:
    """Both records stay honest: struck out here, and entered there as moved."""
    pupil = open_pupil(request.actor, pupil_id, "move a score")
    result = queries.get_result(request.actor, pupil, result_id)
    form = form_pages.bind(
        request, MoveForm, actor=request.actor, initial={"occasion": result.occasion}
    )
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.move_result(actor=request.actor, result=result, **data),
    )
    if done:
        child = done[0].pupil
        messages.success(
            request,
            f"{count_of(len(done), 'score')} moved to {child.name}. "
            "Here it stays to be seen, struck out.",
        )
        return redirect(pages.url_of(child, "scores"))
    return pages.show_form(
        request,
        pupil,
        form,
        policy.strike_out(request.actor, result),
        heading="This score is another child’s",
        second=_said(result),
        button="Move it",
    )


def _said(result: MeasureResult) -> str:
    who = result.get_informant_display().lower()
    said = f"{result.measure.name}, {who}: {plain(result.score)} on {day_in_words(result.taken_on)}"
    together = len(queries.sitting_of(result))
    return f"{said}, with the {together - 1} given with it" if together > 1 else said
