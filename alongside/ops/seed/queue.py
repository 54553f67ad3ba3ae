"""Referrals that neither a case nor a refusal ends: the waiting list, and other services."""

from datetime import time, timedelta

from alongside.core.actor import Actor
from alongside.ops.seed.ground import LONG_AGO, Ground
from alongside.ops.seed.life import Life, Stop
from alongside.ops.seed.when import acting_at
from alongside.referrals.actions import deciding, waiting
from alongside.schools.queries import open_day

WEDNESDAY, THURSDAY = 2, 3
# What is waited for, for how many days, and what the school is told.
WAITS = (
    (
        "WORKER",
        56,
        "Everybody is full until the new term. Keep the exit card and the morning adult.",
    ),
    ("PLACE", 21, "The next group starts when this one ends. We will visit once before it does."),
    ("FAMILY", 28, "Mum asked to wait until after the house move. Ring us when they have settled."),
)


def elsewhere(life: Life) -> None:
    """Put on the waiting list, or pointed to another service, where the route stops there."""
    if life.stop_at == "waiting_list":
        waits_for, days, reason = WAITS[life.number % len(WAITS)]
        with life.at(1, life.screener, 15) as actor:
            waiting.put_on_waiting_list(
                actor=actor,
                referral=life.referral,
                version=life.referral.version,
                waits_for=waits_for,
                expected_on=open_day(actor, life.school.pk, actor.today + timedelta(days=days)),
                reason=reason,
            )
        raise Stop
    if life.stop_at == "signposted":
        with life.at(1, life.screener, 15) as actor:
            deciding.signpost(
                actor=actor,
                referral=life.referral,
                version=life.referral.version,
                reason="What worries everybody is sleep and money at home, not school.",
                signposted_to="Early Help, 01632 960100",
            )
        raise Stop


def set_weeks(ground: Ground) -> None:
    """Each service reads on Thursday what is in by Wednesday noon."""
    managers = {"outreach": "grace", "primary": "lena", "team": "mark"}
    for service, manager in managers.items():
        if service in ground.places:
            with acting_at(ground.staff[manager].pk, LONG_AGO, 9) as actor:
                _set_week(actor, ground, service)


def _set_week(actor: Actor, ground: Ground, service: str) -> None:
    waiting.set_cut_off(
        actor=actor,
        service=ground.places[service],
        weekday=WEDNESDAY,
        at=time(12),
        triage_weekday=THURSDAY,
    )
