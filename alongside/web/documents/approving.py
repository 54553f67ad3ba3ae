"""Sending a report in for approval, and approving or returning it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.cases.models import Case, ReportApproval
from alongside.cases.queries import get_case, open_case_page
from alongside.core.actor import Actor
from alongside.core.permissions import Permission
from alongside.documents import approving, copies
from alongside.documents.blocks import Document
from alongside.rules.words import listed
from alongside.web import form_pages
from alongside.web.forms import Radios, Textarea, WordsForOthers
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen

STATES = {"WAITING": "waiting", "APPROVED": "met", "RETURNED": "soon"}


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label="Your decision",
        choices=[("approve", "Approve it"), ("return", "Return it with what is to change")],
        widget=Radios(),
    )
    reason = WordsForOthers(
        label="What is to change",
        help_text="Needed when you return it. The writer reads it.",
        max_length=500,
        required=False,
        widget=Textarea(rows=3),
    )


@screen(needs=Permission.DOCUMENT_MAKE, methods=("POST",))
def ask(request: Request, case_id: int) -> HttpResponse:
    case = get_case(request.actor, case_id)
    approving.ask_for_approval(actor=request.actor, case=case)
    names = [
        name
        for _, name in approving.approvers_of(case, request.actor.today, request.actor.staff_id)
    ]
    messages.success(request, f"Sent in. {listed(names, 'or')} can approve it.")
    return redirect(f"/cases/{case_id}/report/?for=school")


@screen(needs=Permission.REPORT_APPROVE)
def decide(request: Request, case_id: int) -> HttpResponse:
    actor = request.actor
    case = open_case_page(actor, case_id, "approve a report")
    approval = approving.approval_of(case)
    if request.method == "GET" and not (may := approving.may_decide(actor, approval)):
        messages.info(request, may.reason)
        return redirect(f"/cases/{case_id}/report/?for=school")
    form = form_pages.bind(request, DecisionForm)
    done = form_pages.attempt(
        request,
        form,
        lambda data: approving.decide_report(
            actor=actor,
            case=case,
            is_approved=data["decision"] == "approve",
            reason=data["reason"],
        ),
        about=case.pupil,
    )
    if done:
        messages.success(request, f"{done.get_state_display()}. The writer is told.")
        return redirect(f"/cases/{case_id}/report/?for=school")
    context = {
        **pupil_frame(actor, case.pupil, ""),
        "heading": "Approve or return the closure report",
        "second": approving.said_of(approval),
        "back_url": f"/cases/{case_id}/report/?for=school",
        "back_label": "Read the report",
    }
    return form_pages.show(request, "plans/answer.html", form, context)


def panel_of(
    actor: Actor, case: Case, approval: ReportApproval | None, document: Document
) -> dict[str, Any]:
    """What the report's page says of its approval, and what may be done about it."""
    at = f"/cases/{case.pk}/report/"
    stands = approving.may_give_out(actor, case, approval, document)
    return {
        "said": approving.said_of(approval),
        "state": STATES[approval.state] if approval else "info",
        "word": approval.get_state_display() if approval else "Not sent in",
        "give_out": stands,
        "kept": "" if stands else copies.said_of_kept(case),
        "ask_url": f"{at}ask/",
        "may_ask": approving.may_ask(actor, case, approval)
        and not (approval and approval.state == "APPROVED" and stands),
        "decide_url": f"{at}decide/" if approving.may_decide(actor, approval) else "",
    }
