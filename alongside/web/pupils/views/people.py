"""Family and people: who the pupil is, who is around them, where they live; and changing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core.decisions import Conflict, require
from alongside.core.permissions import Permission
from alongside.people import policy, queries
from alongside.people.actions import around as actions
from alongside.people.actions.pupil import CORE, change_pupil
from alongside.people.models import Carer, Flag, Pupil
from alongside.people.queries import around as found
from alongside.web import form_pages
from alongside.web.pupils.around import needs_shown, shown
from alongside.web.pupils.frame import ask_of, pupil_frame
from alongside.web.pupils.people_forms import (
    AddressForm,
    CarerForm,
    FlagForm,
    ProfessionalForm,
    PupilForm,
)
from alongside.web.screens import Request, screen


@screen(needs=Permission.PUPIL_VIEW, methods=("GET",))
def people(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "family and people")
    frame = pupil_frame(actor, pupil, "people")
    around = found.whole_around(actor, pupil)
    return render(
        request,
        "pupils/people.html",
        {
            **frame,
            "heading": "Family and people",
            "may_merge": actor.may(Permission.PUPIL_MERGE),
            **shown(actor, pupil, around, ask_of(frame)),
            **needs_shown(actor, pupil, around.needs),
        },
    )


@screen(needs=Permission.PUPIL_EDIT)
def edit_pupil(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "change pupil")
    saved = {name: getattr(pupil, name) for name in CORE}
    form = form_pages.bind(request, PupilForm, initial=saved)
    page = _page(request, pupil, "Change who the pupil is", version=pupil.version)
    try:
        done = form_pages.attempt(
            request,
            form,
            lambda data: change_pupil(
                actor=actor, pupil=pupil, version=form_pages.posted_version(request), **data
            ),
        )
    except Conflict:
        return _conflict(request, form, saved, pupil, page)
    if done:
        messages.success(request, "Saved.")
        return redirect("pupil-people", pupil_id=pupil.pk)
    return form_pages.show(request, "pupils/person_form.html", form, page)


@screen(needs=Permission.PUPIL_EDIT)
def add_carer(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "add carer")
    return _add(
        request,
        pupil,
        form_pages.bind(
            request, CarerForm, initial={"order": found.next_to_ring(pupil, actor.today)}
        ),
        "Add a parent or carer",
        lambda data: actions.add_carer(actor=request.actor, pupil=pupil, **data),
    )


@screen(needs=Permission.PUPIL_EDIT)
def edit_carer(request: Request, pupil_id: int, carer_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "change carer")
    carer = found.get_carer(pupil, carer_id)
    saved = _saved_carer(carer)
    form = form_pages.bind(request, CarerForm, initial=saved)
    page = _page(request, pupil, f"Change {carer.name}", version=carer.version)
    try:
        done = form_pages.attempt(
            request,
            form,
            lambda data: actions.change_carer(
                actor=actor, carer=carer, version=form_pages.posted_version(request), **data
            ),
        )
    except Conflict:
        return _conflict(request, form, saved, carer, page)
    if done:
        messages.success(request, "Saved.")
        return redirect("pupil-people", pupil_id=pupil.pk)
    return form_pages.show(request, "pupils/person_form.html", form, page)


@screen(needs=Permission.PUPIL_EDIT)
def add_professional(request: Request, pupil_id: int) -> HttpResponse:
    pupil = queries.open_pupil(request.actor, pupil_id, "add professional")
    return _add(
        request,
        pupil,
        form_pages.bind(request, ProfessionalForm, actor=request.actor),
        "Add a professional",
        lambda data: actions.add_professional(actor=request.actor, pupil=pupil, **data),
    )


@screen(needs=Permission.PUPIL_EDIT)
def end_professional(request: Request, pupil_id: int, professional_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "end professional")
    professional = found.get_professional(pupil, professional_id)
    if request.method == "POST":
        actions.end_professional(actor=actor, professional=professional, ends_on=actor.today)
        messages.success(request, f"{professional.name} is no longer shown as working here.")
        return redirect("pupil-people", pupil_id=pupil.pk)
    return _confirm(
        request,
        pupil,
        title=f"{professional.name} no longer works with {pupil.forename}?",
        points=["They stay on the record, as somebody who did until today."],
        label="End it today",
    )


@screen(needs=Permission.PUPIL_EDIT)
def move_address(request: Request, pupil_id: int) -> HttpResponse:
    pupil = queries.open_pupil(request.actor, pupil_id, "new address")
    return _add(
        request,
        pupil,
        form_pages.bind(request, AddressForm, actor=request.actor),
        "New address",
        lambda data: actions.move_address(actor=request.actor, pupil=pupil, **data),
    )


@screen(needs=Permission.PUPIL_EDIT)
def add_flag(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "add flag")
    return _add(
        request,
        pupil,
        form_pages.bind(request, FlagForm),
        "Add a flag",
        lambda data: actions.add_flag(
            actor=actor,
            pupil=pupil,
            kind=Flag.Kind(data["kind"]),
            weight=Flag.Weight(data["weight"]),
            text=data["text"],
            starts_on=actor.today,
        ),
    )


@screen(needs=Permission.PUPIL_EDIT)
def end_flag(request: Request, pupil_id: int, flag_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "end flag")
    flag = found.get_flag(pupil, flag_id)
    require(policy.end_flag(actor, flag))
    if request.method == "POST":
        actions.end_flag(actor=actor, flag=flag)
        messages.success(request, "The flag has left the banner.")
        return redirect("pupil-people", pupil_id=pupil.pk)
    return _confirm(
        request,
        pupil,
        title=f"Take “{flag.text}” off the banner?",
        points=["It stays in the history of the record."],
        label="Take it off",
    )


def _page(
    request: Request, pupil: Pupil, heading: str, *, version: int | None = None
) -> dict[str, Any]:
    return {
        **pupil_frame(request.actor, pupil, "people"),
        "heading": heading,
        "version": form_pages.version_shown(request, version) if version else None,
        "back_url": f"/pupils/{pupil.pk}/people/",
        "back_label": "Family and people",
    }


def _add(request: Request, pupil: Pupil, form: Any, heading: str, action: Any) -> HttpResponse:
    if form_pages.attempt(request, form, action, about=pupil):
        messages.success(request, "Saved.")
        return redirect("pupil-people", pupil_id=pupil.pk)
    return form_pages.show(request, "pupils/person_form.html", form, _page(request, pupil, heading))


def _confirm(request: Request, pupil: Pupil, **confirm: Any) -> HttpResponse:
    page = _page(request, pupil, "")
    return render(request, "pupils/confirm.html", {**page, **confirm})


def _saved_carer(carer: Carer) -> dict[str, Any]:
    saved = {name: getattr(carer, name) for name in actions.CARER_FIELDS}
    parental = {True: "yes", False: "no", None: ""}
    return saved | {
        "has_parental_responsibility": parental[carer.has_parental_responsibility],
    }


def _conflict(
    request: Request,
    form: Any,
    saved: dict[str, Any],
    record: Any,
    page: dict[str, Any],
) -> HttpResponse:
    return form_pages.show_conflict(
        request,
        form,
        theirs=saved,
        record=record,
        version=record.version,
        context=page,
    )
