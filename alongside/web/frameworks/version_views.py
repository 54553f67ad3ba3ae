"""A new version of a framework on screen: begun, changed part by part, previewed, published."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core.decisions import Refused
from alongside.core.permissions import Permission
from alongside.pathways import actions, policy, queries
from alongside.pathways.models import Criterion, Framework, Stage
from alongside.web import form_pages
from alongside.web.frameworks import pages, version_pages
from alongside.web.frameworks.version_forms import CriterionForm, HeadForm, StageForm
from alongside.web.screens import Request, screen


@screen(needs=Permission.FRAMEWORK_EDIT, methods=("POST",))
def begin(request: Request, framework_id: int) -> HttpResponse:
    actor = request.actor
    found = queries.get_framework(actor, framework_id)
    try:
        draft = actions.begin_version(actor=actor, framework=found)
    except Refused as refused:
        begun = queries.draft_of(found)
        if begun is None or not policy.change_draft(actor, begun):
            raise
        messages.info(request, f"{refused.reason} Here it is.")
        return redirect(f"/frameworks/drafts/{begun.pk}/")
    messages.success(request, f"Version {draft.version} is begun. Nothing changes until published.")
    return redirect(f"/frameworks/drafts/{draft.pk}/")


@screen(needs=Permission.FRAMEWORK_EDIT, methods=("GET",))
def draft(request: Request, draft_id: int) -> HttpResponse:
    """Everything of the version being written, each part with where it is changed."""
    found = queries.get_draft(request.actor, draft_id)
    return render(
        request,
        "frameworks/draft.html",
        {
            "heading": f"{found.name}, version {found.version}",
            "second": version_pages.begun(found),
            "draft": found,
            "chart": pages.chart(queries.ladder(found)),
            "note": pages.note(found),
            "stages": version_pages.stages(found),
            "criteria": version_pages.criteria(found),
            "changes": version_pages.changes(found.based_on, found),
            "may_change": policy.change_draft(request.actor, found),
        },
    )


@screen(needs=Permission.FRAMEWORK_EDIT)
def head(request: Request, draft_id: int) -> HttpResponse:
    found = queries.get_draft(request.actor, draft_id)
    initial = {n: getattr(found, n) for n in HeadForm.base_fields if n != "seen"}
    form = form_pages.bind(
        request, HeadForm, initial=initial | {"seen": queries.fingerprint(found)}
    )
    return _change(
        request,
        found,
        form,
        "The framework itself",
        lambda data: actions.change_head(
            actor=request.actor, draft=found, facts=form.facts(), seen=data["seen"]
        ),
    )


@screen(needs=Permission.FRAMEWORK_EDIT)
def stage_new(request: Request, draft_id: int) -> HttpResponse:
    found = queries.get_draft(request.actor, draft_id)
    return _stage(request, found, None)


@screen(needs=Permission.FRAMEWORK_EDIT)
def stage(request: Request, draft_id: int, stage_id: int) -> HttpResponse:
    found = queries.get_draft(request.actor, draft_id)
    return _stage(request, found, queries.get_stage(found, stage_id))


def _stage(request: Request, found: Framework, part: Stage | None) -> HttpResponse:
    initial: dict[str, Any] = {"order": found.stages.count() + 1}
    if part:
        initial = {n: getattr(part, n) for n in StageForm.base_fields if n != "seen"}
        initial |= {"offers": "\n".join(part.offers), "seen": queries.fingerprint(part)}
    form = form_pages.bind(request, StageForm, initial=initial)
    return _change(
        request,
        found,
        form,
        f"{part.order} {part.name}" if part else "Another stage",
        lambda data: actions.put_stage(
            actor=request.actor, draft=found, facts=form.facts(), stage=part, seen=data["seen"]
        ),
    )


@screen(needs=Permission.FRAMEWORK_EDIT)
def criterion_new(request: Request, draft_id: int) -> HttpResponse:
    found = queries.get_draft(request.actor, draft_id)
    return _criterion(request, found, None)


@screen(needs=Permission.FRAMEWORK_EDIT)
def criterion(request: Request, draft_id: int, criterion_id: int) -> HttpResponse:
    found = queries.get_draft(request.actor, draft_id)
    return _criterion(request, found, queries.get_criterion(found, criterion_id))


def _criterion(request: Request, found: Framework, part: Criterion | None) -> HttpResponse:
    initial: dict[str, Any] = {"order": found.criteria.count() + 1, "is_required": True}
    if part:
        initial = {n: getattr(part, n) for n in CriterionForm.base_fields if n != "seen"}
        initial |= {"seen": queries.fingerprint(part)}
    form = form_pages.bind(request, CriterionForm, initial=initial)
    return _change(
        request,
        found,
        form,
        part.text if part else "Another criterion",
        lambda data: actions.put_criterion(
            actor=request.actor, draft=found, facts=form.facts(), criterion=part, seen=data["seen"]
        ),
    )


@screen(needs=Permission.FRAMEWORK_EDIT, methods=("POST",))
def drop_stage(request: Request, draft_id: int, stage_id: int) -> HttpResponse:
    found = queries.get_draft(request.actor, draft_id)
    part = queries.get_stage(found, stage_id)
    actions.drop_part(actor=request.actor, draft=found, part=part)
    messages.success(request, f"{part.name} is taken out of this version.")
    return redirect(f"/frameworks/drafts/{found.pk}/")


@screen(needs=Permission.FRAMEWORK_EDIT, methods=("POST",))
def drop_criterion(request: Request, draft_id: int, criterion_id: int) -> HttpResponse:
    found = queries.get_draft(request.actor, draft_id)
    part = queries.get_criterion(found, criterion_id)
    actions.drop_part(actor=request.actor, draft=found, part=part)
    messages.success(request, "The criterion is taken out of this version.")
    return redirect(f"/frameworks/drafts/{found.pk}/")


@screen(needs=Permission.FRAMEWORK_EDIT, methods=("POST",))
def discard(request: Request, draft_id: int) -> HttpResponse:
    found = queries.get_draft(request.actor, draft_id)
    based_on = found.based_on_id
    actions.discard(actor=request.actor, draft=found)
    messages.success(request, "The new version is thrown away. Nothing has changed.")
    return redirect(f"/frameworks/{based_on}/")


def _change(
    request: Request, found: Framework, form: Any, heading: str, act: Callable[[Any], Any]
) -> HttpResponse:
    back = f"/frameworks/drafts/{found.pk}/"
    if form_pages.attempt(request, form, act):
        messages.success(request, "Saved in the new version.")
        return redirect(back)
    context = {
        "heading": heading,
        "second": f"{found.name}, version {found.version}, not published yet",
        "button": "Save",
        "decision": policy.change_draft(request.actor, found),
        "back_url": back,
        "back_label": "The new version",
    }
    return form_pages.show(request, "frameworks/form.html", form, context)
