"""A pupil leaves the council: the work ends, and what anybody had planned with them is called off."""

from django.db import transaction

from alongside.core.actor import Actor
from alongside.fieldwork.actions.moving import call_off_all
from alongside.people.models import Pupil
from alongside.plans.actions import leaving
from alongside.plans.actions.leaving import Left
from alongside.referrals.models import Departure


@transaction.atomic
def leave_council(*, actor: Actor, pupil: Pupil, left: Left) -> Departure:
    """Plans and fieldwork stand beside each other, so that it is one step is seen to from above."""
    departure = leaving.leave_council(actor=actor, pupil=pupil, left=left)
    call_off_all(actor=actor, pupil=pupil, because="The pupil left the council.")
    return departure
