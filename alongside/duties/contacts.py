"""When each pupil was last seen or spoken with, and how; and by when a school is to be contacted."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from alongside.core.days import day_of
from alongside.duties.calendars import Calendars
from alongside.duties.item import DueItem
from alongside.duties.standards import CONTACT_WITHIN, OUR_STANDARD, SCHOOL_CONTACT_WITHIN
from alongside.people.models import ChronologyQuerySet, EntryKind
from alongside.rules.dates import short_weekday

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


def schools_to_contact(calendars: Calendars, rows: list[dict[str, Any]]) -> Iterator[DueItem]:
    """Each school that rings a person first is owed a contact, counted from the last one."""
    for school in rows:
        moments = [m for m in (school["visited_at"], school["spoken_at"]) if m]
        last = day_of(max(moments)) if moments else None
        counted_from = last or _named_since(calendars, school)
        yield DueItem(
            calendars.add(school["school_id"], counted_from, SCHOOL_CONTACT_WITHIN),
            f"Contact {school['school_name']}",
            f"Last contact {short_weekday(last, calendars.today)}"
            if last
            else "No contact recorded yet",
            OUR_STANDARD,
            f"/schools/{school['school_id']}/",
            None,
            "contact",
            school["school_id"],
        )


def _named_since(calendars: Calendars, school: dict[str, Any]) -> date:
    """From when a school never contacted waits: the day somebody was named, or this term's first."""
    named_on: date = school["starts_on"]
    return max(named_on, calendars.term_began(school["school_id"], calendars.today) or named_on)
