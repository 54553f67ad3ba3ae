"""Who approves a plan, agrees to it for the school and is told there, and may be given a section."""

from datetime import date

from django.db.models import Q

from alongside.cases.models import Case
from alongside.core import notices
from alongside.core.actor import Actor
from alongside.core.models import RoleAssignment, Staff
from alongside.core.permissions import ROLES, Permission, Role
from alongside.people.models import Involvement
from alongside.plans.kinds import type_of
from alongside.plans.models import Party, Plan


def approvers(plan: Plan, today: date) -> list[tuple[int, str]]:
    """Who may approve for the case's service or area today, by name; its authors left out."""
    case = plan.case
    places = [case.service_id, case.area_id, case.service.parent_id]
    roles = type_of(plan).approving or roles_with(Permission.PLAN_APPROVE)
    who = Q(role__in=roles, place_id__in=[p for p in places if p])
    if plan.held_by == Party.SCHOOL:
        who |= Q(role__in=roles_with(Permission.PLAN_AGREE), place_id=case.school.place_id)
    held = RoleAssignment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today),
        who,
        starts_on__lte=today,
        staff__is_active=True,
    ).exclude(staff_id__in=plan.author_ids)
    return list(held.order_by("staff__name").values_list("staff_id", "staff__name").distinct())


def school_people(plan: Plan, today: date) -> list[tuple[int, str]]:
    """Who of the plan's school agrees plans for it today, by name."""
    return school_people_of(plan.case, today)


def school_people_of(case: Case, today: date) -> list[tuple[int, str]]:
    held = RoleAssignment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today),
        place_id=case.school.place_id,
        role__in=roles_with(Permission.PLAN_AGREE),
        starts_on__lte=today,
        staff__is_active=True,
    )
    return list(held.order_by("staff__name").values_list("staff_id", "staff__name").distinct())


def tell_school(actor: Actor, case: Case, *, kind: str, text: str, url: str) -> None:
    """Whoever agrees plans there has a notice about the case; not who does it."""
    people = [staff_id for staff_id, _ in school_people_of(case, actor.today)]
    notices.notify(
        staff_ids=[staff_id for staff_id in people if staff_id != actor.staff_id],
        kind=kind,
        text=text,
        url=url,
        pupil_id=case.pupil_id,
    )


def people_to_join(actor: Actor, plan: Plan) -> list[Staff]:
    """Who signs in and may write a section of their own: involved with the pupil, or of the school."""
    involved = Involvement.objects.in_force(actor.today).filter(
        pupil=plan.pupil_id, staff__isnull=False
    )
    at_school = RoleAssignment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=actor.today),
        place_id=plan.case.school.place_id,
        role__in=roles_with(Permission.PLAN_AGREE),
        starts_on__lte=actor.today,
    )
    people = Staff.objects.filter(
        Q(pk__in=involved.values("staff_id")) | Q(pk__in=at_school.values("staff_id")),
        is_active=True,
    )
    return list(people.order_by("name", "pk"))


def roles_with(permission: Permission) -> list[Role]:
    return [role for role, of in ROLES.items() if permission in of.permissions]
