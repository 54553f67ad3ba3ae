"""Who left the council and is not back."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.cases.models import Case, CaseState
from alongside.core.actor import Actor
from alongside.core.decisions import Decision, refuse
from alongside.people.models import Enrolment, Pupil
from alongside.people.policy import edit_registers
from alongside.referrals.models import Departure


def gone(**of: Any) -> QuerySet[Departure]:
    """The latest departure of who is not back: on no register since, and nothing is open."""
    back = Enrolment.objects.filter(pupil=OuterRef("pupil"))
    running = Case.objects.filter(pupil=OuterRef("pupil")).exclude(state=CaseState.CLOSED)
    found = Departure.objects.filter(
        ~Exists(back.filter(Q(ends_on=None) | Q(ends_on__gt=OuterRef("last_day")))),
        ~Exists(running),
        **of,
    )
    return found.order_by("-pk")[:1]


def gone_on(pupil: Pupil) -> date | None:
    """The last day here of a pupil who left the council and is not back."""
    return next((one.last_day for one in gone(pupil=pupil)), None)


def correct_register(actor: Actor, enrolment: Enrolment) -> Decision:
    """A register that ended with leaving the council is corrected there: all of it on one day."""
    last_day = gone_on(enrolment.pupil)
    if last_day and enrolment.ends_on == last_day:
        return refuse(
            "It ended when the pupil left the council. Correct the last day on the page “Left the "
            "council”: the case and everything else that ended moves with it."
        )
    return edit_registers(actor, enrolment.pupil)
