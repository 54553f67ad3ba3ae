"""A caseload as rows: each case with why it is here in words, its last contact and next review."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from alongside.cases.leading import unseen_since
from alongside.cases.models import Allocation, Case, CaseState, SustainedCheck, Task
from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.core.handling import InformationClass
from alongside.core.prepared import prepared
from alongside.core.reach import Reach, Reading
from alongside.duties import standards
from alongside.duties.calendars import Calendars
from alongside.duties.contacts import contact_by, last_contact, newest_contact
from alongside.duties.due_rows import Rows
from alongside.duties.narrowing import Narrowed, narrow
from alongside.duties.priority import COLUMNS, columns
from alongside.duties.reasons import Reason, reasons_of
from alongside.pathways.models import Standing
from alongside.pathways.queries import every_stage
from alongside.people.models import Capacity, ChronologyEntry, EntryKind, called, in_scope
from alongside.people.queries.safeguarding import may_know_of
from alongside.plans.models import Plan, PlanState
from alongside.plans.policy import IN_USE
from alongside.plans.withdrawn import withdrawn_from

PAGE = 50
FAR = date(9999, 1, 1)
TWO_WEEKS = timedelta(weeks=2)

# What a list can be sorted by: column, then the unique last key.
SORTS: dict[str, tuple[str, str]] = {
    "review": ("review_key", "Next review"),
    "name": ("name_key", "Pupil"),
    "opened": ("opened_on", "Opened"),
    "priority": ("priority_key", "Priority"),
    "school": ("school_key", "School"),
}


@dataclass(frozen=True)
class Chosen:
    """What somebody asked of the list. `view` is a saved view; the rest narrows it."""

    view: str = "mine"
    school_ids: tuple[int, ...] = ()
    stage_ids: tuple[int, ...] = ()  # Of a framework, the same stage in each of its versions.
    search: str = ""
    sort: str = "review"
    after: tuple[str, int] | None = None  # Keyset: the last row's sort value and id.
    need: str = ""
    pathway: str = ""
    days: int = standards.CONTACT_WITHIN  # School days without contact, in the view `unseen`.


@dataclass(frozen=True)
class Row:
    """`case` is what `_details` found."""

    case: dict[str, Any]
    reasons: tuple[Reason, ...]
    contact_on: date | None
    contact_words: str
    contact_days: int  # School days since, or since the case opened when there was none.
    contact_by: date  # The last day on which the next is in time, by our standard.
    days_left: int | None


VIEWS = ("mine", "covering", "all", "waiting", "review", "unseen", "closed")


def page_of_cases(actor: Actor, chosen: Chosen) -> tuple[Rows, bool]:
    """One page in the chosen order, and whether more follow. Pages by key, never by offset.

    Only each case's number and sort key: `rows` looks up the rest, for this page alone.
    """
    value, last_id = chosen.after or ("", 0)
    key, _ = SORTS[chosen.sort]
    found = _page(
        *actor.reach.shape,
        chosen.view,
        key,
        bool(chosen.after),
        bool(chosen.school_ids),
        bool(chosen.stage_ids),
        bool(chosen.search),
        _narrowed(actor, chosen),
        **actor.reach.values,
        last_value=_last_value(key, value),
        last_id=last_id,
        school_ids=list(chosen.school_ids),
        stage_ids=list(chosen.stage_ids),
        search=chosen.search.lower(),
        review_by=actor.today + TWO_WEEKS,
        unseen_since=_unseen_since(actor, chosen),
    )
    return found[:PAGE], len(found) > PAGE


def _last_value(key: str, value: str) -> Any:
    if key in ("name_key", "school_key"):
        return value
    if key == "priority_key":
        return int(value or -1)
    return date.fromisoformat(value or "1900-01-01")


def _narrowed(actor: Actor, chosen: Chosen) -> Narrowed:
    return Narrowed(
        need=chosen.need,
        pathway=chosen.pathway,
        knows_safety=chosen.sort == "priority" and knows_safety(actor),
        is_covering=chosen.view == "covering",
        reading=actor.reading if chosen.view == "unseen" else None,
    )


def knows_safety(actor: Actor) -> bool:
    return may_know_of(actor, InformationClass.SAFEGUARDING)


def _unseen_since(actor: Actor, chosen: Chosen) -> datetime:
    """The morning of the day so many school days ago, by the council's calendar."""
    if chosen.view != "unseen":
        return timezone.now()  # Nothing asks for it.
    day = Calendars(actor).before(None, actor.today, chosen.days)
    return timezone.make_aware(datetime.combine(day, time.min))


@prepared
def _page(
    is_everything: bool,
    is_council_wide: bool,
    is_every_place: bool,
    has_roll: bool,
    view: str,
    key: str,
    follows: bool,
    of_schools: bool,
    of_stages: bool,
    is_searched: bool,
    narrowed: Narrowed,
    *,
    last_value: Any,
    last_id: Any,
    school_ids: Any,
    stage_ids: Any,
    search: Any,
    review_by: Any,
    unseen_since: Any,
    **reach: Any,
) -> QuerySet[Any]:
    scope = Reach(is_everything, is_council_wide, is_every_place, has_roll, **reach)
    is_few = view == "mine" or narrowed.is_covering
    cases = _of_view(_cases(scope, is_few=is_few), view, scope, review_by)
    cases = narrow(cases, narrowed, key, scope, unseen_since)
    if of_schools:
        cases = cases.filter(school_id__among=school_ids)
    if of_stages:
        stood = Standing.objects.filter(pupil=OuterRef("pupil_id"), ends_on=None)
        cases = cases.filter(Exists(stood.filter(stage_id__among=stage_ids)))
    if is_searched:
        cases = cases.filter(Q(pupil__search_name__contains=search) | Q(reference__iexact=search))
    if key == "name_key":
        cases = cases.annotate(name_key=F("pupil__search_name"))
    if follows:
        cases = cases.filter(
            Q(**{f"{key}__gt": last_value}) | Q(**{key: last_value, "pk__gt": last_id})
        )
    return cases.order_by(key, "pk").values("pk", key)[: PAGE + 1]


def _cases(scope: Reach, *, is_few: bool = False) -> QuerySet[Any]:
    """Cases in scope, each with the date its plan in use is reviewed by, or `FAR`.

    Of a few, found some other way, the pupil of each is asked after; of many, all reached are gathered.
    """
    in_use = FilteredRelation("plans", condition=Q(plans__state=PlanState.AGREED))
    only = OuterRef("pupil_id") if is_few else None
    return Case.objects.filter(in_scope(scope, "pupil_id", only=only)).annotate(
        in_use=in_use, review_key=Coalesce("in_use__review_due_on", FAR)
    )


def _of_view(cases: QuerySet[Any], view: str, scope: Reach, review_by: Any) -> QuerySet[Any]:
    if view == "closed":
        return cases.filter(state=CaseState.CLOSED)
    if view == "waiting":
        return cases.filter(state=CaseState.WAITING)
    running = cases.filter(state__in=[CaseState.WAITING, CaseState.OPEN])
    if view == "mine":
        return running.filter(_allocated_to(scope.staff_id))
    if view == "review":
        return running.filter(review_key__lte=review_by)
    return running


def _allocated_to(staff_id: Any) -> Exists:
    return Exists(Allocation.objects.filter(case=OuterRef("pk"), staff_id=staff_id, ends_on=None))


@dataclass(frozen=True)
class Counts:
    """Cases not closed, as the saved views and the filter by school count them."""

    views: dict[str, int]
    by_school: list[dict[str, Any]]

    def schools(self, view: str) -> list[tuple[int, str, int]]:
        """Of a view, most cases first: id, name, how many. A view that is not counted has everyone's."""
        name = view if view in self.views else "all"
        rows = [(row["school_id"], row["school_name"], row[name]) for row in self.by_school]
        return sorted(rows, key=lambda school: (-school[2], school[1]))


def count_cases(actor: Actor) -> Counts:
    """In one query. What is closed is not counted: there are five times as many, and nobody asks."""
    found = _counted(*actor.reach.shape, **actor.reach.values, review_by=actor.today + TWO_WEEKS)
    views = {view: sum(row[view] for row in found) for view in ("all", "waiting", "mine", "review")}
    return Counts(views, found)


@prepared
def _counted(*shape: bool, review_by: Any, **reach: Any) -> QuerySet[Any]:
    scope = Reach(*shape, **reach)
    running = Case.objects.filter(in_scope(scope, "pupil_id"))
    soon = Plan.objects.filter(
        case=OuterRef("pk"), state=PlanState.AGREED, review_due_on__lte=review_by
    )
    return (
        running.filter(state__in=[CaseState.WAITING, CaseState.OPEN])
        .values("school_id", school_name=F("school__name"))
        .annotate(
            all=Count("pk"),
            waiting=Count("pk", filter=Q(state=CaseState.WAITING)),
            mine=Count("pk", filter=Q(_allocated_to(scope.staff_id))),
            review=Count("pk", filter=Q(Exists(soon))),
        )
        .order_by("school_id")
    )


def rows(actor: Actor, cases: Rows, calendars: Calendars) -> list[Row]:
    """The rows of a page: one query, whatever its length."""
    ids = [case["pk"] for case in cases]
    told = {"case_ids": ids, "staff_id": actor.staff_id, "today": actor.today}
    asked = (actor.reading, knows_safety(actor))
    found = {case["pk"]: case for case in _details(*asked, **told)} if ids else {}
    stages = {stage["pk"]: stage for stage in every_stage(actor)} if ids else {}
    for case in found.values():
        case["stage"] = _stage(case, stages)
    return [_row(actor, found[pk], calendars) for pk in ids]


def _stage(case: dict[str, Any], stages: dict[int, dict[str, Any]]) -> dict[str, Any] | None:
    """Where the pupil stands on the case's own framework, whichever version of it."""
    standing = (stages[pk] for pk in case["stage_ids"] if pk in stages)
    return next((s for s in standing if s["framework_key"] == case["framework_key"]), None)


@prepared
def _details(
    reading: Reading, knows: bool, *, case_ids: Any, staff_id: Any, today: Any
) -> QuerySet[Any]:
    entries = ChronologyEntry.objects.read_as(reading, staff_id)
    mine = {"case": OuterRef("pk")}
    lead = Allocation.objects.filter(**mine, capacity=Capacity.LEAD, ends_on=None)
    plans = Plan.objects.filter(**mine).order_by("-number")
    checks = SustainedCheck.objects.filter(**mine, done_on=None).order_by("due_on")
    tasks = Task.objects.filter(**mine, done_on=None).order_by("due_on", "pk")
    stood = Standing.objects.filter(pupil=OuterRef("pupil_id"), ends_on=None)
    in_use = FilteredRelation("plans", condition=Q(plans__state=PlanState.AGREED))
    return (
        Case.objects.annotate(in_use=in_use)
        .filter(pk__among=case_ids)
        .values(
            "pk",
            "reference",
            "state",
            "opened_on",
            "reopened_on",
            "led_from",
            "pupil_id",
            "school_id",
            *COLUMNS,
            **columns(knows, today),
            pupil_name=called("pupil"),
            year_group=F("pupil__year_group"),
            school_name=F("school__name"),
            framework_name=F("framework__name"),
            framework_key=F("framework__key"),
            stage_ids=ArraySubquery(stood.order_by("-starts_on", "-pk").values("stage_id")),
            task=Subquery(tasks.values(told=JSONObject(text="text", due_on="due_on"))[:1]),
            lead=Subquery(lead.values("staff__name")[:1]),
            plan=Subquery(plans.values(row=JSONObject(state="state", number="number"))[:1]),
            review_due_on=F("in_use__review_due_on"),
            in_use_number=Subquery(plans.filter(state__in=IN_USE).values("number")[:1]),
            in_use_id=F("in_use__id"),
            withdrawn=withdrawn_from("pk"),
            check_due_on=Subquery(checks.values("due_on")[:1]),
            contact_at=newest_contact(entries, "pupil", "occurred_at"),
            contact_kind=newest_contact(entries, "pupil", "kind"),
        )
    )


def _row(actor: Actor, case: dict[str, Any], calendars: Calendars) -> Row:
    contact_at: datetime | None = case["contact_at"]
    contact_on = day_of(contact_at) if contact_at else None
    due_on = case["review_due_on"]
    left = calendars.left(case["school_id"], actor.today, due_on) if due_on else None
    seen_on = unseen_since(case, contact_on)
    unseen = calendars.since(case["school_id"], seen_on, actor.today)
    return Row(
        case=case,
        contact_days=unseen,
        contact_by=contact_by(calendars, case["school_id"], seen_on),
        reasons=tuple(reasons_of(actor, case, calendars, unseen, left)),
        contact_on=contact_on,
        contact_words=str(EntryKind(case["contact_kind"]).label)
        if contact_at
        else _no_contact(actor),
        days_left=left,
    )


def _no_contact(actor: Actor) -> str:
    return "Nothing recorded" if actor.reads_work else "None shared with you"


def not_seen_lately(actor: Actor, calendars: Calendars, work: Rows) -> list[tuple[Any, int]]:
    """The actor's pupils not seen within our standard, longest first, with school days since."""
    found = []
    for case in {row["case_id"]: row for row in work}.values():
        since = unseen_since(case, last_contact(case["contact_at"]))
        days = calendars.since(case["school_id"], since, actor.today)
        if days > standards.CONTACT_WITHIN:
            found.append((case, days))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]["case_id"]))
