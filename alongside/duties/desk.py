"""What lies on one person's own desk, in one query: tasks, checks, what was passed up, visits."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import JSONObject

from alongside.cases.models import Escalation, SustainedCheck, Task
from alongside.cases.queries import still_asked
from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.core.models import Staff
from alongside.core.permissions import Permission
from alongside.core.prepared import prepared
from alongside.core.reach import Reach
from alongside.duties.due_rows import MOST_OF_ONES_OWN, Rows, places_of, reports_to_approve
from alongside.duties.limits import past_without_a_lead
from alongside.fieldwork.models import Visit
from alongside.fieldwork.visits import OWN as OWN_OF_A_VISIT
from alongside.fieldwork.visits import Planned, around, midnight, named_where_seen
from alongside.pathways import standards
from alongside.people.models import called
from alongside.people.queries.rows import day_from, moment_from
from alongside.plans.models import Plan
from alongside.plans.policy import IN_USE


@dataclass(frozen=True)
class Desk:
    """`passed_up` is both ways: what this person waits for, and who waits for them."""

    tasks: Rows
    checks: Rows
    passed_up: Rows
    visits: list[Planned]
    coming: Counter[date]  # Days of this week and the next to how many visits are planned.
    reports: Rows  # That wait for this person to approve them.
    limits: Rows  # Of frameworks that they may change: who is past one, and nobody's case.


def desk_of(actor: Actor, first: date | None = None, last: date | None = None) -> Desk:
    """With the visits of these days, today's when none are named."""
    first = first or actor.today
    monday = actor.today - timedelta(days=actor.today.weekday())
    is_wide, place_ids = places_of(actor, Permission.REPORT_APPROVE)
    _, owner_ids = places_of(actor, Permission.FRAMEWORK_EDIT)
    (found,) = _desk(
        is_wide and actor.may(Permission.REPORT_APPROVE),
        actor.may(Permission.FRAMEWORK_EDIT),
        is_wide,
        actor.reads_casework,
        *actor.reach.shape,
        **actor.reach.values,
        approved_ids=place_ids,
        owner_ids=owner_ids,
        monday=midnight(monday),
        third_monday=midnight(monday + timedelta(weeks=3)),  # On a weekend, of the next two weeks.
        since=midnight(first),
        until=midnight((last or first) + timedelta(days=1)),
    )
    standards.bring_along(actor, found["our_standards"])
    return Desk(
        tasks=_read(found["my_tasks"], due_on=day_from, created_at=moment_from),
        checks=_read(found["my_checks"], due_on=day_from, closed_on=day_from),
        passed_up=_read(
            found["my_escalations"],
            answer_by=day_from,
            created_at=moment_from,
            acknowledged_at=_moment,
        ),
        visits=named_where_seen(
            actor, [Planned(**row) for row in _read(found["my_visits"], starts_at=moment_from)]
        ),
        coming=Counter(day_of(moment_from(row["starts_at"])) for row in found["my_coming"]),
        reports=_read(found["my_reports"], asked_at=moment_from),
        limits=_read(found.get("my_limits", []), first=day_from),
    )


@prepared
def _desk(
    approves_council_wide: bool,
    edits: bool,
    is_wide: bool,
    reads_casework: bool,
    *shape: bool,
    approved_ids: Any,
    owner_ids: Any,
    monday: Any,
    third_monday: Any,
    since: Any,
    until: Any,
    **reach: Any,
) -> QuerySet[Any]:
    me, staff_id, today = OuterRef("pk"), reach["staff_id"], reach["today"]
    mine = Q(owner_id=me) | Q(agreed_with_id=me)
    tasks = still_asked(Task.objects.filter(mine, done_on=None)).order_by("due_on", "id")
    checks = SustainedCheck.objects.filter(owner_id=me, done_on=None).order_by("due_on", "id")
    either = Q(recorded_by_id=me) | Q(asked_id=me)
    passed_up = Escalation.objects.filter(either, answered_at=None).order_by("answer_by", "id")
    planned = Visit.objects.filter(staff_id=me, cancelled_because="").order_by("starts_at", "id")
    visits = planned.filter(starts_at__gte=since, starts_at__lt=until)
    coming = planned.filter(starts_at__gte=monday, starts_at__lt=third_monday)
    in_use = Plan.objects.filter(pupil=OuterRef("pupil_id"), state__in=IN_USE).order_by("-number")
    reports = reports_to_approve(
        approves_council_wide,
        reads_casework,
        staff_id=staff_id,
        place_ids=approved_ids,
        today=today,
    )
    limits: dict[str, Any] = {}
    if edits:
        past = past_without_a_lead(is_wide, Reach(*shape, **reach), owner_ids)
        limits["my_limits"] = _rows(past, "framework_id", "framework", "pupils", "first")
    return Staff.objects.filter(pk=staff_id).values(
        my_tasks=_rows(
            tasks, "id", "text", "why", "source", "step", "url", "due_on", "created_at", "pupil_id",
            "owner_id", "agreed_with_id",
            pupil_name=called("pupil"), school_id=F("case__school_id"),
            whose=F("owner__name"), with_whom=F("agreed_with__name"),
        ),
        my_checks=_rows(
            checks, "id", "weeks", "due_on", "case_id",
            closed_on=F("case__closed_on"), pupil_id=F("case__pupil_id"),
            pupil_name=called("case__pupil"), school_id=F("case__school_id"),
            school_name=F("case__school__name"),
        ),
        my_escalations=_rows(
            passed_up, "id", "kind", "answer_by", "acknowledged_at", "created_at", "asked_id",
            "pupil_id", "school_id",
            pupil_name=called("pupil"), school_name=F("school__name"),
            raised_by=F("recorded_by__name"), put_to=F("asked__name"),
        ),
        my_visits=_rows(
            visits, *OWN_OF_A_VISIT, **around(), plan_id=Subquery(in_use.values("pk")[:1]),
        ),
        my_coming=_rows(coming, "starts_at"),
        my_reports=_rows(
            reports, "id", "kind", "asked_at", "case_id", pupil_id=F("whose"),
            school_id=F("case__school_id"),
            pupil_name=Case(
                When(pupil=None, then=called("case__pupil")), default=called("pupil")
            ),
            asker=F("asked_by__name"),
        ),
        our_standards=_rows(standards.in_force(), "key", "amount", "unit"),
        **limits,
    )  # fmt: skip


def _rows(found: QuerySet[Any], *names: str, **renamed: Any) -> ArraySubquery:
    row = JSONObject(**{name: name for name in names}, **renamed)
    return ArraySubquery(found.values(row=row)[:MOST_OF_ONES_OWN])


def _read(rows: Rows, **readers: Callable[[Any], Any]) -> Rows:
    """Days and moments come back as text."""
    return [row | {name: read(row[name]) for name, read in readers.items()} for row in rows]


def _moment(text: str | None) -> datetime | None:
    return moment_from(text) if text else None
