"""Gives and ends involvement: the reason why a person or a place may see a pupil."""

from datetime import date, timedelta

from django.db import transaction

from alongside.core.actor import Actor
from alongside.core.models import Council, Place, Staff
from alongside.people.models import Capacity, Involvement, Pupil


@transaction.atomic
def involve(
    *,
    actor: Actor,
    pupil: Pupil,
    capacity: Capacity,
    starts_on: date,
    staff: Staff | None = None,
    place: Place | None = None,
    reason: str = "",
) -> Involvement:
    """Bring a pupil into the scope of one person or one place, from a day on.

    A repeat of an involvement in force changes nothing. The calling action writes the audit line.
    """
    found = Involvement.objects.filter(
        pupil=pupil, staff=staff, place=place, capacity=capacity, ends_on=None
    ).first()
    return found or Involvement.objects.create(
        pupil=pupil,
        staff=staff,
        place=place,
        capacity=capacity,
        starts_on=starts_on,
        reason=reason,
    )


@transaction.atomic
def end_involvement(*, actor: Actor, involvement: Involvement, ends_on: date) -> Involvement:
    """End it on a day; access lasts the council's days of grace longer, to finish notes."""
    grace = Council.objects.get(pk=actor.council_id).access_grace_days
    involvement.ends_on = max(ends_on, involvement.starts_on)
    involvement.access_ends_on = involvement.ends_on + timedelta(days=grace)
    involvement.save(update_fields=["ends_on", "access_ends_on"])
    return involvement
