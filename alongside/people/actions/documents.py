"""Documents about a pupil: added, shared and taken back, removed with a reason and put back."""

import hashlib
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from alongside.core import audit, files
from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.people import policy
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import NEVER_SHARED, ChronologyEntry, Document, EntryKind, Pupil
from alongside.people.queries.documents import same_file
from alongside.people.queries.shared import main_school_id
from alongside.rules.words import day_in_words

LEAST_REASON = 10


@transaction.atomic
def add_document(
    *,
    actor: Actor,
    pupil: Pupil,
    upload: UploadedFile,
    title: str,
    information_class: InformationClass,
    dated_on: date | None = None,
) -> Document:
    """Keep a file. Nothing is shared by adding it."""
    require(policy.add_document(actor))
    require(policy.write_class(actor, information_class))
    title = " ".join(title.split())
    if not title:
        raise Problem("Say what it is.", "title")
    _check_day(actor, pupil, dated_on)
    _check_new(actor, pupil, upload)
    try:
        stored = files.store(actor=actor, upload=upload, information_class=information_class)
    except Problem as problem:
        raise Problem(problem.message, "upload") from None
    entry = write_chronology(
        actor=actor,
        pupil=pupil,
        kind=EntryKind.DOCUMENT,
        information_class=_class_of_line(information_class),
        summary=f"Document added: {title}",
        url=f"/pupils/{pupil.pk}/documents/",
    )
    document = Document.objects.create(
        created_at=entry.created_at,
        pupil=pupil,
        file=stored,
        title=title,
        dated_on=dated_on,
        information_class=information_class,
        entry=entry,
        recorded_by_id=actor.staff_id,
    )
    _audit(actor, "document.added", document)
    return document


def _check_day(actor: Actor, pupil: Pupil, dated_on: date | None) -> None:
    if dated_on and dated_on > actor.today:
        raise Problem("This day has not come yet.", "dated_on")
    if dated_on and dated_on < pupil.born_on:
        raise Problem(
            "This day is before the child was born. Check the year, or leave it empty.", "dated_on"
        )


def _check_new(actor: Actor, pupil: Pupil, upload: UploadedFile) -> None:
    """The same file twice is said, not kept: of the documents that the actor may read."""
    sha256 = hashlib.sha256(upload.read()).hexdigest()
    upload.seek(0)
    if there := same_file(actor, pupil, sha256):
        added = day_in_words(day_of(there.created_at))
        raise Problem(f"This file is here already: “{there.title}”, added on {added}.", "upload")


@transaction.atomic
def share_document(*, actor: Actor, document: Document) -> Document:
    document = _locked(document)
    require(policy.share_document(actor, document))
    return _set_shared(actor, document, "document.shared", is_shared=True)


@transaction.atomic
def take_back_document(*, actor: Actor, document: Document) -> Document:
    document = _locked(document)
    require(policy.take_back_document(actor, document))
    return _set_shared(actor, document, "document.taken_back", is_shared=False)


@transaction.atomic
def change_document(
    *,
    actor: Actor,
    document: Document,
    version: int,
    title: str,
    information_class: InformationClass,
    dated_on: date | None = None,
) -> Document:
    """Say anew what it is and who may read it. What no school may read is taken back from it."""
    document = _locked(document)
    require(policy.change_document(actor, document))
    require(policy.write_class(actor, information_class))
    document.require_version(version)
    title = " ".join(title.split())
    if not title:
        raise Problem("Say what it is.", "title")
    _check_day(actor, document.pupil, dated_on)
    said = _what_changes(document, title, information_class, dated_on)
    if not said:
        raise Problem("Nothing is changed yet.", "title")
    before = document.information_class
    document.title, document.dated_on = title, dated_on
    document.information_class = document.file.information_class = information_class
    if information_class in NEVER_SHARED:
        document.is_shared = document.file.is_shared = False
        document.shared_with = None
    document.save(
        update_fields=[
            "title",
            "dated_on",
            "information_class",
            "is_shared",
            "shared_with",
            "version",
        ]
    )
    document.file.save(update_fields=["information_class", "is_shared"])
    lines = Q(pk=document.entry_id) | Q(corrects=document.entry_id)
    ChronologyEntry.objects.filter(lines).update(
        information_class=_class_of_line(information_class), is_shared=document.is_shared
    )
    document.entry.refresh_from_db()
    _add_to_line(actor, document, f"Document changed: {'; '.join(said)}")
    _audit(actor, "document.changed", document, before=before)
    return document


def _what_changes(
    document: Document, title: str, information_class: InformationClass, dated_on: date | None
) -> list[str]:
    said = []
    if title != document.title:
        said.append(f"now “{title}”")
    if dated_on != document.dated_on:
        said.append(f"dated {day_in_words(dated_on)}" if dated_on else "without a day")
    if information_class != document.information_class:
        was = InformationClass(document.information_class).label.lower()
        said.append(f"{information_class.label.lower()}, before {was}")
    return said


@transaction.atomic
def remove_document(*, actor: Actor, document: Document, reason: str) -> Document:
    """Hide it from everybody. The file stays, so that it can be put back."""
    document = _locked(document)
    require(policy.remove_document(actor, document))
    if len(reason.strip()) < LEAST_REASON:
        raise Problem("Say in a sentence why it should not be here.", "reason")
    document.removed_at, document.removed_by_id = timezone.now(), actor.staff_id
    document.removed_because = reason.strip()[:300]
    document.save(update_fields=["removed_at", "removed_by", "removed_because"])
    _add_to_line(actor, document, f"Document removed: {document.removed_because}")
    _audit(actor, "document.removed", document)
    return document


@transaction.atomic
def restore_document(*, actor: Actor, document: Document) -> Document:
    document = _locked(document)
    require(policy.restore_document(actor, document))
    document.removed_at, document.removed_by, document.removed_because = None, None, ""
    document.save(update_fields=["removed_at", "removed_by", "removed_because"])
    _add_to_line(actor, document, "Document put back")
    _audit(actor, "document.put_back", document)
    return document


def _class_of_line(information_class: InformationClass) -> InformationClass:
    """A school reads lines of the pupil's core record: of what is not shared it reads none."""
    is_core = information_class == InformationClass.PUPIL
    return InformationClass.CASEWORK if is_core else information_class


def _locked(document: Document) -> Document:
    return hold(Document, document.pk, "file", "entry", "pupil")


def _set_shared(actor: Actor, document: Document, kind: str, *, is_shared: bool) -> Document:
    document.is_shared = document.file.is_shared = is_shared
    now = main_school_id(actor, document.pupil_id) if is_shared else None
    document.shared_with_id = now
    document.save(update_fields=["is_shared", "shared_with"])
    document.file.save(update_fields=["is_shared"])
    lines = Q(pk=document.entry_id) | Q(corrects=document.entry_id)
    ChronologyEntry.objects.filter(lines).update(is_shared=is_shared)
    _audit(actor, kind, document)
    return document


def _add_to_line(actor: Actor, document: Document, words: str) -> None:
    write_chronology(
        actor=actor,
        pupil=document.pupil,
        kind=EntryKind.DOCUMENT,
        information_class=InformationClass(document.entry.information_class),
        summary=words[:300],
        is_shared=document.is_shared,
        corrects=document.entry,
    )


def _audit(actor: Actor, kind: str, document: Document, **more: str) -> None:
    audit.record(
        actor=actor,
        kind=kind,
        subject=f"document {document.pk}",
        pupil_ids=[document.pupil_id],
        detail={"class": document.information_class, **more},
    )
