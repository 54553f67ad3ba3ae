"""Recording one score, and one made of several rated goals."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from alongside.assessments import policy
from alongside.assessments.actions.common import one_line
from alongside.assessments.actions.results import Given, add_score, in_words, tell
from alongside.assessments.actions.sdq import record_sdq
from alongside.assessments.models import Measure, MeasureResult
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.prepared import hold
from alongside.people.models import Pupil
from alongside.rules.scores import GOAL_LEVELS, goal_attainment

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
def record_result(
    *,
    actor: Actor,
    pupil: Pupil,
    measure: Measure,
    informant: str,
    occasion: str,
    score: Decimal | int,
    taken_on: date,
    note: str = "",
) -> MeasureResult:
    """Add one score. The first of a measure and informant is the baseline others are held against."""
    hold(Pupil, pupil.pk)  # Two baselines at once are one too many.
    require(policy.record(actor, pupil))
    if measure.ended_on:
        said = f"{measure.name} is scored no longer since {measure.ended_on:%-d %B %Y}."
        raise Problem(said, "measure")
    given = Given(informant, occasion, taken_on, note)
    if measure.scoring == Scoring.SDQ:  # Of one paper with the other scales of that day.
        return _of_paper(actor, pupil, measure, score, given)
    result = add_score(actor, pupil, measure, Decimal(score), given)
    tell([result], actor, in_words(result))
    return result


def _of_paper(
    actor: Actor, pupil: Pupil, measure: Measure, score: Decimal | int, given: Given
) -> MeasureResult:
    try:
        made = record_sdq(actor=actor, pupil=pupil, scores={measure.part: score}, given=given)
    except Problem as problem:
        field = "score" if problem.field == measure.part else problem.field
        raise Problem(problem.message, field) from problem
    return next(one for one in made if one.measure_id == measure.pk)


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
