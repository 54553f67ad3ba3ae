"""The rows behind a team's deadlines: one prepared query a kind, the nearest days first.

Each answers at most `MOST`, so that a county's list is as quick as a service's; `team.py` says in
words what they mean, and that there are more.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from alongside.cases.models import (
    Case,
    CaseState,
    ChecklistItem,
    Escalation,
    StepOwner,
    SustainedCheck,
    Task,
)
from alongside.core.actor import Actor
from alongside.core.models import RoleAssignment
from alongside.core.permissions import ROLES, Permission, Role
from alongside.core.prepared import prepared
from alongside.people.models import Capacity, called
from alongside.plans.models import Plan, PlanState

MOST = 300
WORKING = [
    role.value
    for role in Role
    if ROLES[role].permissions & {Permission.CASE_WORK, Permission.SESSION_RECORD}
    and not ROLES[role].is_of_a_school
]

type Rows = list[dict[str, Any]]
type Query = QuerySet[Any]


@dataclass(frozen=True)
class Member:
    """Somebody of the team, and the roles of theirs that end soon."""

    pk: int
    name: str
    ending: tuple[dict[str, Any], ...] = ()


def team_of(actor: Actor, until: date) -> list[Member]:
    """Who works in the places whose deadlines the actor answers for, whom they manage, and they."""
    places = actor.place_ids(permission=Permission.DEADLINE_ASSIGN)
    here = Q(role__in=WORKING, place_id__among=places)
    mine = Q(staff__line_manager_id=actor.staff_id) | Q(staff_id=actor.staff_id)
    held = RoleAssignment.objects.filter(
        here | mine, starts_on__lte=actor.today, staff__is_active=True
    ).exclude(ends_on__lt=actor.today)
    rows = held.order_by("staff__name", "staff_id", "ends_on", "pk").values(
        "staff_id", "role", "ends_on", whose=F("staff__name"), place_name=F("place__name")
    )
    people: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        people.setdefault(row["staff_id"], []).append({**row})
    return [
        Member(
            pk, roles[0]["whose"], tuple(r for r in roles if r["ends_on"] and r["ends_on"] <= until)
        )
        for pk, roles in people.items()
    ]


def tasks(actor: Actor, staff_ids: list[int]) -> Rows:
    return _tasks(_is_wide(actor), place_ids=_places(actor), staff_ids=staff_ids,
                  staff_id=actor.staff_id)  # fmt: skip


@prepared
def _tasks(is_wide: bool, *, place_ids: Any, staff_ids: Any, staff_id: Any) -> Query:
    theirs = Q(owner_id__among=staff_ids) | Q(made_by_id=staff_id)
    of_cases = Q(case__isnull=False) if is_wide else _of_team(place_ids, "case__")
    waiting = Task.objects.filter(theirs | of_cases, done_on=None)
    return waiting.order_by("due_on", "id").values(
        "id", "text", "why", "source", "step", "url", "due_on", "created_at", "pupil_id",
        "owner_id", "agreed_with_id", whose=F("owner__name"), with_whom=F("agreed_with__name"),
        pupil_name=called("pupil"), school_id=F("case__school_id"),
    )[: MOST + 1]  # fmt: skip


def checks(actor: Actor) -> Rows:
    return _checks(_is_wide(actor), place_ids=_places(actor))


@prepared
def _checks(is_wide: bool, *, place_ids: Any) -> Query:
    waiting = SustainedCheck.objects.filter(done_on=None)
    theirs = waiting if is_wide else waiting.filter(_of_team(place_ids, "case__"))
    return theirs.order_by("due_on", "id").values(
        "id", "weeks", "due_on", "case_id",
        "owner_id", whose=F("owner__name"), closed_on=F("case__closed_on"),
        pupil_id=F("case__pupil_id"), pupil_name=called("case__pupil"),
        school_id=F("case__school_id"), school_name=F("case__school__name"),
    )[: MOST + 1]  # fmt: skip


def reviews(actor: Actor) -> Rows:
    return _reviews(_is_wide(actor), place_ids=_places(actor))


@prepared
def _reviews(is_wide: bool, *, place_ids: Any) -> Query:
    in_use = Plan.objects.filter(state=PlanState.AGREED, case__state=CaseState.OPEN)
    theirs = in_use if is_wide else in_use.filter(_of_team(place_ids, "case__"))
    return _with_lead(theirs, "case__").order_by("review_due_on", "id").values(
        "case_id", "review_due_on", "pupil_id", "steps",
        in_use_id=F("pk"), newest=JSONObject(number="number"),
        owner_id=F("lead__staff_id"), whose=F("lead__staff__name"),
        opened_on=F("case__opened_on"), reopened_on=F("case__reopened_on"), pupil_name=called("pupil"),
        school_id=F("case__school_id"), school_name=F("case__school__name"),
    )[: MOST + 1]  # fmt: skip


def open_cases(actor: Actor) -> Rows:
    """Cases to allocate, and open ones with a checklist to settle or a plan to write or change."""
    return _open_cases(_is_wide(actor), place_ids=_places(actor))


@prepared
def _open_cases(is_wide: bool, *, place_ids: Any) -> Query:
    running = Case.objects.filter(state__in=[CaseState.WAITING, CaseState.OPEN])
    theirs = running if is_wide else running.filter(_of_team(place_ids))
    plans = Plan.objects.filter(case=OuterRef("pk")).order_by("-number")
    in_use = plans.filter(state=PlanState.AGREED)
    unsettled = ChecklistItem.objects.filter(
        case=OuterRef("pk"), done_on=None, not_applicable_because=""
    )
    waiting = theirs.annotate(
        is_unsettled=Exists(unsettled),
        is_planned=Exists(in_use),
        newest_state=Subquery(plans.values("state")[:1]),
    ).filter(
        Q(state=CaseState.WAITING)
        | Q(is_unsettled=True)
        | Q(is_planned=False, newest_state=None)
        | Q(is_planned=False, newest_state=PlanState.RETURNED)
        | Q(is_planned=False, newest_state=PlanState.ENDED, reopened_on__isnull=False)
    )
    newest = plans.values(plan=JSONObject(id="pk", state="state", number="number"))
    return _with_lead(waiting, "").order_by("opened_on", "id").values(
        "opened_on", "reopened_on", "state", "pupil_id", "school_id", "steps", "is_unsettled",
        case_id=F("pk"), owner_id=F("lead__staff_id"), whose=F("lead__staff__name"),
        newest=Subquery(newest[:1]), pupil_name=called("pupil"), school_name=F("school__name"),
    )[: MOST + 1]  # fmt: skip


def escalations(actor: Actor, staff_ids: list[int]) -> Rows:
    return _escalations(staff_ids=staff_ids)


@prepared
def _escalations(staff_ids: Any) -> Query:
    waiting = Escalation.objects.filter(asked_id__among=staff_ids, answered_at=None)
    return waiting.order_by("answer_by", "id").values(
        "id", "kind", "answer_by", "created_at", "asked_id", "pupil_id", "school_id",
        owner_id=F("asked_id"), whose=F("asked__name"), raised_by=F("recorded_by__name"),
        pupil_name=called("pupil"), school_name=F("school__name"),
    )[: MOST + 1]  # fmt: skip


def _with_lead(found: Query, prefix: str) -> Query:
    """Each with its lead of today, and the deadlines that others were given."""
    case = OuterRef(f"{prefix.removesuffix('__')}_id" if prefix else "pk")
    given = StepOwner.objects.filter(case=case).order_by("pk")
    told = JSONObject(step="step", owner="owner_id", name="owner__name", due_on="due_on")
    at = f"{prefix}allocations"
    is_lead = Q(**{f"{at}__capacity": Capacity.LEAD, f"{at}__ends_on": None})
    return found.annotate(
        lead=FilteredRelation(at, condition=is_lead),
        steps=ArraySubquery(given.values(told=told)),
    )


def _is_wide(actor: Actor) -> bool:
    return any(
        held.place_kind == "COUNCIL" and Permission.DEADLINE_ASSIGN in ROLES[held.role].permissions
        for held in actor.held
    )


def _places(actor: Actor) -> list[int]:
    return actor.place_ids(permission=Permission.DEADLINE_ASSIGN)


def _of_team(place_ids: Any, prefix: str = "") -> Q:
    """Cases of the team's service or area, or of the school that it is."""
    at = ("area_id", "service_id", "school__place_id")
    return Q(*(Q(**{f"{prefix}{name}__among": place_ids}) for name in at), _connector=Q.OR)
