"""Writes and changes a plan while it is being written."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from alongside.assessments.models import Need
from alongside.cases.models import Case
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.permissions import Permission
from alongside.core.prepared import hold
from alongside.pathways.plan_types import plan_type, switched
from alongside.plans import policy
from alongside.plans.actions.shared import leave_trace, locked
from alongside.plans.comparing import lines_of
from alongside.plans.facts import ActionFacts, PlanFacts, TargetFacts, check_plan
from alongside.plans.models import (
    Party,
    Plan,
    PlanAction,
    PlanVersion,
    Target,
    TimetableSlot,
)
from alongside.plans.timetable import PARTS, SlotFacts, timetable_of

TYPED = ("aim", "kind", "starts_on", "review_due_on", "is_joint")  # Of the plan itself.


@transaction.atomic
def write_plan(*, actor: Actor, case: Case, facts: PlanFacts) -> Plan:
    """Start the next plan of a case. It is only the writers' until it is approved."""
    case = hold(Case, case.pk, "pupil")
    require(policy.write(actor, case))
    check_plan(facts, case.opened_on, actor.today)
    check_kind(facts.kind, actor.today)
    is_service = actor.may(Permission.PLAN_WRITE)
    held_by = Party.SERVICE if is_service else Party.SCHOOL
    plan = new_plan(actor, case, facts, previous=_last(case), held_by=held_by)
    leave_trace(actor, plan, "plan.written", f"Plan {plan.number} is being written")
    return plan


@transaction.atomic
def edit_plan(*, actor: Actor, plan: Plan, facts: PlanFacts, version: int) -> Plan:
    """Save a plan anew. Raises `Conflict` when somebody saved since `version`."""
    plan = locked(plan)
    require(policy.edit(actor, plan))
    plan.require_version(version)
    check_plan(facts, plan.case.opened_on, actor.today)
    if facts.kind != plan.kind:
        check_kind(facts.kind, actor.today)
    facts = with_what_is_kept(actor, plan, facts)
    if facts != facts_of(plan):
        plan.changed_by_id = actor.staff_id
        plan.changed_at = timezone.now()
    for name in TYPED:
        setattr(plan, name, getattr(facts, name))
    plan.save(update_fields=[*TYPED, "changed_by", "changed_at", "version"])
    plan.actions.all().delete()
    plan.targets.all().delete()
    add_parts(plan, facts)
    keep_version(actor, plan, facts)
    leave_trace(actor, plan, "plan.edited", detail={"version": plan.version})
    return plan


def new_plan(
    actor: Actor,
    case: Case,
    facts: PlanFacts,
    *,
    previous: Plan | None,
    held_by: str = Party.SERVICE,
) -> Plan:
    """The next number of a case, with its parts. The caller has asked the policy."""
    last = Plan.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
    plan = Plan.objects.create(
        case=case,
        pupil=case.pupil,
        kind=facts.kind,
        number=last + 1,
        aim=facts.aim,
        starts_on=facts.starts_on,
        review_due_on=facts.review_due_on,
        held_by=held_by,
        is_joint=facts.is_joint,
        written_by_id=actor.staff_id,
        changed_by_id=actor.staff_id,
        changed_at=timezone.now(),
        previous=previous,
    )
    add_parts(plan, facts)
    add_slots(plan, facts.timetable)
    keep_version(actor, plan, facts)
    return plan


def keep_version(actor: Actor, plan: Plan, facts: PlanFacts) -> None:
    """The plan as it was just saved, to be laid beside the next."""
    PlanVersion.objects.create(
        plan=plan,
        version=plan.version,
        saved_by_id=actor.staff_id,
        saved_at=timezone.now(),
        content=lines_of(facts, plan_type(plan.kind).name),
        needs=[target.need_id or 0 for target in facts.targets],
    )


def with_what_is_kept(actor: Actor, plan: Plan, facts: PlanFacts) -> PlanFacts:
    """What the school was not shown, it does not lose by saving; nor does anybody the week."""
    facts = replace(facts, timetable=tuple(timetable_of(plan)))
    if policy.reads_all_actions(actor, plan):
        return facts
    kept = plan.actions.filter(is_shared=False).select_related("target")
    return replace(facts, actions=(*facts.actions, *(_facts_from(a, ActionFacts) for a in kept)))


def check_kind(key: str, today: date) -> None:
    """Raise `Problem` for a kind of plan that is not offered, with why."""
    if decision := switched(plan_type(key), today):
        return
    raise Problem(decision.reason, "kind")


def add_parts(plan: Plan, facts: PlanFacts) -> None:
    """Its targets and actions in order. A target is carried on only from the plan before."""
    former = set(
        Target.objects.filter(plan_id=plan.previous_id).values_list("pk", flat=True)
        if plan.previous_id
        else ()
    )
    _check_needs(plan, facts)
    targets = []
    for order, target in enumerate(facts.targets, 1):
        carried = target.carried_from_id if target.carried_from_id in former else None
        former.discard(carried or 0)
        typed = {name: value for name, value in vars(target).items() if name != "carried_from_id"}
        targets.append(Target(plan=plan, order=order, carried_from_id=carried, **typed))
    Target.objects.bulk_create(targets)
    by_number = dict(enumerate(targets, 1))
    PlanAction.objects.bulk_create(
        PlanAction(
            plan=plan,
            order=order,
            target=by_number.get(action.target_number),
            **{name: value for name, value in vars(action).items() if name != "target_number"},
        )
        for order, action in enumerate(facts.actions, 1)
    )


def add_slots(plan: Plan, slots: Sequence[SlotFacts]) -> None:
    TimetableSlot.objects.bulk_create(
        TimetableSlot(plan=plan, **{part: getattr(slot, part) for part in PARTS}) for slot in slots
    )


def _check_needs(plan: Plan, facts: PlanFacts) -> None:
    """A target answers a need of this pupil, and none that is restricted."""
    named = {target.need_id for target in facts.targets if target.need_id}
    if not named:
        return
    needs = Need.objects.filter(pk__in=named, pupil=plan.pupil_id, struck_out_because="")
    known = set(needs.exclude(kind=Need.Kind.TRAUMA).values_list("pk", flat=True))
    for number, target in enumerate(facts.targets, 1):
        if target.need_id and target.need_id not in known:
            said = f"Target {number}: choose a need that is recorded for this pupil."
            raise Problem(said, f"target_{number}_need")


def facts_of(plan: Plan) -> PlanFacts:
    """A saved plan as if it had just been typed: to see whether anything is changed."""
    return PlanFacts(
        aim=plan.aim,
        kind=plan.kind,
        starts_on=plan.starts_on,
        review_due_on=plan.review_due_on,
        is_joint=plan.is_joint,
        targets=tuple(_facts_from(target, TargetFacts) for target in plan.targets.all()),
        actions=tuple(
            _facts_from(action, ActionFacts) for action in plan.actions.select_related("target")
        ),
        timetable=tuple(timetable_of(plan)),
    )


def _facts_from(part: Target | PlanAction, of: type[Any]) -> Any:
    return of(**{field.name: getattr(part, field.name) for field in fields(of)})


def _last(case: Case) -> Plan | None:
    """The plan before, when none follows it yet."""
    last = Plan.objects.filter(case=case).order_by("-number").first()
    return last if last and not Plan.objects.filter(previous=last).exists() else None
