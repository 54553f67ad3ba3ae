"""What stands around every screen about one plan, and where an act leads that cannot be done now."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.core.decisions import Decision
from alongside.plans.models import Plan
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request


def around(request: Request, plan: Plan) -> dict[str, Any]:
    return {
        **pupil_frame(request.actor, plan.pupil, "plan"),
        "back_url": f"/plans/{plan.pk}/",
        "back_label": "Back to the plan",
    }


def instead(request: Request, plan: Plan, decision: Decision) -> HttpResponse:
    """An old link or a second window: the plan itself, with why this is not to be done now."""
    messages.info(request, decision.reason)
    return redirect(f"/plans/{plan.pk}/")
