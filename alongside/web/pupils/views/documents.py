"""The Documents tab, one document, adding one, sharing, removing with a reason and putting back."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header

from alongside.core import files
from alongside.core.days import day_of
from alongside.core.decisions import Conflict
from alongside.core.handling import InformationClass
from alongside.core.history import last_saved
from alongside.core.permissions import Permission
from alongside.people import policy, queries
from alongside.people.actions import documents as actions
from alongside.people.models import Document, Pupil
from alongside.people.queries import documents as found
from alongside.people.queries.shared import main_school_id, school_readers
from alongside.people.shared_words import shared_in_words
from alongside.rules.words import day_in_words
from alongside.web import form_pages
from alongside.web.conflicts import who_and_when
from alongside.web.dates import clock_time
from alongside.web.pupils.document_forms import HINTS, ChangeDocumentForm, DocumentForm, RemoveForm
from alongside.web.pupils.documents import class_of, kind_of, shown
from alongside.web.pupils.frame import ask_of, pupil_frame
from alongside.web.referrals.pages import size_of
from alongside.web.screens import Request, screen

WHAT_CHANGES = (
    "Who may read the file, its title and its line on the chronology follows the class, at once.",
    "What no school may read is taken back from the school. A copy downloaded before stays out.",
    "That it was changed, by whom and from what, stands on the record.",
)


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def documents(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "documents")
    frame = pupil_frame(actor, pupil, "documents")
    return render(
        request,
        "pupils/documents.html",
        {
            **frame,
            "heading": "Documents",
            "may_add": policy.add_document(actor),
            "add_url": f"/pupils/{pupil.pk}/documents/new/",
            **shown(actor, pupil, ask_of(frame)),
        },
    )


@screen(needs=Permission.CHRONOLOGY_WRITE)
def add(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "add a document")
    form = form_pages.bind(request, DocumentForm, actor=actor)

    def keep(data: dict[str, Any]) -> Document:
        told = data | {"information_class": InformationClass(data["information_class"])}
        return actions.add_document(actor=actor, pupil=pupil, **told)

    done = form_pages.attempt(request, form, keep, about=pupil)
    if done:
        messages.success(request, "Added. It is not shared with the school.")
        return redirect("document", pupil_id=pupil.pk, document_id=done.pk)
    page = _page(request, pupil, "Add a document")
    return form_pages.show(request, "pupils/document_form.html", form, page)


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def document(request: Request, pupil_id: int, document_id: int) -> HttpResponse:
    """What it is, who reads it, and what may be done with it."""
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "document")
    kept = found.get_document(actor, pupil, document_id)
    base = f"/pupils/{pupil.pk}/documents/{kept.pk}/"
    shared = shared_in_words(kept, main_school_id(actor, pupil.pk))
    return render(
        request,
        "pupils/document.html",
        {
            **_page(request, pupil, kept.title),
            "document": kept,
            "facts": _facts(kept, shared),
            "shared": shared,
            "readers": school_readers(actor, pupil),
            "file_url": f"{base}file/",
            "share_url": f"{base}share/",
            "change_url": f"{base}change/",
            "may_change": policy.change_document(actor, kept),
            "remove_url": f"{base}remove/",
            "restore_url": f"{base}restore/",
            "may_keep": policy.add_document(actor),
            "may_share": policy.share_document(actor, kept),
            "may_take_back": policy.take_back_document(actor, kept),
            "may_remove": policy.remove_document(actor, kept),
            "may_restore": policy.restore_document(actor, kept),
        },
    )


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def download(request: Request, pupil_id: int, document_id: int) -> HttpResponse:
    """The file as handed in: to save, never a page of ours."""
    pupil = queries.get_pupil(request.actor, pupil_id)
    kept = found.take_away(request.actor, pupil, document_id)
    answer = HttpResponse(files.read(kept.file), content_type=kept.file.content_type)
    answer["Content-Disposition"] = content_disposition_header(True, kept.file.name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


@screen(needs=Permission.CHRONOLOGY_WRITE, methods=("POST",))
def share(request: Request, pupil_id: int, document_id: int) -> HttpResponse:
    pupil = queries.get_pupil(request.actor, pupil_id)
    kept = found.get_document(request.actor, pupil, document_id)
    if request.POST.get("to") == "take_back":
        actions.take_back_document(actor=request.actor, document=kept)
        messages.success(request, "The school can no longer read this.")
    else:
        actions.share_document(actor=request.actor, document=kept)
        messages.success(request, "The school can read this now.")
    return redirect("document", pupil_id=pupil.pk, document_id=kept.pk)


@screen(needs=Permission.CHRONOLOGY_WRITE)
def change(request: Request, pupil_id: int, document_id: int) -> HttpResponse:
    """Title, day and class; the page says what that does to who reads it."""
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "change a document")
    kept = found.get_document(actor, pupil, document_id)
    form = form_pages.bind(
        request,
        ChangeDocumentForm,
        actor=actor,
        initial={
            "title": kept.title,
            "dated_on": kept.dated_on,
            "information_class": kept.information_class,
        },
    )
    form.instance_version = form_pages.version_shown(request, kept.version)
    was_shared = kept.is_shared

    def save(data: dict[str, Any]) -> Document:
        told = data | {"information_class": InformationClass(data["information_class"])}
        version = form_pages.posted_version(request)
        return actions.change_document(actor=actor, document=kept, version=version, **told)

    try:
        done = form_pages.attempt(request, form, save, about=pupil)
    except Conflict:
        done = None
        form.add_error(None, _changed_since(kept, actor.today))
        form.instance_version = kept.version
    if done:
        messages.success(request, _who_reads_now(done, was_shared))
        return redirect("document", pupil_id=pupil.pk, document_id=done.pk)
    page = _page(request, pupil, f"Change “{kept.title}”")
    page |= {
        "decision": policy.change_document(actor, kept),
        "button": "Save",
        "is_change": True,
        "points": WHAT_CHANGES,
    }
    return form_pages.show(request, "pupils/document_remove.html", form, page)


def _changed_since(kept: Document, today: date) -> str:
    return (
        f"{who_and_when(last_saved(kept), today)} while you were writing: it is “{kept.title}”, "
        f"{class_of(kept).lower()}. Save again if yours is right."
    )


def _who_reads_now(kept: Document, was_shared: bool) -> str:
    said = f"Changed. Who reads it: {HINTS[kept.information_class]}"
    if was_shared and not kept.is_shared:
        return f"{said} The school can no longer read it."
    return said


@screen(needs=Permission.CHRONOLOGY_WRITE)
def remove(request: Request, pupil_id: int, document_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "remove a document")
    kept = found.get_document(actor, pupil, document_id)
    form = form_pages.bind(request, RemoveForm)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.remove_document(actor=actor, document=kept, reason=data["reason"]),
        about=pupil,
    )
    if done:
        messages.success(request, "Removed. If it was a slip, put it back below.")
        return redirect("document", pupil_id=pupil.pk, document_id=kept.pk)
    page = _page(request, pupil, f"Remove “{kept.title}”")
    page |= {
        "decision": policy.remove_document(actor, kept),
        "button": "Remove it",
        "points": [
            "Nobody reads it from then on. It can be put back.",
            "That it was removed, by whom and why, stands on the chronology.",
        ],
    }
    return form_pages.show(request, "pupils/document_remove.html", form, page)


@screen(needs=Permission.CHRONOLOGY_WRITE, methods=("POST",))
def restore(request: Request, pupil_id: int, document_id: int) -> HttpResponse:
    pupil = queries.get_pupil(request.actor, pupil_id)
    kept = found.get_document(request.actor, pupil, document_id)
    actions.restore_document(actor=request.actor, document=kept)
    messages.success(request, "It is back among the documents.")
    return redirect("document", pupil_id=pupil.pk, document_id=kept.pk)


def _page(request: Request, pupil: Pupil, heading: str) -> dict[str, Any]:
    return {
        **pupil_frame(request.actor, pupil, "documents"),
        "heading": heading,
        "back_url": f"/pupils/{pupil.pk}/documents/",
        "back_label": "Documents",
    }


def _with_whom(kept: Document, shared: str) -> str:
    """Testbury Park School, and passed on with the record."""
    if not kept.is_shared:
        return "No"
    return shared.removeprefix("Shared with ") if kept.shared_with else "Yes"


def _facts(kept: Document, shared: str) -> list[dict[str, str]]:
    added_at = timezone.localtime(kept.created_at)
    told = [
        ("File", f"{kept.file.name}, {kind_of(kept.file)}, {size_of(kept.file.size)}"),
        ("The day it bears", day_in_words(kept.dated_on) if kept.dated_on else "Not given"),
        (
            "Added by",
            f"{kept.recorded_by.name}, {day_in_words(added_at.date())} at {clock_time(added_at)}",
        ),
        ("Class of information", class_of(kept)),
        ("Shared with the school", _with_whom(kept, shared)),
    ]
    if kept.removed_at and kept.removed_by:
        removed_on = day_in_words(day_of(kept.removed_at))
        told += [
            ("Removed by", f"{kept.removed_by.name}, {removed_on}"),
            ("Because", kept.removed_because),
        ]
    return [{"label": label, "value": value} for label, value in told]
