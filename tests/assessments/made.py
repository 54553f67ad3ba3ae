"""What a council's list of barriers and levels holds in these tests, and an assessment by it."""

from alongside.assessments import actions
from alongside.assessments.actions import Found
from alongside.assessments.models import Barrier, Domain, NeedsAssessment, SupportLevel


def lists() -> dict[str, Barrier]:
    """Four barriers and three levels, in the council of who acts."""
    levels = (("low", 0, 8, "0"), ("some", 9, 17, "1.5"), ("much", 18, 33, "3"))
    for key, low, high, hours in levels:
        SupportLevel.objects.create(
            key=key, name=f"Level {key}", low=low, high=high, hours_a_week=hours
        )
    rows = (
        ("worry", Domain.FEELINGS, "Worry that stops them starting", ["Say what will happen"]),
        ("noise", Domain.HEALTH, "Noise is too much", ["Leave two minutes early"]),
        ("money", Domain.CIRCUMSTANCES, "Money is short", ["Ask quietly, once"]),
        ("language", Domain.CULTURE, "New to English", ["A buddy who shares their language"]),
    )
    return {
        key: Barrier.objects.create(key=key, domain=domain, name=name, strategies=strategies)
        for key, domain, name, strategies in rows
    }


def ratings(rating: int = 1, **changed: int) -> dict[str, int]:
    return {domain.value: rating for domain in Domain} | changed


def assess(actor, pupil, *barriers, occasion="BASELINE", after=0, on=None, **found):
    told = {"ratings": ratings()} | found
    return actions.complete_assessment(
        actor=actor,
        pupil=pupil,
        occasion=occasion,
        taken_on=on or actor.today,
        found=Found(barriers=barriers, **told),
        after=after,
    )


def newest() -> NeedsAssessment:
    return NeedsAssessment.objects.order_by("-number").first()
