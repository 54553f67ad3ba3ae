"""The demonstration's learning gaps, needs in national categories, own goals and decisions."""

from alongside.assessments.actions import (
    Explained,
    end_need,
    hear_of_goal,
    record_decision,
    record_gaps,
    record_send_needs,
    set_goal,
)
from alongside.assessments.models import Need, PersonalGoal
from alongside.core.actor import Actor
from alongside.ops.seed.life import Life
from alongside.rules.ages import YEAR_GROUPS
from alongside.rules.curriculum import OBJECTIVES

EVERY = 4  # One route of four shows these; the others show the pages empty.
GOALS = ("Have somebody to sit with", "Speak up in drama", "Ride the bus by myself")
MAIN_NEED = {"LEAVING": "SEMH", "ABSENCE": "SEMH", "HURTING": "SEMH", "LOW_MOOD": "SLCN"}


def learn(life: Life, actor: Actor) -> None:
    """At the start: two gaps of the year before, the main need, and a goal of their own."""
    if life.number % EVERY:
        return
    year = life.pupil.year_group
    before = YEAR_GROUPS[max(YEAR_GROUPS.index(year) - 1, 0)] if year in YEAR_GROUPS else ""
    taught = [o.key for o in OBJECTIVES if o.year == before and o.subject == "Mathematics"]
    record_gaps(
        actor=actor,
        pupil=life.pupil,
        objectives=taught[:2],
        own_words="" if taught else "Fractions of quantities, and reading long texts",
        subject="" if taught else "Mathematics",
        year_group="" if taught else before,
        source="Class test, and work in two lessons",
        found_on=actor.today,
    )
    if life.pupil.sen_provision in ("K", "E"):
        record_send_needs(
            actor=actor,
            pupil=life.pupil,
            primary=MAIN_NEED[life.story.worry],
            note="As the school’s plan says",
        )
    text = GOALS[life.number // EVERY % len(GOALS)]
    set_goal(actor=actor, pupil=life.pupil, text=text, set_on=actor.today)


def learn_more(life: Life, actor: Actor) -> None:
    """At the end: one gap closed, words on the goal, and a decision about what is next."""
    if life.number % EVERY:
        return
    gap = Need.objects.filter(
        pupil=life.pupil, kind=Need.Kind.LEARNING_GAP, ended_on=None
    ).earliest("pk")  # fmt: skip
    end_need(actor=actor, need=gap, ended_on=actor.today, note="4 of 5 in the test")
    goal = PersonalGoal.objects.filter(pupil=life.pupil).earliest("pk")
    hear_of_goal(
        actor=actor, goal=goal, said_on=actor.today, words="Most days now.", face=4, is_shared=True,
    )  # fmt: skip
    record_decision(
        actor=actor,
        pupil=life.pupil,
        explained=Explained(
            about="How support ends",
            explained_on=actor.today,
            options="End now with a check after six weeks, or three more weeks with fewer sessions.",
            questions="Can we ring you later? Yes, the number stays the same.",
            parent_name=life.carer.name,
            parent_words="We are ready. We will ring if we need to.",
            pupil_words="I want to try by myself.",
        ),
    )
