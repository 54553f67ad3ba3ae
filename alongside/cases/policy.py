"""When cases may be allocated, worked on, closed and opened again. One function, one question."""

from alongside.assessments.models import MeasureResult
from alongside.cases.models import (
    Allocation,
    Case,
    CaseState,
    Escalation,
    SustainedCheck,
    Task,
)
from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.permissions import Permission

# The legal movements of a case: from a state, by an action, to a state.
TRANSITIONS = {
    (CaseState.WAITING, "allocate"): CaseState.OPEN,
    (CaseState.OPEN, "close"): CaseState.CLOSED,
    (CaseState.CLOSED, "reopen"): CaseState.WAITING,
}


def _closed(case: Case) -> Decision:
    return refuse(f"This case was closed on {case.closed_on:%-d %B %Y}.")


def work(actor: Actor, case: Case) -> Decision:
    """Whoever has the case in scope and works cases may record on it, until it is closed."""
    if not actor.may(Permission.CASE_WORK):
        return refuse("Your role reads cases but does not record on them.")
    if case.state == CaseState.CLOSED:
        return _closed(case)
    return ALLOWED


def allocate(actor: Actor, case: Case) -> Decision:
    if not actor.may(Permission.CASE_ALLOCATE):
        return refuse("Only a manager of the service allocates cases.")
    if case.state == CaseState.CLOSED:
        return _closed(case)
    return ALLOWED


def close(actor: Actor, case: Case) -> Decision:
    """A case is closed by who leads or manages it, once the baseline has been measured again."""
    if not actor.may(Permission.CASE_CLOSE):
        return refuse("Only the lead worker or a manager closes a case.")
    if case.state == CaseState.CLOSED:
        return _closed(case)
    if case.state == CaseState.WAITING:
        return refuse("This case has no lead worker yet. Allocate it first.")
    return ALLOWED


def reopen(actor: Actor, case: Case) -> Decision:
    """A place that did not last opens the case again without a fresh referral."""
    if not actor.may(Permission.CASE_CLOSE):
        return refuse("Only the lead worker or a manager opens a case again.")
    if case.state != CaseState.CLOSED:
        return refuse("This case is open.")
    if Case.objects.filter(pupil=case.pupil_id, service=case.service_id).exclude(
        state=CaseState.CLOSED
    ):
        return refuse("This pupil already has an open case with the service.")
    return ALLOWED


def settle_checklist(actor: Actor, case: Case) -> Decision:
    return work(actor, case)


def complete_task(actor: Actor, task: Task) -> Decision:
    """A task is ticked by who owns it, or by a manager for them."""
    if task.done_on:
        return refuse(f"This was done on {task.done_on:%-d %B %Y}.")
    if task.owner_id != actor.staff_id and not actor.may(Permission.CASE_ALLOCATE):
        return refuse("This is somebody else's task.")
    return ALLOWED


def give_deadline(actor: Actor) -> Decision:
    """Deadlines are handed on by whoever answers for the team's."""
    if not actor.may(Permission.DEADLINE_ASSIGN):
        return refuse("Only who leads a team gives a deadline to somebody else.")
    return ALLOWED


def give_step(actor: Actor, case: Case) -> Decision:
    """A deadline of a case brings its new owner onto the case, so it takes who allocates cases."""
    if not actor.may(Permission.CASE_ALLOCATE):
        return refuse("Only a manager of the service hands on a deadline of a case.")
    if case.state != CaseState.OPEN:
        return refuse("This case is not open.")
    return ALLOWED


def answer_check(actor: Actor, check: SustainedCheck) -> Decision:
    if check.done_on:
        return refuse(f"This check was answered on {check.done_on:%-d %B %Y}.")
    if not actor.may(Permission.CASE_WORK):
        return refuse("Your role reads cases but does not record on them.")
    if check.due_on > actor.today and (check.due_on - actor.today).days > EARLIEST_DAYS:
        return refuse(f"This check is asked around {check.due_on:%-d %B %Y}, not before.")
    return ALLOWED


EARLIEST_DAYS = 14  # A check may be made up to two weeks before its day.


def is_allocated(actor: Actor, case: Case) -> bool:
    return Allocation.objects.filter(case=case, staff_id=actor.staff_id, ends_on=None).exists()


def not_measured_again(case: Case) -> list[MeasureResult]:
    """Baselines of this case that no later score of the same measure and informant answers."""
    results = MeasureResult.objects.filter(
        pupil=case.pupil_id, struck_out_because="", taken_on__gte=case.opened_on
    ).select_related("measure")
    later = {
        (r.measure_id, r.informant) for r in results if r.occasion == MeasureResult.Occasion.EXIT
    }
    return [
        r
        for r in results
        if r.occasion == MeasureResult.Occasion.BASELINE
        and (r.measure_id, r.informant) not in later
    ]


def raise_escalation(actor: Actor) -> Decision:
    if not actor.may(Permission.CASE_WORK):
        return refuse("Only those who work cases pass something up here.")
    return ALLOWED


def acknowledge_escalation(actor: Actor, escalation: Escalation) -> Decision:
    if escalation.acknowledged_at:
        return refuse(f"This was acknowledged on {escalation.acknowledged_at:%-d %B %Y}.")
    return _direct(actor, escalation)


def answer_escalation(actor: Actor, escalation: Escalation) -> Decision:
    """By whom it was put to, or their line manager while they are away. Once."""
    if escalation.answered_at:
        return refuse(f"This was answered on {escalation.answered_at:%-d %B %Y}.")
    return _direct(actor, escalation)


def _direct(actor: Actor, escalation: Escalation) -> Decision:
    if actor.staff_id in (escalation.asked_id, escalation.asked.line_manager_id):
        return ALLOWED
    return refuse(f"This was put to {escalation.asked.name}.")
