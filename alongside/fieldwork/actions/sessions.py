"""Sessions: held or missed, each with what was done, how the child was, and what is next."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from alongside.cases.models import Case
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.prepared import add, hold, prepared
from alongside.fieldwork import policy
from alongside.fieldwork.actions.common import (
    Marks,
    add_marks,
    audited,
    correct_line,
    require_day,
    require_face,
    set_marks,
    write_line,
)
from alongside.fieldwork.actions.visits import made_with
from alongside.fieldwork.models import Session
from alongside.fieldwork.wording import session_line

MOST_MINUTES = 480
FIELDS = (
    "kind",
    "starts_at",
    "minutes",
    "place",
    "attendance",
    "reason_missed",
    "what_we_did",
    "response",
    "next_step",
    "face",
)


@transaction.atomic
def record_session(
    *,
    actor: Actor,
    case: Case,
    kind: str,
    starts_at: datetime,
    minutes: int,
    attendance: str = Session.Attendance.ATTENDED,
    place: str = "",
    reason_missed: str = "",
    what_we_did: str = "",
    response: str = "",
    next_step: str = "",
    face: int | None = None,
    marks: Marks | None = None,
) -> Session:
    """Write down one session. `minutes` is how long it was to be; a missed one says why."""
    case = hold(Case, case.pk, "pupil")
    require(policy.record(actor, case))
    session = Session(case=case, pupil=case.pupil, recorded_by_id=actor.staff_id)
    _fill(
        session, kind=kind, starts_at=starts_at, minutes=minutes, attendance=attendance,
        place=place, reason_missed=reason_missed, what_we_did=what_we_did, response=response,
        next_step=next_step, face=face,
    )  # fmt: skip
    _require_sound(actor, session, marks)
    add(session)
    add_marks(case, session, marks or {})
    write_line(actor, session, session_line(session), session.starts_at)
    made_with(actor, case.pupil, timezone.localdate(starts_at))
    audited(actor, "session.recorded", session)
    return session


@transaction.atomic
def edit_session(
    *, actor: Actor, session: Session, version: int, marks: Marks | None = None, **changes: Any
) -> Session:
    """Mend a session of one's own within a day of writing it, from the version one read."""
    session = hold(Session, session.pk, "case", "pupil", "recorded_by")
    require(policy.edit(actor, session))
    session.require_version(version)
    before = session_line(session)
    _fill(session, **changes)
    _require_sound(actor, session, marks)
    session.save(update_fields=[*FIELDS, "version"])
    if marks is not None:
        set_marks(session.case, session, marks)
    correct_line(actor, session, before, session_line(session))
    audited(actor, "session.edited", session)
    return session


def _fill(session: Session, **told: Any) -> None:
    for name, value in told.items():
        if name not in FIELDS:
            raise TypeError(f"A session has no {name}.")
        setattr(session, name, value.strip() if isinstance(value, str) else value)


def _require_sound(actor: Actor, session: Session, marks: Marks | None) -> None:
    require_day(actor, session.case, timezone.localdate(session.starts_at), "on")
    if session.starts_at > timezone.now():
        raise Problem("This has not happened yet. Check the time it began.", "time")
    if not 1 <= session.minutes <= MOST_MINUTES:
        raise Problem(f"Enter how many minutes it was, 1 to {MOST_MINUTES}.", "minutes")
    require_face(session.face)
    if session.attendance == Session.Attendance.MISSED:
        if not session.reason_missed:
            raise Problem("Say why it was missed.", "reason_missed")
        if marks or session.face:
            raise Problem("A missed session has no face and no targets.", "attendance")
    else:
        session.reason_missed = ""
        if not session.what_we_did:
            raise Problem("Say in a sentence what you did.", "what_we_did")
    same = _begun_at(case_id=session.case_id, by=actor.staff_id, starts_at=session.starts_at)
    if any(one["pk"] != session.pk for one in same):
        raise Problem("You have already recorded a session that began then.", "time")


@prepared
def _begun_at(*, case_id: Any, by: Any, starts_at: Any) -> QuerySet[Session, Any]:
    found = Session.objects.filter(case_id=case_id, recorded_by_id=by, starts_at=starts_at)
    return found.values("pk")
