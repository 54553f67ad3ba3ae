"""Targets scored in the review meeting, each saved as it is said; the review then takes them over."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction

from alongside.core.actor import Actor
from alongside.core.decisions import Conflict, require
from alongside.plans import policy
from alongside.plans.actions.doing import add_score, require_score
from alongside.plans.actions.shared import leave_trace, locked
from alongside.plans.meeting import said_on
from alongside.plans.models import Plan, Review, Target, TargetScore


@transaction.atomic
def score_in_meeting(
    *, actor: Actor, plan: Plan, target: Target, value: Decimal, seen: int, note: str = ""
) -> TargetScore:
    """Where a target stands, said today. `seen` is the version of today's score that one read.

    Said again in the same meeting it is the same score, changed; the history keeps what it was.
    """
    plan = locked(plan)
    require(policy.review(actor, plan))
    before = said_on(plan, actor.today).get(target.pk)
    if seen != (before.version if before else 0):
        raise Conflict(before or target)
    if before is None:
        score = add_score(actor, plan, target, value, actor.today, note)
    else:
        score = change_score(actor, plan, before, value, note)
    leave_trace(actor, plan, "target.scored", detail={"target": target.pk, "in": "meeting"})
    return score


def change_score(
    actor: Actor,
    plan: Plan,
    score: TargetScore,
    value: Decimal,
    note: str,
    *,
    field: str = "value",
    review: Review | None = None,
) -> TargetScore:
    """The score of a day as it is now said. The caller has asked the policy."""
    require_score(actor, plan, score.target, value, score.scored_on, field)
    is_the_same = (score.value, score.note) == (value, note or score.note)
    score.value, score.note, score.review = value, note or score.note, review
    if not is_the_same:
        score.version += 1
        score.recorded_by_id = actor.staff_id
    score.save(update_fields=["value", "note", "review", "version", "recorded_by"])
    return score


def adopt_scores(review: Review, said: Iterable[TargetScore]) -> None:
    """What was scored on the day of the review, and not touched in its form, belongs to it."""
    left = [score.pk for score in said if score.review is None]
    TargetScore.objects.filter(pk__in=left).update(review=review)
