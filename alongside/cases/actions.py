"""Opens, allocates and closes cases; settles checklists, tasks and sustained checks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from alongside.cases import policy
from alongside.cases.called_off import call_off, has_begun
from alongside.cases.covering import cover_new_case, end_cover_of_case
from alongside.cases.leading import check_lead
from alongside.cases.models import Allocation, Case, CaseState, ChecklistItem, Task
from alongside.cases.room import despite_all
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.models import Place, Staff
from alongside.core.prepared import hold
from alongside.pathways.models import Framework
from alongside.people.actions.chronology import write_chronology
from alongside.people.actions.involvement import end_involvement, involve
from alongside.people.models import Capacity, EntryKind, Pupil
from alongside.rules.bounds import too_far, too_long_ago
from alongside.rules.words import day_in_words
from alongside.schools.models import School

# What is settled before work begins (brief, journey 3a step 6).
START_CHECKLIST = (
    ("family", "Family contacted"),
    ("agreement", "Parental agreement to support seen"),
    ("lawful-basis", "Lawful basis for using data recorded"),
    ("professionals", "Professionals around the child listed"),
    ("safeguarding", "Safeguarding status checked with the school's DSL"),
    ("risk", "Risk assessment read or written"),
)


@transaction.atomic
def open_case(
    *,
    actor: Actor,
    pupil: Pupil,
    school: School,
    service: Place,
    framework: Framework,
    reason: str,
    opened_on: date,
    area: Place | None = None,
    risk_at_start: str = "",
    primary_need: str = "",
) -> Case:
    """Open a case, waiting to be allocated. The decision to open it was the caller's policy."""
    case = Case.objects.create(
        reference="",
        pupil=pupil,
        school=school,
        service=service,
        area=area,
        framework=framework,
        reason=reason[:300],
        opened_on=opened_on,
        risk_at_start=risk_at_start,
        risk_now=risk_at_start,
        primary_need=primary_need,
    )
    case.reference = f"C-{case.pk:05d}"
    case.save(update_fields=["reference"])
    ChecklistItem.objects.bulk_create(
        ChecklistItem(case=case, key=key, label=label, order=order)
        for order, (key, label) in enumerate(START_CHECKLIST, start=1)
    )
    involve(
        actor=actor,
        pupil=pupil,
        place=area or service,
        capacity=Capacity.REFERRED_TO,
        starts_on=opened_on,
        reason=case.reference,
    )
    write_chronology(
        actor=actor,
        pupil=pupil,
        kind=EntryKind.CASE,
        information_class=InformationClass.PUPIL,
        summary=f"Case opened with {service.name}",
        url=f"/cases/{case.pk}/",
        is_shared=True,
    )
    audit.record(actor=actor, kind="case.opened", subject=f"case {case.pk}", pupil_ids=[pupil.pk])
    return case


@transaction.atomic
def allocate(
    *,
    actor: Actor,
    case: Case,
    staff: Staff,
    capacity: Capacity,
    starts_on: date,
    reason: str = "",
    despite: str = "",
    seen_lead_id: int | None = None,
) -> Allocation:
    """Give a person the case in a capacity. A new lead replaces the one before.

    `seen_lead_id` is who led when this was chosen, 0 for nobody: one choice never undoes another
    that was made meanwhile. `despite` is why somebody is given it who is away or full.
    """
    case = hold(Case, case.pk)
    require(policy.allocate(actor, case))
    if starts_on < case.opened_on:
        raise Problem(f"The case opened on {case.opened_on:%-d %B %Y}.", "starts_on")
    if said := too_far(starts_on, ahead_of=actor.today):
        raise Problem(said, "starts_on")
    if capacity == Capacity.LEAD:
        check_lead(actor, case, starts_on, seen_lead_id)
    more = 1 if capacity == Capacity.LEAD else 0
    return give_case(
        actor=actor,
        case=case,
        staff=staff,
        capacity=capacity,
        starts_on=starts_on,
        reason=reason,
        despite=despite_all(staff, starts_on, starts_on, more=more, despite=despite),
    )


def give_case(
    *,
    actor: Actor,
    case: Case,
    staff: Staff,
    capacity: Capacity,
    starts_on: date,
    reason: str = "",
    despite: str = "",
    is_told: bool = True,
) -> Allocation:
    """What every way of giving a case does. The caller has locked the case and asked its policy."""
    replaced: list[int] = []
    if capacity == Capacity.LEAD:
        case.step_owners.all().delete()  # A new lead answers for every deadline.
        for former in case.allocations.filter(capacity=Capacity.LEAD, ends_on=None):
            if has_begun(actor, former):
                replaced.append(former.staff_id)  # Who had not begun is told that it is called off.
            take_back(actor=actor, allocation=former, ends_on=starts_on)
    elif case.allocations.filter(staff=staff, ends_on=None).exists():
        raise Problem(f"{staff.name} already works on this case.", "staff")
    involvement = involve(
        actor=actor,
        pupil=case.pupil,
        staff_id=staff.pk,
        capacity=capacity,
        starts_on=starts_on,
        reason=case.reference,
    )
    allocation = Allocation.objects.create(
        case=case,
        staff=staff,
        capacity=capacity,
        starts_on=starts_on,
        reason=reason,
        despite=despite[:500],
        allocated_by_id=actor.staff_id,
        involvement=involvement,
    )
    if capacity == Capacity.LEAD:
        case.state = CaseState.OPEN
        case.led_from = starts_on if starts_on > actor.today else None
        case.save(update_fields=["state", "led_from"])
    write_chronology(
        actor=actor,
        pupil=case.pupil,
        kind=EntryKind.ALLOCATION,
        information_class=InformationClass.PUPIL,
        summary=f"{Capacity(capacity).label}: {staff.name}{_from(actor, starts_on)}",
        url=f"/cases/{case.pk}/",
        is_shared=True,
    )
    if capacity == Capacity.LEAD:
        cover_new_case(actor=actor, case=case, lead=staff, starts_on=starts_on)
    notices.notify(
        staff_ids=[staff.pk] if is_told else [],
        kind="case.allocated",
        text=f"A case was allocated to you{_from(actor, starts_on)}.",
        # Nobody sees a case before their first day on it.
        url="/caseload/" if starts_on > actor.today else f"/cases/{case.pk}/",
        pupil_id=case.pupil_id,
    )
    notices.notify(
        staff_ids=set(replaced) - {staff.pk, actor.staff_id} if is_told else [],
        kind="case.lead_replaced",
        text=f"{staff.name} leads a case of yours now.",
        url=f"/cases/{case.pk}/",
        pupil_id=case.pupil_id,
    )
    audit.record(
        actor=actor,
        kind="case.allocated",
        subject=f"case {case.pk}",
        pupil_ids=[case.pupil_id],
        detail={"staff": staff.pk, "capacity": capacity},
    )
    return allocation


def _from(actor: Actor, starts_on: date) -> str:
    return f", from {day_in_words(starts_on)}" if starts_on > actor.today else ""


@transaction.atomic
def end_allocation(*, actor: Actor, allocation: Allocation, ends_on: date) -> Allocation:
    """End somebody's work on a case; they keep access for the council's days of grace."""
    require(policy.end_allocation(actor, allocation))
    return take_back(actor=actor, allocation=allocation, ends_on=ends_on)


def take_back(*, actor: Actor, allocation: Allocation, ends_on: date) -> Allocation:
    """What every end of an allocation does. The caller has asked its policy."""
    if not has_begun(actor, allocation):
        return call_off(actor=actor, allocation=allocation)
    allocation.ends_on = max(ends_on, allocation.starts_on)
    allocation.save(update_fields=["ends_on"])
    end_involvement(actor=actor, involvement=allocation.involvement, ends_on=allocation.ends_on)
    if allocation.capacity == Capacity.LEAD:
        end_cover_of_case(actor=actor, allocation=allocation)
    last_day = day_in_words(allocation.ends_on)
    write_chronology(
        actor=actor,
        pupil=allocation.case.pupil,
        kind=EntryKind.ALLOCATION,
        information_class=InformationClass.PUPIL,
        summary=f"{allocation.get_capacity_display()} until {last_day}: {allocation.staff.name}",
        url=f"/cases/{allocation.case_id}/",
        is_shared=True,
    )
    audit.record(
        actor=actor,
        kind="allocation.ended",
        subject=f"case {allocation.case_id}",
        pupil_ids=[allocation.case.pupil_id],
        detail={"staff": allocation.staff_id},
    )
    return allocation


@transaction.atomic
def add_task(
    *,
    actor: Actor,
    owner_id: int,
    text: str,
    due_on: date,
    why: str = "",
    source: str = "",
    url: str = "",
    case: Case | None = None,
    pupil: Pupil | None = None,
    step: str = "",
    counted_from: date | None = None,
    team: Place | None = None,
    is_priority: bool = False,
    agreed_with_id: int | None = None,
    agreed_from: str = "",
    despite: str = "",
) -> Task:
    """Put something on a person's list."""
    if said := too_far(due_on, ahead_of=actor.today, years=2):
        raise Problem(said, "due_on")
    if said := too_long_ago(due_on, before=actor.today):
        raise Problem(said, "due_on")
    task = Task.objects.create(
        owner_id=owner_id,
        text=text,
        why=why,
        due_on=due_on,
        source=source,
        url=url,
        case=case,
        pupil=pupil or (case.pupil if case else None),
        made_by_id=actor.staff_id,
        step=step,
        counted_from=counted_from,
        team=team,
        is_priority=is_priority,
        agreed_with_id=agreed_with_id,
        agreed_from=agreed_from,
        despite=despite,
    )
    audit.record(
        actor=actor,
        kind="task.added",
        subject=f"task {task.pk}",
        pupil_ids=[task.pupil_id] if task.pupil_id else [],
    )
    return task


@transaction.atomic
def complete_task(*, actor: Actor, task: Task, done_on: date) -> Task:
    task = hold(Task, task.pk)
    require(policy.complete_task(actor, task))
    task.done_on, task.done_by_id = done_on, actor.staff_id
    task.save(update_fields=["done_on", "done_by"])
    _audit_task(actor, "task.done", task)
    return task


@transaction.atomic
def undo_task(*, actor: Actor, task: Task) -> Task:
    """Take back a tick made by mistake, or ask again for what ended with the work."""
    task = hold(Task, task.pk)
    require(policy.undo_task(actor, task))
    task.done_on, task.done_by, task.ended_because = None, None, ""
    task.save(update_fields=["done_on", "done_by", "ended_because"])
    _audit_task(actor, "task.undone", task)
    return task


def _audit_task(actor: Actor, kind: str, task: Task) -> None:
    pupil_ids = [task.pupil_id] if task.pupil_id else []
    audit.record(actor=actor, kind=kind, subject=f"task {task.pk}", pupil_ids=pupil_ids)


@dataclass(frozen=True)
class Settled:
    """What was said of one item of a start checklist: done, or why it does not apply."""

    item: ChecklistItem
    is_done: bool
    note: str = ""


@transaction.atomic
def settle_checklist(
    *, actor: Actor, case: Case, settled: Sequence[Settled], done_on: date
) -> list[ChecklistItem]:
    """Several items in one go, those done on one day. All are settled, or none."""
    require(policy.settle_checklist(actor, case))
    if not settled:
        raise Problem("Choose an answer for one item at least.")
    return [
        settle_checklist_item(
            actor=actor,
            item=one.item,
            done_on=done_on if one.is_done else None,
            note=one.note if one.is_done else "",
            not_applicable_because="" if one.is_done else one.note,
        )
        for one in settled
    ]


@transaction.atomic
def settle_checklist_item(
    *,
    actor: Actor,
    item: ChecklistItem,
    done_on: date | None = None,
    note: str = "",
    not_applicable_because: str = "",
) -> ChecklistItem:
    """Tick an item of the start checklist, say why it does not apply, or open it again."""
    item = hold(ChecklistItem, item.pk, "case", of=("self", "case"))
    require(policy.settle_checklist(actor, item.case))
    if done_on and done_on > actor.today:
        raise Problem("This day has not come yet.", "done_on")
    if done_on and not_applicable_because:
        raise Problem("Either it is done or it does not apply, not both.", "not_applicable_because")
    item.done_on, item.note = done_on, note
    item.not_applicable_because = not_applicable_because
    is_settled = bool(done_on or not_applicable_because)
    item.done_by_id = actor.staff_id if is_settled else None
    item.save(update_fields=["done_on", "note", "not_applicable_because", "done_by"])
    audit.record(
        actor=actor,
        kind="checklist.settled" if is_settled else "checklist.opened",
        subject=f"case {item.case_id}",
        pupil_ids=[item.case.pupil_id],
        detail={"item": item.key},
    )
    return item
