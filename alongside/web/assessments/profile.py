"""Writing the one-page profile; two people at once are shown both versions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.assessments import actions, policy, queries
from alongside.core.decisions import Conflict
from alongside.core.permissions import Permission
from alongside.people.models import Pupil
from alongside.people.queries import open_pupil
from alongside.rules.words import day_in_words
from alongside.web import form_pages
from alongside.web.assessments import pages
from alongside.web.assessments.forms import ProfileForm, profile_values
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen


@screen(needs=Permission.ASSESSMENT_RECORD)
def edit(request: Request, pupil_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "one-page profile")
    current = queries.profile_of(request.actor, pupil)
    form = form_pages.bind(request, ProfileForm, initial=profile_values(current))
    known = current.version if current else 0
    form.instance_version = form_pages.version_shown(request, known)
    try:
        done = form_pages.attempt(
            request,
            form,
            lambda _: actions.update_profile(
                actor=request.actor,
                pupil=pupil,
                version=pages.read_version(request),
                **form.facts,
            ),
        )
    except Conflict:
        return _two_versions(request, pupil, form)
    if done:
        messages.success(request, "The profile is saved. Everybody who works with them reads it.")
        return redirect(pages.url_of(pupil, "profile"))
    return pages.show_form(
        request,
        pupil,
        form,
        policy.record(request.actor, pupil),
        heading="One-page profile",
        second="What anybody should know before the lesson starts. The school reads it.",
        button="Save the profile",
    )


def _two_versions(request: Request, pupil: Pupil, form: ProfileForm) -> HttpResponse:
    current = queries.profile_of(request.actor, pupil)
    assert current is not None  # Somebody saved it: that is the conflict.
    return form_pages.show_conflict(
        request,
        form,
        theirs=profile_values(current),
        theirs_by=current.updated_by.name,
        theirs_at=day_in_words(current.updated_on),
        version=current.version,
        context={
            **pupil_frame(request.actor, pupil, "assessment"),
            "heading": "One-page profile",
        },
    )
