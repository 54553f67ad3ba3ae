"""How soon the council says it does things: set by its managers, and read by whatever counts days.

A change ends a standard and begins another, so that what was promised before stays to be read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from alongside.core import audit, own_rules
from alongside.core.actor import Actor
from alongside.core.decisions import Conflict, Decision, Problem, require
from alongside.core.prepared import prepared
from alongside.pathways.models import ServiceStandard

DAYS_A_WEEK = 5
MOST = {ServiceStandard.Unit.SCHOOL_DAYS: 190, ServiceStandard.Unit.WEEKS: 52}
# Which standards something is counted by, in the order of the work, and where that is read.
USED = {
    "referral-read": "Said on the form of a referral",
    "referral-answer": "Said on the form of a referral; on the list of what is due",
    "first-contact": "From referral to support",
    "plan-agreed": "On the list of what is due, until a case has its first plan",
    "referral-to-plan": "Said on the form of a referral; from referral to support",
}
ALONG = "standards"  # What is kept of them for one request.


def may_set(actor: Actor) -> Decision:
    return own_rules.set_here(actor, "A manager of the service sets its standards.")


def in_use() -> list[ServiceStandard]:
    """The standards in force that something is counted by, in the order of the work."""
    found = {one.key: one for one in ServiceStandard.objects.filter(ends_on=None)}
    return [found[key] for key in USED if key in found]


def earlier(standards: list[ServiceStandard]) -> list[ServiceStandard]:
    """What each of these was before, the newest first."""
    keys = [one.key for one in standards]
    past = ServiceStandard.objects.filter(key__in=keys).exclude(ends_on=None)
    return list(past.order_by("-ends_on", "-pk"))


def get_standard(key: str) -> ServiceStandard:
    return ServiceStandard.objects.filter(key__in=USED).one(key=key, ends_on=None)


def days_of(actor: Actor, key: str, otherwise: int) -> int:
    """The school days of a standard; `otherwise` where the council has none. Asked once a request."""
    if ALONG not in actor._shared:
        bring_along(actor, _in_force())
    found: Any = actor._shared[ALONG]
    days: int = found.get(key, otherwise)
    return days


def bring_along(actor: Actor, rows: Iterable[dict[str, Any]]) -> None:
    """Keep for this request what another query fetched of `in_force`."""
    actor._shared[ALONG] = {one["key"]: days_in(one["amount"], one["unit"]) for one in rows}


def in_force() -> QuerySet[ServiceStandard]:
    return ServiceStandard.objects.filter(ends_on=None).order_by("key")


@prepared
def _in_force() -> QuerySet[Any]:
    return in_force().values("key", "amount", "unit")


def days_in(amount: int, unit: str) -> int:
    """A figure in school days."""
    return amount * (DAYS_A_WEEK if unit == ServiceStandard.Unit.WEEKS else 1)


@dataclass(frozen=True)
class StandardFacts:
    """How much, of what, and where that figure comes from."""

    amount: int
    unit: str
    source: str
    is_verified: bool


@transaction.atomic
def set_standard(
    *, actor: Actor, key: str, facts: StandardFacts, seen: int | None = None
) -> ServiceStandard:
    """The council's own figure from today. `seen` is the one that was on the page."""
    require(may_set(actor))
    held = ServiceStandard.objects.select_for_update().filter(key__in=USED, ends_on=None)
    current = held.one(key=key)
    if seen is not None and seen != current.pk:
        raise Conflict(current)
    most = MOST[ServiceStandard.Unit(facts.unit)]
    if not 1 <= facts.amount <= most:
        raise Problem(f"Enter 1 to {most} {ServiceStandard.Unit(facts.unit).label}.", "amount")
    if facts.is_verified and not facts.source.strip():
        raise Problem("Say where the figure comes from, or leave it unchecked.", "source")
    values = {"amount": facts.amount, "unit": facts.unit, "source": facts.source.strip()}
    values["is_verified"] = facts.is_verified
    new = _begin(actor, current, values)
    actor._shared.pop(ALONG, None)
    audit.record(
        actor=actor,
        kind="standard.set",
        subject=f"standard {key}",
        detail={"before": str(current), "after": str(new)},
    )
    own_rules.tell_managers(actor, f"From today: {new}. {actor.name} set it.", f"/standards/{key}/")
    return new


def _begin(
    actor: Actor, current: ServiceStandard, values: dict[str, Any]
) -> ServiceStandard:  # fmt: skip
    """Set twice in a day, the day has one figure."""
    values |= {"is_own": True}
    if current.starts_on == actor.today:
        for name, value in values.items():
            setattr(current, name, value)
        current.save(update_fields=list(values))
        return current
    current.ends_on = actor.today - timedelta(days=1)
    current.save(update_fields=["ends_on"])
    kept = {"key": current.key, "name": current.name, "counted_from": current.counted_from}
    return ServiceStandard.objects.create(starts_on=actor.today, **kept, **values)
