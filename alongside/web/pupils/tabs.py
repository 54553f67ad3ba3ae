"""The tabs of a pupil's record: which ones this actor has, each with its count."""

from functools import cache
from typing import Any

from django.db.models import Count, Exists, Max, Model, OuterRef, QuerySet, Subquery
from django.urls import Resolver404, resolve

from alongside.core.actor import Actor
from alongside.core.permissions import Permission
from alongside.core.reach import Reading
from alongside.fieldwork.models import Session
from alongside.people import policy
from alongside.people.models import Capacity, ChronologyEntry, Involvement, Pupil
from alongside.people.queries.rows import Lists
from alongside.plans.models import Plan

# Key (also the last part of the address), label, what one needs to see it.
TABS = (
    ("overview", "Overview", Permission.PUPIL_VIEW),
    ("chronology", "Chronology", Permission.PUPIL_VIEW),
    ("plan", "Plan", Permission.PLAN_VIEW),
    ("assessment", "Assessment", Permission.CASE_VIEW),
    ("sessions", "Sessions", Permission.CASE_VIEW),
    ("people", "Family and people", Permission.PUPIL_VIEW),
    ("documents", "Documents", Permission.CASE_VIEW),
    ("shared", "Shared with", Permission.CHRONOLOGY_WRITE),
    ("access", "Who has looked", Permission.ACCESS_LOG_VIEW),
)


def pupil_tabs(
    actor: Actor, pupil: Pupil, current: str, found: dict[str, Any]
) -> list[dict[str, object]]:
    """`current` is a tab's key, or empty on a screen that belongs to none; `found` by `tab_lists`."""
    known = _counts(actor, found)
    return [
        {
            "label": label,
            "url": f"/pupils/{pupil.pk}/" + ("" if key == "overview" else f"{key}/"),
            "count": known.get(key),
            "is_current": key == current,
        }
        for key, label, needs in TABS
        if actor.may(needs)
        and _leads_somewhere(key)
        and (key != "access" or known["may_see_access"])
    ]


@cache
def _leads_somewhere(key: str) -> bool:
    """A tab whose screen is not part of this service is left out."""
    try:
        resolve("/pupils/1/" + ("" if key == "overview" else f"{key}/"))
    except Resolver404:
        return False
    return True


def _counts(actor: Actor, found: dict[str, Any]) -> dict[str, object]:
    return {
        "chronology": found["entry_count"],
        "sessions": found["session_count"],
        "plan": f"v{found['plan_number']}" if found["plan_number"] else None,
        "may_see_access": found["is_lead"] or policy.is_wider_than_allocation(actor),
    }


def tab_lists(reading: Reading, staff_id: Any) -> Lists:
    """Counts for the tabs, to be gathered with what else stands above every screen of the record."""
    lead = Involvement.objects.filter(
        pupil=OuterRef("pk"), staff_id=staff_id, capacity=Capacity.LEAD, ends_on=None
    )
    newest = Plan.objects.filter(pupil=OuterRef("pk")).exclude(state="DRAFT").order_by()
    return {
        "entry_count": _count(ChronologyEntry.objects.read_as(reading, staff_id)),
        "session_count": _count(Session.objects.read_as(reading, staff_id)),
        "plan_number": Subquery(newest.values("pupil").annotate(n=Max("number")).values("n")),
        "is_lead": Exists(lead),
    }


def _count(rows: QuerySet[Model]) -> Subquery:
    mine = rows.filter(pupil=OuterRef("pk")).order_by()
    return Subquery(mine.values("pupil").annotate(n=Count("*")).values("n"))
