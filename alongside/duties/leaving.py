"""A pupil leaves the council: the work ends, and what anybody had planned with them is called off."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from alongside.cases.models import Case, CaseState
from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.duties.last_work import last_work
from alongside.fieldwork.actions.moving import call_off_all
from alongside.people.models import Pupil
from alongside.plans.actions import correcting, leaving
from alongside.plans.actions.leaving import Left
from alongside.referrals.models import Departure


@transaction.atomic
def leave_council(*, actor: Actor, pupil: Pupil, left: Left) -> Departure:
    """Plans and fieldwork stand beside each other, so that it is one step is seen to from above.

    A child may be gone before anybody knows: `left` says so where work is recorded later.
    """
    # Looked up before, while the cases that it ends are open and can be told from older ones.
    running = Case.objects.filter(pupil=pupil).exclude(state=CaseState.CLOSED)
    after = "" if left.had_left_before else _recorded_after(actor, running, left.last_day)
    departure = leaving.leave_council(actor=actor, pupil=pupil, left=left)
    # Asked after, so that who may not, and a day that cannot be at all, are answered first.
    _ask(after)
    call_off_all(actor=actor, pupil=pupil, because="The pupil left the council.")
    return departure


@transaction.atomic
def correct_last_day(
    *,
    actor: Actor,
    departure: Departure,
    last_day: date,
    reason: str,
    had_left_before: bool = False,
) -> Departure:
    """A last day saved wrongly is put right; the day of the work is asked about as in leaving."""
    ended = correcting.ended_with(departure)
    after = "" if had_left_before else _recorded_after(actor, ended, last_day)
    corrected = correcting.correct_last_day(
        actor=actor,
        departure=departure,
        last_day=last_day,
        reason=reason,
        had_left_before=had_left_before,
    )
    _ask(after)  # After, for the same reason as in leaving.
    return corrected


def _recorded_after(actor: Actor, cases: Iterable[Case], last_day: date) -> str:
    """The newest of it in any of these cases."""
    newest = max(
        filter(None, (last_work(actor, case) for case in cases)),
        key=lambda one: one.on,
        default=None,
    )
    return newest.words if newest and newest.on > last_day else ""


def _ask(after: str) -> None:
    if after:
        raise Problem(
            f"Work is recorded after that day: {after}. Give that day or a later one as the last, "
            "or tick that they had left before.",
            "had_left_before",
        )
