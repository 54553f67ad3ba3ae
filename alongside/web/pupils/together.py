"""Who works with the child and what runs, on one picture; overlaps and gaps in words beside it."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render

from alongside.core.permissions import Permission
from alongside.duties.calendars import Calendars
from alongside.duties.standards import CONTACT_WITHIN
from alongside.duties.together import LEADS, Together, together
from alongside.people import queries
from alongside.rules.coverage import Gap, Overlap, Stretch
from alongside.web import charts
from alongside.web.charts import Bar, TimelineFacts
from alongside.web.dates import short_day
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen

AHEAD = timedelta(weeks=6)


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def together_page(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "together")
    found = together(actor, pupil, Calendars(actor))
    has_any = found.workers or found.support or found.plans
    return render(
        request,
        "pupils/together.html",
        {
            **pupil_frame(actor, pupil),
            "heading": f"Everybody and everything for {pupil.forename}",
            "second": f"Since {short_day(found.first)}, within what you read",
            "chart": charts.timeline(_facts(request, pupil.name, found)) if has_any else None,
            "overlaps": [_overlap(one) for one in found.overlaps],
            "gaps": [_unseen(one) for one in found.gaps] + [_unled(one) for one in found.unled],
            "standard": f"More than {CONTACT_WITHIN} school days without contact: our standard",
        },
    )


def _facts(request: Request, name: str, found: Together) -> TimelineFacts:
    today = request.actor.today
    return TimelineFacts(
        name=f"Support for {name}",
        first=found.first,
        last=today + AHEAD,
        today=today,
        workers=[_bar(s, "main" if s.sort == LEADS else "past") for s in found.workers],
        support=[_bar(s, "other") for s in found.support],
        plans=[_bar(s, "pale") for s in found.plans],
        gaps=[Bar(f"{g.days} days", g.after, g.before or today, "past") for g in found.gaps],
    )


def _bar(stretch: Stretch, look: str) -> Bar:
    return Bar(stretch.what, stretch.first, stretch.last, look)


def _overlap(one: Overlap) -> str:
    return (
        f"{one.one.what} and {one.other.what}: both from {short_day(one.first)} "
        f"to {short_day(one.last)}"
    )


def _unseen(gap: Gap) -> str:
    until = f"until {short_day(gap.before)}" if gap.before else "until today"
    return f"No contact for {gap.days} school days after {short_day(gap.after)}, {until}"


def _unled(gap: Gap) -> str:
    days = "1 day" if gap.days == 1 else f"{gap.days} days"
    until = f"until {short_day(gap.before)}" if gap.before else "until today"
    return f"No lead worker for {days} after {short_day(gap.after)}, {until}"
