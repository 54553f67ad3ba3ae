"""The demonstration's needs assessments: at the start and at the end, and what the plan takes of them."""

import random

from alongside.assessments.actions.assessing import Found, complete_assessment
from alongside.assessments.models import Barrier, Domain, NeedsAssessment
from alongside.assessments.queries import standing_barriers
from alongside.core.actor import Actor
from alongside.ops.seed.life import Life
from alongside.plans.actions import take_barriers
from alongside.plans.models import Plan

# For each main worry: barriers of the council's list, the first of which lasts.
CHOSEN: dict[str, tuple[str, ...]] = {
    "LEAVING": ("leaves-lessons", "unplanned-change", "reading-below-age"),
    "ABSENCE": ("mornings", "worry", "travel"),
    "HURTING": ("calm-to-furious", "hurts-others", "free-time"),
    "LOW_MOOD": ("not-belonging", "low-mood", "sees-nobody-like-them"),
}
CIRCUMSTANCES = ("money", "housing", "new-to-english", "caring-for-family")


def assess_needs(life: Life, actor: Actor, occasion: str) -> NeedsAssessment:
    """Ratings at the start of those parts the barriers lie in; at the end most of it is less."""
    is_last = occasion == "EXIT"
    chance = random.Random(life.number * 2 + is_last)
    keys = CHOSEN[life.story.worry]
    if life.number % 4 == 0:
        keys += (CIRCUMSTANCES[life.number // 4 % len(CIRCUMSTANCES)],)
    listed = sorted(Barrier.objects.filter(key__in=keys), key=lambda one: keys.index(one.key))
    barriers = tuple(listed[:1] if is_last else listed)
    touched = {barrier.domain for barrier in listed}
    story = life.story
    return complete_assessment(
        actor=actor,
        pupil=life.pupil,
        occasion=occasion,
        taken_on=actor.today,
        after=1 if is_last else 0,
        found=Found(
            ratings={d.value: _rating(chance, d in touched, is_last) for d in Domain},
            barriers=barriers,
            notes={barriers[0].domain: story.barrier} if barriers else {},
            strengths=(story.strength,),
            triggers=(story.trigger,),
            helps=story.helps[:2],
            pupil_words=story.words_last if is_last else story.words_first,
            family_words="" if life.number % 5 == 0 else story.family_words,
            family_name=life.carer.name,
            school_words=story.going_well,
            is_shared=True,
        ),
    )


def _rating(chance: random.Random, is_touched: bool, is_last: bool) -> int:
    if is_last:
        return chance.choice((0, 1)) if is_touched else chance.choice((0, 0, 0, 1))
    return chance.choice((2, 3)) if is_touched else chance.choice((0, 0, 1, 1, 2))


def take_into_plan(life: Life, actor: Actor, plan: Plan) -> None:
    """The plan works on the first two, with one strategy the school tries."""
    needs = standing_barriers(life.pupil)[:2]
    tried = [need.barrier.strategies[0] for need in needs if need.barrier]
    take_barriers(actor=actor, plan=plan, needs=needs, strategies=tried[:1])
