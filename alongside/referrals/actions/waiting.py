"""The waiting list: what waits for what, until when; and the weekly cut-off of a service."""

from datetime import date, time

from django.db import transaction

from alongside.cases.actions import add_task
from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.models import Place
from alongside.core.prepared import hold
from alongside.referrals import policy
from alongside.referrals.actions import steps
from alongside.referrals.actions.sending import finish_tasks, locked
from alongside.referrals.models import CutOff, Referral, ReferralState, Wait
from alongside.rules.bounds import too_far
from alongside.rules.words import day_in_words


@transaction.atomic
def put_on_waiting_list(
    *,
    actor: Actor,
    referral: Referral,
    waits_for: str,
    expected_on: date,
    reason: str,
    version: int,
) -> Referral:
    """It meets what is asked for, and cannot begin yet. The school is told what for and how long."""
    referral = locked(referral)
    require(policy.wait(actor, referral))
    referral.require_version(version)
    _check(actor, waits_for, expected_on, reason)
    referral.state = ReferralState.WAITING
    referral.save(update_fields=["state", "version"])
    wait = Wait.objects.create(
        referral=referral,
        waits_for=waits_for,
        note=reason.strip()[:300],
        starts_on=actor.today,
        expected_on=expected_on,
        put_by_id=actor.staff_id,
    )
    _tell(actor, referral, wait, "wait", ReferralState.SCREENING, reason)
    return referral


@transaction.atomic
def change_wait(
    *,
    actor: Actor,
    referral: Referral,
    waits_for: str,
    expected_on: date,
    reason: str,
    version: int,
) -> Referral:
    """Something else is waited for, or it takes longer or less: the school is told again."""
    referral = locked(referral)
    require(policy.change_wait(actor, referral))
    referral.require_version(version)
    _check(actor, waits_for, expected_on, reason)
    wait = Wait.objects.select_for_update().get(referral=referral, ends_on=None)
    if (wait.waits_for, wait.expected_on) == (waits_for, expected_on):
        raise Problem("Nothing is different. Change the day or what is waited for.", "expected_on")
    wait.waits_for, wait.expected_on = waits_for, expected_on
    wait.note = reason.strip()[:300]
    wait.save(update_fields=["waits_for", "expected_on", "note"])
    referral.save(update_fields=["version"])
    finish_tasks(actor, referral)
    _tell(actor, referral, wait, "change_wait", ReferralState.WAITING, reason)
    return referral


@transaction.atomic
def set_cut_off(
    *, actor: Actor, service: Place, weekday: int, at: time, triage_weekday: int
) -> CutOff:
    """From today on, what is received by this moment of the week is read at that day's triage."""
    service = hold(Place, service.pk)
    require(policy.set_cut_off(actor, service))
    now = CutOff.objects.filter(service=service, ends_on=None).first()
    if now and (now.weekday, now.at, now.triage_weekday) == (weekday, at, triage_weekday):
        raise Problem("Nothing is different. Change a day or the time.")
    if now:
        now.ends_on = actor.today
        now.save(update_fields=["ends_on"])
    cut_off = CutOff.objects.create(
        service=service,
        weekday=weekday,
        at=at,
        triage_weekday=triage_weekday,
        starts_on=actor.today,
        set_by_id=actor.staff_id,
    )
    audit.record(
        actor=actor,
        kind="cut_off.set",
        subject=f"place {service.pk}",
        detail={"weekday": weekday, "at": at.isoformat("minutes"), "triage": triage_weekday},
    )
    return cut_off


def _check(actor: Actor, waits_for: str, expected_on: date, reason: str) -> None:
    if waits_for not in Wait.For.values:
        raise Problem("Choose what it waits for.", "waits_for")
    if expected_on <= actor.today:
        raise Problem("Give a day that is still to come.", "expected_on")
    if said := too_far(expected_on, ahead_of=actor.today):
        raise Problem(said, "expected_on")
    if not reason.strip():
        raise Problem("Give the reason: the school reads it.", "reason")


def _tell(
    actor: Actor,
    referral: Referral,
    wait: Wait,
    step: str,
    from_state: ReferralState,
    reason: str,
) -> None:
    """The school hears what for and until when; the screener is reminded on that day."""
    until = day_in_words(wait.expected_on)
    add_task(
        actor=actor,
        owner_id=actor.staff_id,
        text=f"Waiting list, {referral.reference}: decide, or say how much longer",
        why=f"{wait.get_waits_for_display()}, expected by {until}"[:200],
        due_on=wait.expected_on,
        source="as the school was told",
        url=f"/referrals/{referral.pk}/",
        pupil=referral.pupil,
    )
    steps.take(
        actor=actor,
        referral=referral,
        step=step,
        from_state=from_state,
        reason=f"{wait.get_waits_for_display()}. Expected by {until}. {reason.strip()}",
        summary=f"On the waiting list of {referral.service.name}, expected by {until}",
        tell=steps.senders(referral, actor.today),
        news=f"Your referral is on the waiting list, expected by {until}.",
        detail={"waits_for": wait.waits_for},
    )
