"""What every change here shares: the day it may name, the line it writes, the audit it leaves."""

from datetime import date, datetime, time

from django.utils import timezone

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.core.handling import InformationClass
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import ChronologyEntry, EntryKind, Pupil

NOON = time(12)


def require_day(actor: Actor, pupil: Pupil, on: date, field: str) -> None:
    """A day that has come, in the child's life."""
    if on > actor.today:
        raise Problem("This day has not come yet.", field)
    if on < pupil.born_on:
        raise Problem(f"{pupil.forename} was born on {pupil.born_on:%-d %B %Y}.", field)


def write_line(
    actor: Actor,
    pupil: Pupil,
    kind: EntryKind,
    information_class: InformationClass,
    summary: str,
    *,
    on: date | None = None,
    detail: str = "",
    is_shared: bool = False,
    corrects: ChronologyEntry | None = None,
) -> ChronologyEntry:
    """A line that leads to the assessment page. An earlier day is shown at noon of that day."""
    occurred_at = None
    if on and on < actor.today:
        occurred_at = timezone.make_aware(datetime.combine(on, NOON))
    return write_chronology(
        actor=actor,
        pupil=pupil,
        kind=kind,
        information_class=information_class,
        summary=summary,
        occurred_at=occurred_at,
        detail=detail,
        url=f"/pupils/{pupil.pk}/assessment/",
        is_shared=is_shared,
        corrects=corrects,
    )


def audited(actor: Actor, kind: str, subject: str, pupil: Pupil, /, **detail: object) -> None:
    audit.record(actor=actor, kind=kind, subject=subject, pupil_ids=[pupil.pk], detail=detail)


def one_line(words: str) -> str:
    return " ".join(words.split())
