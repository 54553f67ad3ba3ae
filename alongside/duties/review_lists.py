"""Reviews due, done and overdue by school, and open cases that have no plan in use."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from alongside.cases.models import Allocation, Case, CaseState
from alongside.cases.queries import visible_cases
from alongside.core.actor import Actor, Reach
from alongside.core.prepared import prepared
from alongside.people.models import Capacity, called, in_scope
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


def page(actor: Actor, wanted: Wanted, most: int = PAGE) -> tuple[Rows, bool]:
    """A page of rows, and whether there are more."""
    found, key = LISTS[wanted.view](actor, wanted)
    if wanted.after:
        value, pk = wanted.after
        later = Q(**{f"{key}__gt": value}) | Q(**{key: value, "pk__gt": pk})
        found = found.filter(later)
    rows = list(found.order_by(key, "pk")[: most + 1])
    return rows[:most], len(rows) > most


def key_of(view: str, row: dict[str, Any]) -> tuple[str, int]:
    """Where the next page begins."""
    value = row["key"]
    return (value.isoformat() if isinstance(value, date) else str(value)), int(row["pk"])


@dataclass(frozen=True)
class Figures:
    """Each school with its open cases and reviews; and how many there are of each in all."""

    schools: Rows
    counts: dict[str, int]


def figures(actor: Actor) -> Figures:
    """In two queries, whatever the number of schools."""
    reach, today = actor.reach, actor.today
    schools = _open_by_school(*reach.shape, **reach.values, until=today + DUE_WITHIN)
    done = _done_by_school(*reach.shape, **reach.values, since=today - DONE_SINCE)
    held = {row["school"]: row["done"] for row in done}
    for school in schools:
        school["pk"] = school.pop("school_id")
        school["done"] = held.get(school["pk"], 0)
    counts = {view: sum(school[view] for school in schools) for view in ("overdue", "due", "none")}
    return Figures(schools, counts | {"done": sum(held.values())})


def by_school(found: Figures, wanted: Wanted, most: int = PAGE) -> tuple[Rows, bool]:
    """A page of schools by name: with overdue, due and done reviews, and cases without a plan."""
    after = wanted.after or ("", 0)
    rows = [row for row in found.schools if (row["key"], row["pk"]) > after]
    rows = sorted(rows, key=lambda row: (row["key"], row["pk"]))
    return rows[:most], len(rows) > most


@prepared
def _open_by_school(*shape: bool, until: Any, **reach: Any) -> QuerySet[Any]:
    in_use = FilteredRelation("plans", condition=Q(plans__state=PlanState.AGREED))
    cases = Case.objects.filter(in_scope(Reach(*shape, **reach), "pupil_id")).alias(in_use=in_use)
    without = Q(~Exists(_plans_of("pk")), state=CaseState.OPEN)
    today = reach["today"]
    return (
        cases.filter(state__in=[CaseState.WAITING, CaseState.OPEN])
        .order_by("school_id")
        # Never named `pk`: what is asked of each case then asks of the school's number.
        .values("school_id", key=F("school__name"), name=F("school__name"))
        .annotate(
            none=Count("pk", filter=without),
            overdue=Count("pk", filter=Q(in_use__review_due_on__lt=today)),
            due=Count("pk", filter=Q(in_use__review_due_on__range=(today, until))),
        )
    )


@prepared
def _done_by_school(*shape: bool, since: Any, **reach: Any) -> QuerySet[Any]:
    reviews = Review.objects.filter(in_scope(Reach(*shape, **reach), "plan__pupil_id"))
    return (
        reviews.filter(held_on__gte=since)
        .order_by("plan__case__school_id")
        .values(school=F("plan__case__school_id"))
        .annotate(done=Count("pk"))
    )


def _plans_of(case: str) -> QuerySet[Plan]:
    return Plan.objects.filter(
        case=OuterRef(case), state__in=(PlanState.AGREED, PlanState.REVIEWED)
    )


def _in_use(actor: Actor) -> QuerySet[Plan]:
    return Plan.objects.filter(in_scope(actor.reach, "pupil_id"), state=PlanState.AGREED)


def _reviews(actor: Actor) -> QuerySet[Review]:
    reached = in_scope(actor.reach, "plan__pupil_id")
    return Review.objects.filter(reached, held_on__gte=actor.today - DONE_SINCE)


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
        school=F("case__school_id"),
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
        school=F("plan__case__school_id"),
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
        "school",
        key=F("opened_on"),
        pupil_name=called("pupil"),
        school_name=F("school__name"),
        lead=_lead("pk"),
        plan_state=Subquery(newest.values("state")[:1]),
    )
    return rows, "opened_on"


LISTS = {"overdue": _overdue, "due": _due, "done": _done, "none": _none}
