"""Documents to read on a page and to take away."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime

from alongside.assessments.queries import profile_of
from alongside.cases.models import Case
from alongside.cases.queries import get_case, open_case_page
from alongside.core.actor import Actor
from alongside.core.decisions import NotFound, Refused
from alongside.core.permissions import Permission
from alongside.documents import actions, policy
from alongside.documents.approving import approval_of
from alongside.documents.blocks import Block, Document, Picture
from alongside.documents.closure_report import Recipient, closure_report
from alongside.documents.copies import given_out
from alongside.people.queries import banner, open_pupil
from alongside.plans.queries import get_plan
from alongside.web.documents.approving import panel_of
from alongside.web.screens import Request, screen


@screen(needs=Permission.REPORT_READ, methods=("GET",))
def report(request: Request, case_id: int) -> HttpResponse:
    """The closure report as its reader will have it."""
    actor = request.actor
    case = open_case_page(actor, case_id, "closure report")
    may_make, reads_all = policy.make_report(actor), policy.read_report(actor)
    asked = request.GET.get("for", Recipient.SERVICE)
    recipient = _recipient(asked) if reads_all else Recipient.SCHOOL
    may_take = policy.take_school_copy(actor, case) if recipient == Recipient.SCHOOL else may_make
    if not (may_take or policy.read_school_copy(actor, case)):
        return _not_yet(request, case, may_take.reason)
    document = closure_report(actor, case, recipient)
    is_school = not may_make and bool(may_take)
    if is_school:
        try:
            document = given_out(actor, case, document)
        except Refused as refused:
            return _not_yet(request, case, refused.reason)
    at = f"/cases/{case.pk}/report/"
    copies = [
        {"label": r.label, "url": f"{at}?for={r}", "is_current": r == recipient}
        for r in Recipient
        if reads_all or r == Recipient.SCHOOL
    ]
    return render(
        request,
        "documents/report.html",
        {
            "document": document,
            "sections": drawn(document),
            "recipient": recipient,
            "copies": copies,
            "may_take": may_take,
            "approval": _approval(actor, case, document, is_reader=not may_make)
            if recipient == Recipient.SCHOOL and not is_school
            else None,
            "pdf_url": f"{at}pdf/",
            "word_url": f"{at}word/",
            "back_url": f"/cases/{case.pk}/",
            "back_label": "Back to the case",
        },
    )


def _not_yet(request: Request, case: Case, why: str) -> HttpResponse:
    """A line of the chronology leads here: it answers with the case, and why there is no copy."""
    messages.info(request, why)
    return redirect(f"/cases/{case.pk}/")


def _approval(
    actor: Actor, case: Case, document: Document, *, is_reader: bool
) -> dict[str, Any] | None:
    """Who only approves is shown what was sent in, and nothing of what was not."""
    approval = approval_of(case)
    return None if approval is None and is_reader else panel_of(actor, case, approval, document)


@screen(needs=Permission.REPORT_READ, methods=("POST",))
def report_pdf(request: Request, case_id: int) -> HttpResponse:
    return _report_file(request, case_id, "pdf")


@screen(needs=Permission.REPORT_READ, methods=("POST",))
def report_word(request: Request, case_id: int) -> HttpResponse:
    return _report_file(request, case_id, "word")


@screen(needs=Permission.PLAN_VIEW, methods=("POST",))
def plan_pdf(request: Request, plan_id: int) -> HttpResponse:
    plan = get_plan(request.actor, plan_id)
    try:
        made = actions.make_plan_sheet(actor=request.actor, plan=plan)
    except actions.NotMade:
        back = f"/plans/{plan.pk}/"
        return not_made(request, f"Plan {plan.number}", back, "Read the plan on screen")
    return download(made)


@screen(needs=Permission.PUPIL_VIEW, methods=("GET",))
def profile(request: Request, pupil_id: int) -> HttpResponse:
    """The child's own words, what helps and what to avoid, on one page to print."""
    pupil = open_pupil(request.actor, pupil_id, "one-page profile")
    found = profile_of(request.actor, pupil)
    lines: dict[str, Any] = {"quote": "", "quoted": "", "helps": [], "avoid": []}
    if found:
        said = f"{pupil.forename}, {found.said_on:%-d %B %Y}" if found.said_on else pupil.forename
        lines = {
            "quote": found.words,
            "quoted": said,
            "needs": found.needs,
            "triggers": found.triggers,
            "helps": found.helps,
            "avoid": found.avoids,
        }
    return render(
        request,
        "documents/profile.html",
        {
            "pupil": pupil,
            "who": banner(request.actor, pupil)["who"],
            "profile": lines if found else None,
            "back_url": f"/pupils/{pupil.pk}/",
            "back_label": "Back to the record",
        },
    )


def _report_file(request: Request, case_id: int, form: str) -> HttpResponse:
    case = get_case(request.actor, case_id)
    recipient = _recipient(request.POST.get("for", ""))
    try:
        made = actions.make_closure_report(
            actor=request.actor, case=case, recipient=recipient, form=form
        )
    except actions.NotMade:
        back = f"/cases/{case.pk}/report/?for={recipient}"
        return not_made(request, "The closure report", back, "Read the report on screen")
    return download(made)


def not_made(request: Request, name: str, url: str, link: str) -> HttpResponse:
    return render(
        request,
        "documents/not_made.html",
        {"name": name, "url": url, "link": link, "at": localtime()},
        status=422,
    )


def download(made: actions.Made) -> HttpResponse:
    response = HttpResponse(made.content, content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response["Cache-Control"] = "no-store"
    return response


def _recipient(value: str) -> Recipient:
    """Whose copy it is. Nobody is given the fullest for a word that names none."""
    if value not in Recipient:
        raise NotFound
    return Recipient(value)


def drawn(document: Document) -> list[dict[str, Any]]:
    return [
        {"title": section.title, "blocks": [_block(block) for block in section.blocks]}
        for section in document.sections
    ]


def _block(block: Block) -> dict[str, Any]:
    values: dict[str, Any] = vars(block).copy()
    if isinstance(block, Picture):
        values["svg"] = mark_safe(block.svg)  # Our own drawing, its words escaped.
    return values
