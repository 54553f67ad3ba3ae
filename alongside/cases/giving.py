"""Hands a deadline to somebody else: a task, a check, a question, a step of a case, a statutory step."""

from datetime import date

from django.db import transaction

from alongside.cases import policy
from alongside.cases.actions import add_task, allocate
from alongside.cases.models import Case, Escalation, StepOwner, SustainedCheck, Task
from alongside.cases.room import despite_due
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, Refused, require
from alongside.core.models import Staff
from alongside.people.actions.involvement import involve
from alongside.people.models import Capacity, Involvement, Pupil
from alongside.rules.statutory import Step, due_on


@transaction.atomic
def add_statutory_step(
    *, actor: Actor, pupil: Pupil, step: Step, event_on: date, owner: Staff, despite: str = ""
) -> Task:
    """Put a step that the law dates on somebody's list, with its day counted from the event."""
    require(policy.give_deadline(actor))
    if Task.objects.filter(pupil=pupil, step=step.key, counted_from=event_on).exists():
        raise Problem("This step is on somebody’s list already.", "step")
    day = due_on(step, event_on)
    task = add_task(
        actor=actor,
        owner_id=owner.pk,
        text=step.title,
        due_on=day,
        why=f"{step.limit}, {event_on:%-d %B %Y}"[:200],
        source=step.authority[:60],
        pupil=pupil,
        step=step.key,
        counted_from=event_on,
        despite=despite_due(owner, actor.today, day, despite=despite),
    )
    _let_in(actor, pupil, owner)
    if owner.pk != actor.staff_id:
        _tell(actor, owner, f"/tasks/{task.pk}/", pupil.pk)
    return task


@transaction.atomic
def give_task(*, actor: Actor, task: Task, owner: Staff, despite: str = "") -> Task:
    task = Task.objects.select_for_update(of=("self",)).select_related("pupil").one(pk=task.pk)
    require(policy.give_deadline(actor))
    if task.done_on:
        raise Refused(f"This was done on {task.done_on:%-d %B %Y}.")
    task.despite = despite_due(owner, actor.today, task.due_on, despite=despite)
    task.owner = owner
    if task.agreed_with_id == owner.pk:
        task.agreed_with = None  # What they waited for is theirs to do now.
    task.save(update_fields=["owner", "agreed_with", "despite"])
    if task.pupil:
        _let_in(actor, task.pupil, owner)
    _given(actor, owner, f"task {task.pk}", task.url or f"/tasks/{task.pk}/", task.pupil_id)
    return task


@transaction.atomic
def give_check(
    *, actor: Actor, check: SustainedCheck, owner: Staff, despite: str = ""
) -> SustainedCheck:
    locked = SustainedCheck.objects.select_for_update(of=("self",))
    check = locked.select_related("case__pupil").one(pk=check.pk)
    require(policy.give_deadline(actor))
    if check.done_on:
        raise Refused(f"This check was answered on {check.done_on:%-d %B %Y}.")
    check.despite = despite_due(owner, actor.today, check.due_on, despite=despite)
    check.owner = owner
    check.save(update_fields=["owner", "despite"])
    _let_in(actor, check.case.pupil, owner)
    url = f"/cases/{check.case_id}/checks/{check.pk}/"
    _given(actor, owner, f"check {check.pk}", url, check.case.pupil_id)
    return check


@transaction.atomic
def give_escalation(
    *, actor: Actor, escalation: Escalation, owner: Staff, despite: str = ""
) -> Escalation:
    """Whoever was asked is away, or it is for somebody else to decide."""
    locked = Escalation.objects.select_for_update(of=("self",)).select_related("asked", "pupil")
    escalation = locked.one(pk=escalation.pk)
    require(policy.give_deadline(actor))
    if escalation.answered_at:
        raise Refused(f"This was answered on {escalation.answered_at:%-d %B %Y}.")
    if owner.pk == escalation.recorded_by_id:
        raise Problem("Whoever asks cannot answer it too.")
    said = despite_due(owner, actor.today, escalation.answer_by, despite=despite)
    escalation.asked, escalation.acknowledged_at, escalation.despite = owner, None, said
    escalation.save(update_fields=["asked", "acknowledged_at", "despite"])
    if escalation.pupil:
        _let_in(actor, escalation.pupil, owner)
    url = f"/escalations/{escalation.pk}/"
    _given(actor, owner, f"escalation {escalation.pk}", url, escalation.pupil_id)
    return escalation


@transaction.atomic
def give_step(
    *,
    actor: Actor,
    case: Case,
    step: StepOwner.Step,
    due_on: date,
    owner: Staff,
    despite: str = "",
) -> StepOwner | None:
    """Give one deadline of a case to a co-worker; given back to the lead, nothing is left of it."""
    case = Case.objects.select_for_update(of=("self",)).select_related("pupil").one(pk=case.pk)
    require(policy.give_step(actor, case))
    said = despite_due(owner, actor.today, due_on, despite=despite)
    case.step_owners.filter(step=step).delete()
    working = {a.staff_id: a for a in case.allocations.filter(ends_on=None)}
    url = f"/cases/{case.pk}/"
    _given(actor, owner, f"case {case.pk}", url, case.pupil_id, step=step)
    if owner.pk in working and working[owner.pk].capacity == Capacity.LEAD:
        return None
    if owner.pk not in working:
        because = f"Given a deadline: {StepOwner.Step(step).label.lower()}"
        allocate(
            actor=actor,
            case=case,
            staff=owner,
            capacity=Capacity.CO_WORKER,
            starts_on=max(actor.today, case.opened_on),
            reason=because,
            despite=despite or because,
        )
    return StepOwner.objects.create(
        case=case,
        step=step,
        due_on=due_on,
        owner=owner,
        given_by_id=actor.staff_id,
        despite=said,
    )


def _let_in(actor: Actor, pupil: Pupil, owner: Staff) -> None:
    """Whoever is to do something for a pupil may open the record; involvement says why."""
    if not Involvement.objects.in_force(actor.today).filter(pupil=pupil, staff=owner).exists():
        involve(
            actor=actor,
            pupil=pupil,
            staff_id=owner.pk,
            capacity=Capacity.INVITED,
            starts_on=actor.today,
            reason="Given a deadline",
        )


def _given(
    actor: Actor, owner: Staff, subject: str, url: str, pupil_id: int | None, **detail: str
) -> None:
    _tell(actor, owner, url, pupil_id)
    audit.record(
        actor=actor,
        kind="deadline.given",
        subject=subject,
        pupil_ids=[pupil_id] if pupil_id else [],
        detail={"staff": owner.pk, **detail},
    )


def _tell(actor: Actor, owner: Staff, url: str, pupil_id: int | None) -> None:
    notices.notify(
        staff_ids=[owner.pk],
        kind="deadline.given",
        text=f"{actor.name} gave you something to do.",
        url=url,
        pupil_id=pupil_id,
    )
