"""Who is told that a version moved pupils, or was taken back: leads, schools, and who decides."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.db.models import Q

from alongside.assessments.policy import SENDCOS
from alongside.cases.models import Allocation, CaseState
from alongside.core import notices
from alongside.core.actor import Actor
from alongside.core.models import RoleAssignment
from alongside.core.permissions import ROLES, Permission, Role
from alongside.core.queries import assignments_in_force
from alongside.pathways.models import Framework, Stage, Standing
from alongside.people.models import Capacity, Enrolment
from alongside.rules.words import count_of


def tell_of_move(actor: Actor, framework: Framework, taken: Sequence[Standing]) -> None:
    """`taken` are where they stand now by the version."""
    _tell_who_works_with(
        actor,
        framework,
        [standing.pupil_id for standing in taken],
        f"moved to version {framework.version} of {framework.name}. "
        "See at which stage they stand now.",
    )
    for stage, count in _landed(taken).items():
        _tell_deciders(
            actor,
            stage,
            f"{_were(count)} moved to {stage.name} by version {framework.version} of "
            f"{framework.name}. You decide on that stage: speak with {actor.name}.",
        )


def tell_of_taking_back(actor: Actor, framework: Framework, taken: Sequence[Standing]) -> None:
    """The same people. `taken` are where they stood by the version that is taken back."""
    _tell_who_works_with(
        actor,
        framework,
        [standing.pupil_id for standing in taken],
        f"moved back: version {framework.version} of {framework.name} was taken back. "
        "They stand where they stood before it.",
    )
    for stage, count in _landed(taken).items():
        _tell_deciders(
            actor,
            stage,
            f"{_were(count)} moved back from {stage.name}: version {framework.version} of "
            f"{framework.name} was taken back by {actor.name}.",
        )


def landing_deciders(actor: Actor, stage: Stage) -> list[int]:
    """Staff who hold the role that decides on a stage: in its service, above it, or below it."""
    if not stage.decided_by_role:
        return []
    owner = stage.framework.owner
    place = Q(place=owner) | Q(place=owner.parent_id) | Q(place__parent=owner)
    held = assignments_in_force(actor.today).filter(place, role=stage.decided_by_role)
    found = held.filter(staff__is_active=True).values_list("staff_id", flat=True)
    return sorted(set(found) - {actor.staff_id})


def _landed(taken: Sequence[Standing]) -> Counter[Stage]:
    """How many came to each stage that is not the one they stood at before."""
    return Counter(
        standing.stage
        for standing in taken
        if standing.taken_from and standing.taken_from.stage.identity != standing.stage.identity
    )


def _were(count: int) -> str:
    return f"{count_of(count, 'pupil')} {'was' if count == 1 else 'were'}"


def _tell_deciders(actor: Actor, stage: Stage, text: str) -> None:
    if not (people := landing_deciders(actor, stage)):
        return
    reads = Permission.FRAMEWORK_VIEW in ROLES[Role(stage.decided_by_role)].permissions
    notices.notify(
        staff_ids=people,
        kind="framework.pupils_landed",
        text=text,
        url=f"/frameworks/{stage.framework_id}/" if reads else "",
    )


def _tell_who_works_with(
    actor: Actor, framework: Framework, pupil_ids: list[int], what: str
) -> None:
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
            text=f"{whom} {what}",
            url=f"/pupils/{only}/frameworks/" if only else _of_many(framework),
            pupil_id=only,
        )


def _of_many(framework: Framework) -> str:
    """A version taken back is being written again: its pupils are on the one it was made from."""
    shown = framework.based_on_id if framework.is_draft else framework.pk
    return f"/frameworks/{shown}/pupils/"


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
