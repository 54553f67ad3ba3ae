"""The beginning and the end of a signed-in session, and what is said after one ran out."""

import time

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest

from alongside.core import audit
from alongside.core.actor import begin

SEEN_AT = "seen_at"
STARTED_AT = "started_at"
RAN_OUT = "ran_out"  # What an ended session leaves behind: {"why", "account", "kept"}.
HAS_SECOND_FACTOR = "has_second_factor"


def start(request: HttpRequest, account_id: int) -> None:
    """Begin counting time for who has just signed in, and write it to the audit trail."""
    request.session[SEEN_AT] = request.session[STARTED_AT] = int(time.time())
    before = request.session.pop(RAN_OUT, None)
    if before and before["kept"] and before["account"] == account_id:
        messages.success(
            request,
            "What you were sending when your time ran out is kept as a draft. "
            "It is back in its form, and under your name at the top of the page.",
        )
    _write(account_id, "session.started")


def end(account_id: int, *, why: str = "signed out") -> None:
    _write(account_id, "session.ended", why=why)


def _write(account_id: int, kind: str, **detail: str) -> None:
    """Nothing is written of a person who may not work today: there is no council to write it in."""
    with transaction.atomic():
        actor = begin(account_id)
        if actor:
            audit.record(
                actor=actor,
                kind=kind,
                subject=f"staff {actor.staff_id}",
                detail=detail,
            )
