"""Passing something up: raised by a worker, acknowledged and answered by who directs the work."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from alongside.cases import policy
from alongside.cases.escalated import who_directs
from alongside.cases.models import Case, Escalation
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.models import Staff
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import EntryKind
from alongside.schools.models import School


@transaction.atomic
def raise_escalation(
    *,
    actor: Actor,
    kind: Escalation.Kind,
    asked: Staff,
    words: str,
    answer_by: date,
    case: Case | None = None,
    school: School | None = None,
) -> Escalation:
    """Put a question to who directs the work. A case brings its pupil and its school along."""
    require(policy.raise_escalation(actor))
    school = school or (case.school if case else None)
    if not words.strip():
        raise Problem("Say what is asked, and by whom.", "words")
    if kind == Escalation.Kind.BRIEF and school is None:
        raise Problem("Choose the school that asks.", "school")
    if asked.pk not in {person.pk for person in who_directs(actor)}:
        raise Problem(f"{asked.name} does not direct your work.", "asked")
    escalation = Escalation.objects.create(
        kind=kind,
        case=case,
        pupil_id=case.pupil_id if case else None,
        school=school,
        recorded_by_id=actor.staff_id,
        asked=asked,
        words=words.strip(),
        answer_by=answer_by,
    )
    _chronicle(actor, escalation, f"{escalation.get_kind_display()}: put to {asked.name}")
    _tell(escalation, asked.pk, "escalation.raised", "Something was put to you to decide.")
    _audit(actor, "escalation.raised", escalation)
    return escalation


@transaction.atomic
def acknowledge_escalation(*, actor: Actor, escalation: Escalation) -> Escalation:
    """It has been read: the worker knows that, and that an answer is still to come."""
    escalation = _locked(escalation)
    require(policy.acknowledge_escalation(actor, escalation))
    escalation.acknowledged_at = timezone.now()
    escalation.save(update_fields=["acknowledged_at"])
    _tell(
        escalation,
        escalation.recorded_by_id,
        "escalation.acknowledged",
        f"{actor.name} has read what you passed up.",
    )
    _audit(actor, "escalation.acknowledged", escalation)
    return escalation


@transaction.atomic
def answer_escalation(
    *, actor: Actor, escalation: Escalation, decision: Escalation.Decision, answer: str
) -> Escalation:
    """The decision or direction, in words that the worker can act on."""
    escalation = _locked(escalation)
    require(policy.answer_escalation(actor, escalation))
    if not answer.strip():
        raise Problem("Say what is to be done.", "answer")
    now = timezone.now()
    escalation.acknowledged_at = escalation.acknowledged_at or now
    escalation.decision, escalation.answer = decision, answer.strip()
    escalation.answered_at, escalation.answered_by_id = now, actor.staff_id
    escalation.save(
        update_fields=["acknowledged_at", "decision", "answer", "answered_at", "answered_by"]
    )
    said = f"{escalation.get_decision_display()} by {actor.name}"
    _chronicle(actor, escalation, f"{escalation.get_kind_display()}: {said}", escalation.answer)
    _tell(
        escalation,
        escalation.recorded_by_id,
        "escalation.answered",
        f"{actor.name} answered what you passed up.",
    )
    _audit(actor, "escalation.answered", escalation, decision=decision)
    return escalation


def _locked(escalation: Escalation) -> Escalation:
    found = Escalation.objects.select_for_update(of=("self",)).select_related(
        "asked", "pupil", "school"
    )
    return found.one(pk=escalation.pk)


def _chronicle(actor: Actor, escalation: Escalation, summary: str, detail: str = "") -> None:
    """What concerns a case or a school is read there; what concerns neither stays with the two."""
    if escalation.pupil_id or escalation.school_id:
        write_chronology(
            actor=actor,
            pupil=escalation.pupil,
            school=None if escalation.pupil_id else escalation.school,
            kind=EntryKind.NOTE,
            information_class=InformationClass.CASEWORK,
            summary=summary,
            detail=detail,
            url=f"/escalations/{escalation.pk}/",
        )


def _tell(escalation: Escalation, staff_id: int, kind: str, text: str) -> None:
    notices.notify(
        staff_ids=[staff_id],
        kind=kind,
        text=text,
        url=f"/escalations/{escalation.pk}/",
        pupil_id=escalation.pupil_id,
    )


def _audit(actor: Actor, kind: str, escalation: Escalation, **detail: object) -> None:
    audit.record(
        actor=actor,
        kind=kind,
        subject=f"escalation {escalation.pk}",
        pupil_ids=[escalation.pupil_id] if escalation.pupil_id else [],
        detail={"kind": escalation.kind, **detail},
    )
