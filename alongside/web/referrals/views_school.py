"""The school's side: write, check, send, withdraw. Sending again has its own module."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core import drafts
from alongside.core.decisions import Problem, Refused
from alongside.core.permissions import Permission
from alongside.pathways import queries as pathways
from alongside.people.models import Pupil
from alongside.referrals import actions, policy, queries
from alongside.referrals.criteria import look
from alongside.web import form_pages
from alongside.web.pupils.frame import pupil_frame
from alongside.web.referrals import pages
from alongside.web.referrals.before import before
from alongside.web.referrals.forms import ReasonForm
from alongside.web.referrals.not_now import not_now
from alongside.web.referrals.receiving import receive, show
from alongside.web.referrals.writing import Writing
from alongside.web.screens import Request, screen


@screen(needs=Permission.REFERRAL_MAKE)
def write(request: Request, pupil_id: int) -> HttpResponse:
    """The whole form on one page. Every press keeps a draft; only a sound one goes on to the check."""
    actor = request.actor
    pupil, school = queries.open_pupil_to_refer(actor, pupil_id)
    frameworks = pathways.framework_for(actor, pupil, school.phase)
    if already := _already(request, pupil, frameworks):
        return already
    days: dict[str, Any] = {"today": actor.today, "born_on": pupil.born_on}
    options: dict[str, Any] = {**days, "frameworks": frameworks}
    if request.method == "POST":
        return receive(request, pupil, options, lambda _: redirect(f"{request.path}check/"))
    draft = drafts.get_draft(actor, request.path)
    writing = Writing(draft.content if draft else {}, **options)
    return show(request, pupil, school.name, writing, draft=draft)


@screen(needs=Permission.REFERRAL_MAKE)
def check(request: Request, pupil_id: int) -> HttpResponse:
    """Everything once more as it will be sent."""
    actor = request.actor
    pupil, school = queries.open_pupil_to_refer(actor, pupil_id)
    form_url = f"/referrals/new/{pupil.pk}/"
    frameworks = pathways.framework_for(actor, pupil, school.phase)
    draft = drafts.get_draft(actor, form_url)
    if draft is None:
        return _nothing_to_check(request, pupil, form_url)
    days: dict[str, Any] = {"today": actor.today, "born_on": pupil.born_on}
    writing = Writing(draft.content, **days, frameworks=frameworks, shows_mistakes=True)
    if not writing.is_sound:
        return redirect(form_url)
    if request.method == "POST":
        return _send(request, pupil, writing, form_url)
    files = queries.kept_papers(actor, writing.paper_ids)
    so_far = writing.so_far(school.name, files)
    past = before(actor, pupil)
    found = look(writing.framework.criteria.all(), past.added_to(so_far))
    return render(
        request,
        "referrals/check.html",
        {
            "heading": "Check and send",
            "second": pages.who(pupil, school.name),
            "back_url": form_url,
            "service": writing.framework.owner.name,
            **past.said,
            "parts": _parts(writing, form_url),
            "table": pages.tried_table(writing.cycles),
            "papers": pages.kept_papers(files, writing),
            "criteria": pages.criteria_panel(found, form_url),
        },
    )


@screen(needs=Permission.REFERRAL_MAKE)
def withdraw(request: Request, referral_id: int) -> HttpResponse:
    referral = queries.open_referral_page(request.actor, referral_id, "withdraw")
    decision = policy.withdraw(request.actor, referral)
    if refused := not_now(request, referral, decision, "Withdraw the referral"):
        return refused
    form = form_pages.bind(request, ReasonForm)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.withdraw(actor=request.actor, referral=referral, **data),
        about=referral.pupil,
    )
    if done:
        messages.success(request, f"Referral {referral.reference} is withdrawn.")
        return redirect(f"/referrals/{referral.pk}/")
    context = {
        "heading": f"Withdraw referral {referral.reference}",
        "second": "The service is told. You may refer the pupil again later.",
        "button": "Withdraw it",
        "back_url": f"/referrals/{referral.pk}/",
    }
    frame = pupil_frame(request.actor, referral.pupil)
    return form_pages.show(request, "referrals/decide.html", form, context | frame)


def _already(request: Request, pupil: Pupil, frameworks: list[Any]) -> HttpResponse | None:
    """Says so, with a link, when nobody can take a referral of this pupil now."""
    decisions = policy.are_free(pupil, [f.owner for f in frameworks])
    if any(decisions):
        return None
    links = []
    for framework in frameworks:
        if live := policy.live_referral(pupil, framework.owner):
            links.append({"url": f"/referrals/{live.pk}/", "label": f"Open {live.reference}"})
        elif case := policy.open_case(pupil, framework.owner):
            links.append({"url": f"/cases/{case.pk}/", "label": f"Open case {case.reference}"})
    context = {
        "heading": "Already referred" if links else "No service to refer to",
        "reasons": [d.reason for d in decisions]
        or ["No service takes referrals yet. Ask your system administrator to load its pack."],
        "links": links,
    }
    return render(request, "referrals/already.html", context | pupil_frame(request.actor, pupil))


def _send(request: Request, pupil: Pupil, writing: Writing, form_url: str) -> HttpResponse:
    try:
        with transaction.atomic():
            referral = actions.send(
                actor=request.actor,
                pupil=pupil,
                framework=writing.framework,
                told=writing.told(),
                submission=writing.submission,
            )
    except Problem:
        return redirect(form_url)
    except Refused as refused:
        live = policy.live_referral(pupil, writing.framework.owner)
        if live is None:
            raise
        messages.warning(request, f"{refused.reason} Nothing was sent twice.")
        return redirect(f"/referrals/{live.pk}/")
    drafts.discard_draft(actor=request.actor, key=form_url)
    messages.success(
        request, f"Sent. Referral {referral.reference} is with {referral.service.name}."
    )
    return redirect(f"/referrals/{referral.pk}/")


def _nothing_to_check(request: Request, pupil: Pupil, form_url: str) -> HttpResponse:
    """Pressed twice: the draft is gone because it was sent."""
    latest = queries.latest_live(request.actor, pupil)
    if latest is None:
        return redirect(form_url)
    messages.info(
        request, f"This was already sent: referral {latest.reference}. Nothing was sent twice."
    )
    return redirect(f"/referrals/{latest.pk}/")


def _parts(writing: Writing, form_url: str) -> list[dict[str, Any]]:
    """What is typed, as rows that lead back to where it was typed."""
    labels = {
        "happening": ("main_worry", "days_suspended", "last_incident", "going_well"),
        "family": ("agreed_by", "agreed_on", "agreed_how"),
    }
    form, tell = writing.sent, writing.tell
    return [
        {
            "title": pages.SECTIONS[section],
            "rows": [
                {
                    "label": form.fields[name].label,
                    "value": pages.in_words(name, tell.get(name)),
                    "url": f"{form_url}#{section}",
                }
                for name in names
            ],
        }
        for section, names in labels.items()
    ]
