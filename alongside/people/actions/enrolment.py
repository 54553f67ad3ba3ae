"""Puts pupils on registers and takes them off: joining, moving, two at once, leaving, a wrong date.

Every function answers the line of chronology it wrote. Asks no policy: `registers` does, for screens.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.core.handling import InformationClass
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import (
    MAIN,
    ChronologyEntry,
    Enrolment,
    EnrolmentStatus,
    EntryKind,
    Pupil,
)
from alongside.rules.words import day_in_words, listed
from alongside.schools.models import School

DAY = timedelta(days=1)


@transaction.atomic
def join_roll(
    *, actor: Actor, pupil: Pupil, school: School, starts_on: date, group: str = ""
) -> ChronologyEntry:
    """On roll of a first school. One child on two registers is `register_twice`."""
    if standing(pupil, starts_on).filter(status__in=MAIN).exists():
        raise Problem(f"{pupil.name} is on roll elsewhere: is it a move, or both schools?")
    _put(pupil, school, EnrolmentStatus.CURRENT, starts_on, group=group)
    return _tell(actor, pupil, school, f"On roll at {school.name}", starts_on)


@transaction.atomic
def move_school(
    *, actor: Actor, pupil: Pupil, school: School, starts_on: date, group: str = ""
) -> ChronologyEntry:
    """Leave every other register the day before, and be on this one."""
    for enrolment in standing(pupil, starts_on).exclude(school__place_id=school.place_id):
        _end_before(enrolment, starts_on)
    _put(pupil, school, EnrolmentStatus.CURRENT, starts_on, group=group)
    return _tell(actor, pupil, school, f"Moved to {school.name}", starts_on)


@transaction.atomic
def register_twice(
    *,
    actor: Actor,
    pupil: Pupil,
    school: School,
    is_main: bool,
    starts_on: date,
    ends_on: date | None = None,
    group: str = "",
) -> ChronologyEntry:
    """Dual registration: the register that is not the main one is the subsidiary."""
    rivals = standing(pupil, starts_on).exclude(school__place_id=school.place_id)
    others = [each for each in rivals if ends_on is None or each.starts_on <= ends_on]
    if not others:
        raise Problem(f"{pupil.name} is on no other register.")
    for enrolment in others:
        if enrolment.status in MAIN:
            other = EnrolmentStatus.SUBSIDIARY if is_main else EnrolmentStatus.MAIN
            _turn(enrolment, other, starts_on, ends_on)
    status = EnrolmentStatus.MAIN if is_main else EnrolmentStatus.SUBSIDIARY
    _put(pupil, school, status, starts_on, ends_on, group)
    words = "Registered at two schools: the main one is" if is_main else "Also registered at"
    return _tell(actor, pupil, school, f"{words} {school.name}", starts_on)


@transaction.atomic
def leave_roll(*, actor: Actor, enrolment: Enrolment, ends_on: date) -> ChronologyEntry:
    """Off this register after a day. Who was on two is then on one, and that one is the main."""
    pupil = enrolment.pupil
    enrolment.ends_on = ends_on
    enrolment.save(update_fields=["ends_on"])
    left = list(standing(pupil, ends_on + DAY).filter(starts_on__lte=ends_on))
    if len(left) == 1 and left[0].status in (EnrolmentStatus.MAIN, EnrolmentStatus.SUBSIDIARY):
        _turn(left[0], EnrolmentStatus.CURRENT, ends_on + DAY)
    words = f"Off roll at {enrolment.school.name}"
    return _tell(actor, pupil, enrolment.school, words, ends_on, last_day=True)


@transaction.atomic
def leave_every_roll(*, actor: Actor, pupil: Pupil, ends_on: date) -> ChronologyEntry:
    """Off every register the pupil is on today, after a day. One that begins later never was.

    A school where the pupil turned from one status to another has several rows: all of them end.
    """
    now = list(standing(pupil, actor.today))
    places = {each.school.place_id for each in now}
    later = standing(pupil, ends_on + DAY).filter(school__place_id__in=places)
    for enrolment in later:
        _end_before(enrolment, ends_on + DAY)
    schools = {each.school.place_id: each.school for each in now}
    names = listed([school.name for school in schools.values()])
    return _tell(actor, pupil, now[0].school, f"Off roll at {names}", ends_on, last_day=True)


@transaction.atomic
def correct_last_day(
    *, actor: Actor, pupil: Pupil, was: date, ends_on: date, reason: str
) -> ChronologyEntry:
    """Of every register that ended on a day which was saved wrongly."""
    ended = list(Enrolment.objects.filter(pupil=pupil, ends_on=was).select_related("school"))
    for enrolment in ended:
        if ends_on > was:
            enrolment.ends_on = ends_on
            enrolment.save(update_fields=["ends_on"])
    places = {each.school.place_id for each in ended}
    for enrolment in standing(pupil, ends_on + DAY).filter(school__place_id__in=places):
        _end_before(enrolment, ends_on + DAY)
    names = listed(list({each.school.place_id: each.school.name for each in ended}.values()))
    words = f"Register corrected: off roll at {names} after {day_in_words(ends_on)}, not {day_in_words(was)}"
    return _tell(actor, pupil, ended[0].school, words, detail=reason)


@transaction.atomic
def correct_enrolment(
    *,
    actor: Actor,
    enrolment: Enrolment,
    starts_on: date,
    ends_on: date | None,
    group: str,
    reason: str = "",
) -> ChronologyEntry:
    """Put right what was recorded wrongly of one register. A change of school is `move_school`."""
    enrolment.starts_on, enrolment.ends_on = starts_on, ends_on
    enrolment.registration_group = group
    enrolment.save(update_fields=["starts_on", "ends_on", "registration_group"])
    until = f" to {day_in_words(ends_on)}" if ends_on else ""
    words = f"Register corrected: {enrolment.school.name} from {day_in_words(starts_on)}{until}"
    return _tell(actor, enrolment.pupil, enrolment.school, words, detail=reason)


def standing(pupil: Pupil, on: date) -> QuerySet[Enrolment]:
    """Registers the pupil is on that day or will be later."""
    found = Enrolment.objects.filter(pupil=pupil).filter(Q(ends_on=None) | Q(ends_on__gte=on))
    return found.select_related("school").order_by("starts_on", "pk")


def first_day_at(enrolment: Enrolment) -> date:
    """Since when without a break on this school's register: another status there is no new start."""
    first = enrolment.starts_on
    earlier = Enrolment.objects.filter(
        pupil=enrolment.pupil_id, school__place_id=enrolment.school.place_id, starts_on__lt=first
    )
    for starts_on, ends_on in earlier.order_by("-starts_on").values_list("starts_on", "ends_on"):
        if ends_on != first - DAY:
            break
        first = starts_on
    return first


def last_days(pupil: Pupil, before: Iterable[Enrolment]) -> dict[int, date]:
    """Places whose registers had no last day before and have one now, each with that day."""
    now: dict[int, list[date | None]] = {}
    for place_id, ends_on in Enrolment.objects.filter(pupil=pupil).values_list(
        "school__place_id", "ends_on"
    ):
        now.setdefault(place_id, []).append(ends_on)
    left: dict[int, date] = {}
    for place_id in {each.school.place_id for each in before if each.ends_on is None}:
        days = [day for day in now.get(place_id, []) if day]
        if days and None not in now[place_id]:
            left[place_id] = max(days)
    return left


def _end_before(enrolment: Enrolment, day: date) -> None:
    """Its last day is the day before. One that would not have begun by then never was."""
    if enrolment.starts_on >= day:
        enrolment.delete()  # Kept in the history of the table.
        return
    enrolment.ends_on = day - DAY
    enrolment.save(update_fields=["ends_on"])


def _turn(
    enrolment: Enrolment, status: EnrolmentStatus, day: date, until: date | None = None
) -> None:
    """Main or subsidiary from a day on, and until a day when told; before and after as it was."""
    was, ends_on = enrolment.status, enrolment.ends_on
    if enrolment.starts_on < day:
        enrolment.ends_on = day - DAY
        enrolment.save(update_fields=["ends_on"])
        enrolment = _copy(enrolment, status, day, ends_on)
    else:
        enrolment.status = status
        enrolment.save(update_fields=["status", "ends_on"])
    if until and (ends_on is None or until < ends_on):
        enrolment.ends_on = until
        enrolment.save(update_fields=["ends_on"])
        _copy(enrolment, EnrolmentStatus(was), until + DAY, ends_on)


def _copy(
    enrolment: Enrolment, status: EnrolmentStatus, starts_on: date, ends_on: date | None
) -> Enrolment:
    return Enrolment.objects.create(
        pupil_id=enrolment.pupil_id,
        school_id=enrolment.school_id,
        registration_group=enrolment.registration_group,
        status=status,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _put(
    pupil: Pupil,
    school: School,
    status: EnrolmentStatus,
    starts_on: date,
    ends_on: date | None = None,
    group: str = "",
) -> None:
    """On this register from a day on; who is on it already stays on it, in this status."""
    here = standing(pupil, starts_on).filter(school__place_id=school.place_id).first()
    if here is None:
        Enrolment.objects.create(
            pupil=pupil,
            school=school,
            status=status,
            registration_group=group,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        return
    if here.status != status:
        here.ends_on = ends_on
        _turn(here, status, starts_on)
    if group:
        standing(pupil, starts_on).filter(school__place_id=school.place_id).update(
            registration_group=group
        )


def _tell(
    actor: Actor,
    pupil: Pupil,
    school: School,
    words: str,
    on: date | None = None,
    *,
    last_day: bool = False,
    detail: str = "",
) -> ChronologyEntry:
    """The line stands on its own day; of a day to come it is told now, with the day."""
    is_past = on is not None and on < actor.today
    if on is not None and on > actor.today:
        words = f"{words}, {'last day' if last_day else 'from'} {day_in_words(on)}"
    entry = write_chronology(
        actor=actor,
        kind=EntryKind.MOVE,
        summary=words,
        detail=detail,
        information_class=InformationClass.PUPIL,
        pupil=pupil,
        url=f"/schools/{school.pk}/",
        occurred_at=timezone.make_aware(datetime.combine(on, time(12))) if is_past else None,  # type: ignore[arg-type]
    )
    audit.record(
        actor=actor,
        kind="pupil.enrolled",
        subject=f"pupil {pupil.pk}",
        pupil_ids=[pupil.pk],
        detail={"school": school.pk},
    )
    return entry
