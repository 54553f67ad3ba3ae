"""Gives and ends involvement: the reason why a person or a place may see a pupil.

Each changes one row in the calling action's transaction, so neither needs a savepoint of its own.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from alongside.core.actor import Actor
from alongside.core.models import Place
from alongside.core.prepared import prepared
from alongside.core.queries import grace_days
from alongside.people.models import Capacity, Involvement, Pupil


def involve(
    *,
    actor: Actor,
    pupil: Pupil,
    capacity: Capacity,
    starts_on: date,
    staff_id: int | None = None,
    place: Place | None = None,
    reason: str = "",
) -> Involvement:
    """Bring a pupil into the scope of one person or one place, from a day on.

    A repeat of an involvement in force changes nothing. The calling action writes the audit line.
    """
    whom = {"staff_id": staff_id, "place_id": place.pk if place else None}
    known = {name: value for name, value in whom.items() if value}
    found = _in_force(tuple(known), pupil_id=pupil.pk, capacity=str(capacity), **known)
    return (
        found[0]
        if found
        else Involvement.objects.create(
            pupil=pupil,
            staff_id=staff_id,
            place=place,
            capacity=capacity,
            starts_on=starts_on,
            reason=reason,
        )
    )


@prepared
def _in_force(named: tuple[str, ...], **asked: Any) -> QuerySet[Involvement]:
    """Of one person, or of one place: whichever is not named is nobody."""
    nobody = {name: None for name in ("staff_id", "place_id") if name not in named}
    return Involvement.objects.filter(ends_on=None, **asked, **nobody).order_by("pk")[:1]


def end_involvement(
    *, actor: Actor, involvement: Involvement, ends_on: date, needed_until: date | None = None
) -> Involvement:
    """End it on a day. Access lasts the council's days of grace longer, to finish notes.

    `needed_until` is a later day up to which access is needed all the same.
    """
    involvement.ends_on = max(ends_on, involvement.starts_on)
    last_needed = needed_until or involvement.ends_on
    involvement.access_ends_on = last_needed + timedelta(days=grace_days(actor))
    involvement.save(update_fields=["ends_on", "access_ends_on"])
    return involvement
