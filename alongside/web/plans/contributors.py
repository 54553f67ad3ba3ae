"""Who has a part in a plan: adding them, their sections, notes, an agency's answer; versions."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core.decisions import Conflict
from alongside.core.permissions import Permission
from alongside.plans import actions, comparing, joining, parts, people, policy, queries
from alongside.plans.models import Contributor, Party
from alongside.web import form_pages
from alongside.web.dates import clock_time, short_day
from alongside.web.plans.answer_forms import (
    AgencyAnswerForm,
    ContributorForm,
    NoteForm,
    SectionForm,
)
from alongside.web.plans.around import around, instead
from alongside.web.screens import Request, screen


@screen(needs=Permission.PLAN_VIEW)
def add(request: Request, plan_id: int) -> HttpResponse:
    found = queries.open_plan_page(request.actor, plan_id, "add to a plan")
    if request.method == "GET" and not (may := joining.add_contributor(request.actor, found)):
        return instead(request, found, may)
    others = people.people_to_join(request.actor, found)
    may_keep = policy.may_keep(request.actor, found.case)
    form = form_pages.bind(request, ContributorForm, people=others, may_keep=may_keep)
    done = form_pages.attempt(
        request,
        form,
        lambda _: actions.add_contributor(actor=request.actor, plan=found, **form.facts()),
        about=found.pupil,
    )
    if done:
        messages.success(request, f"{done.name} has a part in this plan.")
        return redirect(f"/plans/{plan_id}/#contributors")
    context = around(request, found) | {
        "heading": f"Who else has a part in plan {found.number}?",
        "second": "What they bring is theirs: nobody else changes it.",
    }
    return form_pages.show(request, "plans/answer.html", form, context)


@screen(needs=Permission.PLAN_VIEW, methods=("POST",))
def remove(request: Request, plan_id: int, contributor_id: int) -> HttpResponse:
    found = queries.get_plan(request.actor, plan_id)
    one = parts.contributor_of(found, contributor_id)
    actions.remove_contributor(actor=request.actor, contributor=one)
    messages.success(request, f"{one.name} is taken off this plan.")
    return redirect(f"/plans/{plan_id}/#contributors")


@screen(needs=Permission.PLAN_VIEW)
def section(request: Request, plan_id: int, contributor_id: int) -> HttpResponse:
    """One contributor's own part. Two who write it at once choose between both versions."""
    found = queries.open_plan_page(request.actor, plan_id, "a section of a plan")
    one = parts.contributor_of(found, contributor_id)
    if request.method == "GET" and not (may := joining.write_section(request.actor, one)):
        return instead(request, found, may)
    may_keep = one.party != Party.SCHOOL and policy.may_keep(request.actor, found.case)
    form = form_pages.bind(request, SectionForm, initial=_section_values(one), may_keep=may_keep)
    version = form_pages.version_number(request, one.version)
    form.instance_version = version
    context = around(request, found) | {
        "heading": f"What {one.name} brings to plan {found.number}",
        "second": f"For {one.get_party_display().lower()}.",
    }
    try:
        done = form_pages.attempt(
            request,
            form,
            lambda data: actions.write_section(
                actor=request.actor,
                contributor=one,
                section=data["section"],
                is_shared=not data.get("kept", not one.is_shared),
                version=version,
            ),
            about=found.pupil,
        )
    except Conflict:
        return _two_sections(request, form, plan_id, contributor_id, context)
    if done:
        messages.success(request, "Saved.")
        return redirect(f"/plans/{plan_id}/#contributors")
    return form_pages.show(request, "plans/answer.html", form, context)


@screen(needs=Permission.PLAN_VIEW)
def agree(request: Request, plan_id: int, contributor_id: int) -> HttpResponse:
    found = queries.open_plan_page(request.actor, plan_id, "an agency agrees")
    one = parts.contributor_of(found, contributor_id)
    if request.method == "GET" and not (may := joining.answer_for(request.actor, one)):
        return instead(request, found, may)
    form = form_pages.bind(request, AgencyAnswerForm, initial={"agreed_on": request.actor.today})
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.answer_for(
            actor=request.actor,
            contributor=one,
            is_agreed=data["answer"] == "yes",
            how=data["how"],
            words=data["words"],
            agreed_on=data["agreed_on"],
        ),
        about=found.pupil,
    )
    if done:
        messages.success(request, "Thank you, that is recorded.")
        return redirect(f"/plans/{plan_id}/")
    context = around(request, found) | {
        "heading": f"{one}: do they agree to plan {found.number}?",
        "second": "It is shown beside the others’ answers.",
    }
    return form_pages.show(request, "plans/answer.html", form, context)


@screen(needs=Permission.PLAN_VIEW)
def note(request: Request, plan_id: int) -> HttpResponse:
    found = queries.open_plan_page(request.actor, plan_id, "a note on a plan")
    if request.method == "GET" and not (may := joining.add_note(request.actor, found)):
        return instead(request, found, may)
    may_keep = joining.party_of(request.actor, found) != Party.SCHOOL
    form = form_pages.bind(request, NoteForm, may_keep=may_keep)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.add_note(
            actor=request.actor, plan=found, text=data["text"], is_shared=not data.get("kept")
        ),
        about=found.pupil,
    )
    if done:
        messages.success(request, "The note is added.")
        return redirect(f"/plans/{plan_id}/#notes")
    context = around(request, found) | {
        "heading": f"A note on plan {found.number}",
        "second": "Notes are added to, never changed. The next review begins with them.",
    }
    return form_pages.show(request, "plans/answer.html", form, context)


@screen(needs=Permission.PLAN_VIEW, methods=("GET",))
def versions(request: Request, plan_id: int) -> HttpResponse:
    """Every saved version of a plan: who changed what, and when."""
    found = queries.open_plan_page(request.actor, plan_id, "versions of a plan")
    saved = comparing.saved_versions(request.actor, found)
    context = around(request, found) | {
        "heading": f"Every version of plan {found.number}",
        "second": "Each time it was saved: who, when, and what they changed.",
        "saved": [_saved(found.pk, one) for one in saved],
    }
    return render(request, "plans/saved.html", context)


@screen(needs=Permission.PLAN_VIEW, methods=("GET",))
def version(request: Request, plan_id: int, number: int) -> HttpResponse:
    """One saved version beside the one before it."""
    found = queries.open_plan_page(request.actor, plan_id, "a version of a plan")
    older, newer = comparing.two_versions(request.actor, found, number)
    at = _day_and_time(newer.saved_at)
    context = around(request, found) | {
        "back_url": f"/plans/{plan_id}/versions/",
        "back_label": "Every version",
        "heading": f"Version {newer.version} of plan {found.number}",
        "second": f"Saved by {newer.saved_by.name}, {at}. What changed is marked with a diamond.",
        "before": f"Version {older.version}" if older else "Nothing before",
        "after": f"Version {newer.version}",
        "lines": comparing.between(request.actor, older, newer),
    }
    return render(request, "plans/version.html", context)


def _saved(plan_id: int, one: comparing.Saved) -> dict[str, Any]:
    parts = [line.what for line in one.changed]
    is_first = one.version.version == 1
    return {
        "label": f"Version {one.version.version}",
        "url": f"/plans/{plan_id}/versions/{one.version.version}/",
        "who": one.version.saved_by.name,
        "at": _day_and_time(one.version.saved_at),
        "what": "Begun" if is_first else ", ".join(parts) or "Saved without a change",
    }


def _day_and_time(at: datetime) -> str:
    return f"{short_day(at)}, {clock_time(at)}"


def _section_values(one: Contributor) -> dict[str, Any]:
    return {"section": one.section, "kept": not one.is_shared}


def _two_sections(
    request: Request,
    form: SectionForm,
    plan_id: int,
    contributor_id: int,
    context: dict[str, Any],
) -> HttpResponse:
    current = parts.contributor_of(queries.get_plan(request.actor, plan_id), contributor_id)
    assert current.written_by
    assert current.written_on
    return form_pages.show_conflict(
        request,
        form,
        theirs=_section_values(current),
        record=current,
        version=current.version,
        context=context,
    )
