"""Whom a new version affects, publishing it, and moving pupils and cases over to it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.cases import versions
from alongside.core import audit
from alongside.core.permissions import Permission, Scope
from alongside.pathways import policy, queries
from alongside.pathways.models import Framework
from alongside.referrals import taking_back
from alongside.referrals.queries import in_progress_on
from alongside.rules.words import count_of
from alongside.web import form_pages
from alongside.web.frameworks import version_pages
from alongside.web.frameworks.version_forms import MoveOverForm, PublishForm, TakeBackForm
from alongside.web.screens import Request, screen


@screen(needs=Permission.FRAMEWORK_EDIT)
def publish(request: Request, draft_id: int) -> HttpResponse:
    """The preview: what changes, and which pupils, cases and referrals it touches. Then the day."""
    actor = request.actor
    found = queries.get_draft(actor, draft_id)
    affected = queries.affected(actor, found)
    may_move = actor.may(Permission.CASE_WORK)
    form = form_pages.bind(
        request,
        PublishForm,
        today=actor.today,
        may_move=may_move,
        gone=[a.stage for a in affected if not a.is_kept],
        stages=queries.ladder(found).stages,
    )

    def act(data: dict[str, Any]) -> tuple[Framework, versions.Moved | None]:
        return versions.publish(
            actor=actor,
            draft=found,
            starts_on=data["starts_on"],
            reason=data["reason"],
            is_moving=data.get("is_moving") == "move",
            move_reason=data.get("move_reason", ""),
            landing=form.landing() if may_move else {},
        )

    if done := form_pages.attempt(request, form, act):
        published, moved = done
        messages.success(request, f"Version {published.version} is published.{_moved(moved)}")
        return redirect(f"/frameworks/{published.pk}/")
    context = {
        "heading": f"Publish version {found.version}",
        "second": found.name,
        "button": "Publish this version",
        "decision": policy.change_draft(actor, found),
        "back_url": f"/frameworks/drafts/{found.pk}/",
        "back_label": "The new version",
        "changes": version_pages.changes(found.based_on, found),
        **_whom(request, found, affected),
    }
    return form_pages.show(request, "frameworks/publish.html", form, context)


@screen(needs=Permission.CASE_WORK)
def older(request: Request, framework_id: int) -> HttpResponse:
    """Who is still on an older version, and moving them to this one with a reason."""
    actor = request.actor
    found = queries.get_framework(actor, framework_id)
    affected = queries.affected(actor, found)
    form = form_pages.bind(
        request,
        MoveOverForm,
        gone=[a.stage for a in affected if not a.is_kept],
        stages=queries.ladder(found).stages,
    )
    moved = form_pages.attempt(
        request,
        form,
        lambda data: versions.move_to_version(
            actor=actor, framework=found, reason=data["move_reason"], landing=form.landing()
        ),
    )
    if moved:
        messages.success(request, _moved(moved).strip())
        return redirect(
            f"/frameworks/{found.pk}/older/" if moved.left else f"/frameworks/{found.pk}/"
        )
    context = {
        "heading": "On an older version",
        "second": f"{found.name}, version {found.version}",
        "button": "Move them to this version",
        "decision": policy.takes_over(actor, found),
        "back_url": f"/frameworks/{found.pk}/",
        "back_label": "The framework",
        **_whom(request, found, affected),
    }
    return form_pages.show(request, "frameworks/publish.html", form, context)


@screen(needs=Permission.FRAMEWORK_EDIT)
def take_back(request: Request, framework_id: int) -> HttpResponse:
    """Undo a publication on its day: who returns is said first, or who stands in the way."""
    actor = request.actor
    found = queries.get_framework(actor, framework_id)
    form = form_pages.bind(request, TakeBackForm)
    done = form_pages.attempt(
        request, form, lambda data: taking_back.take_back(actor=actor, framework=found, **data)
    )
    if done:
        messages.success(
            request,
            f"Version {found.version} is taken back, and is being written again. "
            f"{count_of(done.pupils, 'pupil')} and {count_of(done.cases, 'case')} returned.",
        )
        return redirect(f"/frameworks/drafts/{found.pk}/")
    seen = taking_back.look(actor, found)
    if ids := seen.in_the_way:
        audit.record(actor=actor, kind="pupils.listed", subject=request.path, pupil_ids=ids)
    context = {
        "heading": "Take this publication back",
        "second": f"{found.name}, version {found.version}",
        "button": "Take it back",
        "decision": seen.decision,
        "back_url": f"/frameworks/{found.pk}/",
        "back_label": "The framework",
        "returns": seen.returns,
        "earlier": found.based_on,
    }
    return form_pages.show(request, "frameworks/take_back.html", form, context)


def _whom(
    request: Request, framework: Framework, affected: list[queries.Affected]
) -> dict[str, Any]:
    """Pupils by stage and name, open cases, and referrals on the way."""
    actor = request.actor
    if actor.scopes == {Scope.NONE}:
        return {"sees_pupils": False}
    pupils = queries.pupils_on_older(actor, framework)
    if pupils:
        ids = [row["pupil_id"] for row in pupils]
        audit.record(actor=actor, kind="pupils.listed", subject=request.path, pupil_ids=ids)
    return {
        "sees_pupils": True,
        "affected": version_pages.affected(affected),
        "moving": versions.moving(actor, framework),
        "pupils": pupils,
        "landings": version_pages.landings(actor, framework)
        if any(not a.is_kept for a in affected)
        else [],
        "more": sum(a.pupils for a in affected) - len(pupils),
        "cases": versions.cases_on_older(actor, framework).count(),
        "referrals": in_progress_on(actor, framework.key).count(),
    }


def _moved(moved: versions.Moved | None) -> str:
    if moved is None:
        return ""
    said = f" {count_of(moved.pupils, 'pupil')} and {count_of(moved.cases, 'open case')} moved."
    return said + (f" {moved.left} are left: move the next." if moved.left else "")
