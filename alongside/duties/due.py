"""What is due to one person: each date with what to do, why, and where it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from alongside.cases.models import Allocation, Case, CaseState, ChecklistItem, SustainedCheck, Task
from alongside.core.actor import Actor
from alongside.core.permissions import Permission, Scope
from alongside.duties import standards
from alongside.duties.calendars import Calendars
from alongside.people.models import Capacity
from alongside.plans.models import Agreement, Party, Plan, PlanAction, PlanState
from alongside.referrals.models import Referral, ReferralState


@dataclass(frozen=True)
class DueItem:
    """One thing to be done by a day. `source` says law or our standard; `school_id` its calendar."""

    due_on: date
    what: str
    why: str
    source: str
    url: str
    pupil_id: int | None
    kind: str
    school_id: int | None = None


def due_items(actor: Actor, calendars: Calendars, work: list[Any] | None = None) -> list[DueItem]:
    """Everything due to this person, by day. One query a kind of thing, whatever the caseload.

    `work` is `own_work`, for a caller that has asked for it already.
    """
    found: list[DueItem] = [*tasks(actor), *checks(actor)]
    if actor.may(Permission.CASE_WORK):
        found += own_cases(actor, calendars, own_work(actor) if work is None else work)
    if actor.may(Permission.REFERRAL_SCREEN):
        found += referrals_to_screen(actor, calendars)
    if actor.may(Permission.CASE_ALLOCATE):
        found += cases_to_allocate(actor, calendars)
    if actor.may(Permission.PLAN_APPROVE):
        found += plans_to_approve(actor, calendars)
    if actor.may(Permission.REFERRAL_MAKE):
        found += for_the_school(actor, calendars)
    return sorted(found, key=lambda item: (item.due_on, item.what, item.url))


def tasks(actor: Actor) -> Iterator[DueItem]:
    mine = Task.objects.filter(owner_id=actor.staff_id, done_on=None).select_related(
        "pupil", "case"
    )
    for task in mine.order_by("due_on", "id")[:200]:
        yield DueItem(
            task.due_on,
            f"{task.text}: {task.pupil.name}" if task.pupil else task.text,
            task.why or f"Asked for on {_day(task.created_at)}",
            task.source,
            task.url or f"/tasks/{task.pk}/",
            task.pupil_id,
            "task",
            task.case.school_id if task.case else None,
        )


def checks(actor: Actor) -> Iterator[DueItem]:
    mine = SustainedCheck.objects.filter(owner_id=actor.staff_id, done_on=None)
    for check in mine.select_related("case__pupil", "case__school").order_by("due_on", "id")[:200]:
        case = check.case
        yield DueItem(
            check.due_on,
            f"{check.weeks}-week check: {case.pupil.name}",
            f"Has the place at {case.school.name} lasted? Closed {_day(case.closed_on)}",
            standards.OUR_STANDARD,
            f"/cases/{case.pk}/checks/{check.pk}/",
            case.pupil_id,
            "check",
            case.school_id,
        )


def own_work(actor: Actor) -> list[Any]:
    """The actor's allocations to open cases, each with what is due of it, by the child's name."""
    plans = Plan.objects.filter(case=OuterRef("case_id"))
    mine = Allocation.objects.filter(staff_id=actor.staff_id, ends_on=None, case__state="OPEN")
    return list(
        mine.select_related("case__pupil", "case__school")
        .order_by("case__pupil__search_name", "pk")
        .annotate(
            plan_id=Subquery(plans.order_by("-number").values("pk")[:1]),
            plan_state=Subquery(plans.order_by("-number").values("state")[:1]),
            plan_number=Subquery(plans.order_by("-number").values("number")[:1]),
            in_use_id=Subquery(plans.filter(state=PlanState.AGREED).values("pk")[:1]),
            review_due_on=Subquery(
                plans.filter(state=PlanState.AGREED).values("review_due_on")[:1]
            ),
            is_unsettled=Exists(
                ChecklistItem.objects.filter(
                    case=OuterRef("case_id"), done_on=None, not_applicable_because=""
                )
            ),
        )
    )


def own_cases(actor: Actor, calendars: Calendars, work: list[Any]) -> Iterator[DueItem]:
    """For each open case the actor leads: its checklist, its first plan, its next review."""
    for allocation in work:
        if allocation.capacity != Capacity.LEAD:
            continue
        case, name = allocation.case, allocation.case.pupil.name
        if allocation.is_unsettled:
            due_on = calendars.add(case.school_id, case.opened_on, standards.CHECKLIST_WITHIN)
            yield _ours(
                due_on,
                f"Finish the start checklist: {name}",
                case,
                "checklist",
                f"{standards.CHECKLIST_WITHIN} school days from {_day(case.opened_on)}",
            )
        if allocation.in_use_id:
            yield DueItem(
                allocation.review_due_on,
                f"Review the plan: {name}",
                f"Plan {allocation.plan_number}, reviewed by {_day(allocation.review_due_on)}",
                standards.OUR_STANDARD,
                f"/plans/{allocation.in_use_id}/review/",
                case.pupil_id,
                "review",
                case.school_id,
            )
        elif not allocation.plan_id:
            due_on = calendars.add(case.school_id, case.opened_on, standards.PLAN_WITHIN)
            yield _ours(
                due_on,
                f"Write the first plan: {name}",
                case,
                "plan",
                f"{standards.PLAN_WITHIN} school days from {_day(case.opened_on)}",
                f"/cases/{case.pk}/plans/new/",
            )
        elif allocation.plan_state == PlanState.RETURNED:
            due_on = calendars.add(case.school_id, actor.today, 0)
            yield _ours(
                due_on,
                f"Change the returned plan: {name}",
                case,
                "plan",
                "Returned by the manager",
                f"/plans/{allocation.plan_id}/",
            )


def _ours(
    due_on: date, what: str, case: Case, kind: str, why: str, url: str | None = None
) -> DueItem:
    return DueItem(
        due_on,
        what,
        why,
        standards.OUR_STANDARD,
        url or f"/cases/{case.pk}/",
        case.pupil_id,
        kind,
        case.school_id,
    )


def referrals_to_screen(actor: Actor, calendars: Calendars) -> Iterator[DueItem]:
    waiting = Referral.objects.filter(
        state__in=[ReferralState.SENT, ReferralState.SCREENING]
    ).filter(_in_my_places(actor, Permission.REFERRAL_SCREEN))
    mine = Q(screener=None) | Q(screener_id=actor.staff_id)
    for referral in (
        waiting.filter(mine).select_related("pupil", "school").order_by("sent_at")[:100]
    ):
        sent_on = timezone.localtime(referral.sent_at).date()
        verb = "Screen" if referral.round == 1 else "Look again at"
        yield DueItem(
            calendars.add(referral.school_id, sent_on, standards.DECIDE_WITHIN),
            f"{verb} the referral: {referral.pupil.name}",
            f"{referral.school.name}. {standards.DECIDE_WITHIN} school days from {_day(sent_on)}",
            standards.OUR_STANDARD,
            f"/referrals/{referral.pk}/",
            referral.pupil_id,
            "referral",
            referral.school_id,
        )


def cases_to_allocate(actor: Actor, calendars: Calendars) -> Iterator[DueItem]:
    waiting = Case.objects.filter(state=CaseState.WAITING).filter(
        _in_my_places(actor, Permission.CASE_ALLOCATE)
    )
    for case in waiting.select_related("pupil", "school").order_by("opened_on", "id")[:100]:
        yield _ours(
            calendars.add(case.school_id, case.opened_on, standards.ALLOCATE_WITHIN),
            f"Allocate the case: {case.pupil.name}",
            case,
            "allocate",
            f"{case.school.name}. {standards.ALLOCATE_WITHIN} school days from "
            f"{_day(case.opened_on)}",
            f"/cases/{case.pk}/allocate/",
        )


def plans_to_approve(actor: Actor, calendars: Calendars) -> Iterator[DueItem]:
    waiting = (
        Plan.objects.filter(state=PlanState.WAITING_APPROVAL)
        .exclude(written_by_id=actor.staff_id)
        .filter(_in_my_places(actor, Permission.PLAN_APPROVE, "case__"))
    )
    for plan in waiting.select_related("pupil", "case", "written_by").order_by("id")[:100]:
        yield DueItem(
            calendars.add(plan.case.school_id, _on(plan.created_at), standards.APPROVE_WITHIN),
            f"Approve or return the plan: {plan.pupil.name}",
            f"Plan {plan.number}, written by {plan.written_by.name}",
            standards.OUR_STANDARD,
            f"/plans/{plan.pk}/",
            plan.pupil_id,
            "approve",
            plan.case.school_id,
        )


def for_the_school(actor: Actor, calendars: Calendars) -> Iterator[DueItem]:
    """What waits for a school: referrals come back, plans to agree, its own actions."""
    roll = actor.place_ids(Scope.ROLL, Permission.REFERRAL_MAKE)
    returned = Referral.objects.filter(state=ReferralState.RETURNED, school__place_id__in=roll)
    for referral in returned.select_related("pupil").order_by("id")[:100]:
        decided_on = _on(referral.decided_at or referral.sent_at)
        yield DueItem(
            calendars.add(referral.school_id, decided_on, standards.DECIDE_WITHIN),
            f"Add what is missing: {referral.pupil.name}",
            f"The referral came back on {_day(decided_on)}",
            standards.OUR_STANDARD,
            f"/referrals/{referral.pk}/",
            referral.pupil_id,
            "returned",
            referral.school_id,
        )
    answered = Agreement.objects.filter(plan=OuterRef("pk"), party=Party.SCHOOL)
    here = Plan.objects.filter(case__school__place_id__in=roll)
    to_agree = here.filter(state=PlanState.APPROVED).exclude(Exists(answered))
    for plan in to_agree.select_related("pupil", "case").order_by("id")[:100]:
        approved_on = _on(plan.approved_at or plan.created_at)
        yield DueItem(
            calendars.add(plan.case.school_id, approved_on, standards.AGREE_WITHIN),
            f"Agree the plan: {plan.pupil.name}",
            f"Approved on {_day(approved_on)}",
            standards.OUR_STANDARD,
            f"/plans/{plan.pk}/",
            plan.pupil_id,
            "agree",
            plan.case.school_id,
        )
    actions = PlanAction.objects.filter(
        party=Party.SCHOOL,
        done_on=None,
        plan__state=PlanState.AGREED,
        plan__case__school__place_id__in=roll,
    ).select_related("plan__pupil", "plan__case")
    for action in actions.order_by("due_on", "id")[:100]:
        yield DueItem(
            action.due_on,
            f"{action.text}: {action.plan.pupil.name}",
            f"The school's part of plan {action.plan.number}",
            "agreed in the plan",
            f"/plans/{action.plan_id}/",
            action.plan.pupil_id,
            "action",
            action.plan.case.school_id,
        )


def _in_my_places(actor: Actor, permission: Permission, prefix: str = "") -> Q:
    """Records of a service or area where the actor holds a role with this permission."""
    if any(held.place_kind == "COUNCIL" for held in actor.held):
        return Q()
    places = actor.place_ids(permission=permission)
    return Q(**{f"{prefix}area_id__in": places}) | Q(**{f"{prefix}service_id__in": places})


def _day(day: date | datetime | None) -> str:
    if day is None:
        return ""
    day = _on(day)
    return f"{day:%a} {day.day} {day:%b}"


def _on(moment: date | datetime) -> date:
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
