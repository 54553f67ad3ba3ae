"""Puts pupils on registers: joining, moving from another school, and being on two at once."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.core.handling import InformationClass
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import Enrolment, EnrolmentStatus, EntryKind, Pupil
from alongside.schools.models import School

MAIN = (EnrolmentStatus.CURRENT, EnrolmentStatus.MAIN)


@transaction.atomic
def join_roll(
    *, actor: Actor, pupil: Pupil, school: School, starts_on: date, group: str = ""
) -> Enrolment:
    """On roll of a first school. One child on two registers is `register_twice`."""
    if open_enrolments(pupil).filter(status__in=MAIN).exists():
        raise Problem(f"{pupil.name} is on roll elsewhere: is it a move, or both schools?")
    return _start(actor, pupil, school, EnrolmentStatus.CURRENT, starts_on, group, "On roll at")


@transaction.atomic
def move_school(
    *, actor: Actor, pupil: Pupil, school: School, starts_on: date, group: str = ""
) -> Enrolment:
    """Leave every other register the day before, and be on this one."""
    for enrolment in open_enrolments(pupil).exclude(school__place_id=school.place_id):
        enrolment.ends_on = max(enrolment.starts_on, starts_on - timedelta(days=1))
        enrolment.save(update_fields=["ends_on"])
    return _start(actor, pupil, school, EnrolmentStatus.CURRENT, starts_on, group, "Moved to")


@transaction.atomic
def register_twice(
    *,
    actor: Actor,
    pupil: Pupil,
    school: School,
    is_main: bool,
    starts_on: date,
    group: str = "",
) -> Enrolment:
    """Dual registration: the register that is not the main one is the subsidiary."""
    others = open_enrolments(pupil).exclude(school__place_id=school.place_id)
    if not others.exists():
        raise Problem(f"{pupil.name} is on no other register.")
    for enrolment in others.filter(status__in=MAIN):
        enrolment.status = EnrolmentStatus.SUBSIDIARY if is_main else EnrolmentStatus.MAIN
        enrolment.save(update_fields=["status"])
    status = EnrolmentStatus.MAIN if is_main else EnrolmentStatus.SUBSIDIARY
    words = "Registered at two schools: the main one is" if is_main else "Also registered at"
    return _start(actor, pupil, school, status, starts_on, group, words)


def open_enrolments(pupil: Pupil) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(pupil=pupil, ends_on=None)


def _start(
    actor: Actor,
    pupil: Pupil,
    school: School,
    status: EnrolmentStatus,
    starts_on: date,
    group: str,
    words: str,
) -> Enrolment:
    here = open_enrolments(pupil).filter(school__place_id=school.place_id).first()
    enrolment = here or Enrolment(pupil=pupil, school=school, starts_on=starts_on)
    enrolment.school, enrolment.status = school, status
    enrolment.registration_group = group or enrolment.registration_group
    enrolment.save()
    write_chronology(
        actor=actor,
        kind=EntryKind.MOVE,
        summary=f"{words} {school.name}",
        information_class=InformationClass.PUPIL,
        pupil=pupil,
        url=f"/schools/{school.pk}/",
    )
    audit.record(
        actor=actor,
        kind="pupil.enrolled",
        subject=f"pupil {pupil.pk}",
        pupil_ids=[pupil.pk],
        detail={"school": school.pk, "status": str(status)},
    )
    return enrolment
