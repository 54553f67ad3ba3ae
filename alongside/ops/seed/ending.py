"""How the work of a case ends: measured again, closed, and asked about for half a year."""

from alongside.assessments.actions.sittings import record_result
from alongside.assessments.actions.voice import record_voice
from alongside.cases import closing
from alongside.duties.closing import close_case
from alongside.ops.seed.learning import learn_more
from alongside.ops.seed.life import Life
from alongside.ops.seed.needs import assess_needs
from alongside.ops.seed.own_scales import score_on_it
from alongside.ops.seed.told import daily
from alongside.ops.seed.voices import ask_belonging, score_in_parts
from alongside.pathways.actions import move


def close(life: Life) -> None:
    with life.at(3, life.worker, 11) as actor:
        assess_needs(life, actor, "EXIT")
        ask_belonging(life, actor, "EXIT")
        score_in_parts(life, actor, "EXIT")
        score_on_it(life, actor, "EXIT")
        learn_more(life, actor)
        record_result(
            actor=actor,
            pupil=life.pupil,
            measure=life.measure,
            informant="TEACHER",
            occasion="EXIT",
            score=life.chance.randrange(9, 19),
            taken_on=actor.today,
        )
        record_voice(
            actor=actor,
            pupil=life.pupil,
            method="TALK",
            said_on=actor.today,
            face=4,
            question="What is different now?",
            words=life.story.words_last,
            is_shared=True,
        )
    with life.at(2, life.worker, 15) as actor:
        closed = close_case(
            actor=actor,
            case=life.case,
            closed_on=actor.today,
            outcome=life.chance.choices(("SUSTAINED", "MOVED"), (9, 1))[0],
            risk_at_end=life.chance.choice(("LOW", "LOW", "MEDIUM")),
            closing_summary=daily.AT_THE_END[life.story.worry] + daily.AND_THEN,
            closing_notes="The family would like to be rung before the summer."
            if life.number % 3 == 0
            else "",
        )
        if closed.outcome == "SUSTAINED":  # Who moved keeps the school's plan for longer.
            move(
                actor=actor,
                pupil=life.pupil,
                stage=life.stages[0],
                reason="The targets have held. What every pupil can expect is enough now.",
                starts_on=actor.today,
                judged_on=life.case.opened_on,
            )
        life.checks = list(life.case.sustained_checks.order_by("weeks"))


def ask_again(life: Life) -> None:
    """The checks at 6, 12 and 24 weeks, where their day has come."""
    for check in life.checks:
        with life.at((check.due_on - life.day).days, life.worker, 9) as actor:
            is_shaky = life.chance.random() < 0.2
            closing.answer_check(
                actor=actor,
                check=check,
                answer="SHAKY" if is_shaky else "HELD",
                note="One hard week after the holiday" if is_shaky else "",
                done_on=actor.today,
            )
