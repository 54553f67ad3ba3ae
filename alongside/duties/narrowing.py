"""What a caseload is narrowed to and sorted by beyond its view: each makes a statement of its own."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alongside.cases.models import Allocation, CaseState, Cover
from alongside.core.reach import Reach, Reading
from alongside.duties.contacts import KINDS
from alongside.duties.priority import in_order
from alongside.people.models import Capacity, ChronologyEntry, on_pathway


@dataclass(frozen=True)
class Narrowed:
    """What else changes the statement of a list: few of each, so each makes one of its own."""

    need: str = ""
    pathway: str = ""
    knows_safety: bool = False
    is_covering: bool = False
    reading: Reading | None = None  # In the view `unseen`: whose contacts count.


def narrow(
    cases: QuerySet[Any], narrowed: Narrowed, key: str, scope: Reach, unseen_since: Any
) -> QuerySet[Any]:
    """What a list is narrowed to and sorted by beyond its view."""
    if narrowed.need:
        cases = cases.filter(primary_need=narrowed.need)
    if narrowed.pathway:
        cases = cases.filter(on_pathway(narrowed.pathway, scope.today))
    if narrowed.is_covering:
        cases = cases.filter(_covered_by(scope))
    if narrowed.reading:
        cases = _unseen(cases, narrowed.reading, scope, unseen_since)
    if key == "priority_key":
        return in_order(cases, narrowed.knows_safety, scope.today)
    if key == "school_key":
        return cases.annotate(school_key=F("school__search_name"))
    return cases


def _covered_by(scope: Reach) -> Exists:
    """Cases of whom somebody covers for today."""
    covers = Cover.objects.in_force(scope.today).filter(covered_by_id=scope.staff_id)
    led = Allocation.objects.filter(case=OuterRef("pk"), capacity=Capacity.LEAD, ends_on=None)
    return Exists(led.filter(staff_id__in=covers.values("staff_id")))


def _unseen(cases: QuerySet[Any], reading: Reading, scope: Reach, since: Any) -> QuerySet[Any]:
    """Open cases without a contact since then, or whose review is late."""
    entries = ChronologyEntry.objects.read_as(reading, scope.staff_id)
    contacts = entries.filter(pupil=OuterRef("pupil"), kind__in=KINDS, occurred_at__gte=since)
    late = Q(review_key__lt=scope.today)
    return cases.filter(state=CaseState.OPEN).filter(~Exists(contacts) | late)
