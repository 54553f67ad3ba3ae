"""Protocols, agreements and service development plans: stored, shared, answered, agreed, renewed."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse

from alongside.core.decisions import Conflict, Decision
from alongside.core.permissions import Permission
from alongside.pathways import actions, policy, queries
from alongside.pathways.models import Protocol, ProtocolAnswer
from alongside.rules.words import day_in_words
from alongside.web import form_pages
from alongside.web.dates import short_day
from alongside.web.partners.forms import AgreeForm, AnswerForm, ProtocolForm
from alongside.web.screens import Request, screen


@screen(needs=Permission.FRAMEWORK_VIEW, methods=("GET",))
def protocols(request: Request) -> HttpResponse:
    actor = request.actor
    found = queries.protocols(actor)
    return TemplateResponse(
        request,
        "partners/protocols.html",
        {
            "heading": "Protocols and agreements",
            "second": "What partners work by, and plans they develop together",
            "table": _table(found, actor.today),
            "may_write": policy.write_protocol(actor),
        },
    )


def _table(found: list[Protocol], today: date) -> dict[str, Any]:
    labels = ("Title", "Owner", "Version", "Agreed", "Review")
    return {
        "caption": "Protocols, agreements and development plans",
        "columns": [{"label": label} for label in labels],
        "rows": [{"cells": _cells(one, today)} for one in found],
    }


def _cells(one: Protocol, today: date) -> list[dict[str, Any]]:
    late = one.review_on < today
    return [
        {
            "text": one.title,
            "url": f"/protocols/{one.pk}/",
            "second": one.get_kind_display(),
        },
        {"text": one.owner.name},
        {"text": str(one.number)},
        {"text": short_day(one.agreed_on) if one.agreed_on else _standing(one)},
        {
            "text": short_day(one.review_on),
            "second": "Overdue" if late else "",
            "state": "overdue" if late else "",
        },
    ]


def _standing(one: Protocol) -> str:
    if one.ended_on:
        return "Ended"
    return "Being agreed" if one.shared_on else "Being written"


@screen(needs=Permission.FRAMEWORK_VIEW, methods=("GET",))
def protocol(request: Request, protocol_id: int) -> HttpResponse:
    actor = request.actor
    one = queries.get_protocol(actor, protocol_id)
    at = f"/protocols/{one.pk}/"
    return render(
        request,
        "partners/protocol.html",
        {
            "heading": one.title,
            "second": f"{one.get_kind_display()}, version {one.number}",
            "protocol": one,
            "at": at,
            "facts": _facts(one),
            "answers": [_answer(said) for said in queries.answers_to(one)],
            "versions": [_version(each, one) for each in queries.versions_of_protocol(actor, one)],
            "may_write": policy.write_protocol(actor),
            "may_change": policy.change_protocol(actor, one),
            "may_answer": policy.answer_protocol(actor, one),
            "may_agree": policy.agree_protocol(actor, one),
            "may_renew": policy.renew_protocol(actor, one),
        },
    )


def _facts(one: Protocol) -> list[dict[str, str]]:
    days = (one.shared_on, one.agreed_on, one.review_on, one.ended_on)
    shared, agreed, review, ended = (day_in_words(day) if day else "" for day in days)
    rows = [
        ("Owner", one.owner.name),
        ("Version", str(one.number)),
        ("Written by", one.written_by.name),
        ("Shared with partners", shared or "Not yet"),
        ("Agreed", agreed or "Not yet"),
        ("Reviewed on", review),
        ("Ended", ended),
        ("What changed", one.changed_because),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


STATES = {
    "AGREES": ("met", "Agrees"),
    "DISAGREES": ("soon", "Not yet"),
    "COMMENT": ("info", "Comment"),
}


def _answer(said: ProtocolAnswer) -> dict[str, Any]:
    state, word = STATES[said.answer]
    noted = "" if said.recorded_by.name == said.said_by else f", noted by {said.recorded_by.name}"
    return {
        "partner": said.partner,
        "by": f"{said.said_by}, {day_in_words(said.said_on)}{noted}",
        "words": said.words,
        "state": state,
        "word": word,
    }


def _version(each: Protocol, one: Protocol) -> dict[str, str]:
    agreed = f"agreed {day_in_words(each.agreed_on)}" if each.agreed_on else _standing(each).lower()
    return {
        "name": f"Version {each.number}",
        "url": f"/protocols/{each.pk}/" if each.pk != one.pk else "",
        "note": f"{agreed}. {each.changed_because}".strip(),
    }


@screen(needs=Permission.FRAMEWORK_EDIT)
def new(request: Request) -> HttpResponse:
    actor = request.actor
    form = form_pages.bind(request, ProtocolForm)
    done = form_pages.attempt(
        request,
        form,
        lambda _data: actions.write_protocol(
            actor=actor, owner_id=actor.held[0].place_id, facts=form.facts()
        ),
    )
    if done:
        messages.success(request, "Saved. Nobody outside the service reads it until it is shared.")
        return redirect(f"/protocols/{done.pk}/")
    return _form(
        request, form, "Write a protocol or agreement", "Save", policy.write_protocol(actor)
    )


@screen(needs=Permission.FRAMEWORK_EDIT)
def change(request: Request, protocol_id: int) -> HttpResponse:
    actor = request.actor
    one = queries.get_protocol(actor, protocol_id)
    initial = {name: getattr(one, name) for name in ProtocolForm.base_fields}
    form = form_pages.bind(request, ProtocolForm, initial=initial)
    version = form_pages.version_number(request, one.version)
    form.instance_version = version  # type: ignore[attr-defined]
    may = policy.change_protocol(actor, one)
    try:
        done = form_pages.attempt(
            request,
            form,
            lambda _data: actions.change_protocol(
                actor=actor, protocol=one, facts=form.facts(), version=version
            ),
        )
    except Conflict:
        return form_pages.show_conflict(
            request,
            form,
            theirs=initial,
            record=one,
            version=one.version,
            context={"heading": one.title},
        )
    if done:
        messages.success(request, "Saved.")
        return redirect(f"/protocols/{one.pk}/")
    return _form(request, form, one.title, "Save", may, one)


@screen(needs=Permission.FRAMEWORK_EDIT, methods=("POST",))
def share(request: Request, protocol_id: int) -> HttpResponse:
    one = queries.get_protocol(request.actor, protocol_id)
    actions.share_protocol(actor=request.actor, protocol=one)
    messages.success(request, "Partners may read it now, comment, and say whether they agree.")
    return redirect(f"/protocols/{one.pk}/")


@screen(needs=Permission.FRAMEWORK_VIEW)
def answer(request: Request, protocol_id: int) -> HttpResponse:
    actor = request.actor
    one = queries.get_protocol(actor, protocol_id)
    leads = bool(policy.write_protocol(actor))
    form = form_pages.bind(request, AnswerForm, speaks_for_others=leads, today=actor.today)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.answer_protocol(actor=actor, protocol=one, **data),
    )
    if done:
        messages.success(request, f"What {done.partner} says is recorded.")
        return redirect(f"/protocols/{one.pk}/#answers")
    heading = "What a partner says" if leads else "Comment, or agree"
    return _form(request, form, heading, "Record it", policy.answer_protocol(actor, one), one)


@screen(needs=Permission.FRAMEWORK_EDIT)
def agree(request: Request, protocol_id: int) -> HttpResponse:
    actor = request.actor
    one = queries.get_protocol(actor, protocol_id)
    initial = {"agreed_on": actor.today, "review_on": one.review_on}
    form = form_pages.bind(request, AgreeForm, initial=initial)
    done = form_pages.attempt(
        request, form, lambda data: actions.agree_protocol(actor=actor, protocol=one, **data)
    )
    if done:
        messages.success(request, "It is agreed. The version before it has ended.")
        return redirect(f"/protocols/{one.pk}/")
    return _form(request, form, "It is agreed", "Record it", policy.agree_protocol(actor, one), one)


@screen(needs=Permission.FRAMEWORK_EDIT, methods=("POST",))
def renew(request: Request, protocol_id: int) -> HttpResponse:
    one = queries.get_protocol(request.actor, protocol_id)
    following = actions.renew_protocol(actor=request.actor, protocol=one)
    messages.success(request, f"Version {following.number} is begun from what stands.")
    return redirect(f"/protocols/{following.pk}/")


def _form(
    request: Request,
    form: Any,
    heading: str,
    button: str,
    decision: Decision,
    one: Protocol | None = None,
) -> HttpResponse:
    context = {
        "heading": heading,
        "second": f"{one.title}, version {one.number}" if one else "",
        "button": button,
        "decision": decision,
        "back_url": f"/protocols/{one.pk}/" if one else "/protocols/",
        "back_label": "Back",
    }
    return form_pages.show(request, "frameworks/form.html", form, context)
