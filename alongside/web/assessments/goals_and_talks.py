"""The child's voice on a page of its own: their goals, decisions made knowing the options, tutor talks."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.assessments import actions, policy, queries
from alongside.assessments.models import InformedDecision, PersonalGoal, TutorTalk
from alongside.core.permissions import Permission
from alongside.people.models import Pupil
from alongside.people.queries import open_pupil
from alongside.rules.words import day_in_words
from alongside.web import form_pages
from alongside.web.assessments import pages
from alongside.web.assessments.goals_and_talks_forms import (
    DecisionForm,
    EndGoalForm,
    GoalForm,
    SaidForm,
)
from alongside.web.assessments.voice_rows import moved_words, struck_words, voice_row
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen


def url_of(pupil: Pupil, anchor: str = "") -> str:
    return f"{pages.url_of(pupil)}voice/{f'#{anchor}' if anchor else ''}"


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def page(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = open_pupil(actor, pupil_id, "voice")
    may_hear = policy.hear(actor, pupil)
    said = queries.said_of_goals(actor, pupil)
    goals, talks = queries.goals_of(pupil), queries.talks_of(actor, pupil)
    tutor = queries.tutor_of(pupil)
    return render(
        request,
        "assessments/voice_page.html",
        {
            **pupil_frame(actor, pupil, "assessment"),
            "heading": "Goals, talks and decisions",
            "base": url_of(pupil),
            "back_url": pages.url_of(pupil, "voice"),
            "may_hear": may_hear,
            "goals": [
                _goal(pupil, goal, said, bool(may_hear))
                for goal in goals
                if not goal.struck_out_because
            ],
            "goals_struck": [struck_words(g, "A goal") for g in goals if g.struck_out_because],
            "decisions": [_decision(pupil, d) for d in queries.decisions_of(actor, pupil)],
            "tutor": f"{tutor.tutor.name}, since {day_in_words(tutor.starts_on)}" if tutor else "",
            "is_tutor": bool(tutor and tutor.tutor_id == actor.staff_id),
            "may_name": policy.name_tutor(actor, pupil),
            "talks": [_talk(request, pupil, t) for t in talks if not t.struck_out_because],
            "talks_struck": [struck_words(t, "A talk") for t in talks if t.struck_out_because],
        },
    )


def _goal(pupil: Pupil, goal: PersonalGoal, said: dict[int, Any], may_hear: bool) -> dict[str, Any]:
    at = f"{url_of(pupil)}goals/{goal.pk}/"
    ended = ""
    if goal.ended_on:
        ended = f"{goal.get_ended_as_display()}, {day_in_words(goal.ended_on)}"
    return {
        "text": goal.text,
        "about": f"Since {day_in_words(goal.set_on)}. {goal.recorded_by.name}",
        "ended": ended,
        "said": [voice_row(pupil, voice) for voice in said.get(goal.pk, ())],
        "said_url": f"{at}said/" if may_hear and not ended else "",
        "end_url": f"{at}end/" if may_hear and not ended else "",
        "moved": moved_words(goal),
        "put_right_at": at if may_hear else "",
    }


def _decision(pupil: Pupil, one: InformedDecision) -> dict[str, Any]:
    return {
        "title": one.about,
        "about": f"{day_in_words(one.explained_on)}, {one.recorded_by.name}",
        "is_confidential": one.information_class == "C6",
        "rows": [
            row
            for row in (
                {"label": "Options explained", "value": one.options},
                {"label": "Questions asked", "value": one.questions},
                {"label": one.parent_name or "The family", "value": one.parent_words},
                {"label": pupil.forename, "value": one.pupil_words},
            )
            if row["value"]
        ],
    }


def _talk(request: Request, pupil: Pupil, one: TutorTalk) -> dict[str, Any]:
    next_step = ""
    if one.follow_up and one.follow_up_by:
        next_step = f"{one.follow_up}, by {day_in_words(one.follow_up_by)}"
    done = f"Done {day_in_words(one.done_on)}: {one.done_note}" if one.done_on else ""
    may = next_step and not done and policy.follow_up(request.actor, one)
    return {
        "words": one.words,
        "quote": one.pupil_words,
        "about": f"{day_in_words(one.on)}, {one.recorded_by.name}",
        "next": next_step,
        "done": done,
        "done_url": f"{url_of(pupil)}talks/{one.pk}/done/" if may else "",
        "moved": moved_words(one),
        "on": one.on,
        "put_right_at": f"{url_of(pupil)}talks/{one.pk}/"
        if policy.strike_out_talk(request.actor, one)
        else "",
    }


@screen(needs=Permission.ASSESSMENT_RECORD)
def add_goal(request: Request, pupil_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "a goal of their own")
    form = form_pages.bind(request, GoalForm, initial={"set_on": request.actor.today})
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.set_goal(actor=request.actor, pupil=pupil, **data),
        about=pupil,
    )
    if done:
        messages.success(request, f"{pupil.forename}’s goal is kept.")
        return redirect(url_of(pupil, "goals"))
    return pages.show_form(
        request,
        pupil,
        form,
        policy.hear(request.actor, pupil),
        heading="A goal of their own",
        second="For themselves, beside what the plan is for. The school reads it.",
        button="Keep the goal",
    )


@screen(needs=Permission.ASSESSMENT_RECORD)
def said(request: Request, pupil_id: int, goal_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "what they say of a goal")
    goal = queries.get_goal(pupil, goal_id)
    form = form_pages.bind(request, SaidForm, initial={"said_on": request.actor.today})
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.hear_of_goal(actor=request.actor, goal=goal, **data),
        about=pupil,
    )
    if done:
        messages.success(request, f"{pupil.forename}’s words are kept with the goal.")
        return redirect(url_of(pupil, "goals"))
    return pages.show_form(
        request,
        pupil,
        form,
        policy.speak_of_goal(request.actor, goal),
        heading="What do they say of this goal?",
        second=goal.text,
        button="Keep it",
    )


@screen(needs=Permission.ASSESSMENT_RECORD)
def end(request: Request, pupil_id: int, goal_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "end a goal of their own")
    goal = queries.get_goal(pupil, goal_id)
    form = form_pages.bind(request, EndGoalForm, initial={"ended_on": request.actor.today})
    done = form_pages.attempt(
        request, form, lambda data: actions.end_goal(actor=request.actor, goal=goal, **data)
    )
    if done:
        messages.success(request, f"{done.get_ended_as_display()}.")
        return redirect(url_of(pupil, "goals"))
    return pages.show_form(
        request,
        pupil,
        form,
        policy.speak_of_goal(request.actor, goal),
        heading="What became of this goal?",
        second=goal.text,
        button="End the goal",
    )


@screen(needs=Permission.ASSESSMENT_RECORD)
def decide(request: Request, pupil_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "options explained")
    form = form_pages.bind(request, DecisionForm, initial={"explained_on": request.actor.today})
    done = form_pages.attempt(
        request,
        form,
        lambda _: actions.record_decision(
            actor=request.actor, pupil=pupil, explained=form.explained
        ),
        about=pupil,
    )
    if done:
        messages.success(request, "Kept, in their words.")
        return redirect(url_of(pupil, "decisions"))
    return pages.show_form(
        request,
        pupil,
        form,
        policy.hear(request.actor, pupil),
        heading="Options explained, and what they decided",
        second="So that anybody can see later what they knew, asked and chose.",
        button="Keep it",
    )
