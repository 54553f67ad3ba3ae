"""What is due to a school, and what of it whoever works with the school waits for."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from alongside.core.actor import Actor
from alongside.duties import due_rows, standards
from alongside.duties.calendars import Calendars
from alongside.duties.item import DueItem, date_of, ours, told_day, with_whom
from alongside.rules.dates import day_in


def for_the_school(actor: Actor, calendars: Calendars, **of: int) -> Iterator[DueItem]:
    """What waits for a school: referrals come back, plans to agree, its own actions.

    Of one pupil alone when asked for a `pupil_id`.
    """
    for referral in due_rows.referrals_returned(actor, **of):
        came_back = date_of(referral["returned_at"] or referral["sent_at"])
        yield ours(
            referral["asked_by"]
            or calendars.add(referral["school_id"], came_back, standards.RETURN_WITHIN),
            with_whom("Add what is missing", referral),
            f"The referral came back on {told_day(came_back, actor.today)}",
            f"/referrals/{referral['id']}/",
            referral,
            "returned",
        )
    for plan in due_rows.plans_to_agree(actor, **of):
        due_on, why = _to_agree(actor, calendars, plan)
        yield ours(
            due_on,
            with_whom("Agree the plan", plan),
            why,
            f"/plans/{plan['id']}/",
            plan,
            "agree",
        )
    for action in due_rows.school_actions(actor, **of):
        yield DueItem(
            action["due_on"],
            with_whom(action["text"], action),
            f"The school's part of plan {action['number']}",
            "agreed in the plan",
            f"/plans/{action['plan_id']}/",
            action["pupil_id"],
            "action",
            action["school_id"],
        )


def agreement_of(
    actor: Actor, calendars: Calendars, case: dict[str, Any], waiting: dict[str, Any]
) -> DueItem:
    """The school's to do, and told to who works on the case: the plan is not in use until then."""
    plan = {
        "school_id": case["school_id"],
        "has_moved": waiting["has_moved"],
        "came_on": day_in(waiting["came_on"] or ""),
        "created_at": datetime.fromisoformat(waiting["created_at"]),
        "approved_at": waiting["approved_at"] and datetime.fromisoformat(waiting["approved_at"]),
    }
    due_on, why = _to_agree(actor, calendars, plan)
    return ours(
        due_on,
        with_whom("The school is to agree the plan", case),
        why,
        f"/plans/{waiting['id']}/",
        case,
        "agreeing",
    )


def _to_agree(actor: Actor, calendars: Calendars, plan: dict[str, Any]) -> tuple[date, str]:
    """By when the school answers a plan, and what it is counted from."""
    approved_on = date_of(plan["approved_at"] or plan["created_at"])
    why = f"Approved on {told_day(approved_on, actor.today)}"
    asked_on = approved_on
    if plan["has_moved"]:
        why = "Agreed with the former school"
        asked_on = max(approved_on, plan["came_on"] or approved_on)
    return calendars.add(plan["school_id"], asked_on, standards.AGREE_WITHIN), why
