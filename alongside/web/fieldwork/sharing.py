"""What the school would read of one session or log, before it does; sharing it, and taking it back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core.permissions import Permission
from alongside.fieldwork import actions, queries
from alongside.fieldwork.models import DailyLog, Session
from alongside.fieldwork.wording import url_of
from alongside.people.queries import record_view
from alongside.people.queries.shared import school_readers
from alongside.web import doubts
from alongside.web.fieldwork import pages
from alongside.web.screens import Request, screen


@screen(needs=Permission.SESSION_RECORD)
def share_session(request: Request, session_id: int) -> HttpResponse:
    return _share(request, queries.get_session(request.actor, session_id))


@screen(needs=Permission.SESSION_RECORD)
def share_log(request: Request, log_id: int) -> HttpResponse:
    return _share(request, queries.get_log(request.actor, log_id))


# Whatever is written of a session or a daily log, for the school to read.
WORDS = (
    "reason_missed", "what_we_did", "response", "next_step", "what_worked", "what_was_hard",
    "staff_told",
)  # fmt: skip

# What a button asks for: the action, and what is said once it is done.
ASKED: dict[str, tuple[Callable[..., Any], str]] = {
    "share": (actions.share, "The school can read this now."),
    "take_back": (actions.take_back, "The school can no longer read this."),
}


def _share(request: Request, written: Session | DailyLog) -> HttpResponse:
    actor = request.actor
    url = url_of(written)
    record_view(actor, [written.pupil_id], "what the school reads", subject=url.strip("/"))
    doubt = _doubt(request, written)
    if request.method == "POST" and not doubt:
        action, said = ASKED["take_back" if request.POST.get("to") == "take_back" else "share"]
        action(actor=actor, written=written)
        messages.success(request, said)
        return redirect(url)
    return render(
        request,
        "fieldwork/share.html",
        {
            **pages.reading(actor, written),
            "lines": queries.lines_of(written),
            "readers": school_readers(actor, written.pupil),
            "back_url": url,
            "back_label": "What was written",
            "doubt": doubt,
        },
        status=422 if doubt else 200,
    )


def _doubt(request: Request, written: Session | DailyLog) -> doubts.Doubt | None:
    """Asked when it is about to be shared, until the answer is yes."""
    if request.method != "POST" or request.POST.get("to") == "take_back":
        return None
    words = [getattr(written, name, "") for name in WORDS]
    doubt = doubts.names_doubt("share", words, written.pupil)
    return doubt if doubt and doubt.key not in request.POST.getlist(doubts.SURE) else None
