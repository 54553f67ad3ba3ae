"""A step that may not be taken now: looking says why on a page; trying is refused."""

from django.http import HttpResponse
from django.shortcuts import render

from alongside.core.decisions import Decision, require
from alongside.referrals import queries
from alongside.referrals.models import Referral
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request


def not_now(
    request: Request, referral: Referral, decision: Decision, heading: str
) -> HttpResponse | None:
    """None when the step may be taken."""
    if decision:
        return None
    if request.method == "POST":
        require(decision)
    pupil = queries.pupil_in_scope(request.actor, referral)
    context = {
        "heading": heading,
        "reason": decision.reason,
        "back_url": f"/referrals/{referral.pk}/",
    }
    frame = pupil_frame(request.actor, pupil) if pupil else {}
    return render(request, "referrals/not_now.html", context | frame)
