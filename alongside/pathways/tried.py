"""The graduated response of one pupil: which stages were tried, when, and what shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from alongside.core.prepared import prepared
from alongside.pathways.models import Stage, Standing
from alongside.people.models import Pupil
from alongside.rules.words import listed


@dataclass(frozen=True)
class Step:
    """One stage, with each time the pupil stood there and what shows it was tried."""

    stage: Stage
    standings: tuple[Standing, ...]  # Earliest first.
    evidence: tuple[str, ...]
    is_gone: bool = False  # Of an older version: the newer one has no such stage.

    @property
    def is_here(self) -> bool:
        return any(standing.ends_on is None for standing in self.standings)

    @property
    def is_tried(self) -> bool:
        return bool(self.standings)


def graduated(stages: Sequence[Stage], movements: Iterable[Standing]) -> list[Step]:
    """Each stage with its standings. `movements` are of one framework, in any of its versions.

    What is written at a movement shows that the stage before was tried: it stands there. A stage that
    a newer version took out stays for who stood on it, where it was.
    """
    stood: dict[str, list[Standing]] = {}
    shown: dict[str, list[str]] = {}
    kept, gone = {stage.identity for stage in stages}, dict[str, Stage]()
    before = ""
    for standing in sorted(movements, key=lambda s: (s.starts_on, s.pk)):
        identity = standing.stage.identity
        stood.setdefault(identity, []).append(standing)
        if identity not in kept:
            gone[identity] = standing.stage
        if standing.evidence:
            shown.setdefault(identity if standing.is_told else before or identity, []).append(
                standing.evidence
            )
        before = identity
    steps = [
        Step(
            stage,
            tuple(stood.get(stage.identity, ())),
            tuple(shown.get(stage.identity, ())),
            is_gone=stage.identity in gone,
        )
        for stage in (*stages, *gone.values())
    ]
    return sorted(steps, key=lambda step: (step.stage.order, not step.is_gone))


def stays(standings: Iterable[Standing]) -> list[list[Standing]]:
    """Each time at a stage, earliest first: whom a newer version takes over stays where they were."""
    found: list[list[Standing]] = []
    of: dict[int, list[Standing]] = {}
    for standing in sorted(standings, key=lambda s: (s.starts_on, s.pk)):
        stay = of.get(standing.taken_from_id or 0) if standing.since_on else None
        if stay is None:
            found.append(stay := [])
        stay.append(standing)
        of[standing.pk] = stay
    return found


def untried(pupil: Pupil, stage: Stage) -> list[Stage]:
    """Stages before this one that are tried first and on which the pupil never stood."""
    stages = _stages(framework_id=stage.framework_id)
    return left_out(stages, _stood(pupil_id=pupil.pk, key=stage.framework.key), stage)


def has_stood(pupil: Pupil, stage: Stage) -> bool:
    """Whether the pupil stood at this stage before, in any version, or was told to have."""
    stood = _stood(pupil_id=pupil.pk, key=stage.framework.key)
    return any(one.stage.identity == stage.identity for one in stood)


@prepared
def _stages(*, framework_id: Any) -> QuerySet[Stage]:
    return Stage.objects.filter(framework_id=framework_id).order_by("order")


@prepared
def _stood(*, pupil_id: Any, key: Any) -> QuerySet[Standing]:
    stood = Standing.objects.filter(pupil_id=pupil_id, stage__framework__key=key)
    return stood.select_related("stage")


def left_out(stages: Sequence[Stage], movements: Iterable[Standing], stage: Stage) -> list[Stage]:
    """What of the stages before one was not tried. What lies below where they stood was settled then."""
    told = {
        s.stage.identity: s.is_told
        for s in sorted(movements, key=lambda s: s.is_told, reverse=True)
    }
    before = [s for s in stages if s.order < stage.order]
    settled = max((n for n, s in enumerate(before, 1) if told.get(s.identity) is False), default=0)
    return [s for s in before[settled:] if s.is_tried_first and s.identity not in told]


def untried_in_words(stages: Sequence[Stage]) -> str:
    """Stages that nothing shows to have been tried, as one sentence."""
    names = listed([f"{stage.order} {stage.name}" for stage in stages])
    return f"{names} {'has' if len(stages) == 1 else 'have'} not been shown as tried."
