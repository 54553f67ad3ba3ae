"""Shares a session or a daily log with the pupil's school, and takes it back. Nothing is by default."""

from django.db import transaction

from alongside.core.actor import Actor
from alongside.core.decisions import require
from alongside.core.prepared import hold
from alongside.fieldwork import policy
from alongside.fieldwork.actions.common import audited
from alongside.fieldwork.models import DailyLog, Session
from alongside.fieldwork.queries import lines_of
from alongside.people.models import ChronologyEntry


@transaction.atomic
def share[W: (Session, DailyLog)](*, actor: Actor, written: W) -> W:
    """From now on the school reads it whole, with its line on the chronology."""
    written = _locked(written)
    require(policy.share(actor, written))
    return _set(actor, written, "shared", is_shared=True)


@transaction.atomic
def take_back[W: (Session, DailyLog)](*, actor: Actor, written: W) -> W:
    """From now on the school reads none of it. What they read before, they have read."""
    written = _locked(written)
    require(policy.take_back(actor, written))
    return _set(actor, written, "taken_back", is_shared=False)


def _locked[W: (Session, DailyLog)](written: W) -> W:
    return hold(type(written), written.pk, "case", "pupil", "recorded_by")


def _set[W: (Session, DailyLog)](actor: Actor, written: W, verb: str, *, is_shared: bool) -> W:
    written.is_shared = is_shared
    written.shared_with_id = written.case.school_id if is_shared else None
    written.save(update_fields=["is_shared", "shared_with"])
    # Who reads a line is no part of its words. Found first and then changed: in one statement the
    # database may look for the lines of this pupil among those of every pupil.
    lines = list(lines_of(written).values_list("pk", flat=True))
    ChronologyEntry.objects.filter(pk__in=lines).update(is_shared=is_shared)
    noun = "session" if isinstance(written, Session) else "daily_log"
    audited(actor, f"{noun}.{verb}", written)
    return written
