"""Approval of a chronology before a hearing has it: asked for, given, or returned with a reason.

What is approved is the very lines that were sent in, and they alone are given out. Must not make pages.
"""

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from alongside.cases.models import ReportApproval
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, NotFound, Problem, refuse, require
from alongside.core.handling import InformationClass
from alongside.core.models import Place, RoleAssignment
from alongside.core.permissions import ROLES
from alongside.documents import policy
from alongside.documents.approving import APPROVING, State, settle
from alongside.documents.chronology_report import Wanted, lines_sent
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import Enrolment, EntryKind, Involvement, Pupil
from alongside.people.queries.chronology import Chosen
from alongside.rules.words import count_of

CHRONOLOGY = ReportApproval.Kind.CHRONOLOGY
MOST = 10
# Who approves reports and reads casework whole: a chronology is read line by line.
READERS = [role for role in APPROVING if not ROLES[role].reads_summary_outside]


def approvals_of(actor: Actor, pupil: Pupil) -> list[ReportApproval]:
    """The newest first."""
    found = ReportApproval.objects.filter(kind=CHRONOLOGY, pupil=pupil)
    return list(found.select_related("asked_by", "decided_by").order_by("-pk")[:MOST])


def get_approval(actor: Actor, pupil: Pupil, approval_id: int) -> ReportApproval:
    found = ReportApproval.objects.filter(kind=CHRONOLOGY, pupil=pupil, pk=approval_id)
    approval = found.select_related("asked_by", "decided_by", "pupil").first()
    if approval is None:
        raise NotFound
    return approval


def approvers_of(pupil: Pupil, today: date, asker_id: int) -> list[tuple[int, str]]:
    """Who reads the pupil's record by their place, and approves reports there; never who asks."""
    works = Involvement.objects.in_force(today).filter(pupil=pupil, place__isnull=False)
    within = set(works.values_list("place_id", flat=True))
    above = within
    while above:
        above = set(Place.objects.filter(pk__in=above).values_list("parent_id", flat=True))
        above -= within | {None}
        within |= above
    rolls = Enrolment.objects.current(today).filter(pupil=pupil).values("school__place_id")
    held = RoleAssignment.objects.filter(
        Q(place_id__in=within, role__in=READERS) | Q(place_id__in=rolls, role__in=APPROVING),
        Q(ends_on=None) | Q(ends_on__gte=today),
        starts_on__lte=today,
        staff__is_active=True,
    ).exclude(staff_id=asker_id)
    return list(held.order_by("staff__name").values_list("staff_id", "staff__name").distinct())


def wanted_of(approval: ReportApproval) -> Wanted:
    chosen = approval.chosen

    def day(name: str) -> date | None:
        return date.fromisoformat(chosen[name]) if chosen[name] else None

    return Wanted(
        hearing=chosen["hearing"],
        chosen=Chosen(from_on=day("from_on"), to_on=day("to_on")),
        classes=frozenset(InformationClass(code) for code in chosen["classes"]),
        has_named=chosen["has_named"],
        has_presence=chosen["has_presence"],
    )


def _as_chosen(wanted: Wanted) -> dict[str, Any]:
    days = {"from_on": wanted.chosen.from_on, "to_on": wanted.chosen.to_on}
    return {
        "hearing": wanted.hearing,
        "classes": sorted(wanted.classes),
        "has_named": wanted.has_named,
        "has_presence": wanted.has_presence,
        **{name: day.isoformat() if day else "" for name, day in days.items()},
    }


def may_ask(actor: Actor, pupil: Pupil) -> Decision:
    """Once at a time, by whoever makes it, where somebody else can say yes."""
    if not (decision := policy.make_chronology(actor)):
        return decision
    waiting = [a for a in approvals_of(actor, pupil) if a.state == State.WAITING]
    if waiting:
        return refuse(f"{waiting[0].asked_by.name} asked for approval of one already.")
    return ALLOWED


def may_decide(actor: Actor, approval: ReportApproval) -> Decision:
    """By who approves reports, of what somebody else sent in, and only who reads all of it."""
    if not policy.approve_chronology(actor):
        return policy.approve_chronology(actor)
    if approval.state != State.WAITING:
        return refuse("This chronology is not waiting for approval.")
    if approval.asked_by_id == actor.staff_id:
        return refuse("You sent this chronology in, so somebody else approves it.")
    if unread := len(set(approval.line_ids) - lines_read(actor, approval).keys()):
        return refuse(
            f"{count_of(unread, 'line')} of it you do not read. Return it, or let somebody approve "
            "it who does."
        )
    return ALLOWED


def may_return(actor: Actor, approval: ReportApproval) -> Decision:
    """Whoever might approve it returns it, though they do not read all of it."""
    if not (decision := policy.approve_chronology(actor)):
        return decision
    if approval.state != State.WAITING or approval.asked_by_id == actor.staff_id:
        return may_decide(actor, approval)
    return ALLOWED


def may_give_out(actor: Actor, pupil: Pupil, approval: ReportApproval | None) -> Decision:
    """What was approved leaves as it was approved. Without, only where nobody could approve it."""
    if not (decision := policy.make_chronology(actor)):
        return decision
    if approval is None:
        if people := approvers_of(pupil, actor.today, actor.staff_id):
            name = people[0][1]
            return refuse(f"A chronology is approved before a hearing has it, by {name} for one.")
        return ALLOWED
    if approval.state != State.APPROVED:
        return refuse("This chronology is not approved.")
    if fingerprint_of(lines_read(actor, approval)) != approval.fingerprint:
        return refuse(
            "It has changed since it was approved, or you do not read all of it. Ask for approval "
            "again."
        )
    return ALLOWED


def lines_read(actor: Actor, approval: ReportApproval) -> dict[int, str]:
    """Of the lines sent in, those that this actor reads."""
    assert approval.pupil
    wanted = wanted_of(approval)
    return lines_sent(actor, approval.pupil, wanted, frozenset(approval.line_ids))


def fingerprint_of(lines: dict[int, str]) -> str:
    words = "\n".join(text for _, text in sorted(lines.items()))
    return hashlib.sha256(words.encode()).hexdigest()


@transaction.atomic
def ask_for_approval(*, actor: Actor, pupil: Pupil, wanted: Wanted) -> ReportApproval:
    """Send it in as it reads now. Everybody who may approve it is told."""
    pupil = Pupil.objects.select_for_update().get(pk=pupil.pk)
    require(may_ask(actor, pupil))
    lines = lines_sent(actor, pupil, wanted)
    if not lines:
        raise Problem("Nothing is recorded of what was chosen.", "classes")
    approval = ReportApproval.objects.create(
        kind=CHRONOLOGY,
        pupil=pupil,
        chosen=_as_chosen(wanted),
        line_ids=sorted(lines),
        fingerprint=fingerprint_of(lines),
        asked_by_id=actor.staff_id,
        asked_at=timezone.now(),
    )
    notices.notify(
        staff_ids=[pk for pk, _ in approvers_of(pupil, actor.today, actor.staff_id)],
        kind="chronology.sent_in",
        text=f"{actor.name} asks you to approve a chronology for a hearing.",
        url=url_of(approval),
        pupil_id=pupil.pk,
    )
    _trace(actor, approval, "chronology.sent_in", f"sent in for approval, for {wanted.hearing}")
    return approval


@transaction.atomic
def decide(
    *, actor: Actor, approval: ReportApproval, is_approved: bool, reason: str = ""
) -> ReportApproval:
    """Approve it as it was sent in, or return it with what is to change."""
    locked = ReportApproval.objects.select_for_update(of=("self",)).select_related("pupil")
    approval = locked.get(pk=approval.pk)
    require(may_decide(actor, approval) if is_approved else may_return(actor, approval))
    word = settle(actor, approval, is_approved, reason)
    notices.notify(
        staff_ids=[approval.asked_by_id],
        kind=f"chronology.{word}",
        text=f"{actor.name} {word} a chronology for a hearing.",
        url=f"/pupils/{approval.pupil_id}/chronology/hearing/",
        pupil_id=approval.pupil_id,
    )
    _trace(actor, approval, f"chronology.{word}", f"{word} by {actor.name}")
    return approval


def url_of(approval: ReportApproval) -> str:
    return f"/pupils/{approval.pupil_id}/chronology/hearing/{approval.pk}/"


def as_sent(wanted: Wanted) -> Wanted:
    """As somebody else reads it: without what only its maker is told of."""
    return replace(wanted, has_presence=False)


def _trace(actor: Actor, approval: ReportApproval, kind: str, said: str) -> None:
    assert approval.pupil
    write_chronology(
        actor=actor,
        pupil=approval.pupil,
        kind=EntryKind.DOCUMENT,
        information_class=InformationClass.CASEWORK,
        summary=f"Chronology {said}",
        url=url_of(approval),
    )
    audit.record(
        actor=actor, kind=kind, subject=f"approval {approval.pk}", pupil_ids=[approval.pupil.pk]
    )
