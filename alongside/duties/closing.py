"""Closes a case, never on a day before its own work. Plans and fieldwork both know of that work."""

from datetime import date
from typing import Any

from django.db import transaction

from alongside.cases.models import Case
from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.duties.last_work import recorded_after
from alongside.plans.actions import closing, correcting


@transaction.atomic
def close_case(*, actor: Actor, case: Case, closed_on: date, **told: Any) -> Case:
    """What else is told, and who may, is as `plans.actions.close_case` asks."""
    closed = closing.close_case(actor=actor, case=case, closed_on=closed_on, **told)
    # Asked after, so that who may not, and a day that cannot be at all, are answered first; the
    # case is held by then, and its end and this question see the same work.
    _refuse_before_the_work(actor, case, closed_on)
    return closed


@transaction.atomic
def correct_closing(*, actor: Actor, case: Case, closed_on: date, reason: str) -> Case:
    """A last day saved wrongly is put right, and still lies on no day before the work."""
    corrected = correcting.correct_closing(
        actor=actor, case=case, closed_on=closed_on, reason=reason
    )
    _refuse_before_the_work(actor, case, closed_on)
    return corrected


def _refuse_before_the_work(actor: Actor, case: Case, closed_on: date) -> None:
    if after := recorded_after(actor, case, closed_on):
        raise Problem(f"{after} Give that day or a later one.", "closed_on")
