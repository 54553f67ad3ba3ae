"""When each pupil was last seen or spoken with, and how: from what the actor may read."""

from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from alongside.core.days import day_of
from alongside.duties.calendars import Calendars
from alongside.duties.standards import CONTACT_WITHIN
from alongside.people.models import ChronologyQuerySet, EntryKind

KINDS = [EntryKind.SESSION, EntryKind.DAILY_LOG, EntryKind.CONTACT, EntryKind.VOICE]


def newest_contact(entries: ChronologyQuerySet, pupil: str, column: str) -> Subquery:
    """`occurred_at` or `kind` of the newest contact: one look at the index for each pupil."""
    contacts = entries.filter(pupil=OuterRef(pupil), kind__in=KINDS)
    return Subquery(contacts.order_by("-occurred_at", "-pk").values(column)[:1])


def last_contact(contact_at: datetime | None) -> date | None:
    return day_of(contact_at) if contact_at else None


def contact_by(calendars: Calendars, school_id: int | None, since: date) -> date:
    """The last day on which the next contact is in time, by our standard."""
    return calendars.add(school_id, since, CONTACT_WITHIN)
