"""A suspected special educational need, put on the list of the SENDCo of the pupil's school."""

from datetime import timedelta

from django.db import transaction

from alongside.assessments import actions as assessments
from alongside.assessments import queries
from alongside.assessments.models import Need
from alongside.cases.actions import add_task
from alongside.core.actor import Actor
from alongside.people.models import Pupil
from alongside.schools.queries import open_day

ANSWER_WITHIN = timedelta(days=14)


@transaction.atomic
def suspect_need(
    *, actor: Actor, pupil: Pupil, text: str, source: str, area: str = ""
) -> tuple[Need, list[str]]:
    """Record it and ask the SENDCos for an answer; also says who was asked, perhaps nobody."""
    need = assessments.record_need(
        actor=actor,
        pupil=pupil,
        kind=Need.Kind.SUSPECTED_SEND,
        text=text,
        area=area,
        source=source,
    )
    return need, _ask(actor, pupil)


@transaction.atomic
def move_need(*, actor: Actor, entry: Need, to_pupil: Pupil, reason: str) -> list[Need]:
    """Take a need to the child it is about; a suspected one is asked of that child's SENDCo."""
    moved = assessments.move_to_child(actor=actor, entry=entry, to_pupil=to_pupil, reason=reason)
    if moved[0].kind == Need.Kind.SUSPECTED_SEND:
        _ask(actor, to_pupil)
    return moved


def _ask(actor: Actor, pupil: Pupil) -> list[str]:
    """Put it on the list of each SENDCo of the pupil's school; answers who that is."""
    asked = queries.sendcos_of(actor, pupil)
    for sendco in asked:
        add_task(
            actor=actor,
            owner_id=sendco.pk,
            text="Say what the school finds of a suspected special educational need",
            due_on=open_day(actor, None, actor.today + ANSWER_WITHIN),
            why="The outreach service suspects it; two weeks to answer",
            source="our standard",
            url=f"/pupils/{pupil.pk}/assessment/",
            pupil=pupil,
        )
    return [sendco.name for sendco in asked]
