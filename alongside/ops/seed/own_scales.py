"""A scale of each council's own, made by its managers on screen, and scores given on it. Invented."""

from decimal import Decimal

from alongside.assessments.actions import Band, ScaleFacts, add_scale, record_result
from alongside.assessments.models import Measure
from alongside.core.actor import Actor
from alongside.ops.seed.ground import LONG_AGO, Ground
from alongside.ops.seed.life import Life
from alongside.ops.seed.when import acting_at

NAME = "Ready for class"
MANAGERS = {"outreach": "grace", "team": "mark"}
SCORES = {"BASELINE": 3, "EXIT": 8}
EVERY = 6  # One route of six is scored on it.


def make_scale(ground: Ground) -> None:
    (manager,) = (who for service, who in MANAGERS.items() if service in ground.places)
    with acting_at(ground.staff[manager].pk, LONG_AGO, 10) as actor:
        add_scale(
            actor=actor,
            facts=ScaleFacts(
                name=NAME,
                about="How ready a child is when a lesson begins, as their teacher sees it.",
                low=Decimal(0),
                high=Decimal(10),
                is_lower_better=False,
                unit="points of 10",
                source="Our own schools, tried for a term (invented)",
                bands=(
                    Band(Decimal(0), Decimal(3), "Not ready"),
                    Band(Decimal(4), Decimal(7), "Getting there"),
                    Band(Decimal(8), Decimal(10), "Ready"),
                ),
            ),
        )


def score_on_it(life: Life, actor: Actor, occasion: str) -> None:
    if life.number % EVERY != EVERY - 1:
        return
    record_result(
        actor=actor,
        pupil=life.pupil,
        measure=Measure.objects.get(name=NAME),
        informant="TEACHER",
        occasion=occasion,
        score=SCORES[occasion],
        taken_on=actor.today,
    )
