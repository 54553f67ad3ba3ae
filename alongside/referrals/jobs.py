"""Jobs of referrals: on the day of a change of school, the work goes along."""

from procrastinate.contrib.django import app

from alongside.core.actor import acting_as
from alongside.people.models import Pupil
from alongside.referrals.actions.moving import follow


@app.task(name="referrals.follow_pupil")
def follow_pupil(staff_id: int, pupil_id: int) -> int:
    """In the name of who recorded the change; done twice, it changes nothing the second time."""
    with acting_as(staff_id) as actor:
        pupil = Pupil.objects.filter(pk=pupil_id).first()
        return follow(actor=actor, pupil=pupil) if pupil else 0
