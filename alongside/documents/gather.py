"""Reads what a case's report is made of, within the actor's scope. Must not put it into words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from alongside.assessments.models import Voice
from alongside.assessments.queries import Pair, pairs, voices_of
from alongside.cases.models import Allocation, Case, SustainedCheck
from alongside.core.actor import Actor
from alongside.fieldwork.models import Session
from alongside.pathways.models import Standing
from alongside.people.models import Capacity
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
    standings: list[Standing]
    plans: list[Plan]
    targets: list[Reached]
    actions: list[PlanAction]
    sessions: list[Session]
    measures: list[Pair]
    voices: list[Voice]
    checks: list[SustainedCheck]


def gather(actor: Actor, case: Case, *, shared_only: bool) -> Gathered:
    """`shared_only` leaves out what the school may not read."""
    plans = visible_plans(actor).filter(case=case).exclude(approved_at=None)
    made = list(with_parts(actor, plans).order_by("number"))
    actions = [a for plan in made for a in plan.actions.all() if a.is_shared or not shared_only]
    voices = [v for v in voices_of(actor, case.pupil, 200) if v.is_shared or not shared_only]
    until = case.closed_on or actor.today
    in_case = [v for v in voices if case.opened_on <= v.said_on <= until]
    found = pairs(actor, case.pupil, case.opened_on)
    return Gathered(
        case=case,
        leads=_leads(case),
        standings=_standings(case),
        plans=made,
        targets=reached(made),
        actions=actions,
        sessions=list(Session.objects.filter(case=case).order_by("starts_at", "pk")),
        measures=[p for p in found if p.informant == "TEACHER" or not shared_only],
        voices=sorted(in_case, key=lambda v: (v.said_on, v.pk)),
        checks=list(SustainedCheck.objects.filter(case=case).order_by("weeks")),
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


def _leads(case: Case) -> list[str]:
    led = Allocation.objects.filter(case=case, capacity=Capacity.LEAD).order_by("starts_on", "pk")
    return list(dict.fromkeys(led.values_list("staff__name", flat=True)))


def _standings(case: Case) -> list[Standing]:
    stood = Standing.objects.filter(pupil=case.pupil, stage__framework__key=case.framework.key)
    return list(stood.select_related("stage").order_by("starts_on", "pk"))
