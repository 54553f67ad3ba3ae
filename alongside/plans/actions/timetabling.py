"""Draws up the week of a plan that has a timetable, while the plan is being written."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from alongside.core.actor import Actor
from alongside.core.decisions import require
from alongside.plans import policy, timetable
from alongside.plans.actions.shared import leave_trace, locked
from alongside.plans.actions.writing import add_slots, facts_of, keep_version
from alongside.plans.models import Plan
from alongside.plans.timetable import SlotFacts


@transaction.atomic
def set_timetable(*, actor: Actor, plan: Plan, slots: Sequence[SlotFacts], version: int) -> Plan:
    """The whole week anew. Raises `Conflict` when somebody saved the plan since `version`."""
    plan = locked(plan)
    require(policy.draw_up_week(actor, plan))
    plan.require_version(version)
    timetable.check(slots)
    plan.changed_by_id = actor.staff_id
    plan.changed_at = timezone.now()
    plan.save(update_fields=["changed_by", "changed_at", "version"])
    plan.timetable.all().delete()
    add_slots(plan, slots)
    keep_version(actor, plan, facts_of(plan))
    detail = {"version": plan.version, "parts": len(slots)}
    leave_trace(actor, plan, "plan.week_drawn_up", detail=detail)
    return plan
