"""The waiting list: putting a referral on it, changing its wait, and the list itself."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from alongside.core.actor import Actor
from alongside.core.decisions import Conflict
from alongside.core.permissions import Permission
from alongside.referrals import actions, policy, queries, waiting
from alongside.referrals.models import Referral, Wait
from alongside.rules.words import count_of
from alongside.web import form_pages, paging
from alongside.web.downloads import MOST_ROWS, Cells, Part, Taken, take, ways
from alongside.web.pathways import pathway_asked, pathway_filter, pathway_name
from alongside.web.pupils.frame import pupil_frame
from alongside.web.referrals import pages
from alongside.web.referrals.forms_service import WaitForm
from alongside.web.referrals.listing import views
from alongside.web.referrals.not_now import not_now
from alongside.web.screens import Request, screen
from alongside.web.templatetags.alongside import day


@screen(needs=Permission.REFERRAL_SCREEN)
def wait(request: Request, referral_id: int) -> HttpResponse:
    return _wait(
        request,
        referral_id,
        decide=policy.wait,
        act=actions.put_on_waiting_list,
        heading="Put referral {} on the waiting list",
        done="On the waiting list. The school has been told what for, and until when.",
    )


@screen(needs=Permission.REFERRAL_SCREEN)
def change_wait(request: Request, referral_id: int) -> HttpResponse:
    return _wait(
        request,
        referral_id,
        decide=policy.change_wait,
        act=actions.change_wait,
        heading="Change the wait of referral {}",
        done="Changed. The school has been told.",
    )


@screen(needs=Permission.REFERRAL_VIEW, methods=("GET",))
def waiting_list(request: Request) -> HttpResponse:
    """Who waits, longest first, with what for and until when."""
    actor = request.actor
    chosen, pathway = request.GET.get("for", ""), pathway_asked(request.GET)
    found = waiting.waiting_list(actor, request.GET.get("after", "")[:40], chosen, pathway)
    return TemplateResponse(
        request,
        "referrals/waiting.html",
        {
            "heading": "Waiting list",
            "second": _second(found, pathway),
            "views": views(request, "queue"),
            "reasons": _reasons(found, chosen, pathway),
            "filter": pathway_filter(pathway, {"for": chosen} if chosen else {}),
            "lead": _lead(found),
            "table": _table(found.rows, actor),
            "pages": paging.pages(request, f"{len(found.rows)} of {found.total}", found.following),
            "take": ways(request, "waiting-list-download") if found.rows else None,
        },
    )


@screen(needs=Permission.EXPORT, methods=("GET",))
def download(request: Request) -> HttpResponse:
    """Who waits as the screen lists them, all of them."""
    actor, chosen = request.actor, request.GET.get("for", "")
    pathway = pathway_asked(request.GET)
    found = waiting.waiting_list(actor, waits_for=chosen, pathway=pathway, most=MOST_ROWS)
    reason = Wait.For(chosen).label if chosen in Wait.For.values else "Every reason"
    return take(
        request,
        Taken(
            title="Waiting list",
            chosen=[reason, *([pathway_name(pathway)] if pathway else []), "longest first"],
            parts=[
                Part(
                    COLUMNS,
                    [_cells(wait, actor) for wait in found.rows],
                    about=[wait.referral.pupil_id for wait in found.rows],
                )
            ],
            back_url="/referrals/waiting/",
            is_cut=bool(found.following),
        ),
        kind="referrals.exported",
        needs=Permission.REFERRAL_VIEW,
    )


def _wait(
    request: Request, referral_id: int, *, decide: Any, act: Any, heading: str, done: str
) -> HttpResponse:
    actor = request.actor
    referral = queries.open_referral_page(actor, referral_id, "wait")
    title = heading.format(referral.reference)
    if refused := not_now(request, referral, decide(actor, referral), title):
        return refused
    now = waiting.wait_of(referral)
    initial = {"waits_for": now.waits_for, "expected_on": now.expected_on} if now else {}
    form = form_pages.bind(request, WaitForm, initial=initial)
    version = form_pages.version_number(request, referral.version)

    def take(data: dict[str, Any]) -> Referral:
        return act(actor=actor, referral=referral, version=version, **data)

    try:
        taken = form_pages.attempt(
            request, form, take, school=referral.school, about=referral.pupil
        )
    except Conflict:
        return form_pages.overtaken(
            request, what="referral", record=referral, url=f"/referrals/{referral.pk}/"
        )
    if taken:
        messages.success(request, done)
        return redirect(f"/referrals/{referral.pk}/")
    usual = waiting.usual_wait(actor, referral)
    context = {
        "heading": title,
        "second": _usual_words(usual),
        "button": "Save and tell the school",
        "version": version,
        "answers": pages.answers(
            referral, list(referral.framework.criteria.all()), queries.answers_of(referral)
        ),
        "back_url": f"/referrals/{referral.pk}/",
    }
    pupil = queries.pupil_in_scope(actor, referral)
    frame = pupil_frame(actor, pupil) if pupil else {}
    return form_pages.show(request, "referrals/decide.html", form, context | frame)


def _usual_words(usual: int | None) -> str:
    if usual is None:
        return "Too few have come off this list yet to say how long a wait usually is."
    return f"Half of those accepted from this list in the last year waited {count_of(usual, 'school day')} or less."


def _second(found: waiting.WaitingList, pathway: str) -> str:
    if not found.total:
        return "Nobody of this pathway waits" if pathway else "Nobody waits"
    late = f", {found.late} past the day the school was told" if found.late else ""
    return f"{count_of(found.total, 'referral')} waiting, longest first{late}"


def _reasons(found: waiting.WaitingList, chosen: str, pathway: str) -> list[dict[str, Any]]:
    keep = {"pathway": pathway} if pathway else {}
    url = f"?{urlencode(keep)}"
    every = {"label": "Every reason", "count": found.total, "url": url, "is_current": not chosen}
    return [every] + [
        {
            "label": Wait.For(key).label,
            "count": number,
            "url": f"?{urlencode({'for': key, **keep})}",
            "is_current": key == chosen,
        }
        for key, number in found.by_reason.items()
    ]


def _lead(found: waiting.WaitingList) -> dict[str, Any] | None:
    if not found.total:
        return None
    return {
        "figure": found.late or found.total,
        "unit": "past their day" if found.late else "waiting",
        "state": "overdue" if found.late else "soon",
        "title": f"The longest has waited since {day(found.longest_since)}",
        "text": _usual_words(found.usual_days),
    }


def _table(rows: list[Wait], actor: Actor) -> dict[str, Any]:
    return {
        "caption": "Waiting list",
        "columns": [
            {"label": name}
            for name in ("Pupil", "School", "Waits for", "Waiting since", "Expected by")
        ],
        "rows": [_row(wait, actor) for wait in rows],
    }


def _row(wait: Wait, actor: Actor) -> dict[str, Any]:
    referral = wait.referral
    days = waiting.school_days_waited(actor, referral.school_id, wait.starts_on, actor.today)
    is_late = wait.expected_on < actor.today
    return {
        "cells": [
            {
                "text": referral.pupil.name,
                "url": f"/referrals/{referral.pk}/",
                "second": referral.reference,
            },
            {"text": referral.school.name, "second": (referral.area or referral.service).name},
            {"text": wait.get_waits_for_display()},
            {"text": day(wait.starts_on), "second": count_of(days, "school day")},
            {
                "text": day(wait.expected_on),
                "state": "overdue" if is_late else "",
                "second": "Past its day" if is_late else "",
            },
        ]
    }


COLUMNS = (
    "Reference", "Pupil", "School", "Where", "Waits for", "Waiting since", "School days", "Expected by",
    "Past its day",
)  # fmt: skip


def _cells(wait: Wait, actor: Actor) -> Cells:
    referral = wait.referral
    return [
        referral.reference,
        referral.pupil.name,
        referral.school.name,
        (referral.area or referral.service).name,
        wait.get_waits_for_display(),
        wait.starts_on,
        waiting.school_days_waited(actor, referral.school_id, wait.starts_on, actor.today),
        wait.expected_on,
        "Yes" if wait.expected_on < actor.today else "",
    ]
