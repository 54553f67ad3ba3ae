"""Questions about updates on how a plan goes: those sent, and whether somebody acknowledged them."""

from django.db.models import prefetch_related_objects

from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.plans import policy
from alongside.plans.models import Plan, ProgressUpdate


def updates_of(actor: Actor, plan: Plan) -> list[ProgressUpdate]:
    """Updates sent on a plan, the newest first, for those who read casework."""
    if not policy.sees_whole(actor):
        raise NotFound
    found = ProgressUpdate.objects.filter(plan=plan).select_related("sent_by", "read_by")
    updates = list(found.order_by("-pk")[:50])
    prefetch_related_objects([plan.case], "allocations")  # Who leads it acknowledges them.
    for one in updates:
        one.plan = plan
    return updates


def get_update(actor: Actor, plan: Plan, update_id: int) -> ProgressUpdate:
    found = next((one for one in updates_of(actor, plan) if one.pk == update_id), None)
    if found is None:
        raise NotFound
    return found
