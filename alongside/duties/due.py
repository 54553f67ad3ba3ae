"""What is due to one person: each date with what to do, why, and where it comes from."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from alongside.assessments.wording import hours_a_week
from alongside.cases.leading import begun_on, unseen_since
from alongside.cases.models import Escalation, ReportApproval
from alongside.core.actor import Actor
from alongside.core.permissions import Permission
from alongside.duties import due_rows, limits, standards
from alongside.duties.calendars import Calendars
from alongside.duties.contacts import contact_by, last_contact, schools_to_contact
from alongside.duties.desk import Desk, desk_of
from alongside.duties.due_rows import Rows
from alongside.duties.item import DueItem, date_of, given_to, ours, told_day, with_whom
from alongside.duties.of_schools import agreement_of, for_the_school
from alongside.fieldwork import visits
from alongside.people.models import Capacity
from alongside.plans.models import PlanState
from alongside.plans.withdrawn import no_longer_agrees
from alongside.rules.statutory import BY_KEY


def due_items(
    actor: Actor, calendars: Calendars, work: Rows | None = None, desk: Desk | None = None
) -> list[DueItem]:
    """Everything due to this person, by day.

    `work` is `due_rows.own_work` and `desk` is `desk_of`, for a caller that has them already.
    """
    desk = desk or desk_of(actor)
    # What they themselves wait for is no work of theirs.
    to_answer = [row for row in desk.passed_up if row["asked_id"] == actor.staff_id]
    found: list[DueItem] = [
        *task_items(actor, desk.tasks),
        *check_items(actor, desk.checks),
        *escalation_items(actor, to_answer),
        *reports_to_approve(actor, calendars, desk.reports),
    ]
    if actor.may(Permission.CASE_WORK):
        work = due_rows.own_work(actor) if work is None else work
        found += own_cases(actor, calendars, work)
        found += pupils_to_see(actor, calendars, work)
        found += schools_to_contact(calendars, visits.schools_of(actor))
    if actor.may(Permission.REFERRAL_SCREEN):
        rows = due_rows.referrals_to_screen(actor)
        found += referrals_to_screen(actor, calendars, rows)
    if actor.may(Permission.CASE_ALLOCATE):
        found += cases_to_allocate(actor, calendars)
    if actor.may(Permission.PLAN_APPROVE) or actor.may(Permission.PLAN_AGREE):
        found += plans_to_approve(actor, calendars)
    found += limits.without_a_lead(desk.limits)
    if actor.may(Permission.REFERRAL_MAKE):
        found += for_the_school(actor, calendars)
    return sorted(found, key=lambda item: (item.due_on, item.what, item.url))


def task_items(actor: Actor, rows: Rows) -> Iterator[DueItem]:
    for task in rows:
        yield task_of(actor.today, task, task["agreed_with_id"] == actor.staff_id, "you")


def task_of(today: date, task: dict[str, Any], is_waited_for: bool, who_waits: str) -> DueItem:
    """A task of its owner; or of who agreed it with them, and waits for it."""
    step = BY_KEY.get(task["step"])
    text = f"{task['whose']} is to: {task['text']}" if is_waited_for else task["text"]
    return DueItem(
        task["due_on"],
        f"{text}: {task['pupil_name']}" if task["pupil_id"] else text,
        task["why"] or _asked_or_agreed(today, task, who_waits if is_waited_for else ""),
        step.source if step else task["source"],
        task["url"] or f"/tasks/{task['id']}/",
        task["pupil_id"],
        "task",
        task["school_id"],
        is_statutory=step is not None,
    )


def _asked_or_agreed(today: date, task: dict[str, Any], who_waits: str) -> str:
    on = told_day(task["created_at"], today)
    if who_waits:
        return f"Agreed with {who_waits} on {on}"
    return (
        f"Agreed with {task['with_whom']} on {on}"
        if task["agreed_with_id"]
        else f"Asked for on {on}"
    )


def check_items(actor: Actor, rows: Rows) -> Iterator[DueItem]:
    for check in rows:
        yield ours(
            check["due_on"],
            f"{check['weeks']}-week check: {check['pupil_name']}",
            f"Has the place at {check['school_name']} lasted? Closed {told_day(check['closed_on'], actor.today)}",
            f"/cases/{check['case_id']}/checks/{check['id']}/",
            check,
            "check",
        )


def escalation_items(actor: Actor, rows: Rows) -> Iterator[DueItem]:
    for row in rows:
        about = row["pupil_name"] if row["pupil_id"] else row["school_name"]
        what = f"Answer {row['raised_by']}: {Escalation.Kind(row['kind']).label.lower()}"
        yield ours(
            row["answer_by"],
            f"{what}, {about}" if about else what,
            f"Passed up on {told_day(row['created_at'], actor.today)}",
            f"/escalations/{row['id']}/",
            row,
            "escalation",
        )


def own_cases(actor: Actor, calendars: Calendars, work: Rows) -> Iterator[DueItem]:
    """For each open case the actor leads: its checklist, its first plan, its next review.

    A deadline that was given to a co-worker is theirs, and not the lead's. A deployed assistant
    sees what is due of the case, and who leads it.
    """
    for case in work:
        is_lead = case["capacity"] == Capacity.LEAD
        is_deployed = case["capacity"] == Capacity.DEPLOYED
        if is_lead or is_deployed or case["steps"]:
            for item in of_case(actor, calendars, case):
                owner_id = given_to(case["steps"], item)
                if owner_id == actor.staff_id or (is_lead and owner_id is None):
                    yield item
                elif is_deployed and owner_id is None and item.kind != "update":
                    yield _beside(item, case)


def _beside(item: DueItem, case: dict[str, Any]) -> DueItem:
    """Due on a case that somebody else leads."""
    lead = case["lead"] or "nobody yet"
    return item._replace(why=f"{item.why.rstrip('.')}. Led by {lead}", led_by=lead)


def pupils_to_see(actor: Actor, calendars: Calendars, work: Rows) -> Iterator[DueItem]:
    """Each pupil the actor leads or is deployed to, by the day the next contact is in time."""
    theirs = [c for c in work if c["capacity"] in (Capacity.LEAD, Capacity.DEPLOYED)]
    for case in {case["pupil_id"]: case for case in theirs}.values():
        item = to_see(actor, calendars, case)
        yield item if case["capacity"] == Capacity.LEAD else _beside(item, case)


def to_see(actor: Actor, calendars: Calendars, case: dict[str, Any]) -> DueItem:
    """One pupil, by the last day on which the next contact is in time by our standard."""
    seen_on = last_contact(case["contact_at"])
    return ours(
        contact_by(calendars, case["school_id"], unseen_since(case, seen_on)),
        f"See or speak with {case['pupil_name']}",
        f"Last contact {told_day(seen_on, actor.today)}" if seen_on else "No contact recorded yet",
        f"/pupils/{case['pupil_id']}/",
        case,
        "seen",
    )


def of_case(actor: Actor, calendars: Calendars, case: dict[str, Any]) -> Iterator[DueItem]:
    """What is due of one open case: the same for its lead's Today and for the pupil's record."""
    if case["is_unsettled"]:
        yield ours(
            calendars.add(case["school_id"], begun_on(case), standards.CHECKLIST_WITHIN),
            with_whom("Finish the start checklist", case),
            f"{standards.CHECKLIST_WITHIN} school days from {_since(case, actor.today)}",
            f"/cases/{case['case_id']}/",
            case,
            "checklist",
        )
    if own := _plan_due(actor, calendars, case):
        yield own
    if limit := limits.item_of(case, actor.today):
        yield limit
    if withdrawn := case.get("withdrawn"):
        yield _withdrawal_of(actor, calendars, case, withdrawn)
    if plan := case.get("to_agree"):
        yield agreement_of(actor, calendars, case, plan)
    if update := case.get("update"):
        sent_on = date_of(datetime.fromisoformat(update["sent_at"]))
        yield ours(
            calendars.add(case["school_id"], sent_on, standards.ANSWER_WITHIN),
            with_whom("Read the update on the plan", case),
            f"Sent by {update['by']} on {told_day(sent_on, actor.today)}",
            f"/plans/{update['plan_id']}/updates/",
            case,
            "update",
        )
    if step := case.get("step_down"):
        yield ours(
            date.fromisoformat(step["on"]),
            with_whom(f"Step down to {hours_a_week(step['hours'])}", case),
            f"When: {step['criteria']}",
            f"/cases/{case['case_id']}/taper/{step['id']}/take/",
            case,
            "taper",
        )


def _withdrawal_of(
    actor: Actor, calendars: Calendars, case: dict[str, Any], withdrawn: dict[str, Any]
) -> DueItem:
    """Until they agree again, or a review or the next plan takes its place."""
    on = date.fromisoformat(withdrawn["on"])
    return ours(
        calendars.add(case["school_id"], on, standards.ANSWER_WITHIN),
        with_whom(f"Talk it through: {no_longer_agrees([withdrawn['party']])}", case),
        f"Agreement to the plan was withdrawn on {told_day(on, actor.today)}",
        f"/plans/{withdrawn['plan_id']}/",
        case,
        "withdrawn",
    )


def _plan_due(actor: Actor, calendars: Calendars, case: dict[str, Any]) -> DueItem | None:
    """What is due of a case's plan: its review, the first plan, or changes to one returned."""
    newest = case["newest"]
    if case["in_use_id"]:
        return ours(
            case["review_due_on"],
            with_whom("Review the plan", case),
            f"Plan {newest['number']}, reviewed by {told_day(case['review_due_on'], actor.today)}",
            f"/plans/{case['in_use_id']}/review/",
            case,
            "review",
        )
    # Opened again, a case needs a plan again: the one it had ended when it was closed.
    has_ended = newest is not None and newest["state"] == PlanState.ENDED
    if newest is None or (has_ended and case["reopened_on"]):
        return ours(
            calendars.add(case["school_id"], begun_on(case), standards.plan_within(actor)),
            with_whom(f"Write the {'next' if newest else 'first'} plan", case),
            f"{standards.plan_within(actor)} school days from {_since(case, actor.today)}",
            f"/cases/{case['case_id']}/plans/new/",
            case,
            "plan",
        )
    if newest["state"] == PlanState.RETURNED:
        return ours(
            calendars.add(case["school_id"], actor.today, 0),
            with_whom("Change the returned plan", case),
            "Returned by the manager",
            f"/plans/{newest['id']}/",
            case,
            "plan",
        )
    return None


def _since(case: dict[str, Any], today: date) -> str:
    why = ", when it was opened again" if case["reopened_on"] else ""
    if case["led_from"]:
        why = ", the lead worker’s first day"
    return f"{told_day(begun_on(case), today)}{why}"


def referrals_to_screen(actor: Actor, calendars: Calendars, rows: Rows) -> Iterator[DueItem]:
    within = standards.decide_within(actor)
    for referral in rows:
        sent_on = date_of(referral["sent_at"])
        verb = "Screen" if referral["round"] == 1 else "Look again at"
        yield ours(
            calendars.add(referral["school_id"], sent_on, within),
            with_whom(f"{verb} the referral", referral),
            f"{referral['school_name']}. {within} school days from {told_day(sent_on, actor.today)}",
            f"/referrals/{referral['id']}/",
            referral,
            "referral",
        )


def cases_to_allocate(actor: Actor, calendars: Calendars) -> Iterator[DueItem]:
    for case in due_rows.cases_to_allocate(actor):
        yield allocation_of(calendars, case)


def allocation_of(calendars: Calendars, case: dict[str, Any]) -> DueItem:
    return ours(
        calendars.add(case["school_id"], begun_on(case), standards.ALLOCATE_WITHIN),
        with_whom("Allocate the case", case),
        f"{case['school_name']}. {standards.ALLOCATE_WITHIN} school days from {_since(case, calendars.today)}",
        f"/cases/{case['case_id']}/allocate/",
        case,
        "allocate",
    )


def plans_to_approve(actor: Actor, calendars: Calendars) -> Iterator[DueItem]:
    for plan in due_rows.plans_to_approve(actor):
        yield approval_of(calendars, plan)


def reports_to_approve(actor: Actor, calendars: Calendars, rows: Rows) -> Iterator[DueItem]:
    for report in rows:
        asked_on = date_of(report["asked_at"])
        kind = ReportApproval.Kind(report["kind"])
        yield ours(
            calendars.add(report["school_id"], asked_on, standards.APPROVE_WITHIN),
            with_whom(f"Approve or return the {kind.label.lower()}", report),
            f"Sent in by {report['asker']} on {told_day(asked_on, actor.today)}",
            approve_url(report),
            report,
            "report",
        )


def approve_url(report: dict[str, Any]) -> str:
    if report["kind"] == ReportApproval.Kind.CLOSURE:
        return f"/cases/{report['case_id']}/report/decide/"
    return f"/pupils/{report['pupil_id']}/chronology/hearing/{report['id']}/"


def approval_of(calendars: Calendars, plan: dict[str, Any]) -> DueItem:
    made_on = date_of(plan["created_at"])
    return ours(
        calendars.add(plan["school_id"], made_on, standards.APPROVE_WITHIN),
        with_whom("Approve or return the plan", plan),
        f"Plan {plan['number']}, written by {plan['writer']}",
        f"/plans/{plan['id']}/",
        plan,
        "approve",
    )
