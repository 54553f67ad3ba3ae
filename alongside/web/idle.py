"""Ends a session left alone too long, keeping what a form was sending for the same person only."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from alongside.core import drafts
from alongside.core.actor import begin
from alongside.web import kept
from alongside.web.door import sessions
from alongside.web.door.sessions import RAN_OUT, SEEN_AT, STARTED_AT


class IdleMiddleware:
    """A session unseen for longer than IDLE_SECONDS, or older than a working day, ends."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """After the check against forged forms, so that nobody else can write a person's draft."""
        if SEEN_AT not in request.session or not request.user.is_authenticated:
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
    account_id = request.user.pk
    is_kept = keep_what_was_sent(request)
    sessions.end(account_id, why="time ran out")  # type: ignore[arg-type]
    logout(request)
    request.session[RAN_OUT] = {"why": why, "account": account_id, "kept": is_kept}


def keep_what_was_sent(request: HttpRequest) -> bool:
    """Keep a form sent after time ran out as a draft of whoever was signed in."""
    content = kept.content_of(request.POST)
    typed = {name for name, values in content.items() if any(values)} - drafts.NOT_KEPT
    if request.method != "POST" or not typed:
        return False
    with transaction.atomic():
        actor = begin(request.user.pk)  # type: ignore[arg-type]
        key = request.POST.get("draft_key") or request.path
        return bool(actor and kept.keep(actor, key, request.POST))
