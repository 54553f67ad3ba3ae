"""A tutor's talk with their tutee, and what is to follow from it on the tutor's own list."""

from django.db import transaction

from alongside.assessments.actions import Talk, record_talk
from alongside.assessments.models import TutorTalk
from alongside.cases.actions import add_task
from alongside.core.actor import Actor
from alongside.people.models import Pupil


@transaction.atomic
def talk_with_tutee(*, actor: Actor, pupil: Pupil, talk: Talk) -> TutorTalk:
    recorded = record_talk(actor=actor, pupil=pupil, talk=talk)
    if recorded.follow_up_by:
        add_task(
            actor=actor,
            owner_id=actor.staff_id,
            text="Follow up a tutor talk",
            due_on=recorded.follow_up_by,
            why=recorded.follow_up,
            source="as you agreed",
            url=f"/pupils/{pupil.pk}/assessment/voice/talks/{recorded.pk}/done/",
            pupil=pupil,
        )
    return recorded
