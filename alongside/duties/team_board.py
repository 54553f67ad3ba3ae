"""A manager's board: for each person how much they hold, what is late, and what nobody has seen to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from alongside.cases.models import Allocation, CaseState, WorkerProfile
from alongside.core.actor import Actor
from alongside.duties import standards
from alongside.duties.calendars import Calendars
from alongside.duties.caseload import knows_safety
from alongside.duties.contacts import KINDS
from alongside.duties.priority import COLUMNS, columns, standing_of
from alongside.people.models import Capacity, ChronologyEntry, in_scope
from alongside.plans.models import Plan, PlanState


@dataclass
class Load:
    """One person's work: numbers of the cases they lead, unless said otherwise."""

    leads: int = 0
    works_beside: int = 0  # As co-worker or deployed.
    very_high: int = 0
    reviews_late: int = 0
    unseen: int = 0
    most: int | None = None

    @property
    def room(self) -> int | None:
        return None if self.most is None else self.most - self.leads


def loads(actor: Actor, staff_ids: Iterable[int]) -> dict[int, Load]:
    """Each person's load, from cases that the actor sees. Two queries, whoever is asked about."""
    found: dict[int, Load] = defaultdict(Load)
    day = Calendars(actor).before(None, actor.today, standards.CONTACT_WITHIN)
    for row in _rows(actor, list(staff_ids), day):
        load = found[row["staff_id"]]
        if row["capacity"] != Capacity.LEAD:
            load.works_beside += 1
            continue
        load.leads += 1
        load.very_high += standing_of(row).priority == "VERY_HIGH"
        load.reviews_late += bool(row["review_on"] and row["review_on"] < actor.today)
        load.unseen += not row["is_seen"] and row["opened_on"] < day
    for profile in WorkerProfile.objects.filter(staff_id__in=list(staff_ids)):
        found[profile.staff_id].most = profile.most_cases
    return found


def open_led_by(actor: Actor, staff_ids: Iterable[int]) -> int:
    """How many open cases that the actor sees are led by these people."""
    return _work(actor, list(staff_ids)).filter(capacity=Capacity.LEAD).count()


def _work(actor: Actor, staff_ids: list[int]) -> QuerySet[Allocation]:
    return Allocation.objects.filter(
        in_scope(actor.reach, "case__pupil_id"),
        staff_id__in=staff_ids,
        ends_on=None,
        case__state=CaseState.OPEN,
    )


def _rows(actor: Actor, staff_ids: list[int], day: date) -> Any:
    since = timezone.make_aware(datetime.combine(day, time.min))
    entries = ChronologyEntry.objects.read_as(actor.reading, actor.staff_id)
    seen = entries.filter(pupil=OuterRef("pupil_id"), kind__in=KINDS, occurred_at__gte=since)
    in_use = Plan.objects.filter(case=OuterRef("case_id"), state=PlanState.AGREED)
    work = _work(actor, staff_ids)
    told = columns(knows_safety(actor), actor.today, case="case_id", pupil="case__pupil")
    return work.values(
        "staff_id",
        "capacity",
        pupil_id=F("case__pupil_id"),
        **{name: F(f"case__{name}") for name in COLUMNS},
        **told,
        review_on=Subquery(in_use.values("review_due_on")[:1]),
        opened_on=F("case__opened_on"),
        is_seen=Exists(seen),
    )
