"""Changes whom to reach at a school, who of the service is its own, and where it lies."""

from datetime import date, timedelta

from django.db import transaction

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.models import Place, PlaceKind, Staff
from alongside.schools import policy
from alongside.schools.models import NamedWorker, School, SchoolContact


@transaction.atomic
def save_contact(
    *,
    actor: Actor,
    school: School,
    role: str,
    name: str,
    phone: str = "",
    email: str = "",
    contact: SchoolContact | None = None,
) -> SchoolContact:
    require(policy.edit_contacts(actor, school))
    contact = contact or SchoolContact(school=school)
    contact.role, contact.name = role.strip(), name.strip()
    contact.phone, contact.email = phone.strip(), email.strip()
    contact.save()
    _record(actor, school, "school_contact.saved", role=contact.role)
    return contact


@transaction.atomic
def end_contact(*, actor: Actor, contact: SchoolContact) -> None:
    """Somebody is no longer there to reach. The line is kept, not shown."""
    require(policy.edit_contacts(actor, contact.school))
    contact.is_current = False
    contact.save(update_fields=["is_current"])
    _record(actor, contact.school, "school_contact.ended", role=contact.role)


@transaction.atomic
def name_worker(
    *, actor: Actor, school: School, staff: Staff, starts_on: date, ends_on: date | None = None
) -> NamedWorker:
    """Say whom the school rings first from a day on. The one before ends the day before."""
    require(policy.name_worker(actor))
    if ends_on and ends_on < starts_on:
        raise Problem("It cannot end before it starts.", "ends_on")
    for before in NamedWorker.objects.select_for_update().filter(school=school, ends_on=None):
        if before.starts_on > starts_on:
            raise Problem(f"Somebody is named from {before.starts_on:%-d %B %Y} on.", "starts_on")
        before.ends_on = max(before.starts_on, starts_on - timedelta(days=1))
        before.save(update_fields=["ends_on"])
    worker = NamedWorker.objects.create(
        school=school, staff=staff, starts_on=starts_on, ends_on=ends_on
    )
    _record(actor, school, "school.worker_named", staff=staff.pk, starts_on=str(starts_on))
    return worker


@transaction.atomic
def end_worker(*, actor: Actor, worker: NamedWorker, ends_on: date) -> None:
    require(policy.name_worker(actor))
    worker.ends_on = max(worker.starts_on, ends_on)
    worker.save(update_fields=["ends_on"])
    _record(actor, worker.school, "school.worker_ended", staff=worker.staff_id)


@transaction.atomic
def set_neighbourhood(*, actor: Actor, school: School, neighbourhood: Place | None) -> None:
    """Put a school in a neighbourhood (or area), or back directly under the council."""
    require(policy.name_worker(actor))
    if neighbourhood and neighbourhood.kind != PlaceKind.NEIGHBOURHOOD:
        raise Problem("Choose a neighbourhood.", "neighbourhood")
    parent = neighbourhood or Place.objects.get(kind=PlaceKind.COUNCIL)
    Place.objects.filter(pk=school.place_id).update(parent=parent)
    _record(actor, school, "school.neighbourhood_set", place=parent.pk)


def _record(actor: Actor, school: School, kind: str, **detail: object) -> None:
    audit.record(actor=actor, kind=kind, subject=f"school {school.pk}", detail=detail)
