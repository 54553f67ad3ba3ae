"""Approval of a report before the school has it: asked for, given, or returned with a reason."""

import hashlib
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.cases.models import Case, CaseState, ReportApproval
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.core.decisions import ALLOWED, Decision, Problem, refuse, require
from alongside.core.handling import InformationClass
from alongside.core.models import RoleAssignment
from alongside.core.permissions import ROLES, Permission, Role
from alongside.core.prepared import hold
from alongside.documents import policy
from alongside.documents.blocks import Document, words_of
from alongside.documents.closure_report import Recipient, closure_report
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import Enrolment, EntryKind
from alongside.plans.people import tell_school
from alongside.rules.words import day_in_words

State = ReportApproval.State
APPROVING: list[Role] = [
    role for role in Role if Permission.REPORT_APPROVE in ROLES[role].permissions
]


def fingerprint_of(document: Document) -> str:
    """Of what a reader reads, without who made this copy and when."""
    words = "\n".join(words_of(replace(document, foot="")))
    return hashlib.sha256(words.encode()).hexdigest()


def approval_of(case: Case) -> ReportApproval | None:
    """The newest asking, which is the one that counts."""
    found = ReportApproval.objects.filter(case=case).select_related("asked_by", "decided_by")
    return found.order_by("-pk").first()


def approvers_of(case: Case, today: date, asker_id: int) -> list[tuple[int, str]]:
    """Who may approve for the service, its area or the school today; never who asks."""
    places = [case.service_id, case.area_id, case.service.parent_id]
    held = _holding(Q(place_id__in=[p for p in places if p]) | _school_of(case, today), today)
    held = held.exclude(staff_id=asker_id)
    return list(held.order_by("staff__name").values_list("staff_id", "staff__name").distinct())


def is_approved_first(case: Case, today: date) -> bool:
    """Where the school's own head approves reports, none leaves without."""
    return _holding(_school_of(case, today), today).exists()


def _school_of(case: Case, today: date) -> Q:
    """The school of the case, and every school on whose register the pupil stands."""
    registers = Enrolment.objects.current(today).filter(pupil=case.pupil_id)
    return Q(place_id=case.school.place_id) | Q(place_id__in=registers.values("school__place_id"))


def _holding(where: Q, today: date) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(
        where,
        Q(ends_on=None) | Q(ends_on__gte=today),
        role__in=APPROVING,
        starts_on__lte=today,
        staff__is_active=True,
    )


def may_ask(actor: Actor, case: Case, approval: ReportApproval | None) -> Decision:
    """Once at a time, by whoever makes the report, where somebody else can say yes."""
    if not (decision := policy.make_report(actor)):
        return decision
    if approval and approval.state == State.WAITING:
        return refuse(f"{approval.asked_by.name} asked for approval already.")
    if not approvers_of(case, actor.today, actor.staff_id):
        return refuse("Nobody else here approves reports.")
    return ALLOWED


def may_decide(actor: Actor, approval: ReportApproval | None) -> Decision:
    """By who approves reports, of what somebody else sent, once."""
    if not actor.may(Permission.REPORT_APPROVE):
        return refuse("A headteacher or manager approves reports.")
    if approval is None or approval.state != State.WAITING:
        return refuse("This report is not waiting for approval.")
    if approval.asked_by_id == actor.staff_id:
        return refuse("You sent this report in, so somebody else approves it.")
    return ALLOWED


def may_give_out(
    actor: Actor, case: Case, approval: ReportApproval | None, document: Document
) -> Decision:
    """The school's copy leaves once it is approved, where it was sent in or its head approves."""
    if approval is None:
        if is_approved_first(case, actor.today):
            return refuse("This report is approved before the school has it. Ask for approval.")
        return ALLOWED
    if approval.state == State.WAITING:
        return refuse("The school’s copy waits for approval.")
    if approval.state == State.RETURNED:
        return refuse(f"It was returned: {approval.reason} Change it, then ask again.")
    if approval.fingerprint != fingerprint_of(document):
        return refuse("It has changed since it was approved. Ask for approval again.")
    return ALLOWED


@transaction.atomic
def ask_for_approval(*, actor: Actor, case: Case) -> ReportApproval:
    """Send the report in as it reads now. Everybody who may approve it is told."""
    case = _locked(case)
    require(may_ask(actor, case, approval_of(case)))
    document = closure_report(actor, case, Recipient.SCHOOL)
    approval = ReportApproval.objects.create(
        case=case,
        fingerprint=fingerprint_of(document),
        copy=document.as_data() if case.state == CaseState.CLOSED else {},
        asked_by_id=actor.staff_id,
        asked_at=timezone.now(),
    )
    notices.notify(
        staff_ids=[pk for pk, _ in approvers_of(case, actor.today, actor.staff_id)],
        kind="report.sent_in",
        text=f"{actor.name} asks you to approve a closure report.",
        url=f"/cases/{case.pk}/report/?for=school",
        pupil_id=case.pupil_id,
    )
    _trace(actor, case, "report.sent_in", "Closure report sent in for approval")
    return approval


@transaction.atomic
def decide_report(
    *, actor: Actor, case: Case, is_approved: bool, reason: str = ""
) -> ReportApproval:
    """Approve it as it was sent in, or return it with what is to change."""
    case = _locked(case)
    approval = approval_of(case)
    require(may_decide(actor, approval))
    assert approval
    word = settle(actor, approval, is_approved, reason)
    notices.notify(
        staff_ids=[approval.asked_by_id],
        kind=f"report.{word}",
        text=f"{actor.name} {word} a closure report.",
        url=f"/cases/{case.pk}/report/?for=school",
        pupil_id=case.pupil_id,
    )
    _trace(actor, case, f"report.{word}", f"Closure report {word} by {actor.name}")
    if is_approved and case.state == CaseState.CLOSED:
        # It was closed already, and the school's copy waited for this.
        tell_school(
            actor,
            case,
            kind="report.for_school",
            text=f"Your copy of the closure report of {case.reference} is there to read.",
            url=f"/cases/{case.pk}/report/",
        )
    return approval


def settle(actor: Actor, approval: ReportApproval, is_approved: bool, reason: str) -> str:
    """Write down what was decided of a report that was sent in; answers it as a word."""
    if not is_approved and not reason.strip():
        raise Problem("Say what is to change.", "reason")
    approval.state = State.APPROVED if is_approved else State.RETURNED
    approval.reason = "" if is_approved else reason.strip()
    approval.decided_by_id, approval.decided_at = actor.staff_id, timezone.now()
    approval.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    return "approved" if is_approved else "returned"


def _locked(case: Case) -> Case:
    return hold(Case, case.pk, "pupil", "school", "service", "framework", "council")


def _trace(actor: Actor, case: Case, kind: str, summary: str) -> None:
    write_chronology(
        actor=actor,
        pupil=case.pupil,
        kind=EntryKind.DOCUMENT,
        information_class=InformationClass.CASEWORK,
        summary=summary,
        url=f"/cases/{case.pk}/report/",
    )
    audit.record(actor=actor, kind=kind, subject=f"case {case.pk}", pupil_ids=[case.pupil_id])


def said_of(approval: ReportApproval | None) -> str:
    """How it stands, in a sentence."""
    if approval is None:
        return "Not sent in for approval."
    if approval.decided_by is None or approval.decided_at is None:
        on = day_in_words(day_of(approval.asked_at))
        return f"{approval.asked_by.name} asked for approval on {on}."
    on = day_in_words(day_of(approval.decided_at))
    said = f"{State(approval.state).label} by {approval.decided_by.name} on {on}."
    return f"{said} {approval.reason}".strip()
