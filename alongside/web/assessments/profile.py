"""Writing the one-page profile; two people at once are shown both versions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime

from alongside.assessments import actions, policy, queries
from alongside.core.decisions import Conflict, NotFound
from alongside.core.permissions import Permission
from alongside.fieldwork.queries import get_log
from alongside.people.models import Pupil
from alongside.people.queries import open_pupil
from alongside.rules.words import day_in_words
from alongside.web import form_pages
from alongside.web.assessments import pages
from alongside.web.assessments.forms import ProfileForm, SeenForm, profile_values
from alongside.web.forms import NAME_NO_OTHER
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
                version=form_pages.posted_version(request),
                **form.facts,
            ),
            about=pupil,
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
        second="What anybody should know before the lesson starts. The school reads it. "
        f"{NAME_NO_OTHER}",
        button="Save the profile",
    )


def _two_versions(request: Request, pupil: Pupil, form: ProfileForm) -> HttpResponse:
    current = queries.profile_of(request.actor, pupil)
    assert current is not None  # Somebody saved it: that is the conflict.
    return form_pages.show_conflict(
        request,
        form,
        theirs=profile_values(current),
        record=current,
        version=current.version,
        context={
            **pupil_frame(request.actor, pupil, "assessment"),
            "heading": "One-page profile",
        },
    )


@screen(needs=Permission.ASSESSMENT_RECORD)
def from_log(request: Request, pupil_id: int, log_id: int) -> HttpResponse:
    """From what a day showed to what is known of the child, in one step."""
    pupil = open_pupil(request.actor, pupil_id, "profile from a daily log")
    log = get_log(request.actor, log_id)
    if log.pupil_id != pupil.pk:
        raise NotFound
    current = queries.profile_of(request.actor, pupil)
    form = form_pages.bind(
        request,
        SeenForm,
        initial={"helps": log.what_worked, "triggers": log.what_was_hard},
    )
    known = current.version if current else 0
    form.instance_version = form_pages.version_shown(request, known)
    source = f"Daily log of {day_in_words(log.on)}, {log.recorded_by.name}"
    done = form_pages.attempt(
        request,
        form,
        lambda _: actions.learn_from(
            actor=request.actor,
            pupil=pupil,
            version=form_pages.posted_version(request),
            seen=actions.Seen(source, log.on, **form.lines),
        ),
        about=pupil,
    )
    if done:
        messages.success(request, "Added to what is known, and to the profile.")
        return redirect(pages.url_of(pupil, "profile"))
    return pages.show_form(
        request,
        pupil,
        form,
        policy.record(request.actor, pupil),
        heading="What did this day show?",
        second=f"{source}. Each line is added; what stood before stays. {NAME_NO_OTHER}",
        button="Add it",
    )


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def versions(request: Request, pupil_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "earlier profiles")
    current = queries.profile_of(request.actor, pupil)
    earlier = queries.earlier_profiles(current) if current else []
    return render(
        request,
        "assessments/profile_versions.html",
        {
            **pupil_frame(request.actor, pupil, "assessment"),
            "heading": "Earlier profiles",
            "back_url": pages.url_of(pupil, "profile"),
            "versions": [
                {
                    "title": f"Version {one.version}",
                    "until": f"Until {day_in_words(localtime(one.until).date())}, when "
                    f"{one.changed_by} changed it",
                    "profile": {
                        "quote": one.said["words"],
                        "quoted": pupil.forename,
                        "needs": one.said["needs"],
                        "triggers": one.said["triggers"],
                        "helps": one.said["helps"],
                        "avoid": one.said["avoids"],
                    },
                }
                for one in earlier
            ],
        },
    )
