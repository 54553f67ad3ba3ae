"""Where a pupil is on roll: a change of school, a second school, leaving, a wrong date, undoing."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core.decisions import Decision, require
from alongside.core.permissions import Permission
from alongside.fieldwork.actions import moving as with_visits
from alongside.fieldwork.visits import planned_where_on_roll
from alongside.people import policy, queries
from alongside.people.models import Enrolment, Pupil
from alongside.people.queries import registers as found
from alongside.referrals import departures
from alongside.referrals.actions import moving as actions
from alongside.rules.words import day_in_words, listed
from alongside.schools.models import School
from alongside.web import form_pages
from alongside.web.pupils.frame import pupil_frame
from alongside.web.pupils.register_forms import (
    CorrectForm,
    LeaveForm,
    MoveForm,
    MoveWithVisitsForm,
    SecondSchoolForm,
    saved,
)
from alongside.web.screens import Request, screen

SEES = (
    "The new school’s headteacher, SENDCo and safeguarding lead see the record from the first day."
)
GOES_ALONG = (
    "An open case and a live referral go along on that day; the lead worker, the new school and the "
    "neighbourhood it lies in are told."
)


@screen(needs=Permission.PUPIL_EDIT)
def move(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "change of school")
    now = found.standing_now(actor, pupil)
    planned = list(planned_where_on_roll(pupil, actor.today))
    kind: Any = MoveWithVisitsForm if planned else MoveForm
    asked: dict[str, Any] = {"planned": planned} if planned else {}
    form = form_pages.bind(request, kind, initial={"starts_on": actor.today}, **asked)
    return _show(
        request,
        pupil,
        form,
        lambda data, seen: with_visits.change_school(actor=actor, pupil=pupil, seen=seen, **data),
        heading="Change of school" if now else "On roll at a school",
        button="Record the change" if now else "Put on roll",
        points=[*_loses_sight(now), SEES, GOES_ALONG],
    )


@screen(needs=Permission.PUPIL_EDIT)
def second(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "second school")
    now = found.standing_now(actor, pupil)
    form = form_pages.bind(request, SecondSchoolForm, initial={"starts_on": actor.today})
    return _show(
        request,
        pupil,
        form,
        lambda data, seen: actions.add_register(actor=actor, pupil=pupil, seen=seen, **data),
        heading="Registered at a second school",
        button="Register at both",
        points=[
            f"It stays one record. On roll now: {_names(now) or 'nowhere that we know of'}.",
            "Both schools see the record from the first day.",
        ],
    )


@screen(needs=Permission.PUPIL_EDIT)
def leave(request: Request, pupil_id: int, enrolment_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "off roll")
    enrolment = found.get_enrolment(actor, pupil, enrolment_id)
    form = form_pages.bind(request, LeaveForm, initial={"ends_on": actor.today})
    stays = [e for e in found.standing_now(actor, pupil) if e.pk != enrolment.pk]
    return _show(
        request,
        pupil,
        form,
        lambda data, seen: actions.leave_roll(actor=actor, enrolment=enrolment, seen=seen, **data),
        policy.leave_roll(actor, enrolment),
        heading=f"Off roll at {enrolment.school.name}",
        button="Take off roll",
        points=[*_loses_sight([enrolment]), _stays(stays)],
    )


@screen(needs=Permission.PUPIL_EDIT)
def correct(request: Request, pupil_id: int, enrolment_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "correct a register")
    enrolment = found.get_enrolment(actor, pupil, enrolment_id)
    form = form_pages.bind(request, CorrectForm, initial=saved(enrolment))
    return _show(
        request,
        pupil,
        form,
        lambda data, seen: actions.correct_enrolment(
            actor=actor, enrolment=enrolment, seen=seen, **data
        ),
        departures.correct_register(actor, enrolment),
        school=enrolment.school,
        heading=f"Correct the dates at {enrolment.school.name}",
        button="Save the correction",
        points=[
            "For what was recorded wrongly. A move is a change of school.",
            "What stood before is kept in the history, and the change can be undone.",
            *_not_put_back(enrolment),
        ],
    )


@screen(needs=Permission.PUPIL_EDIT)
def undo(request: Request, pupil_id: int, change_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "undo a change of school")
    change = found.get_change(actor, pupil, change_id)
    if request.method == "POST":
        actions.undo_change(actor=actor, change=change)
        messages.success(request, "Undone. The schools are as they were before.")
        return redirect("pupil-people", pupil_id=pupil.pk)
    latest, state = found.latest_change(pupil), found.state_of(pupil)
    require(policy.undo_register_change(actor, change, latest, state))
    return render(
        request,
        "pupils/confirm.html",
        {
            **_page(request, pupil, ""),
            "title": f"Undo “{change.entry.summary}”?",
            "points": [
                f"{change.made_by.name} recorded it on {day_in_words(change.created_at.date())}.",
                "Every register goes back to what it was before, and so does who sees the record.",
                "The line stays on the chronology, with “undone” beneath it.",
            ],
            "label": "Undo it",
        },
    )


def _show(
    request: Request,
    pupil: Pupil,
    form: forms.Form,
    action: Callable[[dict[str, Any], str], object],
    decision: Decision | None = None,
    school: School | None = None,
    **told: Any,
) -> HttpResponse:
    """One form of registers. `seen` is the registers as they stood when the form was shown."""
    if decision is None:
        decision = policy.edit_registers(request.actor, pupil)
    seen = request.POST.get("version", "")[:40]
    if form_pages.attempt(request, form, lambda data: action(data, seen), school=school):
        messages.success(request, "Saved. If it was a slip, undo it below.")
        return redirect("pupil-people", pupil_id=pupil.pk)
    page = {**_page(request, pupil, told.pop("heading")), "decision": decision, **told}
    return form_pages.show(request, "pupils/register_form.html", form, page)


def _page(request: Request, pupil: Pupil, heading: str) -> dict[str, Any]:
    return {
        **pupil_frame(request.actor, pupil, "people"),
        "heading": heading,
        "version": found.fingerprint(pupil),
        "back_url": f"/pupils/{pupil.pk}/people/",
        "back_label": "Family and people",
    }


def _loses_sight(now: list[Enrolment]) -> list[str]:
    if not now:
        return []
    verb = "sees" if len({each.school_id for each in now}) == 1 else "see"
    return [f"{_names(now)} no longer {verb} the record from the day after the last day there."]


def _not_put_back(enrolment: Enrolment) -> list[str]:
    """Of a register that has its last day: what moves with the day, and what does not."""
    if enrolment.ends_on is None:
        return []
    follows = (
        f"Who sees the record for {enrolment.school.name} sees it to the end of the right day; who "
        "works there and was involved, for the council’s days of grace after it."
    )
    stays = (
        "Nothing else is put back: visits called off or moved, tasks handed over and a register that "
        "was to begin later stay as they are."
    )
    return [follows, stays]


def _stays(stays: list[Enrolment]) -> str:
    if not stays:
        return "The pupil is then on no register. The service keeps its work with them."
    return f"The pupil stays on roll at {_names(stays)}."


def _names(enrolments: list[Enrolment]) -> str:
    return listed(list(dict.fromkeys(each.school.name for each in enrolments)))
