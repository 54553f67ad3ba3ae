"""An update on how a plan goes: put together from the records, edited, sent, and read."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core.permissions import Permission
from alongside.duties import progress
from alongside.plans import actions, policy, queries
from alongside.plans import updates as sent_updates
from alongside.plans.models import ProgressUpdate
from alongside.rules.words import day_in_words
from alongside.web import form_pages
from alongside.web.dates import clock_time
from alongside.web.forms import Textarea, WordsForOthers
from alongside.web.plans.around import around, instead
from alongside.web.screens import Request, screen


class UpdateForm(forms.Form):
    """The summary, ready to edit."""

    body = WordsForOthers(
        label="How it goes",
        help_text="Put together from sessions, logs, scores and notes. Change it as you like.",
        max_length=8000,
        widget=Textarea(rows=22),
    )


@screen(needs=Permission.SESSION_RECORD)
def write(request: Request, plan_id: int) -> HttpResponse:
    found = queries.open_plan_to_review(request.actor, plan_id, "update on a plan")
    if request.method == "GET" and not (may := policy.update(request.actor, found)):
        return instead(request, found, may)
    since = progress.since_of(found)
    initial: dict[str, Any] = {}
    if request.method == "GET":
        initial["body"] = progress.assemble(request.actor, found, since)
    form = form_pages.bind(request, UpdateForm, initial=initial)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.send_update(
            actor=request.actor, plan=found, since=since, body=data["body"]
        ),
        about=found.pupil,
    )
    if done:
        messages.success(request, f"Sent to {done.told}." if done.told else "Kept with the plan.")
        return redirect(f"/plans/{plan_id}/updates/")
    context = around(request, found) | {
        "heading": f"Update on plan {found.number}",
        "second": f"Since {day_in_words(since)}.",
        "button": "Send the update",
    }
    return form_pages.show(request, "plans/answer.html", form, context)


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def updates(request: Request, plan_id: int) -> HttpResponse:
    found = queries.open_plan_page(request.actor, plan_id, "updates on a plan")
    sent = sent_updates.updates_of(request.actor, found)
    context = around(request, found) | {
        "heading": f"Updates on plan {found.number}",
        "second": "As they were sent, the newest first.",
        "updates": [
            {
                "title": f"{one.sent_by.name}, {clock_time(one.sent_at)}",
                "second": f"Since {day_in_words(one.since)}. Told: {one.told or 'nobody else'}.",
                "body": one.body,
                "read": _read(one),
                "url": f"/plans/{plan_id}/updates/{one.pk}/read/",
                "may_read": policy.acknowledge(request.actor, one),
            }
            for one in sent
        ],
        "may": policy.update(request.actor, found),
        "write_url": f"/plans/{plan_id}/update/",
    }
    return render(request, "plans/updates.html", context)


@screen(needs=Permission.CASE_VIEW, methods=("POST",))
def read(request: Request, plan_id: int, update_id: int) -> HttpResponse:
    found = queries.get_plan(request.actor, plan_id)
    one = sent_updates.get_update(request.actor, found, update_id)
    answer = request.POST.get("answer", "")
    actions.acknowledge_update(actor=request.actor, update=one, answer=answer)
    messages.success(request, f"Acknowledged. {one.sent_by.name} is told.")
    return redirect(f"/plans/{plan_id}/updates/")


def _read(one: ProgressUpdate) -> str:
    if one.read_by is None or one.read_at is None:
        return "Not acknowledged yet"
    said = f": {one.answer}" if one.answer else ""
    return f"Acknowledged by {one.read_by.name}, {clock_time(one.read_at)}{said}"
