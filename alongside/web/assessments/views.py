"""The Assessment tab: what is known of the child, measured and in their own words, on one page."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse

from alongside.assessments import policy, queries
from alongside.assessments.models import Need, Profile
from alongside.core.actor import Actor
from alongside.core.permissions import Permission
from alongside.people.models import Pupil
from alongside.people.queries import open_pupil
from alongside.rules.words import day_in_words
from alongside.web.assessments.beside import beside
from alongside.web.assessments.pages import url_of
from alongside.web.assessments.score_rows import pair_row, score_row
from alongside.web.assessments.voice_rows import moved_words, struck_words, voice_row
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen

# Strengths first: what is asked first is what is said first.
KINDS = (
    Need.Kind.STRENGTH,
    Need.Kind.HELPS,
    Need.Kind.BARRIER,
    Need.Kind.TRIGGER,
    Need.Kind.LEARNING_GAP,
    Need.Kind.SUSPECTED_SEND,
    Need.Kind.TRAUMA,
)
NEVER_END = (Need.Kind.TRAUMA, Need.Kind.SUSPECTED_SEND)  # It happened; or it is answered.
TITLES = {
    Need.Kind.STRENGTH: "Strengths",
    Need.Kind.BARRIER: "Barriers",
    Need.Kind.TRIGGER: "Triggers",
    Need.Kind.LEARNING_GAP: "Learning gaps",
    Need.Kind.SUSPECTED_SEND: "Suspected special educational needs",
}


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def assessment(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = open_pupil(actor, pupil_id, "assessment")
    frame = pupil_frame(actor, pupil, "assessment")
    may_record = policy.record(actor, pupil)
    # What is wrong is put right after the case closed too.
    may_put_right = actor.may(Permission.ASSESSMENT_RECORD)
    needs, struck_needs = queries.needs_and_struck(actor, pupil)
    voices, struck_voices = queries.voices_and_struck(actor, pupil)
    results = queries.results_of(actor, pupil)
    return TemplateResponse(
        request,
        "assessments/assessment.html",
        {
            **frame,
            "heading": "Assessment",
            "base": url_of(pupil),
            "may_record": may_record,
            "may_assess": may_record or policy.assess(actor, pupil),
            "may_read_assessments": policy.read_assessments(actor),
            "beside": beside(pupil, queries.assessments_of(actor, pupil)),
            "may_read_scores": policy.read_scores(actor),
            "pairs": sorted(
                (pair_row(pupil, pair) for pair in queries.pair_up(results)),
                key=lambda drawn: drawn["chart"] is None and drawn["trend"] is None,
            ),
            "scores": [score_row(pupil, result, may_put_right) for result in reversed(results)],
            "needs": _groups(actor, pupil, needs, bool(may_record)),
            "needs_struck": [
                struck_words(need, f"{need.get_kind_display()} of {day_in_words(need.recorded_on)}")
                for need in struck_needs
            ],
            "voices": [voice_row(pupil, voice, may_put_right) for voice in voices],
            "voices_struck": [
                struck_words(voice, f"What was said or shown on {day_in_words(voice.said_on)}")
                for voice in struck_voices
            ],
            "print_url": f"/pupils/{pupil.pk}/profile/print/",
            "profile": _profile(pupil, queries.profile_of(actor, pupil)),
        },
    )


def _groups(
    actor: Actor, pupil: Pupil, needs: Sequence[Need], may_record: bool
) -> list[dict[str, Any]]:
    """Needs by kind, in the order in which one talks of them."""
    return [
        {
            "title": TITLES.get(kind, Need.Kind(kind).label),
            "is_restricted": kind == Need.Kind.TRAUMA,
            "needs": [_need(actor, pupil, n, may_record) for n in needs if n.kind == kind],
        }
        for kind in KINDS
        if any(need.kind == kind for need in needs)
    ]


def _need(actor: Actor, pupil: Pupil, need: Need, may_record: bool) -> dict[str, Any]:
    about = [need.area, need.source, f"{need.recorded_by.name}, {day_in_words(need.recorded_on)}"]
    base = f"{url_of(pupil)}needs/{need.pk}/"
    is_open_question = need.kind == Need.Kind.SUSPECTED_SEND and not need.answered_on
    return {
        "text": need.text,
        "about": ". ".join(part for part in about if part),
        "ended": f"No longer so since {day_in_words(need.ended_on)}" if need.ended_on else "",
        "answer": _answer(need),
        "moved": moved_words(need),
        "put_right_at": base
        if actor.may(Permission.ASSESSMENT_RECORD) and not need.assessment_id
        else "",
        "is_waiting": is_open_question,
        "is_shared": need.is_shared,
        "end_url": f"{base}end/"
        if may_record and not need.ended_on and need.kind not in NEVER_END
        else "",
        "answer_url": f"{base}answer/"
        if is_open_question and policy.answer_need(actor, need)
        else "",
    }


def _answer(need: Need) -> str:
    """What the SENDCo found, by which assessments, and since when the child is on the register."""
    if not (need.answered_by and need.answered_on):
        return ""
    parts = [
        f"{need.answered_by.name}, {day_in_words(need.answered_on)}: {need.answer}",
        need.get_outcome_display() if need.outcome else "",
        f"Assessed: {need.assessed}" if need.assessed else "",
        f"On the register since {day_in_words(need.registered_on)}" if need.registered_on else "",
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _profile(pupil: Pupil, profile: Profile | None) -> dict[str, Any] | None:
    if profile is None:
        return None
    said_on = f", {day_in_words(profile.said_on)}" if profile.said_on else ""
    return {
        "quote": profile.words,
        "quoted": f"{pupil.forename}{said_on}",
        "needs": profile.needs,
        "triggers": profile.triggers,
        "helps": profile.helps,
        "version": profile.version,
        "avoid": profile.avoids,
        "by": f"{profile.updated_by.name}, {day_in_words(profile.updated_on)}",
    }
