"""Sending a returned referral again: what was asked for, item by item, and what was added."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.core import drafts
from alongside.core.decisions import Conflict
from alongside.core.history import last_saved
from alongside.core.permissions import Permission
from alongside.referrals import actions, policy, queries
from alongside.referrals.models import Referral
from alongside.rules.numbers import number_in
from alongside.web.conflicts import who_and_when
from alongside.web.referrals.not_now import not_now
from alongside.web.referrals.receiving import receive, show
from alongside.web.referrals.writing import Writing, content_of
from alongside.web.screens import Request, screen


@screen(needs=Permission.REFERRAL_MAKE)
def again(request: Request, referral_id: int) -> HttpResponse:
    """A returned referral: only what came back is asked for, with what the screener wrote."""
    actor = request.actor
    referral = queries.open_referral_page(actor, referral_id, "again")
    decision = policy.send_again(actor, referral)
    if refused := not_now(request, referral, decision, "Add what is missing"):
        return refused
    missing = queries.unmet(referral)
    only = queries.sections_to_mend(missing)
    options: dict[str, Any] = {
        "today": actor.today,
        "born_on": referral.pupil.born_on,
        "frameworks": [referral.framework],
        "only": only,
        "missing": missing,
    }
    if request.method == "POST":
        return receive(
            request,
            referral.pupil,
            options,
            lambda writing: _send(request, writing, referral),
            referral=referral,
        )
    draft = drafts.get_draft(actor, request.path)
    content = draft.content if draft else content_of(referral)
    writing = Writing(content, **options)
    return show(
        request, referral.pupil, referral.school.name, writing, draft=draft, referral=referral
    )


def _send(request: Request, writing: Writing, referral: Referral) -> HttpResponse:
    posted = number_in(request.POST.get("version", ""))
    try:
        with transaction.atomic():
            actions.send_again(
                actor=request.actor,
                referral=referral,
                told=writing.told(),
                version=-1 if posted is None else posted,
                words=writing.said.cleaned_data["words"],
                cannot=writing.said.reasons,
            )
    except Conflict:
        saved = who_and_when(last_saved(referral), request.actor.today, what="this referral")
        messages.warning(
            request, f"{saved} while you were writing. Your words are kept as a draft."
        )
        return redirect(f"/referrals/{referral.pk}/")
    drafts.discard_draft(actor=request.actor, key=request.path)
    messages.success(
        request, f"Sent again: referral {referral.reference}, round {referral.round + 1}."
    )
    return redirect(f"/referrals/{referral.pk}/")
