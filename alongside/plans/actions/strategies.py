"""Strategies of a case: added, handed to the school, marked for development. And the taper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from alongside.assessments.wording import hours_a_week
from alongside.cases.models import Case
from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import EntryKind
from alongside.plans import tapering
from alongside.plans.facts import StrategySaid
from alongside.plans.models import Review, Strategy, StrategyReview, TaperStep
from alongside.rules.words import day_in_words


@transaction.atomic
def add_strategy(
    *, actor: Actor, case: Case, text: str, how: str = "", run_by: str = Strategy.RunBy.SERVICE
) -> Strategy:
    """Something to try, and who runs it from today."""
    require(tapering.work(actor, case))
    if not text.strip():
        raise Problem("Say what is tried, in a few words.", "text")
    if Strategy.objects.filter(case=case, text=text.strip()).exists():
        raise Problem("This strategy is on the list already.", "text")
    made = Strategy.objects.create(
        case=case,
        pupil=case.pupil,
        text=text.strip(),
        how=how,
        run_by=run_by,
        run_since=actor.today,
        started_on=actor.today,
        recorded_by_id=actor.staff_id,
    )
    _leave_trace(actor, case, "strategy.added", f"Strategy begun: {made.text}", made)
    return made


@transaction.atomic
def change_strategy(*, actor: Actor, strategy: Strategy, run_by: str, works: str = "") -> Strategy:
    """Who runs it now, and whether it works. Handing it to the school is told on the chronology."""
    strategy = _locked(strategy)
    require(tapering.work(actor, strategy.case))
    _set(actor, strategy, run_by, works)
    return strategy


@transaction.atomic
def mark_for_development(*, actor: Actor, strategy: Strategy, because: str) -> Strategy:
    """It needs more thought: the next review begins with it."""
    strategy = _locked(strategy)
    require(tapering.work(actor, strategy.case))
    if not because.strip():
        raise Problem("Say what needs development, and why.", "because")
    strategy.develop_because = because.strip()
    strategy.develop_on, strategy.develop_by_id = actor.today, actor.staff_id
    strategy.save(update_fields=["develop_because", "develop_on", "develop_by"])
    said = f"Strategy to be developed: {strategy.text}"
    _leave_trace(actor, strategy.case, "strategy.marked", said, strategy)
    return strategy


def review_strategies(
    actor: Actor, case: Case, review: Review, said: dict[int, StrategySaid]
) -> None:
    """Every strategy in use is looked at by a review; what was marked is raised there by itself."""
    in_use = Strategy.objects.select_for_update().filter(case=case)
    for strategy in in_use.exclude(run_by=Strategy.RunBy.STOPPED).order_by("pk"):
        told = said.get(strategy.pk) or StrategySaid(strategy.run_by, strategy.works)
        StrategyReview.objects.create(
            review=review,
            strategy=strategy,
            run_by=told.run_by,
            works=told.works,
            raised_because=strategy.develop_because,
            settled=told.settled,
        )
        if told.settled and strategy.develop_because:
            strategy.develop_because, strategy.develop_on, strategy.develop_by_id = "", None, None
            strategy.save(update_fields=["develop_because", "develop_on", "develop_by"])
        _set(actor, strategy, told.run_by, told.works)


@dataclass(frozen=True)
class StepFacts:
    """One step down, as typed."""

    hours_a_week: Decimal
    starts_on: date
    criteria: str


@transaction.atomic
def plan_taper(*, actor: Actor, case: Case, steps: Sequence[StepFacts]) -> list[TaperStep]:
    """The steps still to come, in place of those planned before. Steps taken stay as they were."""
    case = hold(Case, case.pk, "pupil")
    require(tapering.work(actor, case))
    taken = list(TaperStep.objects.filter(case=case).exclude(taken_on=None).order_by("order"))
    tapering.check_steps(steps, taken)
    TaperStep.objects.filter(case=case, taken_on=None).delete()
    begin = taken[-1].order if taken else 0
    made = TaperStep.objects.bulk_create(
        TaperStep(case=case, order=order, **vars(step))
        for order, step in enumerate(steps, begin + 1)
    )
    said = f"Support steps down to {hours_a_week(steps[-1].hours_a_week)} by {day_in_words(steps[-1].starts_on)}"
    _leave_trace(actor, case, "taper.planned", said)
    return made


@transaction.atomic
def take_step(*, actor: Actor, step: TaperStep, note: str = "") -> TaperStep:
    """What was waited for is so: from today there are fewer hours."""
    step = hold(TaperStep, step.pk)
    case = Case.objects.select_related("pupil").get(pk=step.case_id)
    require(tapering.take(actor, case, step))
    step.taken_on, step.taken_by_id, step.note = actor.today, actor.staff_id, note
    step.save(update_fields=["taken_on", "taken_by", "note"])
    said = f"Support stepped down to {hours_a_week(step.hours_a_week)}: {step.criteria}"
    _leave_trace(actor, case, "taper.step_taken", said[:300])
    return step


@transaction.atomic
def put_off(*, actor: Actor, step: TaperStep, starts_on: date, because: str) -> TaperStep:
    """It is not time yet: the step waits for another day, and says why."""
    step = hold(TaperStep, step.pk)
    case = Case.objects.select_related("pupil").get(pk=step.case_id)
    require(tapering.take(actor, case, step))
    if not because.strip():
        raise Problem("Say why it is not time yet.", "because")
    if starts_on <= actor.today:
        raise Problem("Choose a day that is still to come.", "starts_on")
    later = TaperStep.objects.filter(case=case, order__gt=step.order).order_by("order").first()
    if later and starts_on >= later.starts_on:
        on = day_in_words(later.starts_on)
        raise Problem(f"The step after it is planned for {on}. Plan the taper anew.", "starts_on")
    step.starts_on, step.note = starts_on, because.strip()
    step.save(update_fields=["starts_on", "note"])
    said = f"Step down to {hours_a_week(step.hours_a_week)} put off to {day_in_words(starts_on)}"
    _leave_trace(actor, case, "taper.step_put_off", said)
    return step


def _locked(strategy: Strategy) -> Strategy:
    return hold(Strategy, strategy.pk, "case__pupil")


def _set(actor: Actor, strategy: Strategy, run_by: str, works: str) -> None:
    is_handed_over = run_by != strategy.run_by
    strategy.works = works
    if is_handed_over:
        strategy.run_by, strategy.run_since = run_by, actor.today
    strategy.save(update_fields=["run_by", "run_since", "works"])
    label = Strategy.RunBy(run_by).label
    said = f"{label}: {strategy.text}" if is_handed_over else ""
    _leave_trace(actor, strategy.case, "strategy.changed", said, strategy)


def _leave_trace(
    actor: Actor, case: Case, kind: str, summary: str, strategy: Strategy | None = None
) -> None:
    if summary:
        write_chronology(
            actor=actor,
            pupil=case.pupil,
            kind=EntryKind.PLAN,
            information_class=InformationClass.PUPIL,
            summary=summary,
            url=f"/cases/{case.pk}/support/",
            is_shared=True,
        )
    audit.record(
        actor=actor,
        kind=kind,
        subject=f"case {case.pk}",
        pupil_ids=[case.pupil_id],
        detail={"strategy": strategy.pk} if strategy else None,
    )
