"""What happens on a few routes between plans: an incident, and next steps agreed with the school."""

from datetime import timedelta

from alongside.fieldwork.actions import NextStep, agree_next_steps
from alongside.fieldwork.models import Session
from alongside.incidents.actions import record_incident
from alongside.ops.seed.life import Life
from alongside.ops.seed.when import moment
from alongside.schools.queries import open_day

EVERY = 7  # Every so manyeth route: enough to see, and quick to load.


def happen(life: Life) -> None:
    if life.number % EVERY:
        return
    with life.at(0, life.worker, 12) as actor:
        record_incident(
            actor=actor,
            case=life.case,
            kind="LEFT",
            severity=2,
            occurred_at=moment(actor.today, 9, 40),
            ended_at=moment(actor.today, 9, 55),
            place="The hall" if life.is_young else "Maths corridor",
            before="A supply teacher, and a test nobody had spoken of.",
            happened=f"{life.pupil.forename} put the pen down, left, and sat by the window.",
            after="Sat beside for ten minutes, then back in with the card.",
            told=f"{life.in_charge}; {life.carer.relationship.lower()} by phone",
            is_shared=True,
        )
        session = Session.objects.filter(case=life.case).order_by("-starts_at").first()
        if session:
            due = open_day(actor, life.school.pk, actor.today + timedelta(days=14))
            agree_next_steps(
                actor=actor,
                met=session,
                with_id=life.sendco.pk,
                steps=[
                    NextStep("Put the exit card in the supply folder", due, is_mine=False),
                    NextStep("Bring a copy of the visual timetable", due, is_mine=True),
                ],
            )
