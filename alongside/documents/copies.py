"""Which closure report a school reads: today's, or the one last approved while a newer one waits."""

from dataclasses import replace

from alongside.cases.models import Case, ReportApproval
from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.core.decisions import require
from alongside.documents import policy
from alongside.documents.approving import approval_of, may_give_out
from alongside.documents.blocks import Document, document_from
from alongside.documents.withheld import withheld
from alongside.rules.words import day_in_words

State = ReportApproval.State
NEWER = {
    State.WAITING: "A newer one waits for approval.",
    State.APPROVED: "What was recorded since is not approved yet.",
    State.RETURNED: "A newer one was returned, to be changed.",
}


def given_out(actor: Actor, case: Case, document: Document) -> Document:
    """The school's copy as it may leave: `document` as it reads today, or what the school has.

    Whoever makes reports is refused, so that they ask for approval. The school keeps what it was
    given until a newer one is approved.
    """
    newest = approval_of(case)
    decision = may_give_out(actor, case, newest, document)
    if decision or policy.make_report(actor):
        require(decision)
        return document
    kept = last_approved(case)
    if newest is None or kept is None:
        require(decision)
        return document
    return _as_kept(actor, case, kept, NEWER[State(newest.state)])


def last_approved(case: Case) -> ReportApproval | None:
    """The newest approval that holds the report as it was approved."""
    found = ReportApproval.objects.filter(case=case, state=State.APPROVED).exclude(copy={})
    return found.select_related("decided_by").order_by("-pk").first()


def said_of_kept(case: Case) -> str:
    """For the service, while a newer one is not given out."""
    kept = last_approved(case)
    return f"Until then the school reads the copy approved {_by_whom(kept)}." if kept else ""


def _as_kept(actor: Actor, case: Case, kept: ReportApproval, newer: str) -> Document:
    """What may not leave any more is taken out of it too."""
    document = document_from(kept.copy)
    on = day_in_words(day_of(kept.decided_at)) if kept.decided_at else ""
    note = f"This is the copy approved on {on}. {newer} {document.note}"
    return withheld(actor, case.pupil).clean_document(replace(document, note=note))


def _by_whom(kept: ReportApproval) -> str:
    assert kept.decided_by and kept.decided_at  # A constraint of the table.
    return f"by {kept.decided_by.name} on {day_in_words(day_of(kept.decided_at))}"
