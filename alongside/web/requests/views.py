"""Requests to other services: the list, those of a case, one with its steps, sending and answering."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse

from alongside.cases import queries as cases
from alongside.core.actor import Actor
from alongside.core.decisions import Conflict
from alongside.core.permissions import Permission
from alongside.referrals import actions, requests
from alongside.referrals.actions import Asked
from alongside.referrals.models import RequestKind, RequestState, SupportRequest
from alongside.rules.words import count_of
from alongside.web import form_pages
from alongside.web.pathways import pathway_asked, pathway_filter
from alongside.web.pupils.frame import pupil_frame
from alongside.web.requests.forms import AnswerForm, SendForm, WithdrawForm
from alongside.web.screens import Request, screen
from alongside.web.templatetags.alongside import day

S = RequestState
SHAPES = {
    S.SENT: "soon",
    S.WAITING: "waiting",
    S.ACCEPTED: "met",
    S.DECLINED: "declined",
    S.WITHDRAWN: "waiting",
}
LABELS = {"open": "No decision yet", "late": "To ask about", "decided": "Decided", "all": "All"}


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def requests_list(request: Request) -> HttpResponse:
    """Every request in scope, those waiting longest first."""
    actor = request.actor
    view = request.GET.get("view", "open")
    view = view if view in requests.VIEWS else "open"
    pathway = pathway_asked(request.GET)
    rows, following = requests.page(actor, view, request.GET.get("after", "")[:40], pathway)
    counted = requests.counts(actor)
    total = requests.counts(actor, pathway)[view] if pathway else counted[view]
    keep = {"pathway": pathway} if pathway else {}
    next_url = f"?{urlencode({'view': view, **keep, 'after': following})}" if following else ""
    return TemplateResponse(
        request,
        "requests/list.html",
        {
            "heading": "Requests to other services",
            "second": f"{count_of(total, 'request')}, longest waiting first",
            "views": [
                {
                    "label": LABELS[name],
                    "count": counted[name],
                    "url": f"?{urlencode({'view': name})}",
                    "is_current": name == view,
                }
                for name in requests.VIEWS
            ],
            "filter": pathway_filter(pathway, {"view": view}),
            "table": _table(actor, rows, with_pupil=True),
            "pages": {"summary": f"{len(rows)} of {total}", "next_url": next_url}
            if next_url
            else None,
        },
    )


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def of_case(request: Request, case_id: int) -> HttpResponse:
    case = cases.open_case_page(request.actor, case_id, "requests")
    return render(
        request,
        "requests/of_case.html",
        {
            **pupil_frame(request.actor, case.pupil),
            "heading": "Requests to other services",
            "second": f"Case {case.reference}",
            "back_url": f"/cases/{case.pk}/",
            "table": _table(request.actor, requests.requests_of(request.actor, case)),
            "may_send": requests.send(request.actor, case),
            "send_url": f"/cases/{case.pk}/requests/new/",
        },
    )


@screen(needs=Permission.CASE_VIEW)
def send(request: Request, case_id: int) -> HttpResponse:
    actor = request.actor
    case = cases.open_case_page(actor, case_id, "request")
    kinds = requests.kinds_for(actor, case)
    is_school = kinds[0][0] == RequestKind.SCHOOL
    form = form_pages.bind(
        request,
        SendForm,
        kinds=kinds,
        service=case.service.name if is_school else "",
        today=actor.today,
    )
    submission = _submission(request)

    def act(data: dict[str, Any]) -> SupportRequest:
        if is_school:
            data |= {"kind": RequestKind.SCHOOL.value, "addressed_to": case.service.name}
        return actions.send_request(
            actor=actor, case=case, asked=Asked(**data), submission=submission
        )

    done = form_pages.attempt(request, form, act, about=case.pupil)
    if done:
        messages.success(request, f"Request {done.reference} is sent and followed here.")
        return redirect(f"/requests/{done.pk}/")
    return _form(
        request,
        case.pupil,
        form,
        heading="Ask for more support" if is_school else "Ask another service",
        second=f"Case {case.reference}, {case.service.name}",
        button="Send the request",
        decision=requests.send(actor, case),
        back_url=f"/cases/{case.pk}/requests/",
        submission=submission,
    )


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def one(request: Request, request_id: int) -> HttpResponse:
    actor = request.actor
    found = requests.open_request_page(actor, request_id)
    return render(
        request,
        "requests/request.html",
        {
            **pupil_frame(actor, found.pupil),
            "heading": f"{found.get_kind_display()}, request {found.reference}",
            "second": f"Sent {day(found.sent_on)} by {found.recorded_by.name} to {found.addressed_to}",
            "found": found,
            "back_url": f"/cases/{found.case_id}/requests/",
            "state": SHAPES[S(found.state)],
            "is_late": requests.is_late(found, actor),
            "facts": _facts(found),
            "steps": [
                {
                    "label": requests.TRANSITIONS[step.name].label,
                    "on": step.on,
                    "by": step.taken_by.name,
                    "said_by": step.said_by,
                    "reason": step.reason,
                }
                for step in requests.steps_of(found)
            ],
            "acts": _acts(actor, found) if found.state in requests.OPEN else [],
        },
    )


def _acts(actor: Actor, found: SupportRequest) -> list[dict[str, Any]]:
    offered = (
        ("Record what they said", "answer", requests.answer, ""),
        ("Take it back", "withdraw", requests.withdraw, "2"),
    )
    return [
        {
            "label": label,
            "url": f"/requests/{found.pk}/{end}/",
            "decision": decide(actor, found),
            "look": look,
        }
        for label, end, decide, look in offered
    ]


@screen(needs=Permission.CASE_WORK)
def answer(request: Request, request_id: int) -> HttpResponse:
    return _change(
        request,
        request_id,
        form_class=AnswerForm,
        act=actions.answer_request,
        decide=requests.answer,
        heading="What they said",
        button="Record it",
        options={"today": request.actor.today, "initial": {"answered_on": request.actor.today}},
    )


@screen(needs=Permission.CASE_VIEW)
def withdraw(request: Request, request_id: int) -> HttpResponse:
    return _change(
        request,
        request_id,
        form_class=WithdrawForm,
        act=actions.withdraw_request,
        decide=requests.withdraw,
        heading="Take the request back",
        button="Take it back",
        options={},
    )


def _change(
    request: Request,
    request_id: int,
    *,
    form_class: Any,
    act: Any,
    decide: Any,
    heading: str,
    button: str,
    options: dict[str, Any],
) -> HttpResponse:
    """One change of a request with its reason; who saved second looks again first."""
    actor = request.actor
    found = requests.open_request_page(actor, request_id)
    form = form_pages.bind(request, form_class, **options)
    version = form_pages.version_number(request, found.version)
    try:
        done = form_pages.attempt(
            request,
            form,
            lambda data: act(actor=actor, request=found, version=version, **data),
            about=found.pupil,
        )
    except Conflict:
        return form_pages.overtaken(
            request, what="request", record=found, url=f"/requests/{found.pk}/"
        )
    if done:
        messages.success(request, f"Saved: {done.get_state_display().lower()}.")
        return redirect(f"/requests/{found.pk}/")
    return _form(
        request,
        found.pupil,
        form,
        heading=heading,
        second=f"{found.get_kind_display()}, request {found.reference}",
        button=button,
        decision=decide(actor, found),
        back_url=f"/requests/{found.pk}/",
        version=version,
    )


def _form(request: Request, pupil: Any, form: Any, **context: Any) -> HttpResponse:
    frame = pupil_frame(request.actor, pupil)
    return form_pages.show(request, "requests/form.html", form, frame | context)


def _facts(found: SupportRequest) -> list[dict[str, str]]:
    agreed = f"{found.agreed_by}, {day(found.agreed_on)}" if found.agreed_on else found.agreed_by
    rows = [
        ("What was asked", found.asked),
        ("Agreed at home", agreed or "Nobody has been asked yet"),
        ("Their answer", found.answer if found.state != S.SENT else ""),
        ("Expected to begin", day(found.expected_on) if found.expected_on else ""),
        ("Decided", day(found.decided_on) if found.decided_on else ""),
        ("The school", "May follow this" if found.is_shared else "Does not see this"),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _table(actor: Actor, rows: list[SupportRequest], with_pupil: bool = False) -> dict[str, Any]:
    names = ["Asked of", "Stands", "Sent", "Answer"]
    return {
        "caption": "Requests",
        "columns": [{"label": n} for n in (["Pupil", *names] if with_pupil else names)],
        "rows": [_row(actor, found, with_pupil) for found in rows],
    }


def _row(actor: Actor, found: SupportRequest, with_pupil: bool) -> dict[str, Any]:
    url = f"/requests/{found.pk}/"
    asked = {"text": found.get_kind_display(), "second": found.addressed_to}
    pupil = {"text": found.pupil.name, "url": url, "second": found.reference}
    late = requests.is_late(found, actor)
    due = found.expected_on if found.state == S.WAITING else found.chase_on
    cells = [
        asked if with_pupil else asked | {"url": url},
        {"tag": True, "state": SHAPES[S(found.state)], "text": found.get_state_display()},
        {
            "text": day(found.sent_on),
            "state": "overdue" if late else "",
            "second": f"Ask about it: {day(due)}" if found.state in requests.OPEN else "",
        },
        {"text": found.answer[:120] or "–", "second": _decided(found)},
    ]
    return {"cells": [pupil, *cells] if with_pupil else cells}


def _decided(found: SupportRequest) -> str:
    return day(found.decided_on) if found.decided_on else ""


def _submission(request: Request) -> UUID:
    try:
        return UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid4()
