"""The service's side: start to screen, answer each criterion, return, accept, decline."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.core.actor import Actor
from alongside.core.decisions import Conflict
from alongside.core.history import LastSaved
from alongside.core.permissions import Permission
from alongside.pathways import queries as pathways
from alongside.referrals import actions, policy, queries, triage
from alongside.referrals.actions import Answer
from alongside.referrals.models import Referral
from alongside.referrals.suggest import suggest
from alongside.rules.words import count_of
from alongside.web import form_pages
from alongside.web.frameworks.pages import decided_elsewhere
from alongside.web.pupils.frame import pupil_frame
from alongside.web.referrals import pages
from alongside.web.referrals.before import before as what_was_before
from alongside.web.referrals.forms import (
    AcceptForm,
    AnswerForm,
    ReasonForm,
    ReturnForm,
)
from alongside.web.referrals.forms_service import DeclineForm, SignpostForm
from alongside.web.referrals.not_now import not_now
from alongside.web.screens import Request, screen


@screen(needs=Permission.REFERRAL_SCREEN, methods=("POST",))
def start(request: Request, referral_id: int) -> HttpResponse:
    referral = queries.get_referral(request.actor, referral_id)
    actions.start_screening(actor=request.actor, referral=referral)
    messages.success(request, "You are screening this referral. The pupil’s record is open to you.")
    return redirect(f"/referrals/{referral.pk}/screen/")


@screen(needs=Permission.REFERRAL_SCREEN)
def answer(request: Request, referral_id: int) -> HttpResponse:
    """Every criterion on one page; a second screener who saved first is not written over."""
    actor = request.actor
    referral = queries.open_referral_page(actor, referral_id, "screen")
    if refused := not_now(request, referral, policy.answer(actor, referral), "Screen it"):
        return refused
    criteria = list(referral.framework.criteria.all())
    given = queries.answers_of(referral)
    before = queries.answers_of(referral, referral.round - 1) if referral.round > 1 else {}
    past = what_was_before(actor, referral.pupil, referral)
    told = past.added_to(queries.told_of(referral, actor.today))
    suggested = suggest([c for c in criteria if c.pk not in given], told, before, actor.today)
    form = form_pages.bind(
        request,
        AnswerForm,
        criteria=criteria,
        today=actor.today,
        suggested=suggested,
        initial=_as_typed(suggested) | _as_typed(given),
    )
    context = {
        "heading": f"Screen referral {referral.reference}",
        "second": f"{referral.framework.name}, version {referral.framework.version}",
        "version": form_pages.version_shown(request, referral.version),
        "referral": referral,
        **pages.told(referral, queries.around(referral)),
        "earlier": _earlier(referral),
        **past.said,
        "said_again": queries.said_again(referral),
        "back_url": f"/referrals/{referral.pk}/",
        **_frame(request, referral),
    }
    try:
        done = form_pages.attempt(
            request,
            form,
            lambda data: actions.answer(
                actor=actor,
                referral=referral,
                answers=_answers(form, data),
                version=form_pages.version_number(request, referral.version),
            ),
            about=referral.pupil,
            school=referral.school,
        )
    except Conflict:
        fresh = queries.get_referral(actor, referral_id)
        step = queries.steps_of(fresh)[0]
        theirs = dict.fromkeys(form.fields) | _as_typed(queries.answers_of(fresh))
        return form_pages.show_conflict(
            request,
            form,
            theirs=theirs,
            record=fresh,
            saved=LastSaved(step.taken_by.name, step.created_at),
            version=fresh.version,
            context={**_frame(request, fresh), "heading": context["heading"]},
        )
    if done:
        fresh = queries.get_referral(actor, done.pk)
        messages.success(request, _what_is_left(actor, len(criteria), fresh))
        return redirect(f"/referrals/{referral.pk}/")
    return form_pages.show(request, "referrals/screen.html", form, context)


@screen(needs=Permission.REFERRAL_SCREEN)
def return_it(request: Request, referral_id: int) -> HttpResponse:
    return _decide(
        request,
        referral_id,
        form_class=ReturnForm,
        decide=policy.return_to_school,
        act=actions.return_to_school,
        heading="Return referral {} to the school",
        second="The school sees exactly this list, and adds only what is missing.",
        button="Return it",
        done="Returned. The school has been told what is missing.",
    )


@screen(needs=Permission.REFERRAL_SCREEN)
def accept(request: Request, referral_id: int) -> HttpResponse:
    return _decide(
        request,
        referral_id,
        form_class=AcceptForm,
        decide=policy.accept,
        act=actions.accept,
        heading="Accept referral {}",
        second="A case opens and waits to be allocated. The school and the service are told.",
        button="Accept and open the case",
        done="Accepted. The case waits to be allocated.",
        with_stages=True,
        options=_what_speaks_against,
    )


@screen(needs=Permission.REFERRAL_SCREEN)
def decline(request: Request, referral_id: int) -> HttpResponse:
    return _decide(
        request,
        referral_id,
        form_class=DeclineForm,
        decide=policy.decline,
        act=actions.decline,
        heading="Decline referral {}",
        second="The school reads why, what would meet each criterion, and where else to turn.",
        button="Decline it",
        done="Declined. The school has been told why.",
        options=_what_speaks_for,
    )


@screen(needs=Permission.REFERRAL_SCREEN)
def signpost(request: Request, referral_id: int) -> HttpResponse:
    return _decide(
        request,
        referral_id,
        form_class=SignpostForm,
        decide=policy.signpost,
        act=actions.signpost,
        heading="Point referral {} elsewhere",
        second="For what belongs with another service. The school is told which, and how to reach it.",
        button="Point them there",
        done="The school has been told where to turn.",
        options=_what_speaks_for,
    )


def _what_speaks_for(referral: Referral) -> dict[str, Any]:
    return {"speaks_for_it": policy.speaks_for_it(referral)}


def _what_speaks_against(referral: Referral) -> dict[str, Any]:
    return {"speaks_against_it": policy.speaks_against_it(referral)}


def _decide(
    request: Request,
    referral_id: int,
    *,
    form_class: type[ReasonForm],
    decide: Callable[..., Any],
    act: Callable[..., Referral],
    heading: str,
    second: str,
    button: str,
    done: str,
    with_stages: bool = False,
    options: Callable[[Referral], dict[str, Any]] = lambda referral: {},
) -> HttpResponse:
    """One decision with its reason, beside what was found."""
    actor = request.actor
    referral = queries.open_referral_page(actor, referral_id, "decide")
    title = heading.format(referral.reference)
    if refused := not_now(request, referral, decide(actor, referral), title):
        return refused
    stages = pathways.ladder(referral.framework).stages
    asks = options(referral)
    if with_stages:
        asks |= {"stages": stages, "decided_elsewhere": decided_elsewhere(actor, stages)}
    form = form_pages.bind(request, form_class, **asks)

    def take(data: dict[str, Any]) -> Referral:
        if "stage" in data:
            data["stage"] = next((s for s in stages if s.pk == data["stage"]), None)
        version = form_pages.version_number(request, referral.version)
        return act(actor=actor, referral=referral, version=version, **data)

    try:
        taken = form_pages.attempt(request, form, take, about=referral.pupil)
    except Conflict:
        return form_pages.overtaken(
            request, what="referral", record=referral, url=f"/referrals/{referral.pk}/"
        )
    if taken:
        messages.success(request, done)
        return redirect(f"/referrals/{referral.pk}/")
    criteria = list(referral.framework.criteria.all())
    context = {
        "heading": title,
        "second": second,
        "button": button,
        "version": form_pages.version_number(request, referral.version),
        "answers": pages.answers(referral, criteria, queries.answers_of(referral)),
        "back_url": f"/referrals/{referral.pk}/",
    }
    return form_pages.show(
        request, "referrals/decide.html", form, context | _frame(request, referral)
    )


def _frame(request: Request, referral: Referral) -> dict[str, Any]:
    pupil = queries.pupil_in_scope(request.actor, referral)
    return pupil_frame(request.actor, pupil) if pupil else {}


def _what_is_left(actor: Actor, asked: int, referral: Referral) -> str:
    """Only what this person can do next."""
    left = asked - len(queries.answers_of(referral))
    if left:
        return f"Saved. {left} of {count_of(asked, 'criterion', 'criteria')} still to answer."
    may_return = bool(policy.return_to_school(actor, referral))
    if not triage.is_asked(referral) or triage.is_scored(referral):
        return f"Answers saved. Now {'return it, ' if may_return else ''}accept it or decline it."
    first = "Return it, or score it next" if may_return else "Score it next"
    return f"Answers saved. {first}: it is accepted or declined after that."


def _answers(form: AnswerForm, data: dict[str, Any]) -> list[Answer]:
    """What is answered. What would meet a criterion is not the evidence that it is met."""
    return [
        Answer(
            criterion=c,
            finding=data[f"finding_{c.pk}"],
            note=data[f"note_{c.pk}"] if not form.is_left_over(c, data) else "",
            do_by=data[f"do_by_{c.pk}"] if data[f"finding_{c.pk}"] != "MET" else None,
        )
        for c in form.criteria
        if data[f"finding_{c.pk}"]
    ]


def _as_typed(given: Mapping[int, Any]) -> dict[str, Any]:
    typed: dict[str, Any] = {}
    for pk, found in given.items():
        typed |= {
            f"finding_{pk}": found.finding,
            f"note_{pk}": found.note,
            f"do_by_{pk}": found.do_by,
        }
    return typed


def _earlier(referral: Referral) -> list[dict[str, Any]]:
    """What earlier rounds found, beside the new answers."""
    criteria = list(referral.framework.criteria.all())
    return [
        {"title": f"Round {number}", "answers": pages.answers(referral, criteria, answers)}
        for number, answers in queries.rounds_of(referral)
        if number < referral.round
    ]
