"""Open cases by what gets in the way of school: a question that only readers of casework may ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from alongside.assessments.models import Need
from alongside.cases.models import Allocation, Case, CaseState
from alongside.core.actor import Actor
from alongside.core.prepared import prepared
from alongside.people.models import Capacity, called, in_scope, on_pathway

PAGE = 50
OPEN = (CaseState.WAITING, CaseState.OPEN)


@dataclass(frozen=True)
class After:
    """The last row of the page before: by name, then number."""

    name: str
    case_id: int


def cases_with(
    actor: Actor, barrier_ids: Iterable[int], after: After | None = None, pathway: str = ""
) -> tuple[list[dict[str, Any]], bool]:
    """Open cases of children for whom every one of these stands, by name; and whether more follow."""
    last = {"last_name": after.name, "last_id": after.case_id} if after else {}
    barriers = {f"barrier_{n}": barrier_id for n, barrier_id in enumerate(barrier_ids)}
    found = _cases_with(actor, pathway, **last, **barriers)
    return found[:PAGE], len(found) > PAGE


@prepared
def _cases_with(
    actor: Actor, pathway: str, *, last_name: Any = None, last_id: Any = None, **barriers: Any
) -> QuerySet[Any]:
    cases = _open(actor)
    for barrier_id in barriers.values():
        cases = cases.filter(Exists(_standing(barrier_id=barrier_id)))
    if pathway:
        cases = cases.filter(on_pathway(pathway, actor.today))
    if last_id is not None:
        cases = cases.filter(
            Q(pupil__search_name__gt=last_name) | Q(pupil__search_name=last_name, pk__gt=last_id)
        )
    lead = Allocation.objects.filter(case=OuterRef("pk"), capacity=Capacity.LEAD, ends_on=None)
    return cases.order_by("pupil__search_name", "pk").values(
        "pk",
        "reference",
        "pupil_id",
        name_key=F("pupil__search_name"),
        pupil_name=called("pupil"),
        year_group=F("pupil__year_group"),
        school_name=F("school__name"),
        lead=Subquery(lead.values("staff__name")[:1]),
    )[: PAGE + 1]


def barriers_of_pupils(pupil_ids: list[int]) -> dict[int, list[str]]:
    """What stands for each of these children, in the order of the council's list."""
    named: dict[int, list[str]] = {}
    needs = Need.objects.filter(pupil__in=pupil_ids, ended_on=None).exclude(barrier=None)
    for pupil_id, text in needs.order_by("barrier__order", "pk").values_list("pupil_id", "text"):
        named.setdefault(pupil_id, []).append(text)
    return named


def count_by_barrier(actor: Actor) -> dict[int, int]:
    """How many children with an open case in scope each barrier stands for."""
    return {row["barrier_id"]: row["number"] for row in _counted(actor)}


@prepared
def _counted(actor: Actor) -> QuerySet[Any]:
    open_cases = _open(actor).values("pupil_id")
    needs = Need.objects.filter(pupil__in=open_cases, ended_on=None).exclude(barrier=None)
    return needs.order_by().values("barrier_id").annotate(number=Count("pk"))


def _open(actor: Actor) -> QuerySet[Case]:
    return Case.objects.filter(in_scope(actor.reach, "pupil_id"), state__in=OPEN)


def _standing(**which: Any) -> QuerySet[Need]:
    return Need.objects.filter(pupil=OuterRef("pupil_id"), ended_on=None, **which)
