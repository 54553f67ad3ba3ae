"""Questions about a review meeting: where each target stands today, and which comes next."""

from datetime import date

from alongside.plans.models import Plan, Target, TargetScore


def said_on(plan: Plan, on: date) -> dict[int, TargetScore]:
    """The newest score of each target on a day that no review has taken over yet."""
    found = TargetScore.objects.filter(target__plan=plan, review=None, scored_on=on)
    found = found.select_related("target", "recorded_by").order_by("pk")
    return {score.target_id: score for score in found}


def versions_of(said: dict[int, TargetScore]) -> int:
    """One number for all of them: it grows with every save."""
    return sum(score.version for score in said.values())


def next_unsaid(targets: list[Target], said: dict[int, TargetScore], after: int) -> Target | None:
    """The next target in order that nobody has scored today; first those further on."""
    open_ones = [target for target in targets if target.pk not in said]
    later = [target for target in open_ones if target.order > after]
    return next(iter(later or open_ones), None)
