"""Makes a document to take away, and writes down that it was made, by whom and for whom."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from alongside.cases.models import Case, ReportApproval
from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.days import start_of
from alongside.core.decisions import Refused, require
from alongside.core.handling import InformationClass
from alongside.documents import hearings, policy
from alongside.documents.blocks import Document
from alongside.documents.chronology_report import Wanted, chronology_report
from alongside.documents.closure_report import Recipient, closure_report
from alongside.documents.copies import given_out
from alongside.documents.pdf import as_pdf
from alongside.documents.plan_sheet import plan_sheet
from alongside.documents.word import as_word
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import ChronologyEntry, EntryKind, Pupil
from alongside.plans.models import Plan

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {"pdf": (as_pdf, PDF, "PDF", "pdf"), "word": (as_word, WORD, "Word", "docx")}

log = logging.getLogger(__name__)


class NotMade(Exception):
    """The document could not be made: a fault of ours, in the log. Nothing was changed."""


@dataclass(frozen=True)
class Made:
    """A file to hand over."""

    content: bytes
    content_type: str
    name: str


@transaction.atomic
def make_closure_report(*, actor: Actor, case: Case, recipient: Recipient, form: str) -> Made:
    """The report as a file. `form` is "pdf" or "word"."""
    is_school = recipient == Recipient.SCHOOL
    require(policy.take_school_copy(actor, case) if is_school else policy.make_report(actor))
    render, content_type, word, ending = FORMS[form]

    def write() -> Document:
        document = closure_report(actor, case, recipient)
        return given_out(actor, case, document) if is_school else document

    made = _made(write, render, content_type, ending, case.reference)
    _trace(
        actor,
        case.pupil,
        f"Closure report made as {word}, for {recipient.label.lower()}",
        f"/cases/{case.pk}/report/",
        {"document": "closure_report", "form": form, "recipient": recipient},
        is_shared=is_school,
    )
    return made


@transaction.atomic
def make_plan_sheet(*, actor: Actor, plan: Plan) -> Made:
    """A plan as one page."""
    require(policy.print_plan(actor, plan))
    made = _made(lambda: plan_sheet(actor, plan), as_pdf, PDF, "pdf", f"plan {plan.pk}")
    detail = {"document": "plan_sheet", "plan": plan.pk}
    summary = f"Plan {plan.number} printed for the class team"
    _trace(
        actor, plan.pupil, summary, f"/plans/{plan.pk}/", detail, is_shared=True, once_a_day=True
    )
    return made


@transaction.atomic
def make_chronology(
    *, actor: Actor, pupil: Pupil, wanted: Wanted, approval: ReportApproval | None = None
) -> Made:
    """A chronology for a hearing, as pages; that it was made stands in the chronology itself.

    Of the lines that were approved, or of all where nobody else could approve them.
    """
    require(hearings.may_give_out(actor, pupil, approval))
    only = frozenset(approval.line_ids) if approval else None
    wanted = hearings.wanted_of(approval) if approval else wanted
    made = _made(
        lambda: chronology_report(actor, pupil, wanted, only),
        as_pdf,
        PDF,
        "pdf",
        f"pupil {pupil.pk}",
    )
    detail: dict[str, object] = {
        "approval": approval.pk if approval else None,
        "document": "chronology",
        "classes": sorted(wanted.classes),
        "has_named": wanted.has_named,
    }
    summary = f"Chronology made for {wanted.hearing}"
    _trace(actor, pupil, summary, f"/pupils/{pupil.pk}/chronology/", detail, is_shared=False)
    return made


def _made(
    write: Callable[[], Document],
    render: Callable[[Document], bytes],
    content_type: str,
    ending: str,
    subject: str,
) -> Made:
    """The file, or `NotMade`: what can fail in laying out somebody's words is past listing."""
    try:
        document = write()
        return Made(render(document), content_type, f"{document.name}.{ending}")
    except Refused:
        raise
    except Exception as fault:
        log.exception("No %s of %s could be made", ending, subject)
        raise NotMade from fault


def _trace(
    actor: Actor,
    pupil: Pupil,
    summary: str,
    url: str,
    detail: dict[str, object],
    *,
    is_shared: bool,
    once_a_day: bool = False,
) -> None:
    """For people to read, in the chronology: what is printed again and again, once a day. The audit
    has a line of each time."""
    audit.record(
        actor=actor, kind="document.made", subject=url, pupil_ids=[pupil.pk], detail=detail
    )
    if once_a_day and _is_told_today(actor, pupil, summary, url):
        return
    write_chronology(
        actor=actor,
        pupil=pupil,
        kind=EntryKind.DOCUMENT,
        information_class=InformationClass.PUPIL if is_shared else InformationClass.CASEWORK,
        summary=summary,
        url=url,
        is_shared=is_shared,
    )


def _is_told_today(actor: Actor, pupil: Pupil, summary: str, url: str) -> bool:
    told = ChronologyEntry.objects.filter(pupil=pupil, kind=EntryKind.DOCUMENT, url=url)
    return told.filter(summary=summary, created_at__gte=start_of(actor.today)).exists()
