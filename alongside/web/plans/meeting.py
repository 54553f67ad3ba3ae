"""The review meeting: one target at a time on the screen, each score saved as it is said."""

from typing import Any

from django.contrib import messages
from django.forms import ChoiceField
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.core.decisions import Conflict, NotFound
from alongside.core.permissions import Permission
from alongside.plans import actions, policy, queries
from alongside.plans.meeting import next_unsaid, said_on
from alongside.plans.models import Plan, Target, TargetScore
from alongside.plans.wording import figure
from alongside.rules.words import count_of
from alongside.web import form_pages
from alongside.web.charts import target_line
from alongside.web.forms.renderer import mistakes
from alongside.web.plans.around import around, instead
from alongside.web.plans.review_forms import MeetingForm
from alongside.web.screens import Request, screen


@screen(needs=Permission.REVIEW_RECORD, methods=("GET",))
def begin(request: Request, plan_id: int) -> HttpResponse:
    """To the first target that nobody has scored today; when all are, to the review."""
    found = queries.open_plan_to_review(request.actor, plan_id, "score targets in the meeting")
    if not (may := policy.review(request.actor, found)):
        return instead(request, found, may)
    return redirect(_onward(request, found, 0))


@screen(needs=Permission.REVIEW_RECORD)
def score(request: Request, plan_id: int, number: int) -> HttpResponse:
    actor = request.actor
    found = queries.open_plan_to_review(actor, plan_id, "score targets in the meeting")
    if request.method == "GET" and not (may := policy.review(actor, found)):
        return instead(request, found, may)
    target = next((t for t in found.targets.all() if t.order == number), None)
    if target is None:
        raise NotFound
    said = said_on(found, actor.today)
    now = said.get(target.pk)
    form = form_pages.bind(request, MeetingForm, target=target, initial=_values(now))
    form.instance_version = form_pages.version_shown(request, now.version if now else 0)
    seen = form_pages.version_number(request, now.version if now else 0)
    try:
        done = form_pages.attempt(
            request,
            form,
            lambda data: actions.score_in_meeting(
                actor=actor, plan=found, target=target, seen=seen, **data
            ),
            about=found.pupil,
        )
    except Conflict:
        return _both(request, found, target, form)
    if done:
        return redirect(_onward(request, found, number))
    return form_pages.show(
        request, "plans/meeting.html", form, _page(request, found, target, said, form)
    )


def _onward(request: Request, plan: Plan, after: int) -> str:
    said = said_on(plan, request.actor.today)
    following = next_unsaid(list(plan.targets.all()), said, after)
    if following:
        return f"/plans/{plan.pk}/meeting/{following.order}/"
    messages.success(request, f"{count_of(len(said), 'target')} scored. Now decide what follows.")
    return f"/plans/{plan.pk}/review/"


def _values(now: TargetScore | None) -> dict[str, Any]:
    return {"value": figure(now.value), "note": now.note} if now else {}


def _both(request: Request, plan: Plan, target: Target, form: MeetingForm) -> HttpResponse:
    """Two people score the same target in the same meeting: both figures, and a choice."""
    now = said_on(plan, request.actor.today)[target.pk]
    return form_pages.show_conflict(
        request,
        form,
        theirs=_values(now),
        record=now,
        version=now.version,
        context={**around(request, plan), "heading": f"Target {target.order}: {target.text}"},
    )


def _page(
    request: Request,
    plan: Plan,
    target: Target,
    said: dict[int, TargetScore],
    form: MeetingForm,
) -> dict[str, Any]:
    targets = list(plan.targets.all())
    now = said.get(target.pk)
    latest = getattr(target, "latest", None)
    at = f"/plans/{plan.pk}/"
    return around(request, plan) | {
        "heading": target.text,
        "second": f"Target {target.order} of {len(targets)}, at the review of plan {plan.number}",
        "target": target,
        "mistakes": mistakes(form),
        "is_short": isinstance(form.fields["value"], ChoiceField),
        "chart": target_line(
            name=target.text,
            start=float(target.baseline),
            now=None if latest is None else float(latest),
            goal=float(target.goal),
            least=float(target.lowest),
            most=float(target.highest),
        ),
        "said_by": f"Scored {figure(now.value)} today by {now.recorded_by.name}." if now else "",
        "targets": [_row(at, one, target, said) for one in targets],
        "skip_url": _skip_url(at, targets, target),
        "review_url": f"{at}review/",
        "back_url": f"{at}review/",
        "back_label": "The review",
    }


def _row(at: str, one: Target, shown: Target, said: dict[int, TargetScore]) -> dict[str, str]:
    score = said.get(one.pk)
    return {
        "what": f"{one.order}. {one.text}",
        "url": "" if one == shown else f"{at}meeting/{one.order}/",
        "note": f"{figure(score.value)} {one.unit}" if score else "",
        "state": "met" if score else "waiting",
        "word": "Scored" if score else "This one" if one == shown else "Not yet",
    }


def _skip_url(at: str, targets: list[Target], target: Target) -> str:
    later = [one for one in targets if one.order > target.order]
    return f"{at}meeting/{later[0].order}/" if later else f"{at}review/"
