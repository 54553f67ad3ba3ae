"""A tutor's talk with their tutee, and what is to follow from it on the tutor's own list."""

from django.db import transaction

from alongside.assessments import actions as assessments
from alongside.assessments.actions import Talk, record_talk
from alongside.assessments.models import TutorTalk
from alongside.cases.actions import add_task
from alongside.cases.models import Task
from alongside.core.actor import Actor
from alongside.people.models import Pupil


@transaction.atomic
def talk_with_tutee(*, actor: Actor, pupil: Pupil, talk: Talk) -> TutorTalk:
    recorded = record_talk(actor=actor, pupil=pupil, talk=talk)
    _ask(actor, recorded)
    return recorded


@transaction.atomic
def strike_out_talk(*, actor: Actor, entry: TutorTalk, reason: str) -> TutorTalk:
    """What is struck out asks nothing of its tutor any more."""
    struck: TutorTalk = assessments.strike_out(actor=actor, entry=entry, reason=reason)
    _let_go(actor, struck)
    return struck


@transaction.atomic
def move_talk(*, actor: Actor, entry: TutorTalk, to_pupil: Pupil, reason: str) -> list[TutorTalk]:
    """Take a talk to the tutee it was with, and what is still to follow along with it."""
    moved = assessments.move_to_child(actor=actor, entry=entry, to_pupil=to_pupil, reason=reason)
    _let_go(actor, entry)
    _ask(actor, moved[0])
    return moved


def _ask(actor: Actor, talk: TutorTalk) -> None:
    if talk.follow_up_by and not talk.done_on:
        add_task(
            actor=actor,
            owner_id=talk.recorded_by_id,
            text="Follow up a tutor talk",
            due_on=talk.follow_up_by,
            why=talk.follow_up,
            source="as you agreed",
            url=_done_url(talk),
            pupil=talk.pupil,
        )


def _let_go(actor: Actor, talk: TutorTalk) -> None:
    waiting = Task.objects.filter(url=_done_url(talk), done_on=None)
    waiting.update(done_on=actor.today, done_by=actor.staff_id)


def _done_url(talk: TutorTalk) -> str:
    return f"/pupils/{talk.pupil_id}/assessment/voice/talks/{talk.pk}/done/"
