"""A manager's board: for each person how much they hold, what is late, and what nobody has seen to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from alongside.cases.models import Allocation, Case, CaseState, Priority, WorkerProfile
from alongside.core.actor import Actor
from alongside.core.days import start_of
from alongside.core.prepared import prepared
from alongside.core.reach import Reach, Reading
from alongside.duties import standards
from alongside.duties.calendars import Calendars
from alongside.duties.caseload import knows_safety
from alongside.duties.contacts import KINDS
from alongside.duties.priority import BANDS, in_order
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
    ids = list(staff_ids)
    day = Calendars(actor).before(None, actor.today, standards.CONTACT_WITHIN)
    for row in _counted(
        actor.reading,
        knows_safety(actor),
        *actor.reach.shape,
        **actor.reach.values,
        staff_ids=ids,
        day=day,
        since=start_of(day),
    ):
        worker = row.pop("worker")
        found[worker] = Load(**row)
    for profile in _profiles(staff_ids=ids):
        found[profile.staff_id].most = profile.most_cases
    return found


@prepared
def _profiles(*, staff_ids: Any) -> QuerySet[WorkerProfile]:
    return WorkerProfile.objects.filter(staff_id__among=staff_ids)


def open_led_by(actor: Actor, staff_ids: Iterable[int]) -> int:
    """How many open cases that the actor sees are led by these people."""
    (found,) = _open_led_by(actor, staff_ids=list(staff_ids)) or [{"number": 0}]
    number: int = found["number"]
    return number


@prepared
def _open_led_by(actor: Actor, *, staff_ids: Any) -> QuerySet[Any]:
    found = Allocation.objects.filter(
        in_scope(actor.reach, "case__pupil_id"),
        staff_id__among=staff_ids,
        ends_on=None,
        case__state=CaseState.OPEN,
        capacity=Capacity.LEAD,
    )
    return found.order_by().values("capacity").annotate(number=Count("pk")).values("number")


@prepared
def _counted(
    reading: Reading,
    knows: bool,
    is_everything: bool,
    is_council_wide: bool,
    is_every_place: bool,
    has_roll: bool,
    *,
    staff_ids: Any,
    day: Any,
    since: Any,
    **reach: Any,
) -> QuerySet[Any]:
    """Counted where the cases lie, a line a person. What is dear to ask is asked of led cases only."""
    scope = Reach(is_everything, is_council_wide, is_every_place, has_roll, **reach)
    now = Q(allocations__ends_on=None, allocations__staff_id__among=staff_ids)
    work = FilteredRelation("allocations", condition=now)
    cases = Case.objects.filter(in_scope(scope, "pupil_id"), state=CaseState.OPEN)
    held = in_order(cases.alias(work=work).filter(work__isnull=False), knows, scope.today)
    leads = Q(work__capacity=Capacity.LEAD)
    entries = ChronologyEntry.objects.read_as(reading, scope.staff_id)
    seen = entries.filter(pupil=OuterRef("pupil_id"), kind__in=KINDS, occurred_at__gte=since)
    late = Plan.objects.filter(
        case=OuterRef("pk"), state=PlanState.AGREED, review_due_on__lt=scope.today
    )
    # As `standing_of` says it: a person's own view, else the facts'.
    pressing = Q(chosen=Priority.VERY_HIGH) | Q(chosen=None, points__gte=BANDS[0][0])
    begun = held.annotate(begun=Coalesce("led_from", "opened_on"))
    of_people = begun.order_by("work__staff_id").values(worker=F("work__staff_id"))
    return of_people.annotate(
        leads=Count("pk", filter=leads),
        works_beside=Count("pk", filter=~leads),
        very_high=Count("pk", filter=leads & pressing),
        reviews_late=Count("pk", filter=leads & Q(Exists(late))),
        unseen=Count("pk", filter=leads & Q(begun__lt=day) & ~Q(Exists(seen))),
    )
