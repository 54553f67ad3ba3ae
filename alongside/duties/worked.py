"""What one person works on, as far as somebody else may see it: their pupils, plans and sessions."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F, FilteredRelation, Q
from django.utils import timezone

from alongside.cases.models import Allocation, CaseState
from alongside.cases.queries import visible_cases
from alongside.core.actor import Actor
from alongside.core.models import Staff
from alongside.fieldwork.models import Session
from alongside.people.models import Capacity, called
from alongside.plans.policy import IN_USE

LATELY = timedelta(weeks=4)
MOST = 100


@dataclass(frozen=True)
class Worked:
    """Open cases with the plan in use, and how many sessions were recorded lately."""

    cases: list[dict[str, Any]]
    sessions: int

    @property
    def pupil_ids(self) -> set[int]:
        return {case["pupil_id"] for case in self.cases}


def worked_by(actor: Actor, staff: Staff) -> Worked:
    """Only cases in the actor's own scope: managing somebody opens no case."""
    visible = visible_cases(actor)
    mine = Allocation.objects.filter(
        staff=staff, ends_on=None, case__state=CaseState.OPEN, case__in=visible.values("pk")
    )
    in_use = FilteredRelation("case__plans", condition=Q(case__plans__state__in=IN_USE))
    rows = mine.annotate(in_use=in_use).order_by("case__pupil__search_name", "pk")
    cases = rows.values(
        "case_id",
        "capacity",
        pupil_id=F("case__pupil_id"),
        pupil_name=called("case__pupil"),
        school_name=F("case__school__name"),
        plan_number=F("in_use__number"),
    )[:MOST]
    since = timezone.now() - LATELY
    held = Session.objects.filter(
        recorded_by=staff, starts_at__gte=since, case__in=visible.values("pk")
    ).readable_by(actor)
    return Worked(cases=[_case({**row}) for row in cases], sessions=held.count())


def _case(row: dict[str, Any]) -> dict[str, Any]:
    plan = f"Plan {row['plan_number']} in use" if row["plan_number"] else "No plan in use"
    return row | {"capacity": Capacity(row["capacity"]).label, "plan": plan}
