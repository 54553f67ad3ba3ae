"""Documents about a pupil as one actor may read them, and of which there is only to be known."""

from django.db import connection

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.handling import InformationClass
from alongside.people import policy
from alongside.people.models import ChronologyEntry, Document, DocumentQuerySet, EntryKind, Pupil

MOST = 200


def documents_of(actor: Actor, pupil: Pupil) -> list[Document]:
    """Newest first; those removed among them, for who may put one back."""
    found = _readable(actor, pupil)
    if not policy.add_document(actor):
        found = found.filter(removed_at=None)
    return list(found.order_by("-pk")[:MOST])


def get_document(actor: Actor, pupil: Pupil, document_id: int) -> Document:
    """One that the actor may read, or `NotFound`; a removed one only for who may put it back."""
    found = _readable(actor, pupil)
    if not policy.add_document(actor):
        found = found.filter(removed_at=None)
    return found.one(pk=document_id)


def take_away(actor: Actor, pupil: Pupil, document_id: int) -> Document:
    """One to hand out as a file, written down. What was removed is handed to nobody."""
    document = _readable(actor, pupil).filter(removed_at=None).one(pk=document_id)
    audit.record(
        actor=actor,
        kind="document.downloaded",
        subject=f"document {document.pk}",
        pupil_ids=[pupil.pk],
        detail={"class": document.information_class},
    )
    return document


def same_file(actor: Actor, pupil: Pupil, sha256: str) -> Document | None:
    """The newest document of the very same bytes."""
    found = _readable(actor, pupil).filter(removed_at=None, file__sha256=sha256)
    return found.order_by("-pk").first()


def document_presence(actor: Actor, pupil: Pupil) -> list[InformationClass]:
    """Classes of which there is a document to know of and not to read: no title, no day."""
    if not actor.sees_flag:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.document_presence(%s)", [pupil.pk])
        return [InformationClass(code) for (code,) in cursor.fetchall()]


def reports_made(actor: Actor, pupil: Pupil) -> list[ChronologyEntry]:
    """Reports and sheets made from the record: their lines, newest first. None is kept as a file."""
    lines = ChronologyEntry.objects.readable_by(actor).filter(pupil=pupil, corrects=None)
    made = lines.filter(kind=EntryKind.DOCUMENT).exclude(url__startswith=f"/pupils/{pupil.pk}/")
    return list(made.select_related("recorded_by").order_by("-occurred_at", "-pk")[:MOST])


def _readable(actor: Actor, pupil: Pupil) -> DocumentQuerySet:
    related = ("file", "recorded_by", "removed_by", "entry", "shared_with")
    return Document.objects.readable_by(actor).filter(pupil=pupil).select_related(*related)
