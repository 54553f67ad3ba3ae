"""A tutor's own tutees, talks with them, and what follows."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.assessments import actions, policy, queries
from alongside.cases.tutoring import talk_with_tutee
from alongside.core import audit
from alongside.core.permissions import Permission
from alongside.people.queries import open_pupil
from alongside.rules.ages import year_group_in_words
from alongside.web import form_pages
from alongside.web.assessments import pages
from alongside.web.assessments.goals_and_talks import url_of
from alongside.web.assessments.goals_and_talks_forms import DoneForm, TalkForm, TutorForm
from alongside.web.dates import short_weekday
from alongside.web.pathways import pathway_asked, pathway_filter
from alongside.web.screens import Request, screen

BACK = {"back_url": "/tutees/", "back_label": "Your tutees"}  # A tutor may read no case.


@screen(needs=Permission.PUPIL_VIEW, methods=("GET",))
def tutees(request: Request) -> HttpResponse:
    pathway = pathway_asked(request.GET)
    found = queries.own_tutees(request.actor, pathway)
    audit.record(
        actor=request.actor,
        kind="tutees.listed",
        subject="own tutees",
        pupil_ids=[row["pk"] for row in found],
    )
    return render(
        request,
        "assessments/tutees.html",
        {
            "heading": "Your tutees",
            "second": "When you last talked, and what is still to follow",
            "filter": pathway_filter(pathway, {}) if found or pathway else None,
            "table": {
                "caption": "Tutees",
                "columns": [
                    {"label": "Pupil"},
                    {"label": "Last talk"},
                    {"label": "To follow"},
                    {"label": "Next", "is_hidden": True},
                    {"label": "Put right", "is_hidden": True},
                ],
                "rows": [{"cells": _cells(request, row)} for row in found],
            },
        },
    )


def _cells(request: Request, row: dict[str, Any]) -> list[dict[str, object]]:
    at = f"/pupils/{row['pk']}/"
    due = row["follow_up_by"]
    state = "overdue" if due and due < request.actor.today else ""
    return [
        {"text": row["called"], "url": at, "second": year_group_in_words(row["year_group"])},
        {"text": short_weekday(row["talked_on"]) if row["talked_on"] else "Not yet"},
        {"text": row["follow_up"] or "–", "second": short_weekday(due) if due else "",
         "state": state},
        {"text": "Record a talk", "url": f"{at}assessment/voice/talks/new/"},
        {"text": "Last talk: wrong child", "url": f"{at}assessment/voice/talks/{last}/move/"}
        if (last := row["last_talk"])
        else {"text": ""},
    ]  # fmt: skip


@screen(needs=Permission.CASE_VIEW)
def name(request: Request, pupil_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "name a tutor")
    people = queries.who_can_tutor(request.actor, pupil)
    form = form_pages.bind(request, TutorForm, people=people)
    done = form_pages.attempt(
        request,
        form,
        lambda _: actions.name_tutor(actor=request.actor, pupil=pupil, tutor=form.chosen),
    )
    if done:
        messages.success(request, f"{done.tutor.name} is {pupil.forename}’s tutor.")
        return redirect(url_of(pupil, "talks"))
    return pages.show_form(
        request,
        pupil,
        form,
        policy.name_tutor(request.actor, pupil),
        heading="Who is their tutor?",
        second="One at a time. It gives no access of its own.",
        button="Name the tutor",
    )


@screen(needs=Permission.PUPIL_VIEW)
def talk(request: Request, pupil_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "a tutor talk")
    form = form_pages.bind(request, TalkForm, initial={"on": request.actor.today})
    done = form_pages.attempt(
        request,
        form,
        lambda _: talk_with_tutee(actor=request.actor, pupil=pupil, talk=form.talk),
        about=pupil,
    )
    if done:
        follows = " What follows is on your list." if done.follow_up else ""
        messages.success(request, f"The talk is kept.{follows}")
        return redirect("/tutees/")
    return pages.show_form(
        request,
        pupil,
        form,
        policy.talk(request.actor, pupil),
        heading="A talk with your tutee",
        second="Tell of a worry about their safety as a concern, not here.",
        button="Keep the talk",
        **BACK,
    )


@screen(needs=Permission.PUPIL_VIEW)
def done(request: Request, pupil_id: int, talk_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "follow up a tutor talk")
    one = queries.get_talk(request.actor, pupil, talk_id)
    form = form_pages.bind(request, DoneForm)
    if form_pages.attempt(
        request,
        form,
        lambda data: actions.follow_up_talk(actor=request.actor, talk=one, **data),
        about=pupil,
    ):
        messages.success(request, "Followed up.")
        return redirect("/tutees/")
    return pages.show_form(
        request,
        pupil,
        form,
        policy.follow_up(request.actor, one),
        heading="What followed from this talk?",
        second=one.follow_up,
        button="It is done",
        **BACK,
    )
