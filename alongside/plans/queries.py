"""Questions about plans, always within the actor's scope. A plan not yet approved is not shared."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from alongside.assessments.models import Need
from alongside.assessments.queries import shared_words
from alongside.cases.models import Case
from alongside.cases.queries import visible_cases
from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.core.permissions import Permission
from alongside.core.prepared import prepared
from alongside.pathways.models import PlanType, Stage, Standing
from alongside.people.models import Pupil, in_scope
from alongside.people.queries.rows import day_from, rows
from alongside.plans import parts, policy, withdrawn, wording
from alongside.plans.kinds import type_of
from alongside.plans.models import (
    Agreement,
    Party,
    Plan,
    PlanAction,
    PlanBarrier,
    PlanState,
    Review,
    Strategy,
    Target,
    TargetScore,
)
from alongside.plans.timetable import slots_row

TYPE_PARTS = {
    name: name
    for name in (
        "key",
        "name",
        "agreeing",
        "is_signed",
        "is_traced",
        "has_timetable",
        "review_weeks",
        "approving",
    )
}
MOST_WORDS = 2  # Of the child's own sayings, at the top of a plan.
RELATED = (
    "case__pupil",
    "case__school__place",
    "case__service",
    "case__framework",
    "pupil",
    "written_by",
    "changed_by",
    "submitted_by",
    "approved_by",
    "previous",
    "review__recorded_by",
    "review__stage",
)


EACH = OuterRef("pupil_id")


def visible_plans(actor: Actor, *, of: Any = None) -> QuerySet[Plan]:
    """Plans of cases in scope; one not yet approved only for the service.

    `of` is the pupil that is asked about, or `EACH`: of a few plans, found some other way.
    """
    plans = Plan.objects.filter(in_scope(actor.reach, "pupil_id", only=of))
    if policy.sees_unapproved(actor):
        return plans
    is_shared = Q(state__in=policy.SHARED_STATES, approved_at__isnull=False)
    own_school = actor.place_ids(permission=Permission.PLAN_AGREE)
    writes = Q(case__school__place_id__among=own_school) & (
        Q(held_by=Party.SCHOOL) | Q(is_joint=True)
    )
    return plans.filter(is_shared | writes | parts.joined_by(actor))


def get_plan(actor: Actor, plan_id: int) -> Plan:
    """One plan with its parts, or `NotFound`. Its actions are those the actor may see."""
    found = _plan(actor, plan_id=plan_id)
    if not found:
        raise NotFound
    plan: Plan = found[0]
    return plan


@prepared
def _plan(actor: Actor, *, plan_id: Any) -> QuerySet[Plan]:
    return with_parts(actor, visible_plans(actor, of=EACH)).filter(pk=plan_id)


def get_with_previous(actor: Actor, plan_id: int) -> tuple[Plan, Plan]:
    """A plan and the one before it, or `NotFound` when either is not to be seen."""
    pair = visible_plans(actor).filter(Q(pk=plan_id) | Q(following=plan_id))
    found = {plan.pk: plan for plan in with_parts(actor, pair)}
    newer = found.get(plan_id)
    older = found.get(newer.previous_id or 0) if newer else None
    if newer is None or older is None:
        raise NotFound
    _viewed(actor, newer, "compare plans")
    return older, newer


@dataclass(frozen=True)
class Said:
    """What the child said, when, and to which question if one was asked."""

    words: str
    said_on: date
    question: str


def own_words(plan: Plan) -> list[Said]:
    """Of a plan read by `get_plan`: the child's newest words by its end, those let be passed on."""
    found: list[dict[str, str]] = plan.own_words  # type: ignore[attr-defined]
    return [
        Said(one["words"].strip(), date.fromisoformat(one["said_on"]), one["question"])
        for one in found
    ]


def with_parts(actor: Actor, plans: QuerySet[Plan]) -> QuerySet[Plan]:
    actions = PlanAction.objects.select_related("done_by", "target").order_by("order", "pk")
    if not policy.sees_all_actions(actor):
        own_school = actor.place_ids(permission=Permission.PLAN_AGREE)
        own = Q(plan__held_by=Party.SCHOOL, plan__case__school__place_id__among=own_school)
        actions = actions.filter(Q(is_shared=True) | own)
    said = shared_words().filter(
        pupil=OuterRef("pupil_id"), said_on__lte=Coalesce(OuterRef("ended_on"), actor.today)
    )
    own_words = rows(said[:MOST_WORDS], "words", "said_on", "question")
    answers = Agreement.objects.select_related("recorded_by", "school")
    kind = PlanType.objects.filter(key=OuterRef("kind")).values(row=JSONObject(**TYPE_PARTS))
    return (
        plans.select_related(*RELATED)
        .annotate(
            own_words=own_words,
            of_barriers=_taken(),
            type_row=Subquery(kind[:1]),
            slot_rows=slots_row(),
            **withdrawn.beside(),
            **parts.rows_of(actor),
        )
        .prefetch_related(
            Prefetch("targets", scored(actor)),
            Prefetch("actions", actions),
            Prefetch("agreements", answers.order_by("pk")),
        )
    )


def _taken() -> ArraySubquery:
    taken = PlanBarrier.objects.filter(plan=OuterRef("pk"))
    said = {name: f"need__{name}" for name in ("text", "area", "ended_on")}
    return rows(taken.order_by("need__barrier__order", "need_id"), "need_id", **said)


def open_plan_page(actor: Actor, plan_id: int, screen: str) -> Plan:
    """One plan for a screen: the view is a line of the audit trail."""
    plan = get_plan(actor, plan_id)
    _viewed(actor, plan, screen)
    return plan


def open_plan_to_review(actor: Actor, plan_id: int, screen: str = "review a plan") -> Plan:
    """One plan for its review: targets with their scores, and not what each party does."""
    plans = visible_plans(actor, of=EACH).filter(pk=plan_id).select_related(*RELATED)
    before = Review.objects.filter(
        plan__case=OuterRef("case"), held_on__lte=OuterRef("starts_on")
    ).order_by("-held_on")
    marked = Strategy.objects.filter(case=OuterRef("case")).exclude(develop_because="")
    beside = {
        **parts.rows_of(actor),
        "last_review_on": Subquery(before.values("held_on")[:1]),
        "to_develop": rows(marked.order_by("pk"), "text", "develop_because"),
    }
    plan = plans.annotate(**beside).prefetch_related(Prefetch("targets", scored())).first()
    if plan is None:
        raise NotFound
    _viewed(actor, plan, screen)
    return plan


def _viewed(actor: Actor, plan: Plan, screen: str) -> None:
    audit.record(
        actor=actor,
        kind="pupil.viewed",
        subject=f"plan {plan.pk}",
        pupil_ids=[plan.pupil_id],
        detail={"screen": screen},
    )


def plans_of(actor: Actor, case: Case) -> list[Plan]:
    """Every plan of a case that the actor may see, the newest first."""
    return _plans_of_case(actor, case_id=case.pk)


@prepared
def _plans_of_case(actor: Actor, *, case_id: Any) -> QuerySet[Plan]:
    plans = visible_plans(actor).filter(case_id=case_id).annotate(**withdrawn.beside())
    return plans.select_related(*RELATED).order_by("-number")


def plans_of_pupil(actor: Actor, pupil: Pupil) -> list[Plan]:
    """Each with its parts, so that the one that is shown need not be looked up again."""
    return _plans_of_pupil(actor, pupil_id=pupil.pk)


@prepared
def _plans_of_pupil(actor: Actor, *, pupil_id: Any) -> QuerySet[Plan]:
    plans = visible_plans(actor, of=pupil_id).filter(pupil_id=pupil_id)
    return with_parts(actor, plans).order_by("-case__opened_on", "-case_id", "-number")


def plan_in_use(actor: Actor, case: Case) -> Plan | None:
    """The agreed plan; between a review and the next agreement, the one just reviewed."""
    plans = visible_plans(actor, of=EACH).filter(case=case, state__in=policy.IN_USE)
    return with_parts(actor, plans).order_by("state", "-number").first()


def current_plan(actor: Actor, case: Case) -> Plan | None:
    """What a page shows first: the plan in use, else the newest."""
    newest = (
        with_parts(actor, visible_plans(actor, of=EACH).filter(case=case))
        .order_by("-number")
        .first()
    )
    return plan_in_use(actor, case) or newest


def scored(actor: Actor | None = None) -> QuerySet[Target]:
    """Targets in order, each with `latest` and `latest_on`, its newest score.

    For an actor also with `need_text`, what it answers, where they read that need.
    """
    needs = Need.objects.readable_by(actor) if actor else Need.objects.none()
    newest = TargetScore.objects.filter(target=OuterRef("pk")).order_by("-scored_on", "-pk")
    return Target.objects.annotate(
        latest=Subquery(newest.values("value")[:1]),
        latest_on=Subquery(newest.values("scored_on")[:1]),
        latest_note=Subquery(newest.values("note")[:1]),
        need_text=Subquery(needs.filter(pk=OuterRef("need_id")).values("text")[:1]),
    ).order_by("order")


def targets_of(plan: Plan) -> list[Target]:
    """The plan's targets with their latest scores, in one query."""
    return list(scored().filter(plan=plan))


def is_met(target: Target) -> bool:
    """For a target read by `targets_of` or `get_plan`."""
    return wording.is_met(target.baseline, target.goal, getattr(target, "latest", None))


def missing_parties(plan: Plan) -> list[Party]:
    """Who has not agreed yet, in the order they are asked."""
    agreed = {
        a.party
        for a in plan.agreements.all()
        if a.is_agreed and not a.withdrawn_on and not a.is_of_former_school
    }
    return [party for party in agreeing(plan) if party not in agreed]


def under_way(actor: Actor, kind: str) -> list[Plan]:
    """Plans of a kind that have not ended and that the actor sees, by how far they are."""
    plans = visible_plans(actor).filter(kind=kind).exclude(state=PlanState.ENDED)
    return list(plans.select_related("pupil", "case").order_by("state", "pk"))


def count_under_way(kind: str) -> int:
    """In all of the council, whoever sees them."""
    return Plan.objects.filter(kind=kind).exclude(state=PlanState.ENDED).count()


def agreeing(plan: Plan) -> list[Party]:
    """Whose agreement brings this plan into use: its kind says, and who turned down the version
    before without being asked is asked now."""
    asked = [Party(party) for party in type_of(plan).agreeing]
    unasked = [party for party in policy.NEED_NOT_BE_ASKED if party not in asked]
    if not unasked or plan.previous_id is None:
        return asked
    said_no = Agreement.objects.filter(plan=plan.previous_id, is_agreed=False)
    before = set(said_no.values_list("party", flat=True))
    return asked + [party for party in unasked if party in before]


def answering(plan: Plan) -> list[Party]:
    """Who is asked, and who was not and has answered all the same."""
    given = {a.party for a in plan.agreements.all()}
    asked = agreeing(plan)
    return asked + [p for p in policy.NEED_NOT_BE_ASKED if p in given and p not in asked]


def may_withdraw(plan: Plan) -> list[Party]:
    """Whose agreement, to this plan or to support at all, may be withdrawn."""
    asked = agreeing(plan)
    return asked + [party for party in policy.NEED_NOT_BE_ASKED if party not in asked]


def plans_to_carry(actor: Actor, case: Case) -> list[Plan]:
    """Approved plans of this pupil's other cases, the newest of each, the newest first."""
    plans = visible_plans(actor).filter(pupil=case.pupil_id).exclude(approved_at=None)
    found = plans.exclude(case=case.pk).select_related("case__school").order_by("-starts_on", "-pk")
    newest: dict[int, Plan] = {}
    for plan in found:
        newest.setdefault(plan.case_id, plan)
    return list(newest.values())


def needs_to_answer(actor: Actor, pupil: Pupil) -> list[Need]:
    """What a target may answer: the pupil's needs that the actor reads and that still stand."""
    needs = Need.objects.readable_by(actor).filter(pupil=pupil, ended_on=None)
    return list(needs.exclude(kind=Need.Kind.TRAUMA).order_by("kind", "-recorded_on", "-pk"))


def to_review(actor: Actor, until: date) -> list[Plan]:
    """Plans in use whose review falls due by a day, the first due first."""
    plans = visible_plans(actor).filter(state=PlanState.AGREED, review_due_on__lte=until)
    return list(plans.select_related(*RELATED).order_by("review_due_on", "pk"))


def cases_to_plan(actor: Actor, pupil: Pupil) -> list[Case]:
    """The pupil's cases in scope that are not closed, for which a plan could be written."""
    cases = visible_cases(actor).filter(pupil=pupil, closed_on=None)
    return list(cases.select_related("service", "school").order_by("-opened_on", "-pk"))


def plans_left_open(case: Case) -> list[Plan]:
    """What closing the case would end: in use, being agreed, or still being written."""
    left = Plan.objects.filter(case=case).exclude(state=PlanState.ENDED)
    return list(left.order_by("number"))


def plan_after(actor: Actor, plan: Plan) -> Plan | None:
    """The next number, when one has begun."""
    return visible_plans(actor, of=EACH).filter(previous=plan).first()


def stages_to_step_to(plan: Plan, now: Stage | None) -> list[Stage]:
    """The stages of the case's framework, but for where the pupil stands now."""
    stages = Stage.objects.filter(framework_id=plan.case.framework_id).order_by("order")
    return [stage for stage in stages if now is None or stage.pk != now.pk]


def stage_of(plan: Plan) -> Stage | None:
    """Where the pupil stands now in the framework of the case."""
    key = plan.case.framework.key
    standing = Standing.objects.filter(
        pupil_id=plan.pupil_id, stage__framework__key=key, ends_on=None
    )
    found = standing.select_related("stage").order_by("-starts_on", "-pk").first()
    return found.stage if found else None


@dataclass(frozen=True)
class Taken:
    """A barrier that a plan works on, as its page prints it."""

    need_id: int
    text: str
    area: str
    ended_on: date | None


def barriers_of(actor: Actor, plan: Plan) -> list[Taken]:
    """Of a plan read by `get_plan`: the barriers it works on, for those who read casework."""
    if not policy.sees_whole(actor):
        return []
    found: list[dict[str, Any]] = plan.of_barriers  # type: ignore[attr-defined]
    return [
        Taken(one["need_id"], one["text"], one["area"], day_from(one["ended_on"])) for one in found
    ]
