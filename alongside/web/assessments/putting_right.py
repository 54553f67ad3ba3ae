"""What was entered for the wrong child: a score, words, a need, a goal, a talk. Struck out, or moved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.assessments import actions, policy, queries
from alongside.assessments.models import MeasureResult, Need, Voice
from alongside.assessments.wording import plain
from alongside.cases.suspected_needs import move_need
from alongside.cases.tutoring import move_talk, strike_out_talk
from alongside.core.decisions import Decision
from alongside.core.permissions import Permission
from alongside.people.models import Pupil
from alongside.people.queries import open_pupil
from alongside.rules.words import count_of, day_in_words
from alongside.web import form_pages
from alongside.web.assessments import pages
from alongside.web.assessments.forms import StrikeOutForm
from alongside.web.assessments.score_forms import MoveForm, MoveScoreForm
from alongside.web.screens import Request, screen


@dataclass(frozen=True)
class Right:
    """One kind of entry: how it is found, called and shown, and where its list is."""

    title: str
    move_title: str
    counted: str
    anchor: str  # After the address of the pupil's assessment.
    find: Callable[..., Any]
    said: Callable[[Any], str]
    strike: Callable[..., Any] = actions.strike_out
    may: Callable[..., Decision] = policy.strike_out
    move: Callable[..., Any] = actions.move_to_child
    move_form: type[MoveForm] = MoveForm
    back: Mapping[str, str] = field(
        default_factory=dict
    )  # Where the pupil's assessment is not read.


def _score_said(result: MeasureResult) -> str:
    who = result.get_informant_display().lower()
    said = f"{result.measure.name}, {who}: {plain(result.score)} on {day_in_words(result.taken_on)}"
    together = len(queries.sitting_of(result))
    return f"{said}, with the {together - 1} given with it" if together > 1 else said


def _words_said(voice: Voice) -> str:
    return f"{day_in_words(voice.said_on)}. {voice.question} {voice.words}".strip()[:200]


def _need_said(need: Need) -> str:
    return f"{need.get_kind_display()}: {need.text}"


SCORE = Right(
    "Strike out a score",
    "This score is another child’s",
    "score",
    "#scores",
    queries.get_result,
    _score_said,
    move_form=MoveScoreForm,
)
WORDS = Right(
    "Strike out a child’s words",
    "These words are another child’s",
    "entry",
    "#voice",
    queries.get_voice,
    _words_said,
)
NEED = Right(
    "Strike out a need",
    "This need is another child’s",
    "entry",
    "#needs",
    queries.get_need,
    _need_said,
    move=move_need,
)
GOAL = Right(
    "Strike out a goal",
    "This goal is another child’s",
    "goal",
    "voice/#goals",
    lambda actor, pupil, goal_id: queries.get_goal(pupil, goal_id),
    lambda goal: f"{goal.text}. What the child said of it goes along",
)
TALK = Right(
    "Strike out a tutor talk",
    "This talk was with another child",
    "talk",
    "voice/#talks",
    queries.get_talk,
    lambda talk: f"{day_in_words(talk.on)}. {talk.words}"[:200],
    strike=strike_out_talk,
    may=policy.strike_out_talk,
    move=move_talk,
    back={"back_url": "/tutees/", "back_label": "Your tutees"},
)


def _list_of(pupil: Pupil, right: Right) -> str:
    return right.back.get("back_url") or f"{pages.url_of(pupil)}{right.anchor}"


def _strike_out(request: Request, pupil_id: int, entry_id: int, right: Right) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, right.title.lower())
    entry = right.find(request.actor, pupil, entry_id)
    form = form_pages.bind(request, StrikeOutForm)
    done = form_pages.attempt(
        request,
        form,
        lambda data: right.strike(actor=request.actor, entry=entry, **data),
        about=pupil,
    )
    if done:
        messages.success(
            request, "Struck out. It counts nowhere, and that it was stays to be seen."
        )
        return redirect(_list_of(pupil, right))
    return pages.show_form(
        request,
        pupil,
        form,
        right.may(request.actor, entry),
        heading=right.title,
        second="" if entry.struck_out_because else right.said(entry),
        button="Strike it out",
        **right.back,
    )


def _move(request: Request, pupil_id: int, entry_id: int, right: Right) -> HttpResponse:
    """Both records stay honest: struck out here, and entered there as moved."""
    pupil = open_pupil(request.actor, pupil_id, right.move_title.lower())
    entry = right.find(request.actor, pupil, entry_id)
    form = form_pages.bind(
        request,
        right.move_form,
        actor=request.actor,
        initial={"occasion": getattr(entry, "occasion", "")},
    )
    done = form_pages.attempt(
        request, form, lambda data: right.move(actor=request.actor, entry=entry, **data)
    )
    if done:
        child = done[0].pupil
        messages.success(
            request,
            f"{count_of(len(done), right.counted)} moved to {child.name}. "
            "Where it was, it is struck out, and that stays to be seen.",
        )
        return redirect(_list_of(child, right))
    return pages.show_form(
        request,
        pupil,
        form,
        right.may(request.actor, entry),
        heading=right.move_title,
        second="" if entry.struck_out_because else right.said(entry),
        button="Move it",
        **right.back,
    )


@screen(needs=Permission.ASSESSMENT_RECORD)
def strike_out_score(request: Request, pupil_id: int, result_id: int) -> HttpResponse:
    return _strike_out(request, pupil_id, result_id, SCORE)


@screen(needs=Permission.ASSESSMENT_RECORD)
def move_score(request: Request, pupil_id: int, result_id: int) -> HttpResponse:
    return _move(request, pupil_id, result_id, SCORE)


@screen(needs=Permission.ASSESSMENT_RECORD)
def strike_out_words(request: Request, pupil_id: int, voice_id: int) -> HttpResponse:
    return _strike_out(request, pupil_id, voice_id, WORDS)


@screen(needs=Permission.ASSESSMENT_RECORD)
def move_words(request: Request, pupil_id: int, voice_id: int) -> HttpResponse:
    return _move(request, pupil_id, voice_id, WORDS)


@screen(needs=Permission.ASSESSMENT_RECORD)
def strike_out_need(request: Request, pupil_id: int, need_id: int) -> HttpResponse:
    return _strike_out(request, pupil_id, need_id, NEED)


@screen(needs=Permission.ASSESSMENT_RECORD)
def move_need_away(request: Request, pupil_id: int, need_id: int) -> HttpResponse:
    return _move(request, pupil_id, need_id, NEED)


@screen(needs=Permission.ASSESSMENT_RECORD)
def strike_out_goal(request: Request, pupil_id: int, goal_id: int) -> HttpResponse:
    return _strike_out(request, pupil_id, goal_id, GOAL)


@screen(needs=Permission.ASSESSMENT_RECORD)
def move_goal(request: Request, pupil_id: int, goal_id: int) -> HttpResponse:
    return _move(request, pupil_id, goal_id, GOAL)


@screen(needs=Permission.PUPIL_VIEW)
def strike_talk(request: Request, pupil_id: int, talk_id: int) -> HttpResponse:
    return _strike_out(request, pupil_id, talk_id, TALK)


@screen(needs=Permission.PUPIL_VIEW)
def move_talk_away(request: Request, pupil_id: int, talk_id: int) -> HttpResponse:
    return _move(request, pupil_id, talk_id, TALK)


score = {"strike-out": strike_out_score, "move": move_score}
words = {"strike-out": strike_out_words, "move": move_words}
need = {"strike-out": strike_out_need, "move": move_need_away}
goal = {"strike-out": strike_out_goal, "move": move_goal}
talk = {"strike-out": strike_talk, "move": move_talk_away}
