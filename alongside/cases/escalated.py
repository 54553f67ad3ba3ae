"""Questions about what was passed up: who directs whom, what waits for an answer."""

from django.db.models import Q, QuerySet

from alongside.cases.models import Allocation, Case, CaseState, Escalation
from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.core.models import Place, RoleAssignment, Staff
from alongside.core.permissions import ROLES, Permission, Role

MOST = 200
DIRECTING = [role.value for role in Role if Permission.CASE_ALLOCATE in ROLES[role].permissions]


def who_directs(actor: Actor) -> list[Staff]:
    """The line manager, then who allocates cases where the actor works: above, there or within."""
    held = [h.place_id for h in actor.held]
    chain = Place.objects.filter(pk__in=held).values_list(
        "pk", "parent_id", "parent__parent_id", "parent__parent__parent_id"
    )
    places = {pk for line in chain for pk in line if pk}
    places |= {pk for h in actor.held for pk in h.place_ids}
    directing = RoleAssignment.objects.filter(
        role__in=DIRECTING, place_id__in=places, starts_on__lte=actor.today
    ).exclude(ends_on__lt=actor.today)
    managers = Staff.objects.filter(pk=actor.staff_id).values("line_manager_id")
    theirs = Q(pk__in=directing.values("staff_id")) | Q(pk__in=managers)
    found = Staff.objects.filter(theirs, is_active=True, is_system=False)
    people = list(found.exclude(pk=actor.staff_id).order_by("name", "pk"))
    (manager_id,) = managers.values_list("line_manager_id", flat=True)[:1] or (None,)
    return sorted(people, key=lambda person: person.pk != manager_id)


def visible_escalations(actor: Actor) -> QuerySet[Escalation]:
    """Those one raised, those put to one, and those put to whom one manages."""
    return Escalation.objects.filter(
        Q(recorded_by_id=actor.staff_id)
        | Q(asked_id=actor.staff_id)
        | Q(asked__line_manager_id=actor.staff_id)
    )


def get_escalation(actor: Actor, escalation_id: int) -> Escalation:
    related = ("recorded_by", "asked", "answered_by", "pupil", "school", "case")
    found = visible_escalations(actor).select_related(*related).filter(pk=escalation_id).first()
    if found is None:
        raise NotFound
    return found


def list_escalations(actor: Actor) -> list[Escalation]:
    """Those waiting for an answer first, by the day it is due; then the newest answered."""
    found = visible_escalations(actor).select_related("recorded_by", "asked", "pupil", "school")
    waiting = list(found.filter(answered_at=None).order_by("answer_by", "pk")[:MOST])
    answered = found.exclude(answered_at=None).order_by("-answered_at", "-pk")
    return waiting + list(answered[:MOST])


def own_open_cases(actor: Actor) -> list[Case]:
    """The open cases that the actor works, by the child's name."""
    mine = Allocation.objects.filter(staff_id=actor.staff_id, ends_on=None)
    cases = Case.objects.filter(pk__in=mine.values("case_id"), state=CaseState.OPEN)
    return list(cases.select_related("pupil", "school").order_by("pupil__search_name", "pk"))
