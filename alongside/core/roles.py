"""Roles are given, ended, and taken away at once when they were given by mistake."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from alongside.core import audit, notices, policy, queries
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.models import Place, RoleAssignment, Staff
from alongside.core.permissions import ROLES, Permission, Role, Scope
from alongside.rules.bounds import too_far, too_long_ago
from alongside.rules.words import day_in_words, listed

LEAST_REASON = 10  # Letters of a reason: a sentence, not a word.
# Who answers for a place: who allocates its cases, or heads it.
MANAGERS = [
    *(role for role in Role if Permission.CASE_ALLOCATE in ROLES[role].permissions),
    Role.PRU_HEADTEACHER,
    Role.SCHOOL_HEADTEACHER,
]
WIDE = (Scope.COUNCIL, Scope.PURPOSE)


@transaction.atomic
def give_role(
    *,
    actor: Actor,
    staff: Staff,
    role: Role,
    place: Place,
    starts_on: date,
    ends_on: date | None = None,
    cleared_for: list[str] | None = None,
) -> RoleAssignment:
    """Give somebody else a role. Of one that reads pupils, who answers for records hears at once."""
    staff = Staff.objects.select_for_update(of=("self",)).one(pk=staff.pk)
    require(policy.give_role_to(actor, staff))
    _check_days(actor, starts_on, ends_on)
    _check_new(staff, role, place, starts_on, ends_on)
    assignment = RoleAssignment.objects.create(
        staff=staff,
        role=role,
        place=place,
        starts_on=starts_on,
        ends_on=ends_on,
        cleared_for=cleared_for or [],
    )
    _tell(actor, assignment, "role.given", f"gave {staff.name} the role")
    audit.record(
        actor=actor,
        kind="role.given",
        subject=f"staff {staff.pk}",
        detail={"role": role, "place": place.pk, "cleared_for": cleared_for or []},
    )
    return assignment


@transaction.atomic
def end_role(*, actor: Actor, assignment: RoleAssignment, ends_on: date) -> RoleAssignment:
    assignment = _held(assignment)
    require(policy.end_role(actor, assignment))
    if ends_on < assignment.starts_on:
        raise Problem(
            "The role cannot end before it starts. Was it given by mistake? Take it away instead.",
            "ends_on",
        )
    assignment.ends_on = ends_on
    assignment.save(update_fields=["ends_on"])
    audit.record(actor=actor, kind="role.ended", subject=f"staff {assignment.staff_id}")
    return assignment


@transaction.atomic
def take_away_role(*, actor: Actor, assignment: RoleAssignment, reason: str) -> RoleAssignment:
    """A role given by mistake, gone with the next request. The record keeps that it was given.

    It ends yesterday, also when it began today or is to come: no day is left on which it is held.
    """
    assignment = _held(assignment)
    require(policy.take_away_role(actor, assignment))
    if len(reason.strip()) < LEAST_REASON:
        raise Problem("Say in a sentence what the mistake was.", "reason")
    assignment.ends_on = actor.today - timedelta(days=1)
    assignment.taken_away_at = timezone.now()
    assignment.taken_away_by_id = actor.staff_id
    assignment.taken_away_because = reason.strip()[:300]
    changed = ["ends_on", "taken_away_at", "taken_away_by", "taken_away_because"]
    assignment.save(update_fields=changed)
    notices.notify(
        staff_ids=[assignment.staff_id],
        kind="role.taken_away",
        text=f"{actor.name} took away your role {assignment}: it was given by mistake.",
        is_urgent=True,  # By e-mail too: whoever held no other role no longer signs in.
    )
    _tell(actor, assignment, "role.taken_away", f"took away from {assignment.staff.name} the role")
    audit.record(
        actor=actor,
        kind="role.taken_away",
        subject=f"staff {assignment.staff_id}",
        detail={
            "role": assignment.role,
            "place": assignment.place_id,
            "reason": assignment.taken_away_because,
        },
    )
    return assignment


def _held(assignment: RoleAssignment) -> RoleAssignment:
    locked = RoleAssignment.objects.select_for_update(of=("self",))
    return locked.select_related("staff", "place").one(pk=assignment.pk)


def _check_days(actor: Actor, starts_on: date, ends_on: date | None) -> None:
    if ends_on and ends_on < starts_on:
        raise Problem("The role cannot end before it starts.", "ends_on")
    said = too_far(starts_on, ahead_of=actor.today) or too_long_ago(starts_on, before=actor.today)
    if said:
        raise Problem(said, "starts_on")


def _check_new(
    staff: Staff, role: Role, place: Place, starts_on: date, ends_on: date | None
) -> None:
    same = RoleAssignment.objects.filter(staff=staff, role=role, place=place, taken_away_at=None)
    running = same.exclude(ends_on__lt=starts_on)
    if ends_on:
        running = running.filter(starts_on__lte=ends_on)
    if held := running.order_by("starts_on").first():
        until = f" to {day_in_words(held.ends_on)}" if held.ends_on else ""
        raise Problem(
            f"{staff.name} holds this role here already, from {day_in_words(held.starts_on)}"
            f"{until}. End that one first.",
            "role",
        )


def _tell(actor: Actor, assignment: RoleAssignment, kind: str, did: str) -> None:
    """The data protection officers and who manages the place, when the role reads pupils."""
    role = ROLES[Role(assignment.role)]
    if Permission.PUPIL_VIEW not in role.permissions and not assignment.cleared_for:
        return
    cleared = assignment.cleared_for
    classes = f", cleared by name for {listed(cleared)}" if cleared else ""
    for url, people in _who_answers(actor, assignment).items():
        notices.notify(
            staff_ids=people,
            kind=kind,
            text=f"{actor.name} {did} {assignment}{classes}.",
            url=url,
            is_urgent=bool(cleared) or role.scope in WIDE,
        )


def _who_answers(actor: Actor, assignment: RoleAssignment) -> dict[str, set[int]]:
    """Whom to tell, by the page that they may open of the person: a school opens none."""
    running = queries.assignments_in_force(actor.today).filter(staff__is_active=True)
    others = running.exclude(staff_id=assignment.staff_id)
    officers = others.filter(role=Role.DATA_PROTECTION_OFFICER)
    told: dict[str, set[int]] = {}
    for held in [*officers, *_managers(others, assignment.place)]:
        opens = Permission.STAFF_VIEW in ROLES[Role(held.role)].permissions
        url = f"/staff/{assignment.staff_id}/" if opens else ""
        told.setdefault(url, set()).add(held.staff_id)
    return told


def _managers(held: QuerySet[RoleAssignment], place: Place | None) -> list[RoleAssignment]:
    """Who manages a place; where nobody does, who manages the one above it."""
    while place:
        if found := list(held.filter(role__in=MANAGERS, place=place)):
            return found
        place = place.parent
    return []
