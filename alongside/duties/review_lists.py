"""Reviews due, done and overdue by school, and open cases that have no plan in use."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from alongside.cases.models import Allocation, Case, CaseState
from alongside.cases.queries import visible_cases
from alongside.core.actor import Actor
from alongside.people.models import Capacity, called
from alongside.plans.models import Plan, PlanState, Review, ReviewInvitation

DUE_WITHIN = timedelta(weeks=6)
DONE_SINCE = timedelta(weeks=12)
PAGE = 50
VIEWS = ("schools", "overdue", "due", "done", "none")

type Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Wanted:
    """One list: which, of which school, and after which row it goes on."""

    view: str = "schools"
    school_id: int | None = None
    after: tuple[str, int] | None = None


def page(actor: Actor, wanted: Wanted) -> tuple[Rows, bool]:
    """A page of rows, and whether there are more."""
    found, key = LISTS[wanted.view](actor, wanted)
    if wanted.after:
        value, pk = wanted.after
        later = Q(**{f"{key}__gt": value}) | Q(**{key: value, "pk__gt": pk})
        found = found.filter(later)
    rows = list(found.order_by(key, "pk")[: PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def key_of(view: str, row: dict[str, Any]) -> tuple[str, int]:
    """Where the next page begins."""
    value = row["key"]
    return (value.isoformat() if isinstance(value, date) else str(value)), int(row["pk"])


def counts(actor: Actor) -> dict[str, int]:
    """How many of each, in three queries."""
    today = actor.today
    plans = _in_use(actor).aggregate(
        overdue=Count("pk", filter=Q(review_due_on__lt=today)),
        due=Count("pk", filter=Q(review_due_on__range=(today, today + DUE_WITHIN))),
    )
    return plans | {
        "done": _reviews(actor).count(),
        "none": _without(actor).count(),
    }


def by_school(actor: Actor, wanted: Wanted) -> tuple[Rows, bool]:
    """Each school with how many reviews are overdue, due and done, and cases without a plan."""
    today = actor.today
    open_cases = visible_cases(actor).exclude(state=CaseState.CLOSED)
    plans = _in_use(actor).filter(case__school=OuterRef("school")).order_by()
    late = plans.filter(review_due_on__lt=today)
    soon = plans.filter(review_due_on__range=(today, today + DUE_WITHIN))
    done = _reviews(actor).filter(plan__case__school=OuterRef("school")).order_by()
    counted = open_cases.annotate(has_plan=Exists(_plans_of("pk")))
    found = counted.values(
        pk_of=F("school_id"), key=F("school__name"), name=F("school__name")
    ).annotate(
        total=Count("pk"),
        none=Count("pk", filter=Q(state=CaseState.OPEN, has_plan=False)),
        overdue=_number(late, "case__school"),
        due=_number(soon, "case__school"),
        done=_number(done, "plan__case__school"),
    )
    if wanted.after:
        value, pk = wanted.after
        found = found.filter(Q(school__name__gt=value) | Q(school__name=value, school_id__gt=pk))
    rows = list(found.order_by("school__name", "school_id")[: PAGE + 1])
    return [row | {"pk": row["pk_of"]} for row in rows[:PAGE]], len(rows) > PAGE


def _number(found: QuerySet[Any], school: str) -> Subquery:
    return Subquery(found.values(school).annotate(n=Count("pk")).values("n"))


def _plans_of(case: str) -> QuerySet[Plan]:
    return Plan.objects.filter(
        case=OuterRef(case), state__in=(PlanState.AGREED, PlanState.REVIEWED)
    )


def _in_use(actor: Actor) -> QuerySet[Plan]:
    return Plan.objects.filter(state=PlanState.AGREED, case__in=visible_cases(actor).values("pk"))


def _reviews(actor: Actor) -> QuerySet[Review]:
    cases = visible_cases(actor).values("pk")
    return Review.objects.filter(plan__case__in=cases, held_on__gte=actor.today - DONE_SINCE)


def _without(actor: Actor) -> QuerySet[Case]:
    """Open cases with no plan in use: none yet, or none agreed."""
    return visible_cases(actor).filter(state=CaseState.OPEN).exclude(Exists(_plans_of("pk")))


def _lead(case: str) -> Subquery:
    leads = Allocation.objects.filter(case=OuterRef(case), capacity=Capacity.LEAD, ends_on=None)
    return Subquery(leads.values("staff__name")[:1])


def _plan_rows(actor: Actor, wanted: Wanted, among: Q) -> tuple[QuerySet[Any], str]:
    found = _in_use(actor).filter(among)
    if wanted.school_id:
        found = found.filter(case__school=wanted.school_id)
    asked = ReviewInvitation.objects.filter(plan=OuterRef("pk")).order_by("-pk")
    rows = found.values(
        "pk",
        "number",
        "review_due_on",
        "pupil_id",
        "case_id",
        key=F("review_due_on"),
        pupil_name=called("pupil"),
        school_name=F("case__school__name"),
        lead=_lead("case_id"),
        invited_to=Subquery(asked.values("meets_at")[:1]),
    )
    return rows, "review_due_on"


def _overdue(actor: Actor, wanted: Wanted) -> tuple[QuerySet[Any], str]:
    return _plan_rows(actor, wanted, Q(review_due_on__lt=actor.today))


def _due(actor: Actor, wanted: Wanted) -> tuple[QuerySet[Any], str]:
    until = actor.today + DUE_WITHIN
    return _plan_rows(actor, wanted, Q(review_due_on__range=(actor.today, until)))


def _done(actor: Actor, wanted: Wanted) -> tuple[QuerySet[Any], str]:
    found = _reviews(actor)
    if wanted.school_id:
        found = found.filter(plan__case__school=wanted.school_id)
    rows = found.values(
        "pk",
        "held_on",
        "decision",
        "plan_id",
        key=F("held_on"),
        number=F("plan__number"),
        due_on=F("plan__review_due_on"),
        pupil_id=F("plan__pupil_id"),
        pupil_name=called("plan__pupil"),
        school_name=F("plan__case__school__name"),
        by=F("recorded_by__name"),
    )
    return rows, "held_on"


def _none(actor: Actor, wanted: Wanted) -> tuple[QuerySet[Any], str]:
    found = _without(actor)
    if wanted.school_id:
        found = found.filter(school=wanted.school_id)
    newest = Plan.objects.filter(case=OuterRef("pk")).order_by("-number")
    rows = found.values(
        "pk",
        "reference",
        "opened_on",
        "pupil_id",
        key=F("opened_on"),
        pupil_name=called("pupil"),
        school_name=F("school__name"),
        lead=_lead("pk"),
        plan_state=Subquery(newest.values("state")[:1]),
    )
    return rows, "opened_on"


LISTS = {"overdue": _overdue, "due": _due, "done": _done, "none": _none}
