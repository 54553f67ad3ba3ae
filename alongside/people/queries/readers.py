"""Who may be named as reader of a note: the people of the service around one pupil."""

from collections.abc import Iterable

from django.db.models import Q

from alongside.core.actor import Actor
from alongside.core.handling import InformationClass
from alongside.core.models import Place, RoleAssignment, Staff
from alongside.core.permissions import ROLES, Role
from alongside.people.models import Enrolment, Involvement, Pupil

MOST = 60
OF_THE_SERVICE = [role.value for role in Role if not ROLES[role].is_of_a_school]


def first_who_cannot_read(
    actor: Actor, staff_ids: Iterable[int], information_class: InformationClass
) -> str:
    """The first of these people whose roles of today do not read this class; empty when all do."""
    people = Staff.objects.filter(pk__in=staff_ids).order_by("name", "pk")
    held = RoleAssignment.objects.filter(staff__in=people, starts_on__lte=actor.today)
    held = held.select_related("place")
    able = {
        role.staff_id
        for role in held.exclude(ends_on__lt=actor.today)
        if _reads(role, information_class)
    }
    return next((person.name for person in people if person.pk not in able), "")


def _reads(held: RoleAssignment, information_class: InformationClass) -> bool:
    cell = ROLES[Role(held.role)].cells_in(held.place.kind)[information_class]
    return cell.may_read or (cell.may_read_if_cleared and information_class in held.cleared_for)


def may_be_named(actor: Actor, pupil: Pupil) -> list[Staff]:
    """Involved by name, by their place, or as safeguarding lead of the pupil's school; by name."""
    involved = Involvement.objects.in_force(actor.today).filter(pupil=pupil)
    places = Place.objects.filter(pk__in=involved.values("place_id"))
    schools = Enrolment.objects.current(actor.today).filter(pupil=pupil)
    here = Q(place__in=places) | Q(place__in=places.exclude(parent=None).values("parent_id"))
    leads = Q(role=Role.DSL, place__in=schools.values("school__place_id"))
    held = RoleAssignment.objects.filter(here | leads, starts_on__lte=actor.today)
    working = held.filter(role__in=OF_THE_SERVICE).exclude(ends_on__lt=actor.today)
    of_the_service = RoleAssignment.objects.filter(role__in=OF_THE_SERVICE)
    by_name = Q(pk__in=involved.values("staff_id"), assignments__in=of_the_service)
    found = Staff.objects.filter(
        Q(pk__in=working.values("staff_id")) | by_name, is_active=True, is_system=False
    )
    return list(found.exclude(pk=actor.staff_id).distinct().order_by("name", "pk")[:MOST])
