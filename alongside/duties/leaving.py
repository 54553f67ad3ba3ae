"""A pupil leaves the council: the work ends, and what anybody had planned with them is called off."""

from datetime import date

from django.db import transaction

from alongside.cases.models import Case, CaseState
from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.duties.last_work import last_work
from alongside.fieldwork.actions.moving import call_off_all
from alongside.people.models import Pupil
from alongside.plans.actions import leaving
from alongside.plans.actions.leaving import Left
from alongside.referrals.models import Departure


@transaction.atomic
def leave_council(
    *, actor: Actor, pupil: Pupil, left: Left, had_left_before: bool = False
) -> Departure:
    """Plans and fieldwork stand beside each other, so that it is one step is seen to from above.

    A child may be gone before anybody knows: `had_left_before` says so where work is recorded later.
    """
    after = "" if had_left_before else _recorded_after(actor, pupil, left.last_day)
    departure = leaving.leave_council(actor=actor, pupil=pupil, left=left)
    if after:
        raise Problem(
            f"Work is recorded after that day: {after}. Give that day or a later one as the last, "
            "or tick this.",
            "had_left_before",
        )
    call_off_all(actor=actor, pupil=pupil, because="The pupil left the council.")
    return departure


def _recorded_after(actor: Actor, pupil: Pupil, last_day: date) -> str:
    """The newest of it in any case that this ends."""
    cases = Case.objects.filter(pupil=pupil).exclude(state=CaseState.CLOSED)
    newest = max(
        filter(None, (last_work(actor, case) for case in cases)),
        key=lambda one: one.on,
        default=None,
    )
    return newest.words if newest and newest.on > last_day else ""
