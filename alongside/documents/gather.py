"""Reads what a case's report is made of, within the actor's scope. Must not put it into words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import groupby
from typing import Any

from alongside.assessments.models import Voice
from alongside.assessments.queries import Pair, pairs, pairs_told_to_school, voices_of
from alongside.cases.models import Allocation, Case, SustainedCheck
from alongside.cases.queries import left_open
from alongside.core.actor import Actor
from alongside.core.base import CouncilQuerySet
from alongside.fieldwork.held import sessions_held
from alongside.pathways.models import Standing
from alongside.people.models import Capacity
from alongside.people.queries import rows as people
from alongside.plans.models import Plan, PlanAction, Target
from alongside.plans.queries import visible_plans, with_parts


@dataclass(frozen=True)
class Reached:
    """A target from where it first began to where it last stood."""

    text: str
    unit: str
    start: Decimal
    goal: Decimal
    end: Decimal | None
    end_on: date | None


@dataclass(frozen=True)
class Gathered:
    """Everything of one case, unworded."""

    case: Case
    leads: list[str]
    stages: list[str]  # Where the pupil stood while the case ran, each move in order.
    plans: list[Plan]
    targets: list[Reached]
    actions: list[PlanAction]
    sessions: list[dict[str, Any]]  # "attendance" and "minutes" of each.
    measures: list[Pair]
    voices: list[Voice]
    checks: list[SustainedCheck]
    steps: list[dict[str, Any]]  # Agreed in person and still open: "text" and "who" of each.


def gather(actor: Actor, case: Case, *, shared_only: bool) -> Gathered:
    """`shared_only` leaves out what the school may not read."""
    plans = visible_plans(actor).filter(case=case).exclude(approved_at=None)
    made = list(with_parts(actor, plans).order_by("number"))
    actions = [a for plan in made for a in plan.actions.all() if a.is_shared or not shared_only]
    voices = [v for v in voices_of(actor, case.pupil, 200) if v.is_shared or not shared_only]
    until = case.closed_on or actor.today
    in_case = [v for v in voices if case.opened_on <= v.said_on <= until]
    told = pairs_told_to_school if shared_only else partial(pairs, actor)
    listed = _listed(case, until)
    return Gathered(
        case=case,
        leads=list(dict.fromkeys(row["name"] for row in listed["leads"])),
        stages=[name for name, _ in groupby(row["name"] for row in listed["stages"])],
        plans=made,
        targets=reached(made),
        actions=actions,
        sessions=listed["sessions"],
        measures=told(case.pupil, case.opened_on),
        voices=sorted(in_case, key=lambda v: (v.said_on, v.pk)),
        checks=[_check(row) for row in listed["checks"]],
        steps=listed["steps"],
    )


def reached(plans: list[Plan]) -> list[Reached]:
    """Each target once, however many plans carried it on."""
    every = {t.pk: t for plan in plans for t in plan.targets.all()}
    carried = {t.carried_from_id for t in every.values()}
    return [_reached(t, every) for t in every.values() if t.pk not in carried]


def _reached(last: Target, every: dict[int, Target]) -> Reached:
    first, end = last, getattr(last, "latest", None)
    end_on = getattr(last, "latest_on", None)
    while first.carried_from_id in every:
        first = every[first.carried_from_id]
        if end is None:
            end, end_on = getattr(first, "latest", None), getattr(first, "latest_on", None)
    return Reached(last.text, last.unit, first.baseline, last.goal, end, end_on)


def _listed(case: Case, until: date) -> dict[str, list[dict[str, Any]]]:
    """Who led, where the pupil stood, what was held, what is left and whether it lasts, in one query."""
    checks = SustainedCheck.objects.filter(case=case)
    led = Allocation.objects.filter(case=case, capacity=Capacity.LEAD, starts_on__lte=until)
    stood = _stood_during(case)
    return people.gather(
        case.pupil,
        leads=people.rows(led.order_by("starts_on", "pk"), name="staff__name"),
        stages=people.rows(stood.order_by("starts_on", "pk"), name="stage__name"),
        sessions=sessions_held(case),
        steps=people.rows(left_open(case), "text", who="owner__name"),
        checks=people.rows(checks.order_by("weeks"), "weeks", "due_on", "answer"),
    )


def _stood_during(case: Case) -> CouncilQuerySet[Standing]:
    """Where the pupil stood on its framework, in any version. What was told of before is no move."""
    stood = Standing.objects.filter(
        pupil_id=case.pupil_id, stage__framework__key=case.framework.key, is_told=False
    ).exclude(ends_on__lt=case.opened_on)
    return stood.filter(starts_on__lte=case.closed_on) if case.closed_on else stood


def _check(row: dict[str, Any]) -> SustainedCheck:
    return SustainedCheck(**row | {"due_on": people.day_from(row["due_on"])})
