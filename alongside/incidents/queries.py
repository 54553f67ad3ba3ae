"""Questions about incidents, within the actor's scope and classes."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from alongside.cases.models import Case
from alongside.cases.queries import visible_cases
from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.incidents.models import Incident, IncidentQuerySet
from alongside.people.models import Pupil
from alongside.rules.words import count_of, day_in_words

PAGE = 50


def visible_incidents(actor: Actor) -> IncidentQuerySet:
    in_scope = Incident.objects.filter(case__in=visible_cases(actor).values("pk"))
    return in_scope.readable_by(actor).select_related("recorded_by", "shared_with", "case")


def get_incident(actor: Actor, incident_id: int) -> Incident:
    return visible_incidents(actor).select_related("pupil", "case__school").one(pk=incident_id)


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
    found = visible_incidents(actor).filter(case=case, occurred_at__date__gte=day)
    return list(found.order_by("-occurred_at", "-pk"))


def in_numbers(incidents: Iterable[Incident]) -> str:
    """3 incidents: 2 left the lesson or the site, 1 things were damaged. 1 was severe or worse."""
    found = list(incidents)
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
