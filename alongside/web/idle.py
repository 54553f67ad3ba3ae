"""Ends a session left alone too long, keeping what a form was sending for the same person only."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.core import drafts
from alongside.core.actor import begin
from alongside.web import kept
from alongside.web.door import sessions
from alongside.web.door.sessions import RAN_OUT, SEEN_AT, STARTED_AT

# What is sent here is who one is, or that words are to go: never kept.
NO_FORMS = ("/sign-in/", "/sign-out/", "/demonstration/", "/drafts/discard/")


class IdleMiddleware:
    """A session unseen for longer than IDLE_SECONDS, or older than a working day, ends."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """After the check against forged forms, so that nobody else can write a person's draft."""
        if not request.user.is_authenticated:
            keep_what_follows(request)
            return
        if SEEN_AT not in request.session:
            return
        now = int(time.time())
        away = now - request.session[SEEN_AT]
        if away > settings.IDLE_SECONDS:
            run_out(request, "away")
        elif now - request.session.get(STARTED_AT, now) > settings.SESSION_HOURS * 3600:
            run_out(request, "day")
        elif away > 30:
            request.session[SEEN_AT] = now


def run_out(request: HttpRequest, why: str) -> None:
    """End the session, and remember beside the door why, and for whom a draft was kept."""
    account_id: int = request.user.pk  # type: ignore[assignment]
    is_kept = keep_what_was_sent(request, account_id)
    sessions.end(account_id, why="time ran out")
    logout(request)
    request.session[RAN_OUT] = {"why": why, "account": account_id, "kept": is_kept}


def keep_what_follows(request: HttpRequest) -> None:
    """A draft saved by itself may meet the end of the session just before its form is sent."""
    before = request.session.get(RAN_OUT)
    if before and keep_what_was_sent(request, before["account"]):
        request.session[RAN_OUT] = before | {"kept": True}


def keep_what_was_sent(request: HttpRequest, account_id: int) -> bool:
    """Keep a form sent after time ran out as a draft of whoever was signed in."""
    if request.method != "POST" or request.path.startswith(NO_FORMS):
        return False
    key, content = typed_in(request)
    if not drafts.says_something(content):
        return False
    with transaction.atomic():
        actor = begin(account_id)
        return bool(actor and kept.keep_content(actor, key, content))


def typed_in(request: HttpRequest) -> tuple[str, dict[str, list[str]]]:
    """A form's draft key and fields; a draft that a page was saving by itself names both."""
    if request.path == reverse("draft-save"):
        return request.POST.get("key", ""), drafts.read_content(request.POST) or {}
    return request.POST.get("draft_key") or request.path, kept.content_of(request.POST)
