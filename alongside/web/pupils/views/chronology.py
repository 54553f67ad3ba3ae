"""The chronology of a pupil: read, filtered, added to, corrected, taken away for a hearing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone

from alongside.core import audit
from alongside.core.handling import InformationClass
from alongside.core.permissions import Permission
from alongside.documents.policy import make_chronology
from alongside.documents.withheld import withheld
from alongside.people import policy, queries
from alongside.people.actions import chronology as actions
from alongside.people.models import EntryKind
from alongside.people.queries import chronology as found
from alongside.people.queries.readers import may_be_named
from alongside.people.queries.safeguarding import whom_to_ask
from alongside.web import form_pages
from alongside.web.downloads import csv_file
from alongside.web.pupils.filters import address, filter_of, read_chosen
from alongside.web.pupils.forms import CorrectionForm, EntryForm
from alongside.web.pupils.frame import ask_of, pupil_frame
from alongside.web.pupils.lines import csv_row, line_shown, on_paper
from alongside.web.pupils.links import closed_to
from alongside.web.screens import Request, screen

COLUMNS = (
    "Happened",
    "Time",
    "Kind",
    "What",
    "More",
    "Class",
    "For whom",
    "Shared with school",
    "Recorded by",
    "Recorded at",
    "Corrections",
)


@screen(needs=Permission.PUPIL_VIEW, methods=("GET",))
def chronology(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "chronology")
    chosen, problems = read_chosen(request.GET)
    after = request.GET.get("after", "")
    page = found.chronology(actor, pupil, chosen, after)
    frame = pupil_frame(actor, pupil, "chronology")
    url = f"/pupils/{pupil.pk}/chronology/"
    may_write = policy.write_entry(actor)
    closed = closed_to(actor, page.lines)
    return TemplateResponse(
        request,
        "pupils/chronology.html",
        {
            **frame,
            "heading": "Chronology",
            "lines": [
                line_shown(
                    line,
                    ask=ask_of(frame),
                    may_write=bool(may_write),
                    is_whole=False,
                    closed=closed,
                )
                for line in page.lines
            ],
            "filter": filter_of(chosen, url),
            "is_filtered": bool(chosen),
            "problems": problems,
            "pages": {
                "summary": "Newest first",
                "first_url": address(url, chosen) if after else "",
                "next_url": address(url, chosen, after=page.after) if page.after else "",
            },
            "may_write": may_write,
            "may_make": make_chronology(actor),
            "may_export": actor.may(Permission.EXPORT),
            "add_url": f"{url}new/",
            "hearing_url": f"{url}hearing/",
            "csv_url": address(f"{url}csv/", chosen),
            "print_url": address(f"{url}print/", chosen),
        },
    )


@screen(needs=Permission.CHRONOLOGY_WRITE)
def add_entry(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "add to chronology")
    people = may_be_named(actor, pupil)
    form = form_pages.bind(request, EntryForm, actor=actor, people=people)

    def add(data: dict[str, Any]) -> object:
        return actions.add_entry(
            actor=actor,
            pupil=pupil,
            kind=EntryKind(data["kind"]),
            information_class=InformationClass(data["information_class"]),
            summary=data["summary"],
            detail=data["detail"],
            occurred_at=form.occurred_at,
            is_shared=data["is_shared"],
            readers=form.reader_ids,
            is_hidden=data["is_hidden"],
        )

    if form_pages.attempt(request, form, add, about=pupil):
        messages.success(request, "Added to the chronology.")
        return redirect("pupil-chronology", pupil_id=pupil.pk)
    return form_pages.show(
        request,
        "pupils/entry.html",
        form,
        {
            **pupil_frame(actor, pupil, "chronology"),
            "heading": "Add a note or contact",
            "back_url": f"/pupils/{pupil.pk}/chronology/",
            "back_label": "Chronology",
        },
    )


@screen(needs=Permission.PUPIL_VIEW, methods=("GET",))
def entry(request: Request, pupil_id: int, entry_id: int) -> HttpResponse:
    """One line with the whole of its note, however long."""
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "one line")
    one = found.get_entry(actor, pupil, entry_id)
    may_correct = policy.correct_entry(actor, one)
    return render(
        request,
        "pupils/line.html",
        {
            **pupil_frame(actor, pupil, "chronology"),
            "heading": one.summary,
            "entry": one,
            "word_count": len(one.detail.split()),
            "readers": found.names_of_readers(one),
            "may_correct": may_correct,
            "correct_url": f"/pupils/{pupil.pk}/chronology/{one.pk}/correct/",
        },
    )


@screen(needs=Permission.CHRONOLOGY_WRITE)
def correct_entry(request: Request, pupil_id: int, entry_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "correct a line")
    entry = found.get_entry(actor, pupil, entry_id)
    form = form_pages.bind(request, CorrectionForm)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.correct_entry(actor=actor, entry=entry, words=data["words"]),
        about=pupil,
    )
    if done:
        messages.success(request, "The correction stands beneath the line.")
        return redirect("pupil-chronology", pupil_id=pupil.pk)
    return form_pages.show(
        request,
        "pupils/correct.html",
        form,
        {
            **pupil_frame(actor, pupil, "chronology"),
            "heading": "Correct a line",
            "entry": entry,
            "decision": policy.correct_entry(actor, entry),
            "back_url": f"/pupils/{pupil.pk}/chronology/",
            "back_label": "Chronology",
        },
    )


@screen(needs=Permission.EXPORT, methods=("GET",))
def download(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.get_pupil(actor, pupil_id)
    chosen, _ = read_chosen(request.GET)
    lines = found.whole_chronology(actor, pupil, chosen)
    ask = whom_to_ask(actor, pupil)
    audit.record(
        actor=actor,
        kind="chronology.exported",
        subject=f"pupil {pupil.pk}",
        pupil_ids=[pupil.pk],
        detail={"lines": len(lines), "form": "csv"},
    )
    return csv_file(
        f"chronology pupil {pupil.pk} {actor.today:%Y-%m-%d}",
        COLUMNS,
        withheld(actor, pupil).clean_rows([csv_row(line, ask) for line in lines]),
    )


@screen(needs=Permission.PUPIL_VIEW, methods=("GET",))
def printed(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "chronology to print")
    chosen, _ = read_chosen(request.GET)
    ask = whom_to_ask(actor, pupil)
    lines = [
        line_shown(line, ask=ask, may_write=False)
        for line in found.whole_chronology(actor, pupil, chosen)
    ]
    return render(
        request,
        "pupils/chronology_print.html",
        {
            "pupil": pupil,
            "who": queries.who(actor, pupil),
            "lines": on_paper(lines, withheld(actor, pupil).clean_all),
            "is_filtered": bool(chosen),
            "printed_at": timezone.now(),
            "printed_by": actor.name,
            "back_url": address(f"/pupils/{pupil.pk}/chronology/", chosen),
        },
    )
