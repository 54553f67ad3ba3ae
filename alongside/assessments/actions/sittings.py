"""Scores made of several answers: the five scales of the SDQ with their total, and rated goals."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from uuid import uuid4

from django.db import transaction

from alongside.assessments import policy
from alongside.assessments.actions.common import one_line
from alongside.assessments.actions.results import Given, add_score, in_words, tell
from alongside.assessments.models import Measure, MeasureResult
from alongside.assessments.wording import band_of, plain
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.prepared import hold
from alongside.people.models import Pupil
from alongside.rules.scores import GOAL_LEVELS, SDQ_SCALES, goal_attainment, sdq_total

Scoring = Measure.Scoring
MOST_GOALS = 5
WEIGHTS = (1, 2, 3)


@dataclass(frozen=True)
class Goal:
    """One goal of the child's, how much it weighs, and how far it was reached."""

    text: str
    level: int
    weight: int = 1


@transaction.atomic
def record_sdq(
    *, actor: Actor, pupil: Pupil, scores: Mapping[str, int], given: Given
) -> list[MeasureResult]:
    """The scales as scored on paper, and their total when all four difficulties are there."""
    hold(Pupil, pupil.pk)
    require(policy.record(actor, pupil))
    if not scores:
        raise Problem("Type at least one scale.", SDQ_SCALES[0])
    measures = {m.part: m for m in Measure.objects.filter(scoring=Scoring.SDQ)}
    whole = dict(scores)
    if (total := sdq_total(scores)) is not None:
        whole = {"total": total} | whole
    if missing := [part for part in whole if part not in measures]:
        raise Problem(f"The council's measures do not hold the SDQ scale {missing[0]}.")
    sitting = uuid4()
    results = [
        add_score(
            actor, pupil, measures[part], Decimal(score), given, field=part, sitting=sitting
        )
        for part, score in whole.items()
    ]  # fmt: skip
    tell(results, actor, in_words(results[0]), "; ".join(_briefly(r) for r in results[1:]))
    return results


def _briefly(result: MeasureResult) -> str:
    band = band_of(result.measure, result.informant, result.score).lower()
    said = f"{result.measure.part} {plain(result.score)}"
    return f"{said}, {band}" if band else said


@transaction.atomic
def record_goals(
    *, actor: Actor, pupil: Pupil, measure: Measure, goals: Sequence[Goal], given: Given
) -> MeasureResult:
    """Goal attainment: the T score is reckoned from how far each goal was reached."""
    hold(Pupil, pupil.pk)
    require(policy.record(actor, pupil))
    goals = [Goal(one_line(goal.text)[:200], goal.level, goal.weight) for goal in goals]
    if not goals or len(goals) > MOST_GOALS:
        raise Problem(f"Rate one to {MOST_GOALS} goals.", "text_1")
    if any(g.level not in GOAL_LEVELS or g.weight not in WEIGHTS or not g.text for g in goals):
        raise Problem("Each goal has its words, a level from -2 to 2 and a weight of 1, 2 or 3.")
    reached = goal_attainment([(goal.level, goal.weight) for goal in goals])
    score = Decimal(str(reached))
    rated = [asdict(goal) for goal in goals]
    result = add_score(actor, pupil, measure, score, given, goals=rated)
    tell([result], actor, in_words(result), "; ".join(goal_in_words(g) for g in rated))
    return result


def goal_in_words(goal: Mapping[str, object]) -> str:
    """The goal, how far it was reached, and its weight where goals weigh differently."""
    level = int(str(goal["level"]))
    weight = f", weight {goal['weight']}" if goal["weight"] != 1 else ""
    return f"{goal['text']}: {GOAL_LEVELS[level]} ({level:+d}{weight})"
