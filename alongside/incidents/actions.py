"""Writes an incident down, once, and tells who leads the case of a severe one."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from alongside.cases.models import Case
from alongside.cases.queries import lead_staff_ids
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.incidents import policy
from alongside.incidents.models import Incident
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import EntryKind

OLDEST = timedelta(days=366)


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
    if Incident.objects.filter(**twin).exists():
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
    write_chronology(
        actor=actor,
        pupil=case.pupil,
        kind=EntryKind.INCIDENT,
        information_class=InformationClass.CASEWORK,
        summary=f"Incident: {incident.get_kind_display()}, {incident.place}",
        occurred_at=occurred_at,
        url=f"/incidents/{incident.pk}/",
        is_shared=incident.is_shared,
    )
    _tell(actor, incident)
    audit.record(
        actor=actor,
        kind="incident.recorded",
        subject=f"incident {incident.pk}",
        pupil_ids=[case.pupil_id],
        detail={"kind": kind, "severity": severity},
    )
    return incident


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
