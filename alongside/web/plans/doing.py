"""While a plan is in use: ticks, scores and the review."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.core.decisions import NotFound
from alongside.core.permissions import Permission
from alongside.duties.calendars import Calendars
from alongside.plans import actions, parts, policy, queries, tapering
from alongside.plans.dates import propose_review, rhythm_of
from alongside.plans.kinds import type_of
from alongside.plans.meeting import said_on, versions_of
from alongside.plans.models import Plan, Review
from alongside.web import form_pages
from alongside.web.frameworks.pages import decided_elsewhere
from alongside.web.plans.around import around, instead
from alongside.web.plans.review_forms import ReviewForm, ScoresForm
from alongside.web.screens import Request, screen


@screen(needs=Permission.PLAN_VIEW, methods=("POST",))
def action_done(request: Request, plan_id: int, action_id: int) -> HttpResponse:
    """Tick an action off, or take the tick away, from the plan's page."""
    found = queries.get_plan(request.actor, plan_id)
    action = next((a for a in found.actions.all() if a.pk == action_id), None)
    if action is None:
        raise NotFound
    is_done = request.POST.get("is_done") == "yes"
    actions.mark_action(actor=request.actor, action=action, is_done=is_done)
    messages.success(request, "Ticked off." if is_done else "Not done after all: open again.")
    return redirect(f"/plans/{plan_id}/#actions")


@screen(needs=Permission.PLAN_VIEW)
def scores(request: Request, plan_id: int) -> HttpResponse:
    """Where each target stands today, between reviews."""
    found = queries.open_plan_page(request.actor, plan_id, "score targets")
    if request.method == "GET" and not (may := policy.score(request.actor, found)):
        return instead(request, found, may)
    targets = list(found.targets.all())
    initial = {"scored_on": request.actor.today}
    form = form_pages.bind(request, ScoresForm, targets=targets, initial=initial)
    done = form_pages.attempt(
        request,
        form,
        lambda _: actions.score_targets(actor=request.actor, plan=found, **form.facts()),
        about=found.pupil,
    )
    if done:
        messages.success(request, "Scored.")
        return redirect(f"/plans/{plan_id}/")
    context = around(request, found) | {
        "heading": f"Score the targets of plan {found.number}",
        "second": "Leave a target empty if nobody counted it.",
    }
    return form_pages.show(request, "plans/answer.html", form, context)


@screen(needs=Permission.PLAN_VIEW)
def review(request: Request, plan_id: int) -> HttpResponse:
    found = queries.open_plan_to_review(request.actor, plan_id)
    if request.method == "GET" and not (may := policy.review(request.actor, found)):
        return instead(request, found, may)
    frame = around(request, found)
    is_service = request.actor.may(Permission.REVIEW_RECORD)
    framework = found.case.framework
    now = queries.stage_of(found)
    stages = queries.stages_to_step_to(found, now)
    calendar = Calendars(request.actor).of(found.case.school_id)
    rhythm = rhythm_of(type_of(found), framework)
    proposal = propose_review(request.actor.today, rhythm.weeks, rhythm.whose, calendar)
    form = form_pages.bind(
        request,
        ReviewForm,
        targets=list(found.targets.all()),
        stages=stages,
        elsewhere=decided_elsewhere(request.actor, stages),
        strategies=tapering.to_review(tapering.strategies_of(request.actor, found.case))
        if is_service
        else (),
        now=now,
        may_step=is_service,
        working=f"Not needed to close. {proposal.working}",
        initial={"held_on": request.actor.today, "next_review_on": proposal.on},
    )
    said = said_on(found, request.actor.today)
    form.show_said(said)
    form.instance_version = versions_of(said)
    seen = form_pages.version_number(request, form.instance_version)
    done = form_pages.attempt(
        request,
        form,
        lambda _: actions.record_review(actor=request.actor, plan=found, facts=form.facts(seen)),
        school=found.case.school,
        about=found.pupil,
    )
    if done:
        return _after(request, found, done)
    context = frame | {
        "heading": f"Review plan {found.number}",
        "second": found.aim,
        "meeting_url": f"/plans/{found.pk}/meeting/" if is_service and found.targets.all() else "",
        "notes": [
            {"text": note.text, "who": f"{note.writer}, for {note.party.label.lower()}"}
            for note in parts.notes_of(found)
        ],
        "standing": {
            "framework": framework.name,
            "stage": now.name if now else "No stage recorded yet",
        },
        "sections": [
            {"title": s.title, "url": f"#{s.id}", "state": "ring", "note": ""}
            for s in form.sections
        ],
    }
    return form_pages.show(request, "plans/review.html", form, context)


def _after(request: Request, found: Plan, done: Review) -> HttpResponse:
    if done.decision == Review.Decision.CLOSE and request.actor.may(Permission.CASE_CLOSE):
        messages.success(request, "The review is recorded. Close the case here.")
        return redirect(f"/cases/{found.case_id}/close/")
    following = queries.plan_after(request.actor, found)
    if following is None:
        messages.success(request, "The review is recorded.")
        return redirect(f"/plans/{found.pk}/")
    messages.success(
        request,
        f"The review is recorded. Plan {following.number} begins with what is left: check it, and "
        "send it for approval.",
    )
    return redirect(f"/plans/{following.pk}/")
