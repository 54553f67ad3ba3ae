"""A framework is edited under open cases: they stay on theirs, or are moved to the new with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from alongside.cases.models import Case, CaseState
from alongside.cases.queries import visible_cases
from alongside.cases.version_news import tell_of_move
from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.pathways import actions as pathways
from alongside.pathways.models import Framework, Stage
from alongside.pathways.models.framework import identity
from alongside.pathways.queries import limit_day, on_older
from alongside.people.models import Pupil, called

NAMED = 50
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
    if is_moving and starts_on > actor.today:
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
    taken = [
        pathways.take_over(
            actor=actor, standing=standing, framework=framework, reason=reason, landing=landing
        )
        for standing in standings
    ]
    left = on_older(actor, framework).count()
    waiting = on_older(actor, framework).values("pupil_id")
    cases = cases_on_older(actor, framework).exclude(pupil_id__in=waiting)
    moved = cases.update(framework=framework, moved_from=F("framework"), version=F("version") + 1)
    audit.record(
        actor=actor,
        kind="framework.cases_moved",
        subject=f"framework {framework.pk}",
        pupil_ids=[standing.pupil_id for standing in standings],
        detail={"cases": moved, "left": left, "reason": reason.strip()},
    )
    tell_of_move(actor, framework, taken)
    return Moved(len(standings), moved, left)


@dataclass(frozen=True)
class Moving:
    """Of the pupils whom a move would take along: who is past a limit at once, who has no open case."""

    pupils: int
    without_case: int
    past: int  # As soon as they are moved.
    past_without_case: int
    first_past: tuple["Past", ...]  # The longest past first, as many as are named.


@dataclass(frozen=True)
class Past:
    """A pupil whom the new limit of their stage leaves behind on the day that they are moved."""

    pupil_id: int
    pupil_name: str
    stage: str
    since: date
    until: date


def moving(actor: Actor, framework: Framework) -> Moving:
    """What moving everybody in scope to this version would mean today. Who lands at another stage
    begins there anew, so that only those who stay at theirs can be past its limit at once; who is past
    the limit of the version they follow is so already, and is not counted."""
    stages = {s.identity: s for s in framework.stages.all()}
    running = Case.objects.filter(pupil=OuterRef("pupil")).exclude(state=CaseState.CLOSED)
    rows = on_older(actor, framework).values_list(
        "pupil_id",
        "stage__key",
        "stage__order",
        "stage__weeks_limit",
        Coalesce("since_on", "starts_on"),
        Exists(running),
    )
    has_case: dict[int, bool] = {}
    past: dict[int, tuple[date, date, str]] = {}
    for pupil_id, key, order, weeks_now, since, is_open in rows:
        has_case[pupil_id] = is_open
        stage = stages.get(identity(key, order))
        until = limit_day(since, stage.weeks_limit) if stage else None
        was = limit_day(since, weeks_now)
        if stage and until and until < actor.today and not (was and was < actor.today):
            past[pupil_id] = (until, since, f"{stage.order} {stage.name}")
    without = {pupil_id for pupil_id, is_open in has_case.items() if not is_open}
    return Moving(
        len(has_case), len(without), len(past), len(past.keys() & without), _first_past(past)
    )


def _first_past(past: Mapping[int, tuple[date, date, str]]) -> tuple[Past, ...]:
    """Named for who previews: all of them are in their scope."""
    first = sorted(past, key=lambda pk: (past[pk][0], pk))[:NAMED]
    names = dict(Pupil.objects.filter(pk__in=first).values_list("pk", called()))
    return tuple(
        Past(pk, names[pk], stage, since, until)
        for pk in first
        for until, since, stage in [past[pk]]
    )


def cases_on_older(actor: Actor, framework: Framework) -> QuerySet[Case]:
    """Cases in scope that are not closed and follow another version of this framework."""
    running = visible_cases(actor).filter(state__in=[CaseState.WAITING, CaseState.OPEN])
    return running.filter(framework__key=framework.key).exclude(framework_id=framework.pk)
