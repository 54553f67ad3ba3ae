"""Daily logs: one a day a writer, in under a minute."""

from datetime import date, datetime, time
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
from alongside.fieldwork.models import DailyLog
from alongside.fieldwork.wording import log_line

AFTER_SCHOOL = time(15, 30)
FIELDS = ("face", "what_worked", "what_was_hard", "staff_told")
LONGEST = {"what_worked": 300, "what_was_hard": 300, "staff_told": 120}


@transaction.atomic
def record_daily_log(
    *,
    actor: Actor,
    case: Case,
    on: date,
    face: int | None = None,
    what_worked: str = "",
    what_was_hard: str = "",
    staff_told: str = "",
    marks: Marks | None = None,
) -> DailyLog:
    """Write down one day of one pupil. A second log of the same day is opened, not written."""
    case = hold(Case, case.pk, "pupil")
    require(policy.record(actor, case))
    require_day(actor, case, on, "on")
    if _written(case_id=case.pk, by=actor.staff_id, on=on):
        raise Problem("You have already written this day's log. Open it to add to it.", "on")
    log = DailyLog(case=case, pupil=case.pupil, on=on, recorded_by_id=actor.staff_id)
    _fill(
        log, marks, face=face, what_worked=what_worked, what_was_hard=what_was_hard,
        staff_told=staff_told,
    )  # fmt: skip
    add(log)
    add_marks(case, log, marks or {})
    write_line(actor, log, log_line(log, (marks or {}).values()), _occurred_at(actor, on))
    made_with(actor, case.pupil, on)
    audited(actor, "daily_log.recorded", log)
    return log


@prepared
def _written(*, case_id: Any, by: Any, on: Any) -> QuerySet[DailyLog, Any]:
    return DailyLog.objects.filter(case_id=case_id, recorded_by_id=by, on=on).values("pk")


@transaction.atomic
def edit_daily_log(
    *, actor: Actor, log: DailyLog, version: int, marks: Marks | None = None, **changes: Any
) -> DailyLog:
    """Mend a log of one's own within a day of writing it, from the version one read."""
    log = hold(DailyLog, log.pk, "case", "pupil", "recorded_by")
    require(policy.edit(actor, log))
    log.require_version(version)
    marked = {mark.target_id: mark.mark for mark in log.marks.all()}
    after = marked if marks is None else dict(marks)
    _fill(log, after, **changes)
    log.save(update_fields=[*FIELDS, "version"])
    set_marks(log.case, log, after)
    correct_line(actor, log, log_line(log, marked.values()), log_line(log, after.values()))
    audited(actor, "daily_log.edited", log)
    return log


def _fill(log: DailyLog, marks: Marks | None, **told: Any) -> None:
    for name, value in told.items():
        if name not in FIELDS:
            raise TypeError(f"A daily log has no {name} to change.")
        setattr(log, name, " ".join(value.split()) if isinstance(value, str) else value)
    for name, most in LONGEST.items():
        if len(getattr(log, name)) > most:
            raise Problem(f"Keep this under {most} characters.", name)
    require_face(log.face)
    if not (log.face or log.what_worked or log.what_was_hard or marks):
        raise Problem("Mark a target, choose a face, or say what worked.", "what_worked")


def _occurred_at(actor: Actor, on: date) -> datetime | None:
    """Today's log is of now; an earlier day's stands at the end of that school day."""
    return None if on == actor.today else timezone.make_aware(datetime.combine(on, AFTER_SCHOOL))
