"""Questions about frameworks and who stands where on them. Pupils always within the actor's scope."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.pathways.models import Framework, Phase, ServiceStandard, Stage, Standing
from alongside.people.models import Enrolment, Pupil


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
    found = (
        Framework.objects.select_related("owner")
        .prefetch_related("stages", "criteria")
        .filter(pk=framework_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


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


def stages_to_move_to(actor: Actor) -> QuerySet[Stage]:
    """Every stage of every framework in force, in order."""
    return (
        Stage.objects.filter(framework__in=Framework.objects.in_force(actor.today))
        .select_related("framework")
        .order_by("framework__name", "framework_id", "order")
    )


def standings(actor: Actor, pupil: Pupil) -> list[Standing]:
    """Where a pupil in scope stands now, one standing a framework, latest first."""
    return [s for s in movements(actor, pupil) if s.ends_on is None]


def movements(actor: Actor, pupil: Pupil) -> list[Standing]:
    """Every movement of a pupil in scope, latest first."""
    return list(
        Standing.objects.filter(pupil=pupil, pupil__in=Pupil.objects.visible_to(actor).values("pk"))
        .select_related("stage__framework__owner", "moved_by")
        .prefetch_related("stage__framework__stages")
        .order_by("-starts_on", "-id")
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


def counts_by_stage(actor: Actor, framework: Framework) -> dict[int, int]:
    """Stage order to how many pupils in scope stand there now, in any version of the framework."""
    counted = (
        _standing_now(actor, framework)
        .values(order=F("stage__order"))
        .annotate(pupils=Count("pupil", distinct=True))
    )
    return {row["order"]: row["pupils"] for row in counted}


def counts_by_school(actor: Actor, framework: Framework) -> list[tuple[str, dict[int, int]]]:
    """School name to its pupils in scope by stage order, for schools that have any."""
    current = Enrolment.objects.current(actor.today).filter(status__in=["C", "M"])
    counted = (
        _standing_now(actor, framework)
        .filter(Q(pupil__enrolments__in=current))
        .values(school=F("pupil__enrolments__school__name"), order=F("stage__order"))
        .annotate(pupils=Count("pupil", distinct=True))
        .order_by("school", "order")
    )
    schools: dict[str, dict[int, int]] = {}
    for row in counted:
        schools.setdefault(row["school"], {})[row["order"]] = row["pupils"]
    return list(schools.items())


def _standing_now(actor: Actor, framework: Framework) -> QuerySet[Standing]:
    return Standing.objects.filter(
        stage__framework__key=framework.key,
        ends_on=None,
        pupil__in=Pupil.objects.visible_to(actor).values("pk"),
    )


def standards(actor: Actor) -> dict[str, ServiceStandard]:
    """The council's service standards in force, by key: "referral-read", "plan-agreed"."""
    return {s.key: s for s in ServiceStandard.objects.filter(ends_on=None).order_by("key")}
