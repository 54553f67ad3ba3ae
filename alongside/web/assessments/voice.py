"""Adding what the child said or showed, and opening a drawing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.assessments import actions, policy, queries
from alongside.core import files
from alongside.core.decisions import NotFound
from alongside.core.permissions import Permission
from alongside.people.models import Pupil
from alongside.people.queries import open_pupil
from alongside.rules.ages import age_on
from alongside.rules.voice import Asking, Means, asking_at
from alongside.web import form_pages
from alongside.web.assessments import pages
from alongside.web.assessments.forms import BelongingForm, VoiceForm
from alongside.web.screens import Request, screen


@screen(needs=Permission.ASSESSMENT_RECORD)
def add(request: Request, pupil_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "record the child's words")
    form = form_pages.bind(
        request,
        VoiceForm,
        asking=_asking(request, pupil),
        initial={"said_on": request.actor.today},
    )
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.record_voice(actor=request.actor, pupil=pupil, **data),
        about=pupil,
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


def _asking(request: Request, pupil: Pupil) -> Asking:
    return asking_at(age_on(pupil.born_on, request.actor.today).years)


@screen(needs=Permission.ASSESSMENT_RECORD)
def belonging(request: Request, pupil_id: int) -> HttpResponse:
    """The page may be handed to the child; the means that fits their age is offered first."""
    pupil = open_pupil(request.actor, pupil_id, "ask about belonging")
    asking = _asking(request, pupil)
    means = _means(request, asking)
    form = form_pages.bind(
        request,
        BelongingForm,
        asking=asking,
        means=means,
        initial={"said_on": request.actor.today, "occasion": request.GET.get("occasion", "")},
    )
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.record_belonging(
            actor=request.actor,
            pupil=pupil,
            occasion=data["occasion"],
            said_on=data["said_on"],
            answers=form.answers,
            is_shared=data["is_shared"],
        ),
        about=pupil,
    )
    if done:
        messages.success(request, f"Thank you, {pupil.forename}. It is kept as you said it.")
        return redirect(pages.url_of(pupil, "voice"))
    other = Means.SCALE if means == Means.FACES else Means.FACES
    return pages.show_form(
        request,
        pupil,
        form,
        policy.record(request.actor, pupil),
        heading="Belonging and joining in",
        second="Two questions for the child. Hand the screen over, or point together.",
        button="That is what I think",
        others=[(f"belonging/?with={other.lower()}", OFFER[other])],
        # Handed to the child, it shows nothing of their record.
        banner=None,
        tabs=None,
    )


OFFER = {Means.FACES: "with five faces", Means.SCALE: "with numbers 0 to 10"}


def _means(request: Request, asking: Asking) -> Means:
    asked = request.GET.get("with", "").upper()
    return Means(asked) if asked in Means else asking.means


@screen(needs=Permission.PLAN_VIEW, methods=("GET",))
def file(request: Request, pupil_id: int, voice_id: int) -> HttpResponse:
    """The drawing as handed in: a file to save, never a page. What is shared stands on the plan too."""
    pupil = open_pupil(request.actor, pupil_id, "a drawing")
    voice = queries.get_voice(request.actor, pupil, voice_id)
    kept = voice.file
    if kept is None or voice.struck_out_because:
        raise NotFound
    answer = HttpResponse(files.read(kept), content_type=kept.content_type)
    ending = kept.name.rsplit(".", 1)[-1].lower()
    answer["Content-Disposition"] = f'attachment; filename="drawing-{voice_id}.{ending}"'
    answer["Cache-Control"] = "no-store"
    return answer
