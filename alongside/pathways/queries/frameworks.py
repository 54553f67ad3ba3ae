"""Questions about frameworks: which there are, their stages, what is promised."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.core.prepared import lay, prepared
from alongside.pathways.models import Criterion, Framework, Phase, ServiceStandard, Stage
from alongside.people.models import Pupil


def frameworks(actor: Actor) -> list[Framework]:
    """Frameworks in force today, each with its stages."""
    return list(
        Framework.objects.in_force(actor.today)
        .select_related("owner")
        .prefetch_related("stages")
        .order_by("name", "id")
    )


def get_framework(actor: Actor, framework_id: int) -> Framework:
    """One framework, in force or not, with its stages and criteria; or `NotFound`."""
    found = _published(pk=framework_id)
    if not found:
        raise NotFound
    return with_parts(found[0])


@prepared
def _published(*, pk: Any) -> QuerySet[Framework]:
    return Framework.objects.published().filter(pk=pk).select_related("owner", "based_on")


def with_parts(framework: Framework) -> Framework:
    """A framework with its stages and criteria, and those of the version it was made from."""
    both = [f for f in (framework, framework.based_on) if f]
    ids = [f.pk for f in both]
    lay(both, "stages", _stages(framework_ids=ids))
    lay(both, "criteria", _criteria(framework_ids=ids))
    return framework


@prepared
def _stages(*, framework_ids: Any) -> QuerySet[Stage]:
    return Stage.objects.filter(framework_id__among=framework_ids)


@prepared
def _criteria(*, framework_ids: Any) -> QuerySet[Criterion]:
    return Criterion.objects.filter(framework_id__among=framework_ids)


def framework_for(actor: Actor, pupil: Pupil, school_phase: str = "") -> list[Framework]:
    """The frameworks a school may refer this pupil to, those of the pupil's phase first."""
    phase = phase_of(pupil, school_phase)
    found = Framework.objects.in_force(actor.today).filter(takes_referrals=True)
    taking = list(found.select_related("owner").order_by("name", "id"))
    fitting = [f for f in taking if f.for_phase in ("", phase)]
    return fitting or taking


def phase_of(pupil: Pupil, school_phase: str = "") -> str:
    """Primary to Year 6, secondary after; by the school where the year is unknown."""
    if pupil.year_group.isdigit():
        return Phase.PRIMARY if int(pupil.year_group) <= 6 else Phase.SECONDARY
    if pupil.year_group:  # N1, N2 and R.
        return Phase.PRIMARY
    return Phase.PRIMARY if "primary" in school_phase.lower() else Phase.SECONDARY


def stages_to_move_to(actor: Actor, pupil: Pupil) -> QuerySet[Stage]:
    """Every stage of every framework in force; of an older version where the pupil stands on it."""
    held = Framework.objects.filter(stages__standings__pupil=pupil, stages__standings__ends_on=None)
    others = Framework.objects.in_force(actor.today).exclude(key__in=held.values("key"))
    return (
        Stage.objects.filter(Q(framework__in=held) | Q(framework__in=others))
        .select_related("framework")
        .order_by("framework__name", "framework_id", "order")
    )


@dataclass(frozen=True)
class LadderData:
    """What the ladder picture needs: the framework's name, its stages, and where the pupil is."""

    framework: str
    stages: tuple[Stage, ...]
    here: int  # Counts from 1; 0 is before the first stage.
    since: date | None = None

    @property
    def following(self) -> Stage | None:
        return self.stages[self.here] if self.here < len(self.stages) else None


def ladder(
    framework: Framework, stage: Stage | None = None, since: date | None = None
) -> LadderData:
    """A framework as stairs, with where somebody stands. `stages` should be prefetched."""
    stages = tuple(sorted(framework.stages.all(), key=lambda s: s.order))
    here = next((n for n, s in enumerate(stages, 1) if stage and s.pk == stage.pk), 0)
    return LadderData(framework.name, stages, here, since)


def standards(actor: Actor) -> dict[str, ServiceStandard]:
    """The council's service standards in force, by key: "referral-read", "plan-agreed"."""
    return {s.key: s for s in ServiceStandard.objects.filter(ends_on=None).order_by("key")}
