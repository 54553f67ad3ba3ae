"""A framework is edited under open cases: they stay on theirs, or are moved to the new with a reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet

from alongside.assessments.policy import SENDCOS
from alongside.cases.models import Allocation, Case, CaseState
from alongside.cases.queries import visible_cases
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.core.models import RoleAssignment
from alongside.pathways import actions as pathways
from alongside.pathways.models import Framework, Stage
from alongside.pathways.queries import on_older
from alongside.people.models import Capacity, Enrolment

AT_ONCE = 200  # Pupils moved in one go; the next go takes the next.


@dataclass(frozen=True)
class Moved:
    """How many were moved to a version, and how many are left to move."""

    pupils: int
    cases: int
    left: int


@transaction.atomic
def publish(
    *,
    actor: Actor,
    draft: Framework,
    starts_on: date,
    reason: str,
    is_moving: bool = False,
    move_reason: str = "",
    landing: Mapping[str, Stage] | None = None,
) -> tuple[Framework, Moved | None]:
    """Publish a version. Open cases stay on theirs unless they are moved, which is for today only."""
    if is_moving and starts_on != actor.today:
        raise Problem(
            "Cases are moved once the version is in force. Let them stay for now.", "is_moving"
        )
    framework = pathways.publish(actor=actor, draft=draft, starts_on=starts_on, reason=reason)
    if not is_moving:
        return framework, None
    moved = move_to_version(
        actor=actor, framework=framework, reason=move_reason, landing=landing or {}
    )
    return framework, moved


@transaction.atomic
def move_to_version(
    *, actor: Actor, framework: Framework, reason: str, landing: Mapping[str, Stage]
) -> Moved:
    """Move pupils in scope and their open cases from older versions, with one reason for all."""
    if not reason.strip():
        raise Problem("Say why they are moved to the new version.", "move_reason")
    standings = list(
        on_older(actor, framework)
        .select_related("stage__framework", "pupil")
        .order_by("starts_on", "pk")[:AT_ONCE]
    )
    for standing in standings:
        pathways.take_over(
            actor=actor, standing=standing, framework=framework, reason=reason, landing=landing
        )
    left = on_older(actor, framework).count()
    waiting = on_older(actor, framework).values("pupil_id")
    cases = cases_on_older(actor, framework).exclude(pupil_id__in=waiting)
    moved = cases.update(framework=framework, version=F("version") + 1)
    audit.record(
        actor=actor,
        kind="framework.cases_moved",
        subject=f"framework {framework.pk}",
        pupil_ids=[standing.pupil_id for standing in standings],
        detail={"cases": moved, "left": left, "reason": reason.strip()},
    )
    _tell(actor, framework, [standing.pupil_id for standing in standings])
    return Moved(len(standings), moved, left)


def _tell(actor: Actor, framework: Framework, pupil_ids: list[int]) -> None:
    """Who leads these pupils' cases, and the SENDCos of their schools: one notice each."""
    told: dict[int, set[int]] = {}
    for staff_id, pupil_id in _who_works_with(actor, pupil_ids):
        told.setdefault(staff_id, set()).add(pupil_id)
    told.pop(actor.staff_id, None)
    for staff_id, theirs in sorted(told.items()):
        only = next(iter(theirs)) if len(theirs) == 1 else None
        whom = "A pupil you work with was" if only else f"{len(theirs)} pupils you work with were"
        notices.notify(
            staff_ids=[staff_id],
            kind="framework.pupils_moved",
            text=f"{whom} moved to version {framework.version} of {framework.name}. "
            "See at which stage they stand now.",
            url=f"/pupils/{only}/frameworks/" if only else f"/frameworks/{framework.pk}/pupils/",
            pupil_id=only,
        )


def _who_works_with(actor: Actor, pupil_ids: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs of staff and pupil."""
    leads = Allocation.objects.filter(
        case__pupil_id__in=pupil_ids, capacity=Capacity.LEAD, ends_on=None
    ).exclude(case__state=CaseState.CLOSED)
    yield from leads.values_list("staff_id", "case__pupil_id")
    enrolled = Enrolment.objects.current(actor.today).filter(pupil_id__in=pupil_ids)
    rolls: dict[int, list[int]] = {}
    for place_id, pupil_id in enrolled.values_list("school__place_id", "pupil_id"):
        rolls.setdefault(place_id, []).append(pupil_id)
    held = RoleAssignment.objects.filter(
        role__in=SENDCOS, place_id__in=rolls, starts_on__lte=actor.today, staff__is_active=True
    ).exclude(ends_on__lt=actor.today)
    for staff_id, place_id in held.values_list("staff_id", "place_id"):
        yield from ((staff_id, pupil_id) for pupil_id in rolls[place_id])


def cases_on_older(actor: Actor, framework: Framework) -> QuerySet[Case]:
    """Cases in scope that are not closed and follow another version of this framework."""
    running = visible_cases(actor).filter(state__in=[CaseState.WAITING, CaseState.OPEN])
    return running.filter(framework__key=framework.key).exclude(framework_id=framework.pk)
