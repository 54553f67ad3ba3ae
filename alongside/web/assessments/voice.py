"""Adding what the child said or showed, and opening a drawing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.assessments import actions, policy, queries
from alongside.core import files
from alongside.core.decisions import NotFound
from alongside.core.permissions import Permission
from alongside.people.queries import open_pupil
from alongside.web import form_pages
from alongside.web.assessments import pages
from alongside.web.assessments.forms import VoiceForm
from alongside.web.screens import Request, screen


@screen(needs=Permission.ASSESSMENT_RECORD)
def add(request: Request, pupil_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "record the child's words")
    form = form_pages.bind(request, VoiceForm, initial={"said_on": request.actor.today})
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.record_voice(actor=request.actor, pupil=pupil, **data),
    )
    if done:
        messages.success(request, f"{pupil.forename}’s words are kept.")
        return redirect(pages.url_of(pupil, "voice"))
    return pages.show_form(
        request,
        pupil,
        form,
        policy.record(request.actor, pupil),
        heading="The child’s own words",
        second="What they said or showed, as they gave it.",
        button="Keep it",
    )


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def file(request: Request, pupil_id: int, voice_id: int) -> HttpResponse:
    """The drawing as handed in: a file to save, never a page."""
    pupil = open_pupil(request.actor, pupil_id, "a drawing")
    kept = queries.get_voice(request.actor, pupil, voice_id).file
    if kept is None:
        raise NotFound
    answer = HttpResponse(files.read(kept), content_type=kept.content_type)
    ending = kept.name.rsplit(".", 1)[-1].lower()
    answer["Content-Disposition"] = f'attachment; filename="drawing-{voice_id}.{ending}"'
    answer["Cache-Control"] = "no-store"
    return answer
