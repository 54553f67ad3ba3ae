"""When each pupil was last seen or spoken with, and how: from what the actor may read."""

from django.db.models import OuterRef, Subquery

from alongside.people.models import ChronologyQuerySet, EntryKind

KINDS = [EntryKind.SESSION, EntryKind.DAILY_LOG, EntryKind.CONTACT, EntryKind.VOICE]


def newest_contact(entries: ChronologyQuerySet, pupil: str, column: str) -> Subquery:
    """`occurred_at` or `kind` of the newest contact: one look at the index for each pupil."""
    contacts = entries.filter(pupil=OuterRef(pupil), kind__in=KINDS)
    return Subquery(contacts.order_by("-occurred_at", "-pk").values(column)[:1])
