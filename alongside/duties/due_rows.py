"""The rows behind what is due: one prepared query a kind of thing, whatever the caseload.

Each answers plain dictionaries; `due.py` says in words what they mean.
"""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from alongside.cases.models import (
    Allocation,
    Case,
    CaseState,
    ChecklistItem,
    ReportApproval,
    StepOwner,
)
from alongside.core.actor import Actor
from alongside.core.permissions import Permission, Scope
from alongside.core.prepared import prepared
from alongside.core.reach import Reading
from alongside.duties.contacts import newest_contact
from alongside.duties.limits import limit_of
from alongside.pathways.models import PlanType
from alongside.people.models import Capacity, ChronologyEntry, Enrolment, Involvement, called
from alongside.plans.models import Agreement, Party, Plan, PlanAction, PlanState, ProgressUpdate
from alongside.plans.tapering import next_step_of
from alongside.plans.withdrawn import withdrawn_from
from alongside.referrals.models import CriterionAnswer, Referral, ReferralState, Step

MOST = 100
MOST_OF_ONES_OWN = 200

type Rows = list[dict[str, Any]]
type Query = QuerySet[Any]


def own_work(actor: Actor) -> Rows:
    """The actor's allocations to open cases, each with what is due of it, by the child's name.

    Nothing is asked of anybody before their first day on a case.
    """
    return _own_work(actor.reading, staff_id=actor.staff_id, today=actor.today)


@prepared
def _own_work(reading: Reading, *, staff_id: Any, today: Any) -> Query:
    entries = ChronologyEntry.objects.read_as(reading, staff_id)
    plans = Plan.objects.filter(case=OuterRef("case_id")).order_by("-number")
    unsettled = ChecklistItem.objects.filter(
        case=OuterRef("case_id"), done_on=None, not_applicable_because=""
    )
    in_use = FilteredRelation("case__plans", condition=Q(case__plans__state=PlanState.AGREED))
    mine = Allocation.objects.filter(
        staff_id=staff_id, ends_on=None, starts_on__lte=today, case__state=CaseState.OPEN
    )
    return (
        mine.annotate(in_use=in_use)
        .order_by("case__pupil__search_name", "pk")
        .values(
            "case_id",
            "capacity",
            opened_on=F("case__opened_on"),
            reopened_on=F("case__reopened_on"),
            led_from=F("case__led_from"),
            pupil_id=F("case__pupil_id"),
            pupil_name=called("case__pupil"),
            year_group=F("case__pupil__year_group"),
            school_id=F("case__school_id"),
            school_name=F("case__school__name"),
            newest=Subquery(
                plans.values(plan=JSONObject(id="pk", state="state", number="number"))[:1]
            ),
            in_use_id=F("in_use__id"),
            review_due_on=F("in_use__review_due_on"),
            is_unsettled=Exists(unsettled),
            step_down=next_step_of("case_id"),
            lead=Subquery(
                Allocation.objects.filter(
                    case=OuterRef("case_id"), capacity=Capacity.LEAD, ends_on=None
                ).values("staff__name")[:1]
            ),
            update=update_to_read("case_id", staff_id),
            withdrawn=withdrawn_from("case_id"),
            to_agree=school_to_agree("case_id"),
            limit=limit_of("case__pupil"),
            steps=ArraySubquery(
                StepOwner.objects.filter(case=OuterRef("case_id"))
                .order_by("pk")
                .values(given=JSONObject(step="step", owner="owner_id", due_on="due_on"))
            ),
            contact_at=newest_contact(entries, "case__pupil", "occurred_at"),
        )
    )


def update_to_read(case: str, staff_id: Any) -> Subquery:
    """The oldest update on a plan of the case that nobody has acknowledged, sent by somebody else."""
    waiting = ProgressUpdate.objects.filter(plan__case=OuterRef(case), read_at=None)
    told = JSONObject(id="pk", plan_id="plan_id", sent_at="sent_at", by="sent_by__name")
    return Subquery(
        waiting.exclude(sent_by_id=staff_id).order_by("sent_at", "pk").values(update=told)[:1]
    )


def referrals_to_screen(actor: Actor) -> Rows:
    wide, place_ids = places_of(actor, Permission.REFERRAL_SCREEN)
    return _referrals_to_screen(wide, staff_id=actor.staff_id, place_ids=place_ids)


@prepared
def _referrals_to_screen(is_council_wide: bool, *, staff_id: Any, place_ids: Any) -> Query:
    theirs = _waiting().filter(Q(screener=None) | Q(screener_id=staff_id))
    return _screened(_within(theirs, is_council_wide, place_ids))[:MOST]


def screened_by_anybody(actor: Actor, person: int = 0) -> Rows:
    """Of the actor's places, whoever screens them; or those that one `person` screens."""
    wide, place_ids = places_of(actor, Permission.REFERRAL_SCREEN)
    return _screened_by_anybody(wide, bool(person), person=person, place_ids=place_ids)


@prepared
def _screened_by_anybody(
    is_council_wide: bool, is_of_one: bool, *, person: Any, place_ids: Any
) -> Query:
    theirs = _waiting().filter(screener_id=person) if is_of_one else _waiting()
    return _screened(_within(theirs, is_council_wide, place_ids))[: MOST + 1]


def _waiting() -> Query:
    return Referral.objects.filter(state__in=[ReferralState.SENT, ReferralState.SCREENING])


def _screened(found: Query) -> Query:
    return found.order_by("sent_at", "id").values(
        "id", "round", "sent_at", "pupil_id", "school_id",
        owner_id=F("screener_id"), whose=F("screener__name"),
        pupil_name=called("pupil"), school_name=F("school__name"),
    )  # fmt: skip


def cases_to_allocate(actor: Actor) -> Rows:
    wide, place_ids = places_of(actor, Permission.CASE_ALLOCATE)
    return _cases_to_allocate(wide, place_ids=place_ids)


def count_to_allocate(actor: Actor) -> int:
    """However many they are."""
    wide, place_ids = places_of(actor, Permission.CASE_ALLOCATE)
    return _within(Case.objects.filter(state=CaseState.WAITING), wide, place_ids).count()


@prepared
def _cases_to_allocate(is_council_wide: bool, *, place_ids: Any) -> Query:
    waiting = Case.objects.filter(state=CaseState.WAITING)
    return _within(waiting, is_council_wide, place_ids).order_by("opened_on", "id").values(
        "opened_on", "reopened_on", "led_from", "pupil_id", "school_id",
        case_id=F("pk"), pupil_name=called("pupil"), school_name=F("school__name"),
    )[:MOST]  # fmt: skip


def plans_to_approve(actor: Actor) -> Rows:
    """Of services and areas; and the school's own plans, for whoever of the school agrees plans."""
    is_wide, place_ids = places_of(actor, Permission.PLAN_APPROVE)
    return _plans_to_approve(
        is_wide and actor.may(Permission.PLAN_APPROVE),
        tuple(sorted({held.role for held in actor.held})),
        staff_id=actor.staff_id,
        place_ids=place_ids,
        own_school_ids=actor.place_ids(permission=Permission.PLAN_AGREE),
    )


@prepared
def _plans_to_approve(
    is_council_wide: bool,
    roles: tuple[str, ...],
    *,
    staff_id: Any,
    place_ids: Any,
    own_school_ids: Any,
) -> Query:
    waiting = Plan.objects.filter(state=PlanState.WAITING_APPROVAL).exclude(
        Q(written_by_id=staff_id) | Q(submitted_by_id=staff_id)
    )
    own = Q(held_by=Party.SCHOOL, case__school__place_id__among=own_school_ids)
    named = PlanType.objects.filter(key=OuterRef("kind")).exclude(approving=[])
    waiting = waiting.exclude(~own & Exists(named.exclude(approving__overlap=[*roles])))
    if not is_council_wide:
        of_area = Q(case__area_id__among=place_ids)
        waiting = waiting.filter(own | of_area | Q(case__service_id__among=place_ids))
    return waiting.order_by("id").values(
        "id", "number", "created_at", "pupil_id",
        pupil_name=called("pupil"), writer=F("written_by__name"), school_id=F("case__school_id"),
    )[:MOST]  # fmt: skip


def reports_to_approve(
    is_council_wide: bool, reads_casework: bool, *, staff_id: Any, place_ids: Any, today: Any
) -> QuerySet[ReportApproval]:
    """Reports that wait for one of these places: their services', areas' and schools'.

    A chronology waits for the places that have to do with the pupil, and for who reads casework.
    """
    waiting = ReportApproval.objects.filter(state=ReportApproval.State.WAITING)
    theirs = waiting.exclude(asked_by_id=staff_id).annotate(
        whose=Coalesce("pupil_id", "case__pupil_id")
    )
    if not reads_casework:
        theirs = theirs.exclude(kind=ReportApproval.Kind.CHRONOLOGY)
    if not is_council_wide:
        register = Enrolment.objects.current(today).filter(
            pupil=OuterRef("whose"), school__place_id__among=place_ids
        )
        works = Involvement.objects.in_force(today).filter(
            pupil=OuterRef("pupil_id"), place_id__among=place_ids
        )
        school = Q(case__school__place_id__among=place_ids) | Exists(register)
        area = Q(case__area_id__among=place_ids) | Exists(works)
        theirs = theirs.filter(school | area | Q(case__service_id__among=place_ids))
    return theirs.order_by("asked_at", "id")


def referrals_returned(actor: Actor, **of: int) -> Rows:
    """Of the actor's school. Who sent one has a task for each thing that is missing instead."""
    return _referrals_returned(place_ids=_roll(actor), staff_id=actor.staff_id, **of)


@prepared
def _referrals_returned(place_ids: Any, staff_id: Any, **of: Any) -> Query:
    asked = CriterionAnswer.objects.filter(
        referral=OuterRef("pk"), round=OuterRef("round"), do_by__isnull=False
    )
    returned = Referral.objects.filter(
        state=ReferralState.RETURNED, school__place_id__among=place_ids, **of
    ).exclude(sent_by_id=staff_id)
    came_back = Step.objects.filter(referral=OuterRef("pk"), name="return").order_by("-pk")
    return returned.order_by("id").values(
        "id",
        "sent_at",
        "pupil_id",
        "school_id",
        returned_at=Subquery(came_back.values("created_at")[:1]),
        **_named("pupil", of),
        asked_by=Subquery(asked.order_by("do_by").values("do_by")[:1]),
    )[:MOST]


def plans_to_agree(actor: Actor, **of: int) -> Rows:
    return _plans_to_agree(place_ids=_roll(actor), **of)


@prepared
def _plans_to_agree(place_ids: Any, **of: Any) -> Query:
    waiting = plans_for_the_school().filter(case__school__place_id__among=place_ids, **of)
    return waiting.order_by("id").values(
        "id", "approved_at", "created_at", "pupil_id", "came_on", "has_moved",
        school_id=F("case__school_id"), **_named("pupil", of),
    )[:MOST]  # fmt: skip


def plans_for_the_school() -> Query:
    """Plans approved and not answered; and in use, agreed with the school that the pupil came from."""
    answers = Agreement.objects.filter(plan=OuterRef("pk"), party=Party.SCHOOL)
    former = answers.exclude(school=None).exclude(school=OuterRef("case__school"))
    is_new = Q(state=PlanState.APPROVED) & ~Exists(answers)
    has_moved = Q(state__in=(PlanState.APPROVED, PlanState.AGREED)) & Exists(former)
    here = Enrolment.objects.filter(
        pupil=OuterRef("pupil_id"), school__place_id=OuterRef("case__school__place_id")
    ).order_by("-starts_on", "-pk")
    return Plan.objects.filter(is_new | has_moved).annotate(
        came_on=Subquery(here.values("starts_on")[:1]), has_moved=Exists(former)
    )


def school_to_agree(case: str) -> Subquery:
    """Of a case: the plan that waits for its school, for who works with the school to ask after it."""
    names = ("id", "approved_at", "created_at", "has_moved", "came_on")
    told = JSONObject(**{name: name for name in names})
    waiting = plans_for_the_school().filter(case=OuterRef(case))
    return Subquery(waiting.order_by("-number").values(told=told)[:1])


def school_actions(actor: Actor, **of: int) -> Rows:
    return _school_actions(place_ids=_roll(actor), **of)


@prepared
def _school_actions(place_ids: Any, **of: Any) -> Query:
    open_ones = PlanAction.objects.filter(
        party=Party.SCHOOL,
        done_on=None,
        plan__state=PlanState.AGREED,
        plan__case__school__place_id__among=place_ids,
        **{f"plan__{name}": value for name, value in of.items()},
    )
    return open_ones.order_by("due_on", "id").values(
        "text", "due_on", "plan_id",
        number=F("plan__number"), pupil_id=F("plan__pupil_id"),
        school_id=F("plan__case__school_id"), **_named("plan__pupil", of),
    )[:MOST]  # fmt: skip


def _named(pupil: str, of: dict[str, Any]) -> dict[str, Any]:
    """Of one pupil alone the name goes without saying."""
    return {} if of else {"pupil_name": called(pupil)}


def places_of(actor: Actor, permission: Permission) -> tuple[bool, list[int]]:
    """Whether a role is held in the council itself, and the places where it may do this."""
    is_council_wide = any(held.place_kind == "COUNCIL" for held in actor.held)
    return is_council_wide, actor.place_ids(permission=permission)


def _within(found: Query, is_council_wide: bool, place_ids: Any, prefix: str = "") -> Query:
    """Records of the services or areas where the actor holds the role."""
    if is_council_wide:
        return found
    of_area = Q(**{f"{prefix}area_id__among": place_ids})
    return found.filter(of_area | Q(**{f"{prefix}service_id__among": place_ids}))


def _roll(actor: Actor) -> list[int]:
    return actor.place_ids(Scope.ROLL, Permission.REFERRAL_MAKE)
