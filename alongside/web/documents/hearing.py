"""A chronology for a hearing: what goes in is chosen, read on screen, then taken as pages."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.cases.models import ReportApproval
from alongside.core.actor import Actor
from alongside.core.decisions import require
from alongside.core.handling import InformationClass
from alongside.core.permissions import Permission
from alongside.documents import actions, approving, hearings, policy
from alongside.documents.chronology_report import Wanted, chronology_report
from alongside.people.models import Pupil
from alongside.people.queries import get_pupil, open_pupil
from alongside.people.queries.chronology import Chosen
from alongside.rules.words import listed
from alongside.web import form_pages
from alongside.web.documents.approving import STATES, DecisionForm
from alongside.web.documents.views import download, drawn, not_made
from alongside.web.forms import Checkboxes, DateField, Section, Text, WordsForOthers
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen

IN_FIRST = ("C1", "C2", "C3", "C4")  # Ticked unless somebody says otherwise.


# Each class of information as a person would call it, and what it holds, for who chooses among them.
NAMES = {
    "C1": "About the school",
    "C2": "The pupil’s core record",
    "C3": "Casework",
    "C4": "Health and SEND",
    "C5": "Safeguarding and social care",
    "C6": "Told in confidence by the family",
    "C7": "Challenge to others",
    "C8": "About colleagues",
}
KINDS = {
    "C1": "About the school itself: its profile, advice and training.",
    "C2": "Name, year and school, plans and targets, sessions, attendance, the one-page profile.",
    "C3": "Contacts and notes, judgements, reports, meetings.",
    "C4": "Diagnoses, education, health and care plans, professionals’ reports.",
    "C5": "Concerns, child in need and child protection, risk.",
    "C6": "What the family asked not to be passed to the school.",
    "C7": "Challenge to a school or agency, and what a panel weighed.",
    "C8": "Supervision and notes about colleagues.",
}


class HearingForm(forms.Form):
    sections = (
        Section("For which hearing", ("hearing", "from_on", "to_on")),
        Section("What goes in", ("classes", "has_named", "has_presence")),
    )
    hearing = WordsForOthers(
        label="For",
        max_length=120,
        help_text="Such as: the independent review panel of 3 December.",
        widget=Text(),
    )
    from_on = DateField(label="From", required=False, help_text="Leave empty for all of it.")
    to_on = DateField(label="To", required=False)
    classes = forms.MultipleChoiceField(
        label="What kinds of record",
        widget=Checkboxes(hints=KINDS),
        help_text="Of those that you read.",
    )
    has_named = forms.BooleanField(label="Notes for named people that I may read", required=False)
    has_presence = forms.BooleanField(
        label="That there is a restricted record, and whom to ask", required=False
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        reads = [c for c in InformationClass if c in actor.reads and c.value in NAMES]
        self.fields["classes"].choices = [(c.value, NAMES[c.value]) for c in reads]  # type: ignore[attr-defined]
        self.initial.setdefault("classes", [c.value for c in reads if c.value in IN_FIRST])
        self.initial.setdefault("has_presence", True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("from_on"), data.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", "The last day is before the first.")
        return data

    @property
    def wanted(self) -> Wanted:
        data = self.cleaned_data
        return Wanted(
            hearing=data["hearing"].strip(),
            chosen=Chosen(from_on=data["from_on"], to_on=data["to_on"]),
            classes=frozenset(InformationClass(c) for c in data["classes"]),
            has_named=data["has_named"],
            has_presence=data["has_presence"],
        )


@screen(needs=Permission.DOCUMENT_MAKE)
def hearing(request: Request, pupil_id: int) -> HttpResponse:
    """What goes in is chosen, then sent in for approval; without, only where nobody could approve it."""
    actor = request.actor
    pupil = open_pupil(actor, pupil_id, "chronology for a hearing")
    require(policy.make_chronology(actor))
    form = form_pages.bind(request, HearingForm, actor=actor)
    people = hearings.approvers_of(pupil, actor.today, actor.staff_id)
    if people:
        return _send_in(request, pupil, form, listed([name for _, name in people], "or"))
    try:
        made = form_pages.attempt(
            request,
            form,
            lambda _: actions.make_chronology(actor=actor, pupil=pupil, wanted=form.wanted),
            about=pupil,
        )
    except actions.NotMade:
        return _not_made(request, pupil)
    if made:
        return download(made)
    return form_pages.show(request, "documents/hearing.html", form, _page(actor, pupil))


def _send_in(request: Request, pupil: Pupil, form: HearingForm, names: str) -> HttpResponse:
    actor = request.actor
    sent = form_pages.attempt(
        request,
        form,
        lambda _: hearings.ask_for_approval(actor=actor, pupil=pupil, wanted=form.wanted),
        about=pupil,
    )
    if sent:
        messages.success(request, f"Sent in. {names} can approve it.")
        return redirect(request.path)
    page = _page(actor, pupil) | {"approvers": names, "decision": hearings.may_ask(actor, pupil)}
    return form_pages.show(request, "documents/hearing.html", form, page)


@screen(needs=Permission.DOCUMENT_MAKE, methods=("GET",))
def sent_in(request: Request, pupil_id: int, approval_id: int) -> HttpResponse:
    """The lines that were sent in, as far as this person reads them."""
    actor = request.actor
    pupil = open_pupil(actor, pupil_id, "chronology for a hearing")
    require(policy.make_chronology(actor))
    approval = hearings.get_approval(actor, pupil, approval_id)
    wanted = hearings.as_sent(hearings.wanted_of(approval))
    document = chronology_report(actor, pupil, wanted, frozenset(approval.line_ids))
    may_answer = hearings.may_return(actor, approval)
    return render(
        request,
        "documents/hearing_sent.html",
        {
            "document": document,
            "sections": drawn(document),
            "row": _row(actor, pupil, approval),
            "decide_url": f"{hearings.url_of(approval)}decide/" if may_answer else "",
            "unread": hearings.may_decide(actor, approval).reason if may_answer else "",
            "back_url": f"/pupils/{pupil.pk}/chronology/hearing/",
            "back_label": "Chronology for a hearing",
        },
    )


@screen(needs=Permission.REPORT_APPROVE)
def decide(request: Request, pupil_id: int, approval_id: int) -> HttpResponse:
    actor = request.actor
    pupil = open_pupil(actor, pupil_id, "approve a chronology")
    approval = hearings.get_approval(actor, pupil, approval_id)
    at = hearings.url_of(approval)
    if request.method == "GET" and not (may := hearings.may_return(actor, approval)):
        messages.info(request, may.reason)
        return redirect(at)
    form = form_pages.bind(request, DecisionForm)
    done = form_pages.attempt(
        request,
        form,
        lambda data: hearings.decide(
            actor=actor,
            approval=approval,
            is_approved=data["decision"] == "approve",
            reason=data["reason"],
        ),
        about=pupil,
    )
    if done:
        messages.success(request, f"{done.get_state_display()}. Who sent it in is told.")
        return redirect(at)
    context = {
        **pupil_frame(actor, pupil, ""),
        "heading": "Approve or return the chronology",
        "second": approving.said_of(approval),
        "back_url": at,
        "back_label": "Read the chronology",
    }
    return form_pages.show(request, "plans/answer.html", form, context)


@screen(needs=Permission.DOCUMENT_MAKE, methods=("POST",))
def pages(request: Request, pupil_id: int, approval_id: int) -> HttpResponse:
    """The pages of what was approved."""
    pupil = get_pupil(request.actor, pupil_id)
    approval = hearings.get_approval(request.actor, pupil, approval_id)
    try:
        made = actions.make_chronology(
            actor=request.actor,
            pupil=pupil,
            wanted=hearings.wanted_of(approval),
            approval=approval,
        )
    except actions.NotMade:
        return _not_made(request, pupil)
    return download(made)


def _not_made(request: Request, pupil: Pupil) -> HttpResponse:
    back = f"/pupils/{pupil.pk}/chronology/print/"
    return not_made(request, "The chronology", back, "Read it on screen and print that")


def _page(actor: Actor, pupil: Pupil) -> dict[str, Any]:
    return {
        **pupil_frame(actor, pupil, "chronology"),
        "heading": "Chronology for a hearing",
        "second": "Numbered lines on numbered pages, oldest first",
        "back_url": f"/pupils/{pupil.pk}/chronology/",
        "back_label": "Chronology",
        "sent": [_row(actor, pupil, one) for one in hearings.approvals_of(actor, pupil)],
    }


def _row(actor: Actor, pupil: Pupil, approval: ReportApproval) -> dict[str, Any]:
    """How one that was sent in stands, and its pages when it is approved."""
    url = hearings.url_of(approval)
    gives = approval.state == approving.State.APPROVED
    decision = hearings.may_give_out(actor, pupil, approval) if gives else None
    return {
        "for": approval.chosen["hearing"],
        "url": url,
        "state": STATES[approval.state],
        "word": approval.get_state_display(),
        "said": approving.said_of(approval),
        "pages_url": f"{url}pdf/" if decision else "",
        "not_now": decision.reason if decision is not None and not decision else "",
    }
