"""What is due for one pupil, soonest first: from cases, plans, sustained checks and tasks.

Dates are those of Today, and days are counted as there: both come from `duties`. So do the words. The
next contact is counted for each reader from what they may read, and stands on their own lists alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from textwrap import shorten
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery

from alongside.cases.models import Case, CaseState, SustainedCheck, Task
from alongside.cases.queries import still_asked
from alongside.core.actor import Actor
from alongside.core.permissions import Permission
from alongside.duties.calendars import Calendars
from alongside.duties.due import (
    allocation_of,
    approval_of,
    of_case,
    referrals_to_screen,
)
from alongside.duties.item import DueItem
from alongside.duties.left import Left, left_of
from alongside.duties.of_schools import for_the_school
from alongside.pathways.models import PlanType
from alongside.people.models import Pupil
from alongside.people.queries.rows import Found, Lists
from alongside.people.queries.rows import rows as rows_of
from alongside.plans import policy
from alongside.plans.kinds import may_approve
from alongside.plans.models import Party, Plan, PlanState
from alongside.referrals.models import Referral, ReferralState
from alongside.rules.dates import dated, day_in, short_weekday
from alongside.schools.models import NonTeachingDay, Term
from alongside.schools.queries import DAY_PARTS, TERM_PARTS, bring_along
from alongside.web.pupils.cases import cases_of

MOST_CLOCKS = 2
ROOM = 24  # Letters of a clock's name.
CLOCK_NAMES = {
    "checklist": "Checklist",
    "plan": "Plan",
    "approve": "Approval",
    "allocate": "Allocation",
    "taper": "Step down",
    "withdrawn": "Talk it through",
    "limit": "Time limit",
    "update": "Update",
    "referral": "Referral",
    "returned": "Referral",
    "agree": "Agreement",
    "agreeing": "Agreement",
    "action": "School’s part",
}


@dataclass(frozen=True)
class Due:
    """One thing to do by a day, with where the day comes from."""

    on: date
    name: str  # A few words, for the banner.
    what: str  # A verb first, for the list.
    why: str
    url: str = ""
    school_id: int | None = None  # Whose days count; without one, the council's.


def with_calendar(actor: Actor, found: Found) -> Found:
    """What `due_lists` found, once its terms and days are kept to count with."""
    school_ids = {case["school_id"] for case in found["cases"]}
    bring_along(actor, school_ids, found.pop("terms"), found.pop("days"))
    return found


def due_of(actor: Actor, pupil: Pupil, running: Found) -> list[Due]:
    """A school sees the plan's own dates and what is its own, not the service's cases, checks and tasks."""
    found = [_review(plan) for plan in running["plans"]]
    found += [_check(check) for check in running["checks"]]
    found += [_task(task) for task in running["tasks"]]
    found += _to_screen(actor, pupil, running)
    if actor.reads_casework:
        found += [_of_case(actor, item) for item in _case_items(actor, pupil, running)]
    else:
        found += _to_approve(actor, pupil, running)
    if actor.may(Permission.REFERRAL_MAKE):
        found += map(_due, for_the_school(actor, Calendars(actor), pupil_id=pupil.pk))
    return sorted(found, key=lambda due: (due.on, due.what))


def _to_screen(actor: Actor, pupil: Pupil, running: Found) -> list[Due]:
    rows = [
        row | {"pupil_id": pupil.pk, "sent_at": datetime.fromisoformat(row["sent_at"])}
        for row in running.get("referrals", [])
    ]
    if not rows:
        return []  # Nor is it asked within how many days.
    return [_due(item) for item in referrals_to_screen(actor, Calendars(actor), rows)]


def _case_items(actor: Actor, pupil: Pupil, running: Found) -> Iterator[DueItem]:
    """What Today tells the lead and the manager of each case; reviews stand with the plans."""
    calendars = Calendars(actor)
    for listed in running["cases"]:
        case = listed | {
            "case_id": listed["id"],
            "pupil_id": pupil.pk,
            "opened_on": date.fromisoformat(listed["opened_on"]),
            "reopened_on": day_in(listed["reopened_on"] or ""),
            "led_from": day_in(listed["led_from"] or ""),
            "in_use_id": None,
        }
        if case["state"] == CaseState.WAITING:
            yield allocation_of(calendars, case)
        elif case["state"] == CaseState.OPEN:
            yield from of_case(actor, calendars, case)
            yield from _approval(actor, calendars, case)


def _approval(actor: Actor, calendars: Calendars, case: dict[str, Any]) -> Iterator[DueItem]:
    newest = case["newest"]
    if not newest or newest["state"] != PlanState.WAITING_APPROVAL:
        return
    if policy.sees_unapproved(actor):
        yield approval_of(calendars, case | _made(newest))


def _made(plan: dict[str, Any]) -> dict[str, Any]:
    return plan | {"created_at": datetime.fromisoformat(plan["created_at"])}


def _to_approve(actor: Actor, pupil: Pupil, running: Found) -> list[Due]:
    """Plans that wait for who reads no casework: of their own school, or as a head of the service."""
    own = actor.place_ids(permission=Permission.PLAN_AGREE)
    return [
        _due(approval_of(Calendars(actor), _made(plan) | {"pupil_id": pupil.pk}))
        for plan in running["waiting"]
        if actor.staff_id not in (plan["written_by_id"], plan["submitted_by_id"])
        and (
            (actor.may(Permission.PLAN_APPROVE) and may_approve(actor, _kind(plan)))
            or (plan["held_by"] == Party.SCHOOL and plan["place_id"] in own)
        )
    ]


def _kind(plan: dict[str, Any]) -> PlanType:
    return PlanType(approving=plan["approving"] or [])


def clocks(actor: Actor, dues: list[Due]) -> list[dict[str, object]]:
    """The next clocks of the banner, at most two."""
    return [
        {
            "name": due.name,
            "state": left.state,
            "figure": left.figure,
            "unit": f"{left.unit} late" if left.side == "late" else left.unit,
            "line": f"due {short_weekday(due.on, actor.today)}",
        }
        for due, left in _counted(actor, dues[:MOST_CLOCKS])
    ]


def rows(actor: Actor, dues: list[Due]) -> list[dict[str, object]]:
    """The list of a record, for components/due_on.html."""
    return [
        {
            "on": due.on,
            "what": due.what,
            "url": due.url,
            "why": due.why,
            "left": f"{left.figure} {left.side}".strip(),
            "unit": left.unit,
            "state": left.state,
        }
        for due, left in _counted(actor, dues)
    ]


def _counted(actor: Actor, dues: list[Due]) -> Iterator[tuple[Due, Left]]:
    calendars = Calendars(actor)
    for due in dues:
        yield due, left_of(calendars, due.school_id, actor.today, due.on)


def due_lists(knows_casework: bool, screens: bool, *, staff_id: Any) -> Lists:
    """To be gathered with what else a screen asks of the pupil. Who reads no casework is told of the
    checks and tasks that are their own."""
    lists: Lists = {"cases": cases_of(staff_id), "plans": _plans(), **_calendar()}
    checks = SustainedCheck.objects.filter(case__pupil=OuterRef("pk"), done_on=None)
    tasks = still_asked(Task.objects.filter(pupil=OuterRef("pk"), done_on=None))
    if not knows_casework:
        checks, tasks = checks.filter(owner_id=staff_id), tasks.filter(owner_id=staff_id)
        lists |= {"waiting": _waiting()}
    if screens:
        lists |= {"referrals": _referrals()}
    return lists | {"checks": _checks(checks), "tasks": _tasks(tasks)}


def _calendar() -> Lists:
    """The terms and days of the council, and of the schools of the pupil's cases."""
    schools = Case.objects.filter(pupil=OuterRef(OuterRef("pk"))).values("school_id")
    counted = Q(school=None) | Q(school__in=schools)
    order = ("starts_on", "id")
    return {
        "terms": rows_of(Term.objects.filter(counted).order_by(*order), *TERM_PARTS),
        "days": rows_of(NonTeachingDay.objects.filter(counted).order_by(*order), *DAY_PARTS),
    }


def _plans() -> ArraySubquery:
    """Reviews of plans in use: one that is not agreed yet waits for that first."""
    in_use = Plan.objects.filter(pupil=OuterRef("pk"), state=PlanState.AGREED, review=None)
    return rows_of(
        in_use.order_by("review_due_on"),
        "id",
        "number",
        "starts_on",
        "review_due_on",
        school_id="case__school_id",
    )


def _waiting() -> ArraySubquery:
    waiting = Plan.objects.filter(pupil=OuterRef("pk"), state=PlanState.WAITING_APPROVAL)
    kind = PlanType.objects.filter(key=OuterRef("kind"))
    return rows_of(
        waiting.annotate(approving=Subquery(kind.values("approving")[:1])).order_by("pk"),
        "id",
        "number",
        "created_at",
        "held_by",
        "approving",
        "written_by_id",
        "submitted_by_id",
        writer="written_by__name",
        place_id="case__school__place_id",
        school_id="case__school_id",
    )


def _referrals() -> ArraySubquery:
    to_screen = Referral.objects.filter(
        pupil=OuterRef("pk"), state__in=[ReferralState.SENT, ReferralState.SCREENING]
    )
    return rows_of(
        to_screen.order_by("sent_at", "pk"),
        "id",
        "round",
        "sent_at",
        "school_id",
        school_name="school__name",
    )


def _checks(checks: QuerySet[SustainedCheck]) -> ArraySubquery:
    return rows_of(
        checks.order_by("due_on"), "case_id", "weeks", "due_on", school_id="case__school_id"
    )


def _tasks(tasks: QuerySet[Task]) -> ArraySubquery:
    return rows_of(
        tasks.order_by("due_on", "pk")[:20],
        "text",
        "why",
        "source",
        "url",
        "due_on",
        owner="owner__name",
        school_id="case__school_id",
    )


def _review(plan: dict[str, Any]) -> Due:
    return Due(
        on=date.fromisoformat(plan["review_due_on"]),
        name="Plan review",
        what=f"Review plan {plan['number']}",
        why=f"Plan of {dated(date.fromisoformat(plan['starts_on']))}. Our standard",
        url=f"/plans/{plan['id']}/",
        school_id=plan["school_id"],
    )


def _check(check: dict[str, Any]) -> Due:
    return Due(
        on=date.fromisoformat(check["due_on"]),
        name="Lasting check",
        what="Ask whether the place has lasted",
        why=f"{check['weeks']} weeks after closing. Our standard",
        url=f"/cases/{check['case_id']}/",
        school_id=check["school_id"],
    )


# What one needs to do a thing of a case; who may not reads that it is due, without a link.
NEEDS = {
    "plan": Permission.PLAN_WRITE,
    "allocate": Permission.CASE_ALLOCATE,
    "approve": Permission.PLAN_APPROVE,
    "taper": Permission.CASE_WORK,
}


def _of_case(actor: Actor, item: DueItem) -> Due:
    may = actor.may(NEEDS.get(item.kind, Permission.CASE_VIEW))
    return _due(item) if may else replace(_due(item), url="")


def _due(item: DueItem) -> Due:
    return Due(
        on=item.due_on,
        name=CLOCK_NAMES[item.kind],
        what=item.what,
        why=f"{item.why}. {item.source.capitalize()}",
        url=item.url,
        school_id=item.school_id,
    )


def _task(task: dict[str, Any]) -> Due:
    source = task["source"][:1].upper() + task["source"][1:]
    return Due(
        on=date.fromisoformat(task["due_on"]),
        name=shorten(task["text"], width=ROOM, placeholder="…"),
        what=task["text"],
        why=". ".join(part for part in (task["why"], task["owner"], source) if part),
        url=task["url"],
        school_id=task["school_id"],
    )
