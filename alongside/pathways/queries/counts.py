"""How many pupils stand where and how they moved, in scope. Figures of a framework, never a rule."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from alongside.core.actor import Actor
from alongside.core.prepared import prepared
from alongside.core.reach import Reach
from alongside.pathways.models import Framework, Stage, Standing
from alongside.pathways.models.framework import identity
from alongside.pathways.queries.versions import on_older
from alongside.people.models import Enrolment, called, in_scope, on_pathway
from alongside.schools.models import School

PAGE = 50


STAGES = "every stage"
GONE = 0  # Where an older version had a stage that this one has not.


def orders(framework: Framework) -> dict[int, int]:
    """Each stage of every version, by its number, to where this version has it, or `GONE`."""
    here = {s.identity: s.order for s in framework.stages.all()}
    return {
        row["pk"]: here.get(identity(row["key"], row["order"]), GONE)
        for row in _stages_of(key=framework.key)
    }


@prepared
def _stages_of(*, key: Any) -> QuerySet[Any]:
    stages = Stage.objects.filter(framework__key=key, framework__is_draft=False)
    return stages.order_by("pk").values("pk", "key", "order")


def counted(actor: Actor, places: Mapping[int, int]) -> list[dict[str, Any]]:
    """Pupils in scope who stand at these stages now, by stage and school: once for a whole page."""
    return _counted(*actor.reach.shape, stage_ids=list(places), **actor.reach.values)


@prepared
def _counted(*shape: bool, stage_ids: Any, **reach: Any) -> QuerySet[Any]:
    here = Enrolment.objects.current(reach["today"]).filter(
        pupil_id=OuterRef("pupil_id"), status__in=["C", "M"]
    )
    return (
        _standing_now(Reach(*shape, **reach), stage_ids)
        .annotate(school_id=Subquery(here.order_by("pk").values("school_id")[:1]))
        .values("stage_id", "school_id")
        .annotate(pupils=Count("pupil", distinct=True))
        .order_by("stage_id", "school_id")
    )


def numbers(rows: Iterable[Mapping[str, Any]]) -> dict[int, int]:
    """Each stage of any version, by its number, to how many pupils in scope stand there now."""
    found = Counter[int]()
    for row in rows:
        found[row["stage_id"]] += row["pupils"]
    return dict(found)


def counts_by_stage(actor: Actor, framework: Framework) -> dict[int, int]:
    """Stage order to how many pupils in scope stand there now, in any version of the framework."""
    places = orders(framework)
    rows = _numbers(*actor.reach.shape, stage_ids=list(places), **actor.reach.values)
    return by_order(numbers(rows), places)


@prepared
def _numbers(*shape: bool, stage_ids: Any, **reach: Any) -> QuerySet[Any]:
    found = _standing_now(Reach(*shape, **reach), stage_ids).values("stage_id")
    return found.annotate(pupils=Count("pupil", distinct=True)).order_by("stage_id")


def by_order(numbers: Mapping[int, int], places: Mapping[int, int]) -> dict[int, int]:
    counts = Counter[int]()
    for stage_id, pupils in numbers.items():
        counts[places[stage_id]] += pupils
    return dict(counts)


def counts_by_school(
    actor: Actor,
    framework: Framework,
    places: Mapping[int, int] | None = None,
    after: str = "",
    rows: Sequence[Mapping[str, Any]] | None = None,
) -> list[tuple[str, dict[int, int]]]:
    """School name to its pupils in scope by stage order: one page and one more, by name."""
    places = places or orders(framework)
    rows = counted(actor, places) if rows is None else rows
    at: dict[int, Counter[int]] = defaultdict(Counter)
    for row in rows:
        if row["school_id"]:
            at[row["school_id"]][places[row["stage_id"]]] += row["pupils"]
    schools = _schools_named(school_ids=list(at), after=after) if at else []
    named: dict[str, Counter[int]] = defaultdict(Counter)
    for school in schools:
        named[school["name"]] += at[school["pk"]]
    return [(name, dict(counts)) for name, counts in named.items()]


def counts_on_no_roll(
    rows: Iterable[Mapping[str, Any]], places: Mapping[int, int]
) -> dict[int, int]:
    """Of the same rows, those who are on roll nowhere, by stage order."""
    return by_order(numbers(row for row in rows if not row["school_id"]), places)


@prepared
def _schools_named(*, school_ids: Any, after: Any) -> QuerySet[Any]:
    found = School.objects.filter(pk__among=school_ids, name__gt=after)
    return found.order_by("name", "pk").values("pk", "name")[: PAGE + 1]


@dataclass
class Movement:
    """What happened at one stage in a span of days."""

    came_new: int = 0  # Their first stage of the framework.
    stepped_up: int = 0  # To it, from an earlier one.
    stepped_down: int = 0  # To it, from a later one.
    left: int = 0  # The framework altogether, from here.


def movement(
    actor: Actor,
    framework: Framework,
    since: date,
    until: date,
    places: Mapping[int, int] | None = None,
) -> dict[int, Movement]:
    """Stage order to how pupils in scope moved there between two days, both counted."""
    places, moved = places or orders(framework), defaultdict[int, Movement](Movement)
    reach = actor.reach
    span = {"stage_ids": list(places), "since": since, "until": until}
    for row in _moves(*reach.shape, **span, **reach.values):
        here = places[row["stage_id"]]
        before = places[row["before"]] if row["before"] else None
        if before is None:
            moved[here].came_new += row["pupils"]
        elif before < here:
            moved[here].stepped_up += row["pupils"]
        elif before > here:
            moved[here].stepped_down += row["pupils"]
    for row in _leavers(*reach.shape, **span, **reach.values):
        moved[places[row["stage_id"]]].left += row["pupils"]
    return dict(moved)


@prepared
def _moves(*shape: bool, stage_ids: Any, since: Any, until: Any, **reach: Any) -> QuerySet[Any]:
    """Movements by stage and the stage before; what was told afterwards is none of ours."""
    before = Standing.objects.filter(
        pupil=OuterRef("pupil"),
        stage_id__among=stage_ids,
        is_told=False,
        starts_on__lt=OuterRef("starts_on"),
    ).order_by("-starts_on", "-pk")
    return (
        _standings_seen(Reach(*shape, **reach), stage_ids)
        .filter(is_told=False, starts_on__gte=since, starts_on__lte=until)
        .annotate(before=Subquery(before.values("stage_id")[:1]))
        .values("before", "stage_id")
        .annotate(pupils=Count("pk"))
        .order_by("stage_id", "before")
    )


@prepared
def _leavers(*shape: bool, stage_ids: Any, since: Any, until: Any, **reach: Any) -> QuerySet[Any]:
    return (
        _standings_seen(Reach(*shape, **reach), stage_ids)
        .filter(ends_on__gte=since, ends_on__lte=until)
        .exclude(left_because="")
        .values("stage_id")
        .annotate(pupils=Count("pk"))
        .order_by("stage_id")
    )


def pupils_standing(
    actor: Actor, framework: Framework, order: int = 0, after: int = 0, pathway: str = ""
) -> tuple[list[dict[str, Any]], bool]:
    """Pupils in scope who stand on a framework now, a page by key, and whether more follow."""
    stage_ids = [pk for pk, place in orders(framework).items() if not order or place == order]
    reach = actor.reach
    rows = _pupils_standing(pathway, *reach.shape, stage_ids=stage_ids, after=after, **reach.values)
    return rows[:PAGE], len(rows) > PAGE


@prepared
def _pupils_standing(
    pathway: str, *shape: bool, stage_ids: Any, after: Any, **reach: Any
) -> QuerySet[Any]:
    here = Enrolment.objects.current(reach["today"]).filter(
        pupil_id=OuterRef("pupil_id"), status__in=["C", "M"]
    )
    found = _standing_now(Reach(*shape, **reach), stage_ids).filter(pk__gt=after)
    if pathway:
        found = found.filter(on_pathway(pathway, reach["today"]))
    return (
        found.annotate(
            school=Subquery(here.order_by("pk").values("school__name")[:1]),
            pupil_name=called("pupil"),
            by=F("moved_by__name"),
        )
        .order_by("pk")
        .values(
            "pk",
            "pupil_id",
            "pupil_name",
            "school",
            "starts_on",
            "since_on",
            "planned_exit_on",
            "review_on",
            "reason",
            "by",
            order=F("stage__order"),
            stage_name=F("stage__name"),
            weeks_limit=F("stage__weeks_limit"),
            version=F("stage__framework__version"),
        )[: PAGE + 1]
    )


def pupils_on_older(actor: Actor, framework: Framework) -> list[dict[str, Any]]:
    """The first pupils in scope who stand on another version, by name."""
    rows: list[Any] = list(
        on_older(actor, framework)
        .annotate(pupil_name=called("pupil"))
        .order_by("pupil__search_name", "pk")
        .values(
            "pupil_id",
            "pupil_name",
            order=F("stage__order"),
            stage_name=F("stage__name"),
            version=F("stage__framework__version"),
        )[:PAGE]
    )
    return rows


def limit_day(since: date, weeks: int | None) -> date | None:
    """The last day that a stage with a limit is meant to last."""
    return since + timedelta(weeks=weeks) if weeks else None


@dataclass(frozen=True)
class StageChoice:
    """One stage of a framework in force, to filter by: with the same stage of other versions."""

    value: str
    label: str
    stage_ids: tuple[int, ...]


def stage_choices(actor: Actor) -> list[StageChoice]:
    """Every stage of the frameworks in force, under the framework's name, in order."""
    stages = every_stage(actor)
    same: dict[tuple[str, str], list[int]] = {}
    for stage in stages:
        stage["identity"] = identity(stage["key"], stage["order"])
        same.setdefault((stage["framework_key"], stage["identity"]), []).append(stage["pk"])
    return [
        StageChoice(
            value=f"{s['framework_key']}.{s['identity']}",
            label=f"{s['framework_name']}: {s['order']} {s['name']}",
            stage_ids=tuple(same[s["framework_key"], s["identity"]]),
        )
        for s in stages
        if s["starts_on"] <= actor.today <= (s["ends_on"] or date.max)
    ]


def every_stage(actor: Actor) -> list[dict[str, Any]]:
    """Of each framework that is no draft, in order. Read once a request."""
    found: list[dict[str, Any]] | None = actor._shared.get(STAGES)  # type: ignore[assignment]
    if found is None:
        found = actor._shared[STAGES] = _every_stage()
    return found


@prepared
def _every_stage() -> QuerySet[Any]:
    return (
        Stage.objects.filter(framework__is_draft=False)
        .order_by("framework__name", "framework__key", "order", "pk")
        .values(
            *("pk", "key", "order", "name"),
            framework_key=F("framework__key"),
            framework_name=F("framework__name"),
            starts_on=F("framework__starts_on"),
            ends_on=F("framework__ends_on"),
        )
    )


def _standing_now(reach: Reach, stage_ids: Any) -> QuerySet[Standing]:
    return _standings_seen(reach, stage_ids).filter(ends_on=None)


def _standings_seen(reach: Reach, stage_ids: Any) -> QuerySet[Standing]:
    """Of these stages, which are few and asked first; then of pupils in scope (ADR 0014)."""
    return Standing.objects.filter(stage_id__among=stage_ids).filter(in_scope(reach, "pupil_id"))
