"""Questions about cases: one, a caseload, who leads. Always within the actor's scope."""

from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects

from alongside.cases.models import (
    Allocation,
    Case,
    CaseState,
    ChecklistItem,
    SustainedCheck,
    Task,
)
from alongside.cases.places import team_place_ids
from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.base import CouncilQuerySet
from alongside.core.decisions import NotFound
from alongside.core.models import AuditEntry, Place, RoleAssignment, Staff
from alongside.core.permissions import ROLES, Permission, Role
from alongside.core.prepared import prepared
from alongside.core.reach import Reach
from alongside.people.models import Capacity, Pupil, called, in_scope
from alongside.rules.sustained_checks import working
from alongside.schools.models import School
from alongside.schools.queries import calendar_of


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """Cases of pupils in scope. A case of another service is not seen through the pupil alone."""
    return Case.objects.filter(in_scope(actor.reach, "pupil_id"))


def get_case(actor: Actor, case_id: int) -> Case:
    """One case in scope with its pupil, school, service and framework, or `NotFound`."""
    found: list[Case] = _case(*actor.reach.shape, case_id=case_id, **actor.reach.values)
    if not found:
        raise NotFound
    return found[0]


@prepared
def _case(*shape: bool, case_id: Any, **values: Any) -> QuerySet[Case]:
    in_reach = in_scope(Reach(*shape, **values), "pupil_id", only=OuterRef("pupil_id"))
    cases = Case.objects.filter(in_reach, pk=case_id)
    return cases.select_related("pupil", "school__place", "service", "area", "framework", "council")


def open_case_page(actor: Actor, case_id: int, screen: str) -> Case:
    """One case for a screen that shows its pupil: the view is a line of the audit trail."""
    case = get_case(actor, case_id)
    audit.record(
        actor=actor,
        kind="pupil.viewed",
        subject=f"case {case.pk}",
        pupil_ids=[case.pupil_id],
        detail={"screen": screen},
    )
    return case


def last_marked(case: Case) -> dict[str, Any]:
    """Who last said how the case stands, and when: by the trail, for who was saving meanwhile."""
    lines = AuditEntry.objects.filter(kind="case.marked", subject=f"case {case.pk}")
    line = lines.order_by("-pk").values("created_at", "staff_id").first()
    if line is None:
        return {"by": "Somebody", "at": case.created_at}
    by = Staff.objects.filter(pk=line["staff_id"]).values_list("name", flat=True).first()
    return {"by": by or "Somebody", "at": line["created_at"]}


def lead_staff_ids(pupil_id: int) -> list[int]:
    """Who leads this pupil's open cases today: told at once when somebody breaks the glass."""
    leads = Allocation.objects.filter(case__pupil_id=pupil_id, capacity=Capacity.LEAD, ends_on=None)
    return list(leads.exclude(case__state=CaseState.CLOSED).values_list("staff_id", flat=True))


def get_task(actor: Actor, task_id: int) -> Task:
    """One of the actor's own tasks, of a case in their scope or of their team; else `NotFound`."""
    mine = actor.staff_id
    own = Q(owner_id=mine) | Q(made_by_id=mine) | Q(agreed_with_id=mine)
    in_scope = Q(case__in=visible_cases(actor).values("pk"))
    of_team = Q(team_id__in=team_place_ids(actor))
    tasks = Task.objects.filter(own | in_scope | of_team).select_related(
        "pupil", "case", "owner", "done_by", "agreed_with"
    )
    return tasks.one(pk=task_id)


def still_asked(tasks: CouncilQuerySet[Task]) -> CouncilQuerySet[Task]:
    """Without the steps agreed on a case that is closed: nobody is asked for them any more.

    What closing itself asks for, such as telling the receiving side, stays; and a case that is
    opened again has its steps again.
    """
    return tasks.exclude(agreed_from__gt="", case__state=CaseState.CLOSED)


def left_open(case: Case) -> CouncilQuerySet[Task]:
    """The steps agreed on a case that were open on its last day, or are now while it runs."""
    steps = Task.objects.filter(case=case, agreed_from__gt="")
    undone = Q(done_on=None) | Q(done_on__gt=case.closed_on) if case.closed_on else Q(done_on=None)
    return steps.filter(undone).select_related("owner").order_by("due_on", "pk")


def agreed_steps(agreed_from: str) -> list[Task]:
    """The next steps agreed on one occasion, which the caller may read, by their day."""
    steps = Task.objects.filter(agreed_from=agreed_from) if agreed_from else Task.objects.none()
    return list(steps.select_related("owner", "agreed_with").order_by("due_on", "pk"))


def get_check(case: Case, check_id: int) -> SustainedCheck:
    return SustainedCheck.objects.filter(case=case).select_related("owner").one(pk=check_id)


def checklist_of(actor: Actor, case: Case) -> list[ChecklistItem]:
    return list(_checklist(actor, case).select_related("done_by").order_by("order"))


def open_items_of(actor: Actor, case: Case) -> list[ChecklistItem]:
    """What of the start checklist is not settled yet."""
    open_ones = _checklist(actor, case).filter(done_on=None, not_applicable_because="")
    return list(open_ones.order_by("order"))


def allocations_of(case: Case) -> list[Allocation]:
    """Who works or worked on a case: those in force first, the lead before others.

    The case keeps them, so that a policy which asks who leads it asks no more.
    """
    given = Allocation.objects.select_related("staff", "allocated_by")
    prefetch_related_objects([case], Prefetch("allocations", given))
    return sorted(
        case.allocations.all(),
        key=lambda a: (a.ends_on is not None, a.capacity != Capacity.LEAD, a.starts_on),
    )


def open_cases_by_staff(service_id: int) -> dict[int, int]:
    """How many open cases each person leads in a service: capacity, shown when allocating."""
    leads = Allocation.objects.filter(
        capacity=Capacity.LEAD, ends_on=None, case__state=CaseState.OPEN, case__service=service_id
    )
    return dict(leads.values("staff_id").annotate(n=Count("pk")).values_list("staff_id", "n"))


def who_can_lead(case: Case, today: date) -> list[Staff]:
    """People with a role that works cases in the case's service or area, by name."""
    working = [role.value for role in Role if Permission.CASE_WORK in ROLES[role].permissions]
    assignments = RoleAssignment.objects.filter(role__in=working, starts_on__lte=today).filter(
        Q(ends_on=None) | Q(ends_on__gte=today)
    )
    places = [case.service_id, case.service.parent_id, *_within(case.service_id)]
    here = assignments.filter(place_id__in=[p for p in places if p])
    return list(
        Staff.objects.filter(pk__in=here.values("staff_id"), is_active=True).order_by("name", "pk")
    )


def _within(place_id: int) -> list[int]:
    return list(Place.objects.filter(parent_id=place_id).values_list("pk", flat=True))


def pupil_names(actor: Actor, pupil_ids: list[int]) -> dict[int, str]:
    """The names of those of these pupils that the actor may see."""
    if not pupil_ids:
        return {}
    return {p.pk: p.name for p in Pupil.objects.visible_to(actor).filter(pk__in=pupil_ids)}


def open_cases_at(actor: Actor, school: School) -> list[dict[str, Any]]:
    """Cases in scope that are not closed, of a school and what it was before, by the child's name."""
    reach = actor.reach
    return _open_cases_at(*reach.shape, school_place_id=school.place_id, **reach.values)


@prepared
def _open_cases_at(*shape: bool, school_place_id: Any, **reach: Any) -> QuerySet[Any]:
    cases = Case.objects.filter(in_scope(Reach(*shape, **reach), "pupil_id"))
    running = cases.filter(
        school__place_id=school_place_id, state__in=[CaseState.WAITING, CaseState.OPEN]
    )
    return running.order_by("pupil__search_name", "pk").values(
        "pk",
        "reference",
        "state",
        "opened_on",
        "pupil_id",
        pupil_name=called("pupil"),
        service_name=F("service__name"),
    )[:100]


def get_checklist_item(actor: Actor, case: Case, item_id: int) -> ChecklistItem:
    return _checklist(actor, case).one(pk=item_id)


def _checklist(actor: Actor, case: Case) -> CouncilQuerySet[ChecklistItem]:
    """The start checklist is casework: `NotFound` for who reads only what is shared."""
    if not actor.reads_casework:
        raise NotFound
    return ChecklistItem.objects.filter(case=case)


def get_allocation(case: Case, allocation_id: int) -> Allocation:
    found = Allocation.objects.filter(case=case, ends_on=None).select_related(
        "staff", "case", "involvement"
    )
    return found.one(pk=allocation_id)


def working_of(actor: Actor, case: Case, check: SustainedCheck) -> str:
    """In one line, why a check stands on its day; nothing once the case is open again."""
    if not case.closed_on:
        return ""
    return working(case.closed_on, check.weeks, check.due_on, calendar_of(actor, case.school))


def checks_of(case: Case) -> list[SustainedCheck]:
    return list(case.sustained_checks.select_related("owner", "done_by").order_by("weeks"))
