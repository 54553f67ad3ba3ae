"""Cover: somebody looks after another's cases for some days, and sees them for those days alone."""

from datetime import date

from django.db import transaction

from alongside.cases import policy
from alongside.cases.models import Allocation, Case, CaseState, Cover
from alongside.cases.room import despite_all
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.models import Staff
from alongside.core.prepared import hold
from alongside.people.actions.chronology import write_chronology
from alongside.people.actions.involvement import end_involvement
from alongside.people.models import Capacity, EntryKind, Involvement
from alongside.rules.bounds import too_far
from alongside.rules.words import day_in_words


@transaction.atomic
def arrange_cover(
    *,
    actor: Actor,
    staff: Staff,
    covered_by: Staff,
    starts_on: date,
    ends_on: date,
    reason: str = "",
    despite: str = "",
) -> Cover:
    """Give the other the cases that this person leads, from a day to a day."""
    require(policy.arrange_cover(actor, staff))
    if staff.pk == covered_by.pk:
        raise Problem("Somebody else must cover.", "covered_by")
    if ends_on < starts_on or ends_on < actor.today:
        raise Problem("The last day must come after the first, and not have gone by.", "ends_on")
    if said := too_far(ends_on, ahead_of=actor.today):
        raise Problem(said, "ends_on")
    # Full already counts; how many cases they cover is for who arranges it to judge.
    said = despite_all(covered_by, starts_on, ends_on, more=1, despite=despite)
    cover = Cover.objects.create(
        staff=staff,
        covered_by=covered_by,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
        despite=said[:500],
        set_by_id=actor.staff_id,
    )
    led = _led_by(staff)
    for case in led:
        _cover_case(actor, cover, case, starts_on)
    notices.notify(
        staff_ids=[covered_by.pk, staff.pk],
        kind="cover.arranged",
        text=f"{covered_by.name} covers {staff.name}’s caseload until {day_in_words(ends_on)}.",
        url="/team/today/",
    )
    audit.record(
        actor=actor,
        kind="cover.arranged",
        subject=f"cover {cover.pk}",
        pupil_ids=[case.pupil_id for case in led],
        detail={"staff": staff.pk, "covered_by": covered_by.pk},
    )
    return cover


@transaction.atomic
def end_cover(*, actor: Actor, cover: Cover, ends_on: date) -> Cover:
    """Somebody is back earlier: the cover, and the access it gave, end on this day."""
    cover = hold(Cover, cover.pk, "staff")
    require(policy.arrange_cover(actor, cover.staff))
    if not cover.starts_on <= ends_on <= cover.ends_on:
        raise Problem("Choose a day within the cover.", "ends_on")
    cover.ends_on = ends_on
    cover.save(update_fields=["ends_on"])
    given = Involvement.objects.filter(
        staff_id=cover.covered_by_id, capacity=Capacity.COVER, reason=_named(cover)
    )
    for involvement in given:
        end_involvement(actor=actor, involvement=involvement, ends_on=ends_on)
    audit.record(actor=actor, kind="cover.ended", subject=f"cover {cover.pk}")
    return cover


def cover_new_case(*, actor: Actor, case: Case, lead: Staff, starts_on: date) -> None:
    """A case given to somebody who is covered comes into the view of who covers them.

    From the lead's first day: a cover that is over by then has nothing to do with it.
    """
    for cover in Cover.objects.filter(staff=lead, ends_on__gte=max(actor.today, starts_on)):
        _cover_case(actor, cover, case, max(cover.starts_on, starts_on))


def end_cover_of_case(*, actor: Actor, allocation: Allocation) -> None:
    """Who covers for a lead covers no case that this lead has given up."""
    case, last_day = allocation.case, allocation.ends_on or actor.today
    covers = Cover.objects.filter(staff=allocation.staff_id, ends_on__gte=last_day)
    for cover in covers.select_related("covered_by").order_by("pk"):
        given = Involvement.objects.filter(
            pupil=case.pupil_id,
            staff_id=cover.covered_by_id,
            capacity=Capacity.COVER,
            reason=_named(cover),
        )
        if not given or _leads_besides(allocation):
            continue
        for involvement in given:
            if involvement.starts_on > last_day:
                involvement.delete()  # It has given no access yet, and never will.
            else:
                end_involvement(actor=actor, involvement=involvement, ends_on=last_day)
        write_chronology(
            actor=actor,
            pupil=case.pupil,
            kind=EntryKind.ALLOCATION,
            information_class=InformationClass.PUPIL,
            summary=f"No longer covered by {cover.covered_by.name}",
            url=f"/cases/{case.pk}/",
            is_shared=True,
        )


def _leads_besides(allocation: Allocation) -> bool:
    """Whether this lead leads another case of the same pupil, which stays covered."""
    others = Allocation.objects.filter(
        staff=allocation.staff_id,
        capacity=Capacity.LEAD,
        ends_on=None,
        case__pupil=allocation.case.pupil_id,
        case__state=CaseState.OPEN,
    )
    return others.exclude(pk=allocation.pk).exists()


def _led_by(staff: Staff) -> list[Case]:
    leads = Allocation.objects.filter(
        staff=staff, capacity=Capacity.LEAD, ends_on=None, case__state=CaseState.OPEN
    )
    return [a.case for a in leads.select_related("case__pupil").order_by("pk")]


def _cover_case(actor: Actor, cover: Cover, case: Case, starts_on: date) -> None:
    involvement = Involvement.objects.create(
        pupil=case.pupil,
        staff_id=cover.covered_by_id,
        capacity=Capacity.COVER,
        starts_on=starts_on,
        reason=_named(cover),
    )
    end_involvement(actor=actor, involvement=involvement, ends_on=cover.ends_on)
    write_chronology(
        actor=actor,
        pupil=case.pupil,
        kind=EntryKind.ALLOCATION,
        information_class=InformationClass.PUPIL,
        summary=f"Covered by {cover.covered_by.name} until {day_in_words(cover.ends_on)}",
        url=f"/cases/{case.pk}/",
        is_shared=True,
    )


def _named(cover: Cover) -> str:
    return f"Cover {cover.pk}"
