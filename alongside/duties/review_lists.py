"""Reviews due, done and overdue by school, and open cases that have no plan in use."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from alongside.cases.models import Allocation, Case, CaseState
from alongside.cases.queries import visible_cases
from alongside.core.actor import Actor
from alongside.core.prepared import prepared
from alongside.core.reach import Reach
from alongside.people.models import Capacity, called, in_scope, on_pathway
from alongside.plans.models import Plan, PlanState, Review, ReviewInvitation
from alongside.rules.dates import day_in

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
    pathway: str = ""  # Of the curriculum, that the pupil follows today.


def page(actor: Actor, wanted: Wanted, most: int = PAGE) -> tuple[Rows, bool]:
    """A page of rows, and whether there are more."""
    value, last_id = wanted.after or ("", 0)
    day = day_in(value)
    rows = _page(
        actor,
        wanted.view,
        wanted.pathway,
        wanted.school_id is not None,
        day is not None,
        most + 1,
        day=day or actor.today,
        last_id=last_id,
        school_id=wanted.school_id or 0,
        until=actor.today + DUE_WITHIN,
        since=actor.today - DONE_SINCE,
    )
    return rows[:most], len(rows) > most


@prepared
def _page(
    actor: Actor,
    view: str,
    pathway: str,
    is_of_school: bool,
    follows: bool,
    most: int,
    *,
    day: Any,
    last_id: Any,
    school_id: Any,
    **span: Any,
) -> QuerySet[Any]:
    found, key, school = LISTS[view](actor, **span)
    if pathway:
        pupil = "plan__pupil_id" if view == "done" else "pupil_id"
        found = found.filter(on_pathway(pathway, actor.today, pupil))
    if is_of_school:
        found = found.filter(**{school: school_id})
    if follows:
        found = found.filter(Q(**{f"{key}__gt": day}) | Q(**{key: day, "pk__gt": last_id}))
    return found.order_by(key, "pk")[:most]


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


def _without(actor: Actor) -> QuerySet[Case]:
    """Open cases with no plan in use: none yet, or none agreed."""
    return visible_cases(actor).filter(state=CaseState.OPEN).exclude(Exists(_plans_of("pk")))


def _lead(case: str) -> Subquery:
    leads = Allocation.objects.filter(case=OuterRef(case), capacity=Capacity.LEAD, ends_on=None)
    return Subquery(leads.values("staff__name")[:1])


type Listed = tuple[QuerySet[Any], str, str]  # Rows, the day they go by, and what names the school.


def _plan_rows(actor: Actor, among: Q) -> Listed:
    found = _in_use(actor).filter(among)
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
    return rows, "review_due_on", "case__school_id"


def _overdue(actor: Actor, **_: Any) -> Listed:
    return _plan_rows(actor, Q(review_due_on__lt=actor.today))


def _due(actor: Actor, *, until: Any, **_: Any) -> Listed:
    return _plan_rows(actor, Q(review_due_on__gte=actor.today, review_due_on__lte=until))


def _done(actor: Actor, *, since: Any, **_: Any) -> Listed:
    reached = in_scope(actor.reach, "plan__pupil_id")
    found = Review.objects.filter(reached, held_on__gte=since)
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
    return rows, "held_on", "plan__case__school_id"


def _none(actor: Actor, **_: Any) -> Listed:
    found = _without(actor)
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
    return rows, "opened_on", "school_id"


LISTS: dict[str, Callable[..., Listed]] = {
    "overdue": _overdue,
    "due": _due,
    "done": _done,
    "none": _none,
}
