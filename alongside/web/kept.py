"""What was sent and refused is kept as its writer's own draft. Must not decide what is refused."""

from typing import Any

from django.db import DatabaseError, transaction
from django.http import HttpRequest, QueryDict

from alongside.core import drafts
from alongside.core.actor import Actor, begin
from alongside.core.decisions import Problem
from alongside.core.drafts import NOT_KEPT
from alongside.web.dates import clock_time

WORTH_KEEPING = 20  # Letters: more than a choice, a day or a number.


def content_of(data: Any) -> dict[str, list[str]]:
    """A posted form as a draft holds it."""
    posted = data if isinstance(data, QueryDict) else QueryDict()
    return {name: posted.getlist(name) for name in posted}


def keep(actor: Actor, key: str, data: Any) -> str:
    """When it was kept, as "10:42"; nothing when it is empty, or too long to keep."""
    return keep_content(actor, key, content_of(data))


def keep_content(actor: Actor, key: str, content: dict[str, list[str]]) -> str:
    if not drafts.says_something(content):
        return ""
    try:
        saved_at = drafts.save_draft(actor=actor, key=key, content=content)
    except Problem:
        return ""
    return clock_time(saved_at)


def remember(request: HttpRequest, key: str, data: Any) -> None:
    """Note what was sent, so that it can be kept however the view ends."""
    request.sent_form = (key, data)  # type: ignore[attr-defined]


def keep_sent(request: HttpRequest, actor: Actor) -> str:
    """When what `remember` noted was kept; nothing when there was nothing, or too much."""
    key, data = getattr(request, "sent_form", ("", None))
    return keep(actor, key, data) if key else ""


def remember_lost(request: HttpRequest) -> None:
    """Whoever lost sight of a record while writing about it keeps the words all the same.

    No form was bound, so whatever was typed at some length is kept as it came.
    """
    if request.method != "POST" or hasattr(request, "sent_form"):
        return
    typed = (
        text for name in request.POST if name not in NOT_KEPT for text in request.POST.getlist(name)
    )
    if any(len(text) >= WORTH_KEEPING for text in typed):
        remember(request, request.path, request.POST)


def keep_refused(request: HttpRequest) -> str:
    """After a refused transaction: keep what was sent, and answer the address that resumes it."""
    key, _ = getattr(request, "sent_form", ("", None))
    if not key:
        return ""
    try:
        with transaction.atomic():
            actor = begin(request.user.pk)  # type: ignore[arg-type]
            return key if actor and keep_sent(request, actor) else ""
    except DatabaseError:
        return ""
