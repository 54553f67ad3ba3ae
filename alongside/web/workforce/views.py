"""Line management: who somebody manages, their work as far as the manager may see it, their notes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core.models import RoleAssignment, Staff
from alongside.core.permissions import ROLES, Permission, Role
from alongside.duties.worked import Worked, worked_by
from alongside.people.queries import record_view
from alongside.web import form_pages
from alongside.web.dates import short_day
from alongside.web.forms import DateField, Radios, Textarea
from alongside.web.screens import Request, screen
from alongside.workforce import actions, policy, queries
from alongside.workforce.models import StaffNote


class NoteForm(forms.Form):
    kind = forms.ChoiceField(
        label="What was it?", choices=StaffNote.Kind.choices, widget=Radios(inline=True)
    )
    held_on = DateField(label="Held on")
    words = forms.CharField(
        label="What was said",
        max_length=20_000,
        widget=Textarea(rows=8),
        help_text="Name no pupil: a case is spoken of by its reference.",
    )
    agreed = forms.CharField(
        label="What was agreed",
        max_length=5_000,
        required=False,
        widget=Textarea(rows=4),
        help_text="Who does what, by when.",
    )


@screen(needs=Permission.TODAY_VIEW, methods=("GET",))
def my_team(request: Request) -> HttpResponse:
    people = queries.my_team(request.actor)
    return render(
        request,
        "workforce/team.html",
        {
            "people": [
                {
                    "name": p.name,
                    "role": f"{p.job_title}. Employed by {p.employer.name}"
                    if p.employer
                    else p.job_title,
                    "url": f"/my-team/{p.pk}/",
                }
                for p in people
            ],
        },
    )


@screen(needs=Permission.TODAY_VIEW, methods=("GET",))
def mine(request: Request) -> HttpResponse:
    """What my own manager has shown me."""
    return render(request, "workforce/mine.html", {"notes": queries.shown_to(request.actor)})


@screen(needs=Permission.TODAY_VIEW, methods=("GET",))
def member(request: Request, member_id: int) -> HttpResponse:
    actor = request.actor
    staff = queries.get_member(actor, member_id)
    worked = worked_by(actor, staff)
    if worked.pupil_ids:
        record_view(actor, sorted(worked.pupil_ids), "work of somebody managed")
    return render(
        request,
        "workforce/member.html",
        {
            "staff": staff,
            "facts": _facts(staff),
            "roles": [_role(held) for held in queries.roles_of(staff)],
            "notes": queries.notes_about(actor, staff),
            "may_write": policy.write_note(actor, staff),
            "cases": _cases(worked),
            "sessions": worked.sessions,
        },
    )


@screen(needs=Permission.TODAY_VIEW)
def write_note(request: Request, member_id: int) -> HttpResponse:
    actor = request.actor
    staff = queries.get_member(actor, member_id)
    form = form_pages.bind(request, NoteForm, initial={"held_on": actor.today})

    def write(data: dict[str, Any]) -> StaffNote:
        kind = StaffNote.Kind(data.pop("kind"))
        return actions.write_note(actor=actor, about=staff, kind=kind, **data)

    if form_pages.attempt(request, form, write):
        messages.success(request, "Kept. Nobody but you reads it until you show it.")
        return redirect("my-team-member", member_id=staff.pk)
    return form_pages.show(
        request,
        "workforce/note_form.html",
        form,
        {
            "heading": f"A note about {staff.name}",
            "second": "Yours alone until you show it to them",
            "back_url": f"/my-team/{staff.pk}/",
            "back_label": staff.name,
        },
    )


@screen(needs=Permission.TODAY_VIEW, methods=("POST",))
def show_note(request: Request, member_id: int, note_id: int) -> HttpResponse:
    staff = queries.get_member(request.actor, member_id)
    note = queries.get_note(request.actor, staff, note_id)
    actions.show_note(actor=request.actor, note=note)
    messages.success(request, f"{staff.name} reads it from now on.")
    return redirect("my-team-member", member_id=staff.pk)


def _facts(staff: Staff) -> list[dict[str, str]]:
    rows = [
        ("Job title", staff.job_title or "Not given"),
        ("Employed by", staff.employer.name if staff.employer else "Not given"),
        ("E-mail address", staff.email or "None"),
    ]
    return [{"label": label, "value": value} for label, value in rows]


def _role(held: RoleAssignment) -> dict[str, str]:
    until = f" to {short_day(held.ends_on)}" if held.ends_on else ""
    return {
        "name": f"{ROLES[Role(held.role)].label}, {held.place.name}",
        "role": f"From {short_day(held.starts_on)}{until}",
    }


def _cases(worked: Worked) -> dict[str, object]:
    return {
        "caption": "Cases they work that you may see",
        "columns": [{"label": "Pupil"}, {"label": "As"}, {"label": "School"}, {"label": "Plan"}],
        "rows": [
            {
                "cells": [
                    {"text": case["pupil_name"], "url": f"/cases/{case['case_id']}/"},
                    {"text": case["capacity"]},
                    {"text": case["school_name"]},
                    {"text": case["plan"]},
                ]
            }
            for case in worked.cases
        ],
    }
