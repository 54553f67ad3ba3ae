"""Questions about incidents, within the actor's scope and classes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from alongside.cases.models import Case
from alongside.cases.queries import visible_cases
from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.core.models import RowHistory
from alongside.incidents.models import Incident, IncidentQuerySet
from alongside.people.models import Pupil
from alongside.rules.words import count_of, day_in_words

PAGE = 50


def visible_incidents(actor: Actor) -> IncidentQuerySet:
    in_scope = Incident.objects.filter(case__in=visible_cases(actor).values("pk"))
    return in_scope.readable_by(actor).select_related(
        "recorded_by", "struck_out_by", "shared_with", "case"
    )


def get_incident(actor: Actor, incident_id: int) -> Incident:
    return (
        visible_incidents(actor)
        .select_related("pupil", "case__school", "corrected_by", "moved_from__recorded_by")
        .one(pk=incident_id)
    )


def page_of(actor: Actor, pupil: Pupil, after: int | None) -> list[Incident]:
    """A page, the newest first, and one more when there are more. `after` ended the page before."""
    found = visible_incidents(actor).filter(pupil=pupil)
    last = found.filter(pk=after).first() if after else None
    if last:
        earlier = found.filter(occurred_at__lt=last.occurred_at)
        found = earlier | found.filter(occurred_at=last.occurred_at, pk__lt=last.pk)
    return list(found.order_by("-occurred_at", "-pk")[: PAGE + 1])


def since(actor: Actor, case: Case, day: date) -> list[Incident]:
    """Incidents of a case from a day on that the actor reads, the newest first."""
    found = visible_incidents(actor).filter(
        case=case, occurred_at__date__gte=day, struck_out_because=""
    )
    return list(found.order_by("-occurred_at", "-pk"))


def in_numbers(incidents: Iterable[Incident]) -> str:
    """3 incidents: 2 left the lesson or the site, 1 things were damaged. 1 was severe or worse."""
    found = [one for one in incidents if not one.struck_out_because]
    counted = Counter(_lower(one.get_kind_display()) for one in found)
    how = ", ".join(f"{number} {word}" for word, number in counted.most_common())
    said = f"{count_of(len(found), 'incident')}" + (f": {how}" if how else "")
    worst = sum(one.severity >= Incident.Severity.SEVERE for one in found)
    return f"{said}. {worst} severe or extreme" if worst else said


def line_of(incident: Incident) -> str:
    """17 July 2026: left the lesson or the site, corridor (moderate)."""
    on = day_in_words(day_of(incident.occurred_at))
    severity = incident.get_severity_display().split(":")[0].lower()
    return f"{on}: {_lower(incident.get_kind_display())}, {incident.place} ({severity})"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


WORDING = (
    "kind", "severity", "occurred_at", "ended_at", "place", "before", "happened", "after", "told",
    "school_reference",
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One correction: by whom, when and why, and what stood before of each part that changed."""

    by: str
    at: datetime
    why: str
    before: dict[str, Any]


def changes_of(actor: Actor, incident: Incident) -> list[Change]:
    """The newest first, from the history of the row. The incident has been read as `get_incident` reads.

    The reason of each correction stood in the row until the next one overwrote it. A school that reads
    the incident reads that it was corrected and why, not what was taken out of it: that may have been
    another child's name.
    """
    is_whole = actor.reads_work or incident.recorded_by_id == actor.staff_id
    lines = RowHistory.objects.filter(table_name="incidents_incident", row_id=incident.pk)
    why, found = incident.corrected_because, []
    for line in lines.select_related("staff").order_by("-id"):
        if "version" not in line.before:
            continue  # Struck out, or its line of the chronology noted: no wording changed.
        before = {n: line.before[n] for n in WORDING if is_whole and n in line.before}
        who = line.staff.name if line.staff else "Somebody"
        found.append(Change(who, line.created_at, why, before))
        why = line.before.get("corrected_because", why)
    return found
