"""The demonstration's scores of the child's own and of many parts: belonging, the SDQ, goals."""

import random

from alongside.assessments.actions import (
    Answers,
    Given,
    Goal,
    record_belonging,
    record_goals,
    record_sdq,
)
from alongside.assessments.models import Measure
from alongside.core.actor import Actor
from alongside.ops.seed.life import Life
from alongside.ops.seed.told.belonging import EVERY, OCCASIONS, is_asked
from alongside.rules.ages import age_on
from alongside.rules.voice import Means, asking_at

# What a child chooses at the start, at the review and at the end: faces of 5, numbers of 10.
CHOSEN = {
    Means.FACES: {"BASELINE": (1, 2), "REVIEW": (3, 3), "EXIT": (4, 5)},
    Means.SCALE: {"BASELINE": (2, 3), "REVIEW": (4, 5), "EXIT": (7, 8)},
}


def ask_belonging(life: Life, actor: Actor, occasion: str) -> None:
    if not is_asked(life.number):
        return
    means = asking_at(age_on(life.pupil.born_on, actor.today).years).means
    belonging, participation = CHOSEN[means][occasion]
    said = life.story.belongs[OCCASIONS.index(occasion)]
    record_belonging(
        actor=actor,
        pupil=life.pupil,
        occasion=occasion,
        said_on=actor.today,
        answers=Answers(means, belonging, participation, said),
        is_shared=True,
    )


def score_in_parts(life: Life, actor: Actor, occasion: str) -> None:
    """At the start and at the end: the SDQ by a parent for some, goals for others."""
    is_last = occasion == "EXIT"
    chance = random.Random(life.number)
    if life.number % (EVERY * 2) == 0:
        scores = {part: chance.randrange(2, 9) for part in ("emotional", "conduct", "peer")}
        scores |= {"hyperactivity": chance.randrange(4, 10), "prosocial": chance.randrange(3, 8)}
        if is_last:
            scores = {part: score // 2 for part, score in scores.items()} | {"prosocial": 7}
        given = Given("PARENT", occasion, actor.today)
        record_sdq(actor=actor, pupil=life.pupil, scores=scores, given=given)
    if life.number % (EVERY * 2) == 1:
        record_goals(
            actor=actor,
            pupil=life.pupil,
            measure=Measure.objects.get(key="goal-attainment"),
            goals=[Goal(text, 1 if is_last else -1) for text, *_ in life.story.targets[:2]],
            given=Given("WORKER", occasion, actor.today),
        )
