"""How much falls overdue at once when one of our standards is made shorter: a number, and nobody's name.

A standard holds in all of the council, so all of the council is counted, as for a kind of plan.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from alongside.cases.models import Case, CaseState
from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.duties.calendars import Calendars
from alongside.duties.timeliness import KEYS, count_late
from alongside.plans.models import Plan, PlanState
from alongside.referrals.models import Referral, ReferralState

WHAT = {"referral-answer": "referral"}  # Everything else is counted of cases.


def overdue_by(actor: Actor, key: str, days: int) -> int:
    """What is open and would be overdue today, were this standard so many school days."""
    calendars = Calendars(actor)
    for name, own_key in KEYS.items():
        if key == own_key:
            return count_late(calendars, name, days)
    if key == "plan-agreed":
        return _past(calendars, _without_a_plan(actor.today, days), days)
    if key == "referral-answer":
        return _past(calendars, _unanswered(), days)
    return 0  # Said on a form, and no day is counted by it.


def _past(calendars: Calendars, begun: Iterable[tuple[int | None, date]], days: int) -> int:
    return sum(calendars.add(school, on, days) < calendars.today for school, on in begun)


def _without_a_plan(today: date, days: int) -> Iterable[tuple[int | None, date]]:
    """The school and the first day of each case that still needs its plan, as on the list of what is due."""
    plans = Plan.objects.filter(case=OuterRef("pk")).order_by("-number")
    ended = Q(newest=PlanState.ENDED, reopened_on__isnull=False)
    found = Case.objects.filter(state=CaseState.OPEN).annotate(
        newest=Subquery(plans.values("state")[:1]),
        begun_on=Coalesce("led_from", "reopened_on", "opened_on"),
    )
    found = found.filter(Q(newest=None) | ended, begun_on__lt=today - timedelta(days=days))
    return found.order_by("pk").values_list("school_id", "begun_on")


def _unanswered() -> Iterable[tuple[int | None, date]]:
    waiting = Referral.objects.filter(state__in=[ReferralState.SENT, ReferralState.SCREENING])
    found = waiting.order_by("pk").values_list("school_id", "sent_at")
    return [(school, day_of(sent_at)) for school, sent_at in found]
