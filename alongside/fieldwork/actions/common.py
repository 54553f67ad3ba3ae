"""What a session and a daily log share: their marks, their line on the chronology, their audit."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet

from alongside.cases.models import Case
from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.core.handling import InformationClass
from alongside.core.prepared import prepared
from alongside.fieldwork.models import DailyLog, Session, TargetMark
from alongside.fieldwork.queries import line_of
from alongside.fieldwork.wording import url_of
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import EntryKind

Marks = Mapping[int, str]  # The target's key to Met, Partly, Not yet or Not seen.


def require_day(actor: Actor, case: Case, on: date, field: str) -> None:
    if on > actor.today:
        raise Problem("This has not happened yet.", field)
    if on < case.opened_on:
        raise Problem(f"The case opened on {case.opened_on:%-d %B %Y}.", field)


def require_face(face: int | None) -> None:
    if face is not None and not 1 <= face <= 5:
        raise Problem("Choose one of the five faces.", "face")


def add_marks(case: Case, written: Session | DailyLog, marks: Marks) -> None:
    """The marks of a session or day just written. Targets are those of the case's own plans."""
    _require_marks(case, marks)
    _create(written, marks)


def set_marks(case: Case, written: Session | DailyLog, marks: Marks) -> None:
    """Make the marks of a session or day written earlier be these."""
    _require_marks(case, marks)
    before = {mark.target_id: mark for mark in written.marks.all()}
    for target_id, mark in before.items():
        said = marks.get(target_id)
        if said is None:
            mark.delete()
        elif mark.mark != said:
            mark.mark = said
            mark.save(update_fields=["mark"])
    _create(written, {target: said for target, said in marks.items() if target not in before})


def _require_marks(case: Case, marks: Marks) -> None:
    if not marks:
        return
    if not set(marks) <= {one["target"] for one in _targets(case_id=case.pk)}:
        raise Problem("This target is not in a plan of this case.")
    if not set(marks.values()) <= set(TargetMark.Mark.values):
        raise Problem("Mark a target as met, partly, not yet or not seen.")


@prepared
def _targets(*, case_id: Any) -> QuerySet[Case, Any]:
    return Case.objects.filter(pk=case_id).values(target=F("plans__targets"))


def _create(written: Session | DailyLog, marks: Marks) -> None:
    owner = {"session" if isinstance(written, Session) else "daily_log": written}
    TargetMark.objects.bulk_create(
        TargetMark(target_id=target_id, mark=said, **owner) for target_id, said in marks.items()
    )


def write_line(
    actor: Actor, written: Session | DailyLog, summary: str, occurred_at: datetime | None
) -> None:
    kind = EntryKind.SESSION if isinstance(written, Session) else EntryKind.DAILY_LOG
    write_chronology(
        actor=actor,
        pupil=written.pupil,
        kind=kind,
        information_class=InformationClass.PUPIL,
        summary=summary,
        occurred_at=occurred_at,
        url=url_of(written),
    )


def correct_line(actor: Actor, written: Session | DailyLog, before: str, after: str) -> None:
    """A line is never edited: what it now says stands beneath it."""
    line = line_of(written)
    if line is None or before == after:
        return
    write_chronology(
        actor=actor,
        pupil=written.pupil,
        kind=EntryKind(line.kind),
        information_class=InformationClass.PUPIL,
        summary=f"Correction: {after}",
        url=url_of(written),
        is_shared=line.is_shared,
        corrects=line,
    )


def audited(actor: Actor, kind: str, written: Session | DailyLog) -> None:
    name = "session" if isinstance(written, Session) else "daily log"
    audit.record(
        actor=actor, kind=kind, subject=f"{name} {written.pk}", pupil_ids=[written.pupil_id]
    )
