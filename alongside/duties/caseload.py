"""A caseload as rows: each case with why it is here in words, its last contact and next review."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alongside.cases.models import Allocation, Case, CaseState, SustainedCheck
from alongside.cases.queries import visible_cases
from alongside.core.actor import Actor
from alongside.duties import standards
from alongside.duties.calendars import Calendars
from alongside.duties.due_rows import Rows
from alongside.people.models import Capacity, ChronologyEntry, EntryKind
from alongside.plans.models import Plan, PlanState

PAGE = 50
FAR = date(9999, 1, 1)
TWO_WEEKS = timedelta(weeks=2)

# What a list can be sorted by: column, then the unique last key.
SORTS: dict[str, tuple[str, str]] = {
    "review": ("review_key", "Next review"),
    "name": ("name_key", "Pupil"),
    "opened": ("opened_on", "Opened"),
}


@dataclass(frozen=True)
class Chosen:
    """What somebody asked of the list. `view` is a saved view; the rest narrows it."""

    view: str = "mine"
    school_ids: tuple[int, ...] = ()
    search: str = ""
    sort: str = "review"
    after: tuple[str, int] | None = None  # Keyset: the last row's sort value and id.


@dataclass(frozen=True)
class Reason:
    """One fact that puts a case where it is: a state (its shape and colour) and words."""

    state: str
    words: str


@dataclass(frozen=True)
class Row:
    case: Case
    lead: str
    reasons: tuple[Reason, ...]
    contact_on: date | None
    contact_words: str
    review_due_on: date | None
    days_left: int | None


VIEWS = ("mine", "all", "waiting", "review", "closed")


def narrowed(actor: Actor, chosen: Chosen) -> QuerySet[Case]:
    """The cases of a view, within scope, before sorting and paging."""
    cases = visible_cases(actor)
    if chosen.view == "closed":
        cases = cases.filter(state=CaseState.CLOSED)
    elif chosen.view == "waiting":
        cases = cases.filter(state=CaseState.WAITING)
    else:
        cases = cases.exclude(state=CaseState.CLOSED)
    if chosen.view == "mine":
        cases = cases.filter(_allocated_to(actor))
    if chosen.view == "review":
        cases = cases.filter(_review_due_by(actor.today + TWO_WEEKS))
    if chosen.school_ids:
        cases = cases.filter(school_id__in=chosen.school_ids)
    if chosen.search:
        cases = cases.filter(
            Q(pupil__search_name__contains=chosen.search.lower())
            | Q(reference__iexact=chosen.search)
        )
    return cases


def _allocated_to(actor: Actor) -> Exists:
    return Exists(
        Allocation.objects.filter(case=OuterRef("pk"), staff_id=actor.staff_id, ends_on=None)
    )


def _review_due_by(day: date) -> Exists:
    return Exists(
        Plan.objects.filter(case=OuterRef("pk"), state=PlanState.AGREED, review_due_on__lte=day)
    )


def count_of_views(actor: Actor) -> dict[str, int]:
    """How many cases stand in each saved view, in one query."""
    is_closed = Q(state=CaseState.CLOSED)
    counted = visible_cases(actor).aggregate(
        all=Count("pk", filter=~is_closed),
        waiting=Count("pk", filter=Q(state=CaseState.WAITING)),
        closed=Count("pk", filter=is_closed),
        mine=Count("pk", filter=~is_closed & Q(_allocated_to(actor))),
        review=Count("pk", filter=~is_closed & Q(_review_due_by(actor.today + TWO_WEEKS))),
    )
    return dict(counted)


def page_of_cases(actor: Actor, chosen: Chosen) -> tuple[list[Case], bool]:
    """One page in the chosen order, and whether more follow. Pages by key, never by offset."""
    in_use = Plan.objects.filter(case=OuterRef("pk"), state=PlanState.AGREED)
    cases = narrowed(actor, chosen).annotate(
        review_due_on=Subquery(in_use.values("review_due_on")[:1]),
        review_key=Coalesce(Subquery(in_use.values("review_due_on")[:1]), FAR),
        name_key=F("pupil__search_name"),
    )
    key, _ = SORTS[chosen.sort]
    if chosen.after:
        value, last_id = chosen.after
        cases = cases.filter(Q(**{f"{key}__gt": value}) | Q(**{key: value, "pk__gt": last_id}))
    ordered = cases.select_related("pupil", "school", "service").order_by(key, "pk")
    found: list[Any] = list(ordered[: PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def rows(actor: Actor, cases: list[Case], calendars: Calendars) -> list[Row]:
    """The rows of a page: four queries more, whatever its length."""
    ids = [case.pk for case in cases]
    leads = dict(
        Allocation.objects.filter(case__in=ids, capacity=Capacity.LEAD, ends_on=None).values_list(
            "case_id", "staff__name"
        )
    )
    contacts = last_contacts([case.pupil_id for case in cases])
    plans = _latest_plans(ids)
    checks = dict(
        SustainedCheck.objects.filter(case__in=ids, done_on=None)
        .order_by("case_id", "-due_on")
        .values_list("case_id", "due_on")
    )
    return [
        _row(actor, case, calendars, leads, contacts, plans.get(case.pk), checks.get(case.pk))
        for case in cases
    ]


def last_contacts(pupil_ids: list[int]) -> dict[int, tuple[datetime, str]]:
    """When each pupil was last seen or spoken with, and how: from what was recorded."""
    seen: dict[int, tuple[datetime, str]] = {}
    kinds = [EntryKind.SESSION, EntryKind.DAILY_LOG, EntryKind.CONTACT, EntryKind.VOICE]
    latest = (
        ChronologyEntry.objects.filter(pupil_id__in=pupil_ids, kind__in=kinds)
        .order_by("pupil_id", "-occurred_at", "-id")
        .distinct("pupil_id")
        .values_list("pupil_id", "occurred_at", "kind")
    )
    for pupil_id, occurred_at, kind in latest:
        seen[pupil_id] = (occurred_at, str(EntryKind(kind).label))
    return seen


def _latest_plans(case_ids: list[int]) -> dict[int, Plan]:
    plans = Plan.objects.filter(case__in=case_ids).order_by("case_id", "-number")
    return {plan.case_id: plan for plan in plans.distinct("case_id")}


def _row(
    actor: Actor,
    case: Case,
    calendars: Calendars,
    leads: dict[int, str],
    contacts: dict[int, tuple[datetime, str]],
    plan: Plan | None,
    check_due_on: date | None,
) -> Row:
    contact = contacts.get(case.pupil_id)
    contact_on = contact[0].date() if contact else None
    review_due_on = getattr(case, "review_due_on", None)
    left = calendars.left(case.school_id, actor.today, review_due_on) if review_due_on else None
    return Row(
        case=case,
        lead=leads.get(case.pk, ""),
        reasons=tuple(_reasons(actor, case, calendars, contact_on, plan, left, check_due_on)),
        contact_on=contact_on,
        contact_words=contact[1] if contact else "Nothing recorded",
        review_due_on=review_due_on,
        days_left=left,
    )


def _reasons(
    actor: Actor,
    case: Case,
    calendars: Calendars,
    contact_on: date | None,
    plan: Plan | None,
    review_left: int | None,
    check_due_on: date | None,
) -> list[Reason]:
    """Facts in words, most pressing first. No score: each can be checked and disagreed with."""
    if case.state == CaseState.CLOSED:
        return [_check_reason(actor, check_due_on)]
    found = []
    if case.state == CaseState.WAITING:
        waited = calendars.since(case.school_id, case.opened_on, actor.today)
        late = waited > standards.ALLOCATE_WITHIN
        found.append(Reason("overdue" if late else "soon", f"No lead worker for {_days(waited)}"))
    if review_left is not None and review_left < 0:
        found.append(Reason("overdue", f"Plan review {_days(-review_left)} late"))
    elif review_left is not None and review_left <= 10:
        found.append(Reason("soon", f"Plan review in {_days(review_left)}"))
    if plan is None and case.state == CaseState.OPEN:
        found.append(_no_plan(actor, case, calendars))
    elif plan and plan.state not in (PlanState.AGREED, PlanState.ENDED):
        found.append(Reason("soon", f"Plan {plan.number}: {PlanState(plan.state).label.lower()}"))
    since = contact_on or case.opened_on
    unseen = calendars.since(case.school_id, since, actor.today)
    if unseen > standards.CONTACT_WITHIN:
        found.append(Reason("overdue", f"Not seen for {_days(unseen)}"))
    return found or [Reason("met", "On track")]


def _no_plan(actor: Actor, case: Case, calendars: Calendars) -> Reason:
    due_on = calendars.add(case.school_id, case.opened_on, standards.PLAN_WITHIN)
    left = calendars.left(case.school_id, actor.today, due_on)
    if left < 0:
        return Reason("overdue", f"First plan {_days(-left)} late")
    return Reason("soon" if left <= 5 else "waiting", f"First plan due in {_days(left)}")


def _check_reason(actor: Actor, due_on: date | None) -> Reason:
    if due_on is None:
        return Reason("met", "Closed, checks answered")
    if due_on < actor.today:
        return Reason("overdue", f"Check was due {due_on.day} {due_on:%b}")
    return Reason("waiting", f"Next check {due_on.day} {due_on:%b}")


def _days(count: int) -> str:
    return "1 school day" if count == 1 else f"{count} school days"


def not_seen_lately(actor: Actor, calendars: Calendars, work: Rows) -> list[tuple[Any, int]]:
    """The actor's pupils not seen within our standard, longest first, with school days since."""
    found = []
    for case in {row["case_id"]: row for row in work}.values():
        since = case["contact_at"].date() if case["contact_at"] else case["opened_on"]
        days = calendars.since(case["school_id"], since, actor.today)
        if days > standards.CONTACT_WITHIN:
            found.append((case, days))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]["case_id"]))
