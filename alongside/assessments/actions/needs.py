"""Needs: recorded, ended, and for a suspected special educational need answered by the SENDCo."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from alongside.assessments import policy
from alongside.assessments.actions.common import audited, one_line, require_day, write_line
from alongside.assessments.models import Need
from alongside.assessments.queries import sendco_ids
from alongside.core import notices
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.people.actions.sen import set_sen
from alongside.people.models import ChronologyEntry, EntryKind, Pupil, SenProvision

LONGEST_ON_A_LINE = 200


@transaction.atomic
def record_need(
    *,
    actor: Actor,
    pupil: Pupil,
    kind: str,
    text: str,
    area: str = "",
    source: str = "",
    recorded_on: date | None = None,
    is_shared: bool = False,
) -> Need:
    """Add a barrier, strength, trigger or what helps. A suspected need tells the school's SENDCo."""
    require(policy.record_need(actor, pupil, kind))
    on = recorded_on or actor.today
    require_day(actor, pupil, on, "recorded_on")
    text = one_line(text)
    if not text:
        raise Problem("Say in a sentence what you know.", "text")
    if kind == Need.Kind.SUSPECTED_SEND and not source.strip():
        raise Problem("Say what you saw or were told, and by whom: the evidence.", "source")
    is_trauma = kind == Need.Kind.TRAUMA
    if is_trauma and not source.strip():
        raise Problem("Say how this is known: who told you, or where it is written.", "source")
    if is_trauma and is_shared:
        raise Problem("What is known of trauma is not shared by a tick.", "is_shared")
    need = Need.objects.create(
        pupil=pupil,
        kind=kind,
        area=one_line(area)[:60],
        text=text[:500],
        source=one_line(source)[:120],
        recorded_on=on,
        recorded_by_id=actor.staff_id,
        information_class=class_of(kind),
        is_shared=is_shared or kind == Need.Kind.SUSPECTED_SEND,
    )
    need.entry = _write(actor, need, f"{need.get_kind_display()}: {_short(text)}")
    need.save(update_fields=["entry"])
    if kind == Need.Kind.SUSPECTED_SEND:
        tell_sendco(actor, need)
    audited(actor, "need.recorded", f"need {need.pk}", pupil, kind=kind)
    return need


def class_of(kind: str) -> InformationClass:
    is_trauma = kind == Need.Kind.TRAUMA
    return InformationClass.SAFEGUARDING if is_trauma else InformationClass.CASEWORK


def _write(actor: Actor, need: Need, summary: str, on: date | None = None) -> ChronologyEntry:
    return write_line(
        actor,
        need.pupil,
        EntryKind.ASSESSMENT,
        InformationClass(need.information_class),
        summary,
        on=on or need.recorded_on,
        detail=need.text if len(need.text) > LONGEST_ON_A_LINE else "",
        is_shared=need.is_shared,
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_ON_A_LINE else f"{text[:LONGEST_ON_A_LINE]}…"


def tell_sendco(actor: Actor, need: Need) -> None:
    notices.notify(
        staff_ids=sendco_ids(actor, need.pupil),
        kind="need.suspected",
        text="A special educational need is suspected. Say what the school finds.",
        url=f"/pupils/{need.pupil_id}/assessment/",
        pupil_id=need.pupil_id,
    )


@transaction.atomic
def end_need(*, actor: Actor, need: Need, ended_on: date, note: str = "") -> Need:
    """It is so no longer: a barrier gone, a learning gap closed."""
    need = hold(Need, need.pk, "pupil")
    require(policy.end_need(actor, need))
    require_day(actor, need.pupil, ended_on, "ended_on")
    if ended_on < need.recorded_on:
        raise Problem(f"This was recorded on {need.recorded_on:%-d %B %Y}.", "ended_on")
    need.ended_on, need.closing_note = ended_on, one_line(note)[:200]
    need.save(update_fields=["ended_on", "closing_note"])
    said = "closed" if need.kind == Need.Kind.LEARNING_GAP else "ended"
    _write(actor, need, f"{need.get_kind_display()} {said}: {_short(need.text)}", ended_on)
    audited(actor, "need.ended", f"need {need.pk}", need.pupil)
    return need


@dataclass(frozen=True)
class Answer:
    """What the SENDCo says of a suspected need, and when the child was put on the register."""

    words: str
    outcome: str = ""
    assessed: str = ""
    registered_on: date | None = None


@transaction.atomic
def answer_need(*, actor: Actor, need: Need, answer: Answer) -> Need:
    """The SENDCo says what the school found of a suspected need; who raised it is told."""
    need = hold(Need, need.pk, "pupil")
    require(policy.answer_need(actor, need))
    if not answer.words.strip():
        raise Problem("Say what the school found, or what it will do.", "answer")
    _require_register(actor, need, answer)
    need.answer, need.outcome = one_line(answer.words)[:500], answer.outcome
    need.assessed, need.registered_on = one_line(answer.assessed)[:500], answer.registered_on
    need.answered_on, need.answered_by_id = actor.today, actor.staff_id
    need.save(
        update_fields=[
            "answer", "outcome", "assessed", "registered_on", "answered_on", "answered_by",
        ]
    )  # fmt: skip
    if need.registered_on and need.pupil.sen_provision in ("", SenProvision.NONE):
        set_sen(actor=actor, pupil=need.pupil, provision=SenProvision.SUPPORT)
    _write(actor, need, f"Suspected need answered: {_short(_found(need))}", actor.today)
    notices.notify(
        staff_ids=[need.recorded_by_id],
        kind="need.answered",
        text="The SENDCo has answered a suspected need.",
        url=f"/pupils/{need.pupil_id}/assessment/",
        pupil_id=need.pupil_id,
    )
    audited(actor, "need.answered", f"need {need.pk}", need.pupil, outcome=need.outcome)
    return need


def _found(need: Need) -> str:
    outcome = f"{need.get_outcome_display()}. " if need.outcome else ""
    return f"{outcome}{need.answer}"


def _require_register(actor: Actor, need: Need, answer: Answer) -> None:
    """Whoever is put on the register has the day; nobody else has one."""
    is_registered = answer.outcome in (Need.Outcome.SUPPORT, Need.Outcome.EHC)
    if not is_registered:
        if answer.registered_on:
            raise Problem("Only a child put on the register has this day.", "registered_on")
        return
    if not answer.registered_on:
        raise Problem("Say on which day the child was added to the register.", "registered_on")
    require_day(actor, need.pupil, answer.registered_on, "registered_on")
