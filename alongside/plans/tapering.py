"""How support steps down: who may plan it, what a sound taper is, what the school has taken on."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from alongside.cases import policy as cases
from alongside.cases.models import Case
from alongside.cases.queries import visible_cases
from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, NotFound, Problem, refuse
from alongside.plans.models import Plan, Strategy, TaperStep
from alongside.rules.words import day_in_words

MOST_STEPS = 8


class Planned(Protocol):
    """A step down as planned."""

    @property
    def hours_a_week(self) -> Decimal: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def criteria(self) -> str: ...


def work(actor: Actor, case: Case) -> Decision:
    """Whoever works the case keeps its strategies and plans its taper."""
    return cases.work(actor, case)


def take(actor: Actor, case: Case, step: TaperStep) -> Decision:
    """Steps are taken one after another."""
    if not (decision := work(actor, case)):
        return decision
    if step.taken_on:
        return refuse(f"This step was taken on {day_in_words(step.taken_on)}.")
    before = TaperStep.objects.filter(case=case, order__lt=step.order, taken_on=None)
    if before.exists():
        return refuse("The step before it comes first.")
    return ALLOWED


def check_steps(steps: Sequence[Planned], taken: Sequence[TaperStep]) -> None:
    """Raise `Problem` at the first step that does not lead down and on."""
    if not steps:
        raise Problem("Plan one step at least.")
    if len(steps) > MOST_STEPS:
        raise Problem(f"A taper has at most {MOST_STEPS} steps.")
    before: Planned | None = taken[-1] if taken else None
    for number, step in enumerate(steps, 1):
        if not step.criteria.strip():
            said = f"Step {number}: say what shows that it is time."
            raise Problem(said, f"step_{number}_text")
        if step.hours_a_week < 0:
            raise Problem(f"Step {number}: enter nought hours or more.", f"step_{number}_hours")
        if before and step.hours_a_week >= before.hours_a_week:
            said = f"Step {number}: enter fewer hours than {float(before.hours_a_week):g}."
            raise Problem(said, f"step_{number}_hours")
        if before and step.starts_on <= before.starts_on:
            said = f"Step {number}: it comes after {day_in_words(before.starts_on)}."
            raise Problem(said, f"step_{number}_starts_on")
        before = step


def strategies_of(actor: Actor, case: Case) -> list[Strategy]:
    """Strategies of a case in scope, those that need development first, stopped ones last."""
    found = Strategy.objects.filter(case__in=visible_cases(actor).filter(pk=case.pk).values("pk"))
    places = {value: place for place, value in enumerate(Strategy.RunBy.values)}
    return sorted(
        found.select_related("develop_by", "recorded_by"),
        key=lambda s: (
            s.run_by == Strategy.RunBy.STOPPED, not s.develop_because, places[s.run_by], s.pk
        ),
    )  # fmt: skip


def to_review(strategies: Iterable[Strategy]) -> list[Strategy]:
    """What a review looks at: everything in use."""
    return [s for s in strategies if s.run_by != Strategy.RunBy.STOPPED]


def worth_carrying(plan: Plan) -> list[Strategy]:
    """Of a plan's case: what works, or has been taken on by its school."""
    found = Strategy.objects.filter(case=plan.case_id).exclude(works=Strategy.Works.NO)
    in_use = found.exclude(run_by=Strategy.RunBy.STOPPED).order_by("pk")
    return [s for s in in_use if s.works == "YES" or s.run_by == Strategy.RunBy.SCHOOL]


def get_strategy(actor: Actor, case: Case, strategy_id: int) -> Strategy:
    found = Strategy.objects.filter(case__in=visible_cases(actor).filter(pk=case.pk).values("pk"))
    return found.select_related("case__pupil").one(pk=strategy_id)


def taper_of(actor: Actor, case: Case) -> list[TaperStep]:
    """The planned steps of a case in scope, in order."""
    found = TaperStep.objects.filter(case__in=visible_cases(actor).filter(pk=case.pk).values("pk"))
    return list(found.select_related("taken_by").order_by("order"))


def next_step(steps: Iterable[TaperStep]) -> TaperStep | None:
    return next((step for step in steps if step.taken_on is None), None)


def next_step_of(case: str) -> Subquery:
    """In a query of cases, the step down that comes next. `case` is how its key is called there."""
    to_come = TaperStep.objects.filter(case=OuterRef(case), taken_on=None).order_by("order")
    step = JSONObject(id="pk", hours="hours_a_week", on="starts_on", criteria="criteria")
    return Subquery(to_come.values(step=step)[:1])


def get_step(actor: Actor, case: Case, step_id: int) -> TaperStep:
    for step in taper_of(actor, case):
        if step.pk == step_id:
            return step
    raise NotFound
