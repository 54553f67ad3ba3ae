"""When cases may be allocated, worked on, closed and opened again. One function, one question."""

from alongside.assessments.models import MeasureResult
from alongside.cases.models import (
    Allocation,
    Case,
    CaseState,
    Escalation,
    Judgement,
    PlannedHandover,
    SustainedCheck,
    Task,
)
from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.handling import InformationClass
from alongside.core.models import Place, Staff
from alongside.core.permissions import Permission
from alongside.people.models import Capacity, ChronologyEntry
from alongside.people.policy import write_class

# The legal movements of a case: from a state, by an action, to a state.
TRANSITIONS = {
    (CaseState.WAITING, "allocate"): CaseState.OPEN,
    (CaseState.OPEN, "call_off_lead"): CaseState.WAITING,
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


def add_colleague(actor: Actor, case: Case) -> Decision:
    """The lead asks a colleague to work beside them, and stays the one who answers for the case."""
    if may := allocate(actor, case):
        return may
    if case.state == CaseState.CLOSED:
        return _closed(case)
    if not leads(actor, case):
        return refuse("Only the lead worker or a manager adds a colleague.")
    return ALLOWED


def end_allocation(actor: Actor, allocation: Allocation) -> Decision:
    """A manager ends anybody's work; a lead ends that of a colleague beside them."""
    if may := allocate(actor, allocation.case):
        return may
    if allocation.capacity == Capacity.CO_WORKER and leads(actor, allocation.case):
        return ALLOWED
    return refuse("Only a manager of the service ends this, or the lead worker for a co-worker.")


def leads(actor: Actor, case: Case) -> bool:
    mine = (a for a in case.allocations.all() if a.staff_id == actor.staff_id)
    return any(a.capacity == Capacity.LEAD and a.ends_on is None for a in mine)


def manage_team(actor: Actor) -> Decision:
    if not actor.may(Permission.CASE_ALLOCATE):
        return refuse("Only a manager of the service does this.")
    return ALLOWED


def call_off(actor: Actor, handover: PlannedHandover) -> Decision:
    """A manager of the service, until the day comes."""
    if not (may := manage_team(actor)):
        return may
    if handover.state != PlannedHandover.State.PLANNED:
        return refuse(f"This handover is {handover.get_state_display().lower()} already.")
    return ALLOWED


def coordinate(actor: Actor, place: Place) -> Decision:
    """Day-to-day leadership of a team, with or without managing anybody in it."""
    if not actor.may(Permission.TEAM_COORDINATE):
        return refuse("Your role reads the team's tasks but does not give them out.")
    held = actor.place_ids(permission=Permission.TEAM_COORDINATE)
    if place.pk not in held and not set(held) & set(_children(place)):
        return refuse(f"You do not work in {place.name}.")
    return ALLOWED


def _children(place: Place) -> list[int]:
    """A neighbourhood's people belong to the whole service."""
    return list(Place.objects.filter(parent=place.pk).values_list("pk", flat=True))


def coordinate_task(actor: Actor, task: Task) -> Decision:
    if task.team is None:
        return refuse("This is a task between two people, not the team's.")
    return coordinate(actor, task.team)


def say_where(actor: Actor, staff: Staff) -> Decision:
    """Everybody for themselves; a manager for who cannot."""
    if staff.pk == actor.staff_id or actor.may(Permission.CASE_ALLOCATE):
        return ALLOWED
    return refuse("Only they themselves or a manager says where somebody is.")


def arrange_cover(actor: Actor, staff: Staff) -> Decision:
    """A manager, or somebody for their own caseload."""
    if actor.may(Permission.CASE_ALLOCATE) or staff.pk == actor.staff_id:
        return ALLOWED
    return refuse("Only a manager arranges cover for somebody else.")


def comment(actor: Actor, case: Case) -> Decision:
    """Whoever reads casework and works or manages cases says something to who works this one."""
    if not actor.reads_casework:
        return refuse("Comments stay with the service.")
    if not actor.may(Permission.CASE_WORK):
        return refuse("Your role reads cases but does not comment on them.")
    return ALLOWED


def judge(actor: Actor, case: Case, information_class: InformationClass) -> Decision:
    """Whoever works the case, in a class that they write or may raise."""
    may = work(actor, case)
    if may and any(cell.may_raise for cell in actor.cells(information_class)):
        return ALLOWED
    return may and write_class(actor, information_class)


def read_judgement(actor: Actor, judgement: Judgement) -> Decision:
    """Who reads its class, and whoever wrote it. The wall holds the same of what is restricted."""
    if judgement.information_class in actor.reads or judgement.recorded_by_id == actor.staff_id:
        return ALLOWED
    return refuse("This judgement stays with the service.")


def countersign(actor: Actor, entry: ChronologyEntry) -> Decision:
    """By who manages, and never one's own words."""
    if may := manage_team(actor):
        if entry.recorded_by_id == actor.staff_id:
            return refuse("Nobody countersigns what they recorded themselves.")
        return may
    return refuse("Only a manager of the service countersigns.")


def close(actor: Actor, case: Case) -> Decision:
    """A case is closed by who leads or manages it, once the baseline has been measured again."""
    if not actor.may(Permission.CASE_CLOSE):
        return refuse("Only the lead worker or a manager closes a case.")
    if case.state == CaseState.CLOSED:
        return _closed(case)
    if case.state == CaseState.WAITING:
        return refuse("This case has no lead worker yet. Allocate it first.")
    return ALLOWED


def correct_closing(actor: Actor, case: Case) -> Decision:
    """The last day of a closed case, by who closes cases. Leaving the council is corrected apart."""
    if not actor.may(Permission.CASE_CLOSE):
        return refuse("Only the lead worker or a manager corrects the last day.")
    if case.state != CaseState.CLOSED:
        return refuse("This case is open.")
    if case.outcome == Case.Outcome.LEFT_AREA:
        return refuse(
            "It closed when the pupil left the council. Correct the last day on the page “Left the "
            "council”: everything else that ended moves with it."
        )
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


def mark(actor: Actor, case: Case) -> Decision:
    """How a case stands is said by whoever works it."""
    return work(actor, case)


def see_priority(actor: Actor) -> Decision:
    """Priority is the service's own view, made of casework: a school does not read it."""
    if not actor.reads_casework:
        return refuse("How pressing a case is stays with the service.")
    return ALLOWED


def set_priority(actor: Actor, case: Case) -> Decision:
    return see_priority(actor) and work(actor, case)


def settle_checklist(actor: Actor, case: Case) -> Decision:
    return work(actor, case)


def complete_task(actor: Actor, task: Task) -> Decision:
    """A task is ticked by who owns it or agreed it with them, or by a manager for them."""
    if task.ended_because:
        return refuse(f"This ended on {task.done_on:%-d %B %Y}. {task.ended_because}")
    if task.done_on:
        return refuse(f"This was done on {task.done_on:%-d %B %Y}.")
    if actor.staff_id in (task.owner_id, task.agreed_with_id) or actor.may(
        Permission.CASE_ALLOCATE
    ):
        return ALLOWED
    if not (task.team_id and coordinate_task(actor, task)):
        return refuse("This is somebody else's task.")
    return ALLOWED


def undo_task(actor: Actor, task: Task) -> Decision:
    """A tick is taken back by who made it; what ended by itself, by whoever was asked for it too."""
    if task.done_by_id == actor.staff_id or (
        task.ended_because and task.owner_id == actor.staff_id
    ):
        return ALLOWED
    return refuse("Only who ticked it can take the tick back.")


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
