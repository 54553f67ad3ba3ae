"""Needs: recorded, ended, and for a suspected special educational need answered by the SENDCo."""

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
from alongside.people.models import EntryKind, Pupil

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
    _write(actor, need, f"{need.get_kind_display()}: {_short(text)}")
    if kind == Need.Kind.SUSPECTED_SEND:
        _tell_sendco(actor, need)
    audited(actor, "need.recorded", f"need {need.pk}", pupil, kind=kind)
    return need


def class_of(kind: str) -> InformationClass:
    is_trauma = kind == Need.Kind.TRAUMA
    return InformationClass.SAFEGUARDING if is_trauma else InformationClass.CASEWORK


def _write(actor: Actor, need: Need, summary: str, on: date | None = None) -> None:
    write_line(
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


def _tell_sendco(actor: Actor, need: Need) -> None:
    notices.notify(
        staff_ids=sendco_ids(actor, need.pupil),
        kind="need.suspected",
        text="A special educational need is suspected. Say what the school finds.",
        url=f"/pupils/{need.pupil_id}/assessment/",
        pupil_id=need.pupil_id,
    )


@transaction.atomic
def end_need(*, actor: Actor, need: Need, ended_on: date) -> Need:
    """It is so no longer: a barrier gone, a learning gap closed."""
    need = Need.objects.select_for_update(of=("self",)).select_related("pupil").get(pk=need.pk)
    require(policy.end_need(actor, need))
    require_day(actor, need.pupil, ended_on, "ended_on")
    if ended_on < need.recorded_on:
        raise Problem(f"This was recorded on {need.recorded_on:%-d %B %Y}.", "ended_on")
    need.ended_on = ended_on
    need.save(update_fields=["ended_on"])
    _write(actor, need, f"{need.get_kind_display()} ended: {_short(need.text)}", ended_on)
    audited(actor, "need.ended", f"need {need.pk}", need.pupil)
    return need


@transaction.atomic
def answer_need(*, actor: Actor, need: Need, answer: str) -> Need:
    """The SENDCo says what the school found of a suspected need; who raised it is told."""
    need = Need.objects.select_for_update(of=("self",)).select_related("pupil").get(pk=need.pk)
    require(policy.answer_need(actor, need))
    if not answer.strip():
        raise Problem("Say what the school found, or what it will do.", "answer")
    need.answer = one_line(answer)[:500]
    need.answered_on, need.answered_by_id = actor.today, actor.staff_id
    need.save(update_fields=["answer", "answered_on", "answered_by"])
    _write(actor, need, f"Suspected need answered: {_short(need.answer)}", actor.today)
    notices.notify(
        staff_ids=[need.recorded_by_id],
        kind="need.answered",
        text="The SENDCo has answered a suspected need.",
        url=f"/pupils/{need.pupil_id}/assessment/",
        pupil_id=need.pupil_id,
    )
    audited(actor, "need.answered", f"need {need.pk}", need.pupil)
    return need
