"""One referral: what was told, what was found, what happens next; and its papers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from alongside.core import files
from alongside.core.actor import Actor
from alongside.core.decisions import Decision
from alongside.core.permissions import Permission
from alongside.duties.calendars import Calendars
from alongside.pathways import queries as pathways
from alongside.referrals import policy, queries, waiting
from alongside.referrals.models import HIGHEST_MARK, Referral, ReferralState
from alongside.rules.cut_offs import Triage
from alongside.rules.words import listed
from alongside.web.dates import as_day, clock_time, short_weekday
from alongside.web.pupils.frame import pupil_frame
from alongside.web.referrals import pages
from alongside.web.referrals.before import before
from alongside.web.screens import Request, screen
from alongside.web.templatetags.alongside import day


@screen(needs=Permission.REFERRAL_VIEW, methods=("GET",))
def referral(request: Request, referral_id: int) -> HttpResponse:
    actor = request.actor
    found = queries.open_referral_page(actor, referral_id, "referral")
    pupil = queries.pupil_in_scope(actor, found)
    around = queries.around(found)
    context: dict[str, Any] = {
        "heading": f"Referral {found.reference}",
        "name": found.pupil.name,
        "second": pages.sent_line(found),
        "referral": found,
        "state": pages.STATE_SHAPES[ReferralState(found.state)],
        "word": pages.STATE_WORDS[ReferralState(found.state)],
        "answer_by": _answer_by(actor, found),
        "wait": pages.waits_words(around["waits"], actor.today),
        "score": _score(actor, around["scores"]),
        "acts": acts(actor, found),
        "steps": pages.steps(around["steps"]),
        **before(actor, found.pupil, found).said,
        **_told(actor, found, around),
        **_screening(actor, found, around["papers"]),
    }
    if pupil:
        context |= pupil_frame(actor, pupil)
    return render(request, "referrals/referral.html", context)


@screen(needs=Permission.REFERRAL_VIEW, methods=("GET",))
def paper(request: Request, referral_id: int, paper_id: int) -> HttpResponse:
    """A paper to take away: never shown as a page of ours."""
    found = queries.get_paper(request.actor, referral_id, paper_id)
    response = HttpResponse(files.read(found.file), content_type=found.file.content_type)
    response["Content-Disposition"] = content_disposition_header(True, found.file.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def acts(actor: Actor, found: Referral) -> list[dict[str, Any]]:
    """The steps this person may take or, when they might but not now, why not."""
    base = f"/referrals/{found.pk}/"
    offered: list[tuple[str, str, Any, str, bool]] = []
    if actor.may(Permission.REFERRAL_SCREEN):
        if found.state == ReferralState.SENT:
            offered = [("Start screening", "start/", policy.start_screening, "", True)]
        elif found.state == ReferralState.SCREENING:
            offered = [
                ("Answer the criteria", "screen/", policy.answer, "", False),
                ("Score it", "score/", policy.score, "2", False),
                ("Return to the school", "return/", policy.return_to_school, "2", False),
                ("Accept", "accept/", policy.accept, "2", False),
                ("Put on the waiting list", "wait/", policy.wait, "2", False),
                ("Point elsewhere", "signpost/", policy.signpost, "2", False),
                ("Decline", "decline/", policy.decline, "2", False),
            ]
        elif found.state == ReferralState.WAITING:
            offered = [
                ("Accept", "accept/", policy.accept, "", False),
                ("Change the wait", "wait/change/", policy.change_wait, "2", False),
                ("Point elsewhere", "signpost/", policy.signpost, "2", False),
                ("Decline", "decline/", policy.decline, "2", False),
            ]
    elif actor.may(Permission.REFERRAL_MAKE):
        if found.state == ReferralState.RETURNED:
            offered.append(("Add what is missing", "again/", policy.send_again, "", False))
        if found.state in policy.LIVE:
            offered.append(("Withdraw", "withdraw/", policy.withdraw, "2", False))
    judged = [
        (label, end, decide(actor, found), look, post) for label, end, decide, look, post in offered
    ]
    taken = [
        {"label": label, "url": base + end, "decision": decision, "look": look, "post": is_post}
        for label, end, decision, look, is_post in judged
        if decision
    ]
    return taken + _refused([(label, decision) for label, _, decision, *_ in judged])


def _refused(judged: Sequence[tuple[str, Decision]]) -> list[dict[str, Any]]:
    """Steps refused for the same reason, in one line."""
    by_reason: dict[Decision, list[str]] = {}
    for label, decision in judged:
        if not decision:
            by_reason.setdefault(decision, []).append(label)
    return [
        {"label": listed(labels), "url": "", "decision": decision, "look": "", "post": False}
        for decision, labels in by_reason.items()
    ]


def _told(actor: Actor, found: Referral, around: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    may_read = policy.read_what_was_told(actor, found)
    if not may_read:
        return {"may_read": may_read}
    return {"may_read": may_read, **pages.told(found, around)}


def _screening(actor: Actor, found: Referral, papers: list[dict[str, Any]]) -> dict[str, Any]:
    may_read = policy.read_screening(actor, found)
    if not may_read:
        return {"screening_note": may_read.reason, "rounds": []}
    rounds = queries.rounds_of(found)
    if not actor.may(Permission.REFERRAL_SCREEN):
        rounds = queries.told_rounds(found, rounds)
    criteria = list(found.framework.criteria.all())
    sent = queries.sent_rounds(found) if found.round > 1 else {}
    if not policy.read_what_was_told(actor, found):
        sent = {}
    return {
        "screening_note": "" if rounds else "Nothing is answered yet.",
        "rounds": [
            {
                "title": "The criteria" if number == found.round else f"Round {number}, as it was",
                "number": number,
                "answers": pages.answers(found, criteria, answers),
                "told": pages.told_before(found, sent[number], papers) if number in sent else None,
            }
            for number, answers in rounds
        ],
    }


def _score(actor: Actor, scores: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """For the service: the total beside the threshold of the version it was scored by."""
    if not scores or not actor.may(Permission.REFERRAL_SCREEN):
        return None
    given = scores[0]
    asked = zip(given["questions"], given["marks"], strict=True)
    return {
        **given,
        "highest": HIGHEST_MARK * len(given["questions"]),
        "state": "met" if given["total"] >= given["accept_from"] else "soon",
        "side": f"{_side(given['total'], given['accept_from'])} the threshold",
        "url": f"/referrals/triage/{given['form_id']}/",
        "marks": [
            {"text": question["text"], "mark": mark, "words": question["levels"][mark]}
            for question, mark in asked
        ],
    }


def _side(total: int, accept_from: int) -> str:
    return "At" if total == accept_from else "Above" if total > accept_from else "Below"


def _answer_by(actor: Actor, found: Referral) -> str:
    """At which triage it is read, and when an answer is due by our own standard, with its working."""
    if found.state not in (ReferralState.SENT, ReferralState.SCREENING):
        return ""
    said = _standard(actor, found)
    rhythm = waiting.rhythm_for(found)
    if rhythm is None:
        return said
    triage = waiting.triage_for(actor, found.sent_at, rhythm)
    return f"{triage_words(triage)}. {said}".strip()


def triage_words(triage: Triage) -> str:
    """Read at triage on Thu 3 Dec: in by the cut-off, Wed 2 Dec 12:00."""
    return (
        f"Read at triage on {short_weekday(triage.held_on)}: "
        f"in by the cut-off, {short_weekday(triage.cut_off)} {clock_time(triage.cut_off)}"
    )


def _standard(actor: Actor, found: Referral) -> str:
    standard = pathways.standards(actor).get("referral-answer")
    if standard is None:
        return ""
    sent_on = as_day(found.sent_at)
    due_on = Calendars(actor).add(found.school_id, sent_on, standard.amount)
    return (
        f"Answer by {day(due_on)}: {standard.amount} school days from {day(sent_on)}. Our standard"
    )
