"""Writes an incident down, once, tells who leads the case of a severe one, and puts one right.

A correction keeps what stood before in the history of the row. What was written on the wrong child is
struck out or moved as scores and needs are (`assessments.actions.putting_right`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from alongside.assessments.actions import putting_right
from alongside.assessments.actions.common import one_line
from alongside.cases.models import Case
from alongside.cases.queries import lead_staff_ids
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.incidents import policy
from alongside.incidents.models import Incident
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import EntryKind, Pupil

OLDEST = timedelta(days=366)
WORDS = ("place", "before", "after", "told", "school_reference")


@transaction.atomic
def record_incident(
    *,
    actor: Actor,
    case: Case,
    kind: str,
    severity: int,
    occurred_at: datetime,
    place: str,
    happened: str,
    before: str = "",
    after: str = "",
    told: str = "",
    school_reference: str = "",
    ended_at: datetime | None = None,
    is_shared: bool = False,
) -> Incident:
    """A school that writes one down shares it by doing so; the service says whether it does."""
    case = hold(Case, case.pk, "pupil", "school")
    require(policy.record(actor, case))
    _require_times(occurred_at, ended_at)
    if not happened.strip():
        raise Problem("Say what happened, in the order it happened.", "happened")
    twin = {"case": case, "kind": kind, "occurred_at": occurred_at, "recorded_by": actor.staff_id}
    if Incident.objects.filter(**twin, struck_out_because="").exists():
        raise Problem("You have already written this incident down.", "time")
    is_shared = is_shared or not actor.reads_work
    incident = Incident.objects.create(
        case=case,
        pupil=case.pupil,
        kind=kind,
        severity=severity,
        occurred_at=occurred_at,
        ended_at=ended_at,
        place=place.strip(),
        before=before.strip(),
        happened=happened.strip(),
        after=after.strip(),
        told=told.strip(),
        school_reference=school_reference.strip(),
        recorded_by_id=actor.staff_id,
        is_shared=is_shared,
        shared_with=case.school if is_shared else None,
    )
    incident.entry = write_chronology(
        actor=actor,
        pupil=case.pupil,
        kind=EntryKind.INCIDENT,
        information_class=InformationClass.CASEWORK,
        summary=line_of(incident),
        occurred_at=occurred_at,
        url=f"/incidents/{incident.pk}/",
        is_shared=incident.is_shared,
    )
    incident.save(update_fields=["entry"])
    _tell(actor, incident)
    audit.record(
        actor=actor,
        kind="incident.recorded",
        subject=f"incident {incident.pk}",
        pupil_ids=[case.pupil_id],
        detail={"kind": kind, "severity": severity},
    )
    return incident


@transaction.atomic
def correct_incident(
    *,
    actor: Actor,
    incident: Incident,
    version: int,
    reason: str,
    occurred_at: datetime,
    happened: str,
    ended_at: datetime | None = None,
    **told: Any,
) -> Incident:
    """Say what is right instead, from the version one read. Who may read it stays as it was."""
    incident = hold(Incident, incident.pk, "pupil", "recorded_by", "entry", "case__school")
    require(policy.put_right(actor, incident))
    incident.require_version(version)
    if not reason.strip():
        raise Problem("Say why it is corrected.", "reason")
    if occurred_at == incident.occurred_at.replace(second=0, microsecond=0):
        occurred_at = incident.occurred_at  # A form tells no seconds.
    if occurred_at != incident.occurred_at or ended_at != incident.ended_at:
        _require_times(occurred_at, ended_at)
    if not happened.strip():
        raise Problem("Say what happened, in the order it happened.", "happened")
    before = line_of(incident)
    now: dict[str, Any] = {
        "occurred_at": occurred_at,
        "ended_at": ended_at,
        "happened": happened.strip(),
    }
    now |= {name: told[name] for name in ("kind", "severity")}
    now |= {name: told[name].strip() for name in WORDS}
    if all(getattr(incident, name) == value for name, value in now.items()):
        raise Problem("Nothing is different from what stands. Change what is wrong.", "happened")
    if _twin_of(incident, now):
        raise Problem("You have already written this incident down.", "time")
    now |= {"corrected_because": one_line(reason)[:200], "corrected_by_id": actor.staff_id}
    for name, value in now.items():
        setattr(incident, name, value)
    incident.save(update_fields=[*(name.removesuffix("_id") for name in now), "version"])
    after = line_of(incident)
    write_chronology(
        actor=actor,
        pupil=incident.pupil,
        kind=EntryKind.INCIDENT,
        information_class=InformationClass.CASEWORK,
        summary=f"Correction: {after if after != before else 'what was written of this incident'}",
        detail=incident.corrected_because,
        url=f"/incidents/{incident.pk}/",
        is_shared=incident.is_shared,
        corrects=incident.entry,
    )
    audit.record(
        actor=actor,
        kind="incident.corrected",
        subject=f"incident {incident.pk}",
        pupil_ids=[incident.pupil_id],
        detail={"version": incident.version, "reason": incident.corrected_because},
    )
    return incident


def _twin_of(incident: Incident, now: dict[str, Any]) -> bool:
    same = {"kind": now["kind"], "occurred_at": now["occurred_at"], "case": incident.case_id}
    found = Incident.objects.filter(**same, recorded_by=incident.recorded_by_id)
    return found.filter(struck_out_because="").exclude(pk=incident.pk).exists()


def strike_out_incident(*, actor: Actor, incident: Incident, reason: str) -> Incident:
    """Kept, shown struck, counted nowhere; no school reads its line any more."""
    struck: Incident = putting_right.strike_out(
        actor=actor, entry=incident, reason=reason, shape=SHAPE
    )
    return struck


def move_incident(*, actor: Actor, incident: Incident, to_pupil: Pupil, reason: str) -> Incident:
    """Take it to the child it is about: on that child's open case, and shared with nobody yet."""
    moved: list[Incident] = putting_right.move_to_child(
        actor=actor, entry=incident, to_pupil=to_pupil, reason=reason, shape=SHAPE
    )
    return moved[0]


def _add(actor: Actor, rows: Sequence[Any], to_pupil: Pupil, occasion: str) -> list[Any]:
    case = policy.open_case_of(actor, to_pupil)
    if case is None:
        raise Problem(f"{to_pupil.forename} has no open case to write it on.", "to_pupil")
    moved = putting_right.copy_to(
        actor, rows[0], to_pupil, case_id=case.pk, is_shared=not actor.reads_work, version=1,
        corrected_because="", corrected_by_id=None,
    )  # fmt: skip
    _tell(actor, moved)
    return [moved]


def line_of(incident: Incident) -> str:
    """Its line on the chronology."""
    return f"Incident: {Incident.Kind(incident.kind).label}, {incident.place}"


SHAPE = putting_right.Shape(
    "incident", "An incident", "incidents/", EntryKind.INCIDENT, line_of,
    lambda one: f"incident of {day_of(one.occurred_at):%-d %B %Y}",
    lambda one: day_of(one.occurred_at), _add, may_strike=policy.put_right,
    may_move=policy.move_to, held_with=("recorded_by",),
)  # fmt: skip


def _require_times(occurred_at: datetime, ended_at: datetime | None) -> None:
    now = timezone.now()
    if occurred_at > now:
        raise Problem("This has not happened yet. Check the day and the time.", "time")
    if occurred_at < now - OLDEST:
        raise Problem("This is more than a year ago. Write it as a line of the chronology.", "on")
    if ended_at and not occurred_at <= ended_at <= now:
        raise Problem("It ended after it began, and not after now.", "ended")


def _tell(actor: Actor, incident: Incident) -> None:
    if incident.severity < Incident.Severity.SEVERE:
        return
    leads = set(lead_staff_ids(incident.pupil_id)) - {actor.staff_id}
    notices.notify(
        staff_ids=leads,
        kind="incident.recorded",
        text=f"{actor.name} wrote down a severe incident.",
        url=f"/incidents/{incident.pk}/",
        pupil_id=incident.pupil_id,
    )
