"""Sends an update on how a plan goes to who leads the case."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from alongside.cases.queries import lead_staff_ids
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.models import Staff
from alongside.core.prepared import hold
from alongside.plans import policy
from alongside.plans.actions.shared import leave_trace, locked, tell
from alongside.plans.models import Plan, ProgressUpdate
from alongside.plans.people import approvers
from alongside.rules.words import listed


@transaction.atomic
def acknowledge_update(*, actor: Actor, update: ProgressUpdate, answer: str = "") -> ProgressUpdate:
    """Read, perhaps with a word back. Who sent it is told."""
    update = hold(ProgressUpdate, update.pk, "plan__case__school", "plan__pupil")
    require(policy.acknowledge(actor, update))
    update.read_at, update.read_by_id = timezone.now(), actor.staff_id
    update.answer = " ".join(answer.split())[:300]
    update.save(update_fields=["read_at", "read_by", "answer"])
    said = f" {update.answer}" if update.answer else ""
    text = f"{actor.name} acknowledged your update on a plan."
    tell(update.plan, [update.sent_by_id], "plan.update_read", text)
    leave_trace(
        actor,
        update.plan,
        "plan.update_acknowledged",
        f"Update on plan {update.plan.number} acknowledged by {actor.name}.{said}"[:300],
        detail={"update": update.pk},
    )
    return update


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
