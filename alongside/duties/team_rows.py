"""The rows behind a team's deadlines: one prepared query a kind, the nearest days first.

Each answers at most `MOST`, so that a county's list is as quick as a service's; `team.py` says in
words what they mean, and that there are more.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import JSONObject
from django.utils import timezone

from alongside.cases.models import (
    Allocation,
    Case,
    CaseState,
    ChecklistItem,
    Escalation,
    StepOwner,
    SustainedCheck,
    Task,
)
from alongside.cases.queries import still_asked
from alongside.core.actor import Actor
from alongside.core.models import RoleAssignment, Staff
from alongside.core.permissions import ROLES, Permission, Role
from alongside.core.prepared import prepared
from alongside.core.reach import Reading
from alongside.duties.contacts import newest_contact
from alongside.duties.due_rows import plans_for_the_school, school_to_agree, update_to_read
from alongside.duties.limits import limit_of, limited
from alongside.fieldwork.visits import WHOSE, schools_named
from alongside.people.models import Capacity, ChronologyEntry, called
from alongside.people.queries.rows import moment_from
from alongside.plans.models import Agreement, Plan, PlanState, ProgressUpdate, TaperStep
from alongside.plans.tapering import next_step_of
from alongside.plans.withdrawn import withdrawn_from
from alongside.schools.models import School

MOST = 60  # A page, and a little more: who looks further chooses a person.
WORKING = [
    role.value
    for role in Role
    if ROLES[role].permissions & {Permission.CASE_WORK, Permission.SESSION_RECORD}
    and not ROLES[role].is_of_a_school
]

type Rows = list[dict[str, Any]]
type Query = QuerySet[Any]


@dataclass(frozen=True)
class Member:
    """Somebody of the team, and the roles of theirs that end soon."""

    pk: int
    name: str
    ending: tuple[dict[str, Any], ...] = ()


def team_of(actor: Actor, until: date) -> list[Member]:
    """Who works in the places whose deadlines the actor answers for, whom they manage, and they."""
    people: dict[int, list[dict[str, Any]]] = {}
    for row in _held(actor):
        people.setdefault(row["staff_id"], []).append({**row})
    return [
        Member(
            pk, roles[0]["whose"], tuple(r for r in roles if r["ends_on"] and r["ends_on"] <= until)
        )
        for pk, roles in people.items()
    ]


@prepared
def _held(actor: Actor) -> Query:
    places = actor.place_ids(permission=Permission.DEADLINE_ASSIGN)
    here = Q(role__in=WORKING, place_id__among=places)
    mine = Q(staff__line_manager_id=actor.staff_id) | Q(staff_id=actor.staff_id)
    held = RoleAssignment.objects.filter(
        here | mine, starts_on__lte=actor.today, staff__is_active=True
    ).exclude(ends_on__lt=actor.today)
    return held.order_by("staff__name", "staff_id", "ends_on", "pk").values(
        "staff_id", "role", "ends_on", whose=F("staff__name"), place_name=F("place__name")
    )


def tasks(actor: Actor, staff_ids: list[int], person: int = 0) -> Rows:
    """Of the team, or of one `person` alone: then every one of theirs."""
    return _tasks(_is_wide(actor), bool(person), place_ids=_places(actor),
                  staff_ids=[person] if person else staff_ids, staff_id=actor.staff_id)  # fmt: skip


@prepared
def _tasks(
    is_wide: bool, is_of_one: bool, *, place_ids: Any, staff_ids: Any, staff_id: Any
) -> Query:
    theirs = Q(owner_id__among=staff_ids) | Q(agreed_with_id__among=staff_ids)
    if not is_of_one:
        of_cases = Q(case__isnull=False) if is_wide else _on_a_case_of(place_ids)
        theirs = theirs | Q(made_by_id=staff_id) | of_cases
    waiting = still_asked(Task.objects.filter(theirs, done_on=None))
    return _nearest(waiting, "due_on").values(
        "id", "text", "why", "source", "step", "url", "due_on", "created_at", "pupil_id",
        "owner_id", "agreed_with_id", whose=F("owner__name"), with_whom=F("agreed_with__name"),
        pupil_name=called("pupil"), school_id=F("case__school_id"),
    )  # fmt: skip


def checks(actor: Actor, staff_ids: list[int], person: int = 0) -> Rows:
    return _checks(_is_wide(actor), bool(person), place_ids=_places(actor),
                   staff_ids=[person] if person else staff_ids)  # fmt: skip


@prepared
def _checks(is_wide: bool, is_of_one: bool, *, place_ids: Any, staff_ids: Any) -> Query:
    waiting = SustainedCheck.objects.filter(done_on=None)
    owned = Q(owner_id__among=staff_ids)
    if is_of_one:
        theirs = waiting.filter(owned)
    else:
        theirs = waiting if is_wide else waiting.filter(owned | _on_a_case_of(place_ids))
    return _nearest(theirs, "due_on").values(
        "id", "weeks", "due_on", "case_id",
        "owner_id", whose=F("owner__name"), closed_on=F("case__closed_on"),
        pupil_id=F("case__pupil_id"), pupil_name=called("case__pupil"),
        school_id=F("case__school_id"), school_name=F("case__school__name"),
    )  # fmt: skip


def cases(actor: Actor, staff_ids: list[int], person: int = 0) -> tuple[Rows, list[Rows], bool]:
    """Cases to allocate, and open ones with what is due of them: the nearest to review and to write.

    When a pupil was last seen is looked up for these alone. To find the longest unseen among
    thousands, each would have to be asked after: who has so many asks person by person. Also
    what was passed up to the team's people, the schools that ring them first, and whether there are more cases.
    """
    told = {"person": person, "place_ids": _places(actor), "staff_id": actor.staff_id}
    told |= {"staff_ids": [person] if person else staff_ids, "today": actor.today}
    (nearest,) = _nearest_cases(_is_wide(actor), bool(person), **told, now=timezone.now())
    schools = [_school(row) for row in nearest.pop("schools")]
    passed_up = [_escalation(row) for row in nearest.pop("escalations")]
    ids = sorted({number for numbers in nearest.values() for number in numbers})
    found = _cases(actor.reading, case_ids=ids, staff_id=actor.staff_id) if ids else []
    return found, [passed_up, schools], any(len(numbers) > MOST for numbers in nearest.values())


@prepared
def _nearest_cases(
    is_wide: bool,
    is_of_one: bool,
    *,
    person: Any,
    place_ids: Any,
    staff_id: Any,
    staff_ids: Any,
    today: Any,
    now: Any,
) -> Query:
    """Lists of numbers in one row: what is due of a case, each by its day, the nearest first."""
    running = Case.objects.filter(state__in=[CaseState.WAITING, CaseState.OPEN])
    theirs = running if is_wide else running.filter(_of_team(place_ids))
    if is_of_one:
        theirs = theirs.filter(_of_person(person))
    opened = theirs.filter(state=CaseState.OPEN)
    return Staff.objects.filter(pk=staff_id).values(
        to_review=ArraySubquery(_to_review(opened)),
        to_talk=ArraySubquery(_to_talk_through(opened)),
        to_agree=ArraySubquery(_to_agree(opened)),
        to_read=ArraySubquery(_to_read(opened)),
        to_step=ArraySubquery(_to_step_down(opened)),
        schools=ArraySubquery(_schools(staff_ids, today, now)),
        escalations=ArraySubquery(_escalations(staff_ids)),
        to_decide=ArraySubquery(_past_a_limit(opened)),
        to_write=ArraySubquery(_keys(_to_write(theirs), "opened_on")),
    )


def _of_person(person: Any) -> Q:
    """Cases they lead, and those of which they were given a deadline."""
    of_case = {"case": OuterRef("pk")}
    leads = Allocation.objects.filter(
        **of_case, staff_id=person, capacity=Capacity.LEAD, ends_on=None
    )
    return Q(Exists(leads)) | Q(Exists(StepOwner.objects.filter(**of_case, owner_id=person)))


@prepared
def _cases(reading: Reading, *, case_ids: Any, staff_id: Any) -> Query:
    newest = _plans().values(plan=JSONObject(id="pk", state="state", number="number"))
    in_use = _plans().filter(state=PlanState.AGREED)
    found = Case.objects.filter(pk__among=case_ids)
    return _with_lead(found).order_by("opened_on", "id").values(
        "opened_on", "reopened_on", "led_from", "state", "pupil_id", "school_id", "steps",
        case_id=F("pk"), owner_id=F("lead__staff_id"), whose=F("lead__staff__name"),
        is_unsettled=Exists(_unsettled()), newest=Subquery(newest[:1]),
        in_use_id=Subquery(in_use.values("pk")[:1]),
        review_due_on=Subquery(in_use.values("review_due_on")[:1]),
        contact_at=_contact_at(reading, staff_id), step_down=next_step_of("pk"),
        withdrawn=withdrawn_from("pk"), to_agree=school_to_agree("pk"), limit=limit_of("pupil"),
        update=update_to_read("pk", OuterRef("lead__staff_id")),
        pupil_name=called("pupil"), school_name=F("school__name"),
    )  # fmt: skip


def _plans() -> Query:
    return Plan.objects.filter(case=OuterRef("pk")).order_by("-number")


def _unsettled() -> Query:
    return ChecklistItem.objects.filter(
        case=OuterRef("pk"), done_on=None, not_applicable_because=""
    )


def _contact_at(reading: Reading, staff_id: Any) -> Subquery:
    entries = ChronologyEntry.objects.read_as(reading, staff_id)
    return newest_contact(entries, "pupil", "occurred_at")


def _to_review(opened: Query) -> Query:
    """Numbers of the cases whose plans in use are reviewed next."""
    in_use = Plan.objects.filter(state=PlanState.AGREED, case__in=opened)
    return in_use.order_by("review_due_on", "id").values("case_id")[: MOST + 1]


def _to_talk_through(opened: Query) -> Query:
    """With a plan in use to which somebody no longer agrees."""
    withdrawn = Agreement.objects.filter(
        withdrawn_on__isnull=False, plan__state=PlanState.AGREED, plan__case__in=opened
    )
    return withdrawn.order_by("withdrawn_on", "id").values("plan__case_id")[: MOST + 1]


def _to_agree(opened: Query) -> Query:
    """With a plan that waits for the school's agreement."""
    waiting = plans_for_the_school().filter(case__in=opened)
    return waiting.order_by("approved_at", "id").values("case_id")[: MOST + 1]


def _to_read(opened: Query) -> Query:
    """With an update on a plan that nobody has acknowledged."""
    waiting = ProgressUpdate.objects.filter(read_at=None, plan__case__in=opened)
    return waiting.order_by("sent_at", "id").values("plan__case_id")[: MOST + 1]


def _to_step_down(opened: Query) -> Query:
    steps = TaperStep.objects.filter(taken_on=None, case__in=opened)
    return steps.order_by("starts_on", "id").values("case_id")[: MOST + 1]


def _schools(staff_ids: Any, today: Any, now: Any) -> Query:
    names = ("starts_on", "school_id", "visited_at", "spoken_at")
    row = JSONObject(**{name: name for name in names}, **WHOSE)
    return schools_named(staff_ids, today, now).values(row=row)[: MOST + 1]


def _school(row: dict[str, Any]) -> dict[str, Any]:
    """Days and moments come back as text."""
    seen = {n: row[n] and moment_from(row[n]) for n in ("visited_at", "spoken_at")}
    return row | seen | {"starts_on": date.fromisoformat(row["starts_on"])}


def _past_a_limit(opened: Query) -> Query:
    """Whose pupil stands at a stage with a time limit, the first to end first."""
    standing = limited().filter(pupil_id__in=opened.values("pupil_id"))
    case = opened.filter(pupil_id=OuterRef("pupil_id")).order_by("pk").values("pk")[:1]
    return standing.order_by("until", "pk").values(case=Subquery(case))[: MOST + 1]


def _to_write(theirs: Query) -> Query:
    """To be allocated, with a checklist to settle, or with no plan in use."""
    in_use = _plans().filter(state=PlanState.AGREED)
    return theirs.filter(Q(state=CaseState.WAITING) | Q(Exists(_unsettled())) | ~Q(Exists(in_use)))


def _escalations(staff_ids: Any) -> Query:
    waiting = Escalation.objects.filter(asked_id__among=staff_ids, answered_at=None)
    names = ("id", "kind", "answer_by", "created_at", "asked_id", "pupil_id", "school_id")
    row = JSONObject(
        **{name: name for name in names}, owner_id="asked_id", whose="asked__name",
        raised_by="recorded_by__name", pupil_name=called("pupil"), school_name="school__name",
    )  # fmt: skip
    return waiting.order_by("answer_by", "id").values(row=row)[: MOST + 1]


def _escalation(row: dict[str, Any]) -> dict[str, Any]:
    days = {"answer_by": date.fromisoformat(row["answer_by"])}
    return row | days | {"created_at": moment_from(row["created_at"])}


def _nearest(found: Query, day: str) -> Query:
    """The first of them by day. Only these are then looked up with all that is said of each."""
    return found.model.objects.filter(pk__in=_keys(found, day)).order_by(day, "id")


def _keys(found: Query, day: str) -> Query:
    return found.order_by(day, "id").values("pk")[: MOST + 1]


def _with_lead(found: Query) -> Query:
    """Each case with its lead of today, and the deadlines that others were given."""
    given = StepOwner.objects.filter(case=OuterRef("pk")).order_by("pk")
    told = JSONObject(step="step", owner="owner_id", name="owner__name", due_on="due_on")
    is_lead = Q(allocations__capacity=Capacity.LEAD, allocations__ends_on=None)
    return found.annotate(
        lead=FilteredRelation("allocations", condition=is_lead),
        steps=ArraySubquery(given.values(told=told)),
    )


def _is_wide(actor: Actor) -> bool:
    return any(
        held.place_kind == "COUNCIL" and Permission.DEADLINE_ASSIGN in ROLES[held.role].permissions
        for held in actor.held
    )


def _places(actor: Actor) -> list[int]:
    return actor.place_ids(permission=Permission.DEADLINE_ASSIGN)


def _on_a_case_of(place_ids: Any) -> Q:
    """Looked up only for what is not theirs already, so that the nearest days are read first."""
    return Q(Exists(Case.objects.filter(_of_team(place_ids), pk=OuterRef("case_id"))))


def _of_team(place_ids: Any) -> Q:
    """Cases of the team's service or area, or of the school that it is."""
    its_own = School.objects.filter(place_id__among=place_ids).values("pk")
    here = Q(area_id__among=place_ids) | Q(service_id__among=place_ids)
    return here | Q(school_id__in=its_own)
