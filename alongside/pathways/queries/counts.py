"""How many pupils stand where and how they moved, in scope. Figures of a framework, never a rule."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from alongside.core.actor import Actor
from alongside.core.prepared import prepared
from alongside.pathways.models import Framework, Stage, Standing
from alongside.pathways.models.framework import identity
from alongside.pathways.queries.versions import on_older
from alongside.people.models import Enrolment, called, in_scope

PAGE = 50


GONE = 0  # Where an older version had a stage that this one has not.


def orders(framework: Framework) -> dict[int, int]:
    """Each stage of every version, by its number, to where this version has it, or `GONE`."""
    stages = Stage.objects.filter(framework__key=framework.key, framework__is_draft=False)
    here = {s.identity: s.order for s in framework.stages.all()}
    return {s.pk: here.get(s.identity, GONE) for s in stages.order_by("pk")}


def numbers(actor: Actor, framework: Framework) -> dict[int, int]:
    """Each stage of any version, by its number, to how many pupils in scope stand there now."""
    found = _standing_now(actor, framework).values("stage_id").order_by("stage_id")
    counted = found.annotate(pupils=Count("pupil", distinct=True))
    return {row["stage_id"]: row["pupils"] for row in counted}


def counts_by_stage(actor: Actor, framework: Framework) -> dict[int, int]:
    """Stage order to how many pupils in scope stand there now, in any version of the framework."""
    return by_order(numbers(actor, framework), orders(framework))


def by_order(numbers: Mapping[int, int], places: Mapping[int, int]) -> dict[int, int]:
    counted = Counter[int]()
    for stage_id, pupils in numbers.items():
        counted[places[stage_id]] += pupils
    return dict(counted)


def counts_by_school(
    actor: Actor, framework: Framework, places: Mapping[int, int] | None = None, after: str = ""
) -> list[tuple[str, dict[int, int]]]:
    """School name to its pupils in scope by stage order: one page and one more, by name."""
    places, schools = places or orders(framework), dict[str, Counter[int]]()
    on_roll = (
        Q(pupil__enrolments__status__in=["C", "M"])
        & Q(pupil__enrolments__starts_on__lte=actor.today)
        & (Q(pupil__enrolments__ends_on=None) | Q(pupil__enrolments__ends_on__gte=actor.today))
    )
    counted = (
        _standing_now(actor, framework)
        .annotate(here=FilteredRelation("pupil__enrolments", condition=on_roll))
        .filter(here__school__name__gt=after)
        .values("stage_id", school=F("here__school__name"))
        .annotate(pupils=Count("pupil", distinct=True))
        .order_by("school", "stage_id")[: (PAGE + 1) * len(places)]
    )
    for row in counted:
        at = schools.setdefault(row["school"], Counter())
        at[places[row["stage_id"]]] += row["pupils"]
    return [(school, dict(counts)) for school, counts in schools.items()][: PAGE + 1]


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
    for row in _moves(actor, framework, since, until):
        here = places[row["stage_id"]]
        before = places[row["before"]] if row["before"] else None
        if before is None:
            moved[here].came_new += row["pupils"]
        elif before < here:
            moved[here].stepped_up += row["pupils"]
        elif before > here:
            moved[here].stepped_down += row["pupils"]
    for row in _leavers(actor, framework, since, until):
        moved[places[row["stage_id"]]].left += row["pupils"]
    return dict(moved)


def _moves(actor: Actor, framework: Framework, since: date, until: date) -> QuerySet[Any]:
    """Movements by stage and the stage before; what was told afterwards is none of ours."""
    before = Standing.objects.filter(
        pupil=OuterRef("pupil"),
        stage__framework__key=framework.key,
        is_told=False,
        starts_on__lt=OuterRef("starts_on"),
    ).order_by("-starts_on", "-pk")
    return (
        _standings_seen(actor, framework)
        .filter(is_told=False, starts_on__range=(since, until))
        .annotate(before=Subquery(before.values("stage_id")[:1]))
        .values("before", "stage_id")
        .annotate(pupils=Count("pk"))
        .order_by("stage_id", "before")
    )


def _leavers(actor: Actor, framework: Framework, since: date, until: date) -> QuerySet[Any]:
    return (
        _standings_seen(actor, framework)
        .filter(ends_on__range=(since, until))
        .exclude(left_because="")
        .values("stage_id")
        .annotate(pupils=Count("pk"))
        .order_by("stage_id")
    )


def pupils_standing(
    actor: Actor, framework: Framework, order: int = 0, after: int = 0
) -> tuple[list[dict[str, Any]], bool]:
    """Pupils in scope who stand on a framework now, a page by key, and whether more follow."""
    found = _standing_now(actor, framework).filter(pk__gt=after)
    if order:
        same = [pk for pk, place in orders(framework).items() if place == order]
        found = found.filter(stage_id__in=same)
    rows: list[Any] = list(
        found.annotate(
            school=Subquery(_school_now(actor, "pupil_id")),
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
    return rows[:PAGE], len(rows) > PAGE


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


def _school_now(actor: Actor, pupil: str) -> QuerySet[Any]:
    here = Enrolment.objects.current(actor.today).filter(
        pupil_id=OuterRef(pupil), status__in=["C", "M"]
    )
    return here.order_by("pk").values("school__name")[:1]


@dataclass(frozen=True)
class StageChoice:
    """One stage of a framework in force, to filter by: with the same stage of other versions."""

    value: str
    label: str
    stage_ids: tuple[int, ...]


def stage_choices(actor: Actor) -> list[StageChoice]:
    """Every stage of the frameworks in force, under the framework's name, in order."""
    stages = _every_stage()
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


def _standing_now(actor: Actor, framework: Framework) -> QuerySet[Standing]:
    return _standings_seen(actor, framework).filter(ends_on=None)


def _standings_seen(actor: Actor, framework: Framework) -> QuerySet[Standing]:
    return Standing.objects.filter(
        in_scope(actor.reach, "pupil_id"), stage__framework__key=framework.key
    )
