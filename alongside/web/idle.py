"""Signs out who has been away, keeping what a form was sending for the same person only."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from alongside.core import drafts
from alongside.core.actor import begin

SEEN_AT = "seen_at"


class IdleMiddleware:
    """A session unseen for longer than IDLE_SECONDS ends; a form it was sending becomes a draft."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SEEN_AT in request.session and request.user.is_authenticated:
            self._look(request)
        return self.get_response(request)

    def _look(self, request: HttpRequest) -> None:
        now = int(time.time())
        away = now - request.session[SEEN_AT]
        if away > settings.IDLE_SECONDS:
            keep_what_was_sent(request)
            logout(request)
        elif away > 30:
            request.session[SEEN_AT] = now


def keep_what_was_sent(request: HttpRequest) -> None:
    """Keep a form sent after time ran out as a draft, given back after signing in again."""
    key = request.POST.get("draft_key") if request.method == "POST" else None
    if not key:
        return
    with transaction.atomic():
        actor = begin(request.user.pk)  # type: ignore[arg-type]
        if actor:
            content = {name: request.POST.getlist(name) for name in request.POST}
            drafts.save_draft(actor=actor, key=key, content=content)
