"""A referral taken from a professional's call: a doctor, a social worker, a nurse rings the service."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.prepared import hold
from alongside.pathways.models import Framework
from alongside.people.models import Pupil
from alongside.referrals import policy
from alongside.referrals.actions import steps
from alongside.referrals.actions.sending import area_of, previous, take_in
from alongside.referrals.actions.told import Told, check
from alongside.referrals.models import CameBy, Referral
from alongside.referrals.queries import main_school
from alongside.schools.models import School


@dataclass(frozen=True)
class Caller:
    """Who rang: their name, what they are and for whom, and how to ring back."""

    name: str
    role: str
    contact: str = ""


@transaction.atomic
def take_call(
    *,
    actor: Actor,
    pupil: Pupil,
    framework: Framework,
    caller: Caller,
    told: Told,
    submission: UUID,
) -> Referral:
    """Write down what a professional says. It is screened like any other; the school is told."""
    hold(Pupil, pupil.pk)
    if already := Referral.objects.filter(submission=submission, pupil=pupil).first():
        return already
    require(policy.take_call(actor, framework))
    require(policy.is_free(pupil, framework.owner))
    check(told, actor.today, pupil.born_on)
    school = _check_call(actor, pupil, caller, told)
    referral = Referral.objects.create(
        reference=f"new-{submission.hex[:12]}",
        submission=submission,
        pupil=pupil,
        school=school,
        service=framework.owner,
        area=area_of(school, framework.owner),
        framework=framework,
        came_by=CameBy.CALL,
        caller_name=caller.name.strip()[:120],
        caller_role=caller.role.strip()[:120],
        caller_contact=caller.contact.strip()[:120],
        sent_at=timezone.now(),
        sent_by_id=actor.staff_id,
        previous=previous(pupil, framework.owner),
        **told.columns,
    )
    take_in(actor, referral)
    steps.take(
        actor=actor,
        referral=referral,
        step="take_call",
        reason=f"{referral.caller_name}, {referral.caller_role}, rang.",
        summary=f"{referral.caller_role} referred to {referral.service.name} by phone",
        tell=[
            *steps.screeners(referral, actor.today),
            *steps.of_the_school(referral, actor.today),
        ],
        news="A professional referred a pupil by phone.",
    )
    return referral


def _check_call(actor: Actor, pupil: Pupil, caller: Caller, told: Told) -> School:
    """The school they are on roll at, or the first thing that is missing."""
    if not caller.name.strip():
        raise Problem("Say who rang.", "caller_name")
    if not caller.role.strip():
        raise Problem("Say what they are and for whom they work.", "caller_role")
    if not told.main_worry or not (told.last_incident or "").strip():
        raise Problem("Write down what they said.", "last_incident")
    school = main_school(pupil, actor.today)
    if school is None:
        raise Problem("This pupil is on roll at no school here, so no service can take them.")
    return school
