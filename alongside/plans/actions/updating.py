"""Sends an update on how a plan goes to who leads the case."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from alongside.cases.queries import lead_staff_ids
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.models import Staff
from alongside.plans import policy
from alongside.plans.actions.shared import leave_trace, locked, tell
from alongside.plans.models import Plan, ProgressUpdate
from alongside.plans.queries import approvers
from alongside.rules.words import listed


@transaction.atomic
def send_update(*, actor: Actor, plan: Plan, since: date, body: str) -> ProgressUpdate:
    """Kept as it was sent. Who leads the case and who approves its plans are told."""
    plan = locked(plan)
    require(policy.update(actor, plan))
    if not body.strip():
        raise Problem("Write how it goes.", "body")
    told = set(lead_staff_ids(plan.pupil_id)) | {pk for pk, _ in approvers(plan, actor.today)}
    told.discard(actor.staff_id)
    names = Staff.objects.filter(pk__in=told).order_by("name").values_list("name", flat=True)
    made = ProgressUpdate.objects.create(
        plan=plan,
        since=since,
        body=body.strip(),
        sent_at=timezone.now(),
        sent_by_id=actor.staff_id,
        told=listed(list(names))[:300],
    )
    tell(plan, sorted(told), "plan.update", "An update on how a plan goes.")
    leave_trace(
        actor,
        plan,
        "plan.update_sent",
        f"Update on plan {plan.number}",
        detail={"update": made.pk},
    )
    return made
