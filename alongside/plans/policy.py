"""When a plan may be written, approved, agreed, scored and reviewed, and by whom."""

from dataclasses import dataclass

from django.db.models import Q

from alongside.assessments.models import Need
from alongside.cases import policy as cases
from alongside.cases.models import Case, CaseState
from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.permissions import Permission
from alongside.pathways.plan_types import plan_type
from alongside.plans import wording
from alongside.plans.kinds import may_approve, type_of
from alongside.plans.models import (
    Agreement,
    Party,
    Plan,
    PlanAction,
    PlanState,
    ProgressUpdate,
    Review,
)
from alongside.plans.timetable import timetable_of
from alongside.rules.words import day_in_words

S = PlanState


@dataclass(frozen=True)
class Transition:
    """From which states an act may be done, and to which it can lead."""

    sources: tuple[PlanState, ...]
    leads_to: tuple[PlanState, ...]
    said: str  # "It cannot be … now."


TRANSITIONS: dict[str, Transition] = {
    "edit": Transition((S.DRAFT, S.RETURNED), (S.DRAFT, S.RETURNED), "changed"),
    "submit": Transition((S.DRAFT, S.RETURNED), (S.WAITING_APPROVAL,), "sent for approval"),
    "return": Transition((S.WAITING_APPROVAL,), (S.RETURNED,), "returned"),
    "approve": Transition((S.WAITING_APPROVAL,), (S.APPROVED,), "approved"),
    "agree": Transition((S.APPROVED,), (S.APPROVED, S.AGREED), "agreed"),
    "withdraw": Transition((S.AGREED,), (S.AGREED,), "disagreed with"),
    "redraft": Transition((S.APPROVED, S.AGREED), (S.ENDED, S.AGREED), "written anew"),
    "score": Transition((S.AGREED, S.REVIEWED), (S.AGREED, S.REVIEWED), "scored"),
    "tick": Transition((S.AGREED, S.REVIEWED), (S.AGREED, S.REVIEWED), "ticked off"),
    "review": Transition((S.AGREED,), (S.REVIEWED, S.ENDED), "reviewed"),
    "close_case": Transition(
        (S.DRAFT, S.WAITING_APPROVAL, S.RETURNED, S.APPROVED, S.AGREED, S.REVIEWED),
        (S.ENDED,),
        "ended with its case",
    ),
}

STATE_SAID = {
    S.DRAFT: "is still being written",
    S.WAITING_APPROVAL: "is waiting for approval",
    S.RETURNED: "was returned to its writer",
    S.APPROVED: "is approved and being agreed",
    S.AGREED: "is agreed and in use",
    S.REVIEWED: "has been reviewed",
    S.ENDED: "has ended",
}
SHARED_STATES = (S.APPROVED, S.AGREED, S.REVIEWED, S.ENDED)
UNFINISHED = (S.DRAFT, S.WAITING_APPROVAL, S.RETURNED, S.APPROVED)
IN_USE = (S.AGREED, S.REVIEWED)
NEED_NOT_BE_ASKED = (Party.FAMILY, Party.PUPIL)  # They withdraw all the same.


def sees_whole(actor: Actor) -> bool:
    """Casework in full: return reasons, each party's own words. Others see what is shared."""
    return actor.reads_casework


def sees_unapproved(actor: Actor) -> bool:
    """Until it is approved a plan is its service's alone, and of whoever answers for the records."""
    works = actor.may(Permission.PLAN_WRITE) or actor.may(Permission.AUDIT_VIEW)
    return actor.may(Permission.PLAN_APPROVE) or (sees_whole(actor) and works)


def sees_all_actions(actor: Actor) -> bool:
    """Who approves plans, or reads casework whole: nobody approves an action that they cannot see."""
    return sees_whole(actor) or actor.may(Permission.PLAN_APPROVE)


def is_of_the_school(actor: Actor, case: Case) -> bool:
    return case.school.place_id in actor.place_ids(permission=Permission.PLAN_AGREE)


def is_held_by_school_of(actor: Actor, plan: Plan) -> bool:
    """Whether the plan is held by a school that the actor agrees plans for."""
    return plan.held_by == Party.SCHOOL and is_of_the_school(actor, plan.case)


def reads_all_actions(actor: Actor, plan: Plan) -> bool:
    """A school approves and agrees to nothing it cannot see: of its own plan it reads all."""
    return sees_all_actions(actor) or is_held_by_school_of(actor, plan)


def may_keep(actor: Actor, case: Case) -> bool:
    """Who may keep a part of a plan from the school: not the school."""
    return not is_of_the_school(actor, case)


def write(actor: Actor, case: Case) -> Decision:
    """A case has one plan in the making at a time, and a plan in use is reviewed into the next."""
    is_service = actor.may(Permission.PLAN_WRITE)
    if not (decision := _writes(actor, case) if is_service else _school_writes(actor, case)):
        return decision
    open_plans = Plan.objects.filter(case=case).exclude(state__in=(S.ENDED, S.REVIEWED))
    if plan := open_plans.order_by("-number").first():
        said = STATE_SAID[S(plan.state)]
        next_step = "Review it to start the next." if plan.state == S.AGREED else "Finish that one."
        return refuse(f"Plan {plan.number} {said}. {next_step}")
    return ALLOWED


def may_begin(actor: Actor, case: Case) -> Decision:
    """Who writes plans of this case, whatever stands in the way of the next one."""
    return _writes(actor, case)


def amend(actor: Actor, plan: Plan) -> Decision:
    """Whoever may return a plan that was sent in may change it instead. Each version is kept."""
    return return_plan(actor, plan)


def edit(actor: Actor, plan: Plan) -> Decision:
    """Who holds it writes it; of the service's, the school as well when they write it together."""
    if amending := amend(actor, plan):
        return amending
    if plan.held_by == Party.SERVICE and plan.is_joint and is_of_the_school(actor, plan.case):
        return is_open(plan.case) and _stands("edit", plan)
    return _holds(actor, plan) and _stands("edit", plan)


def draw_up_week(actor: Actor, plan: Plan) -> Decision:
    """Only a kind of plan that holds a timetable has a week, and it is written with the plan."""
    if not plan_type(plan.kind).has_timetable:
        return refuse(f"A {plan_type(plan.kind).name.lower()} has no timetable.")
    return edit(actor, plan)


def submit(actor: Actor, plan: Plan) -> Decision:
    decision = _holds(actor, plan) and _stands("submit", plan) and _is_answered(plan)
    return decision and _ready(plan)


def approve(actor: Actor, plan: Plan) -> Decision:
    """A manager approves what somebody else wrote, when every target can be counted."""
    return decide(actor, plan) and _stands("approve", plan) and _ready(plan)


def return_plan(actor: Actor, plan: Plan) -> Decision:
    return decide(actor, plan) and _stands("return", plan)


def decide(actor: Actor, plan: Plan) -> Decision:
    """Who may approve or return a plan at all. A school approves its own as well."""
    if not (actor.may(Permission.PLAN_APPROVE) or is_held_by_school_of(actor, plan)):
        return refuse("A manager of the service approves plans.")
    if not is_held_by_school_of(actor, plan) and not (named := may_approve(actor, type_of(plan))):
        return named
    if not (decision := is_open(plan.case)):
        return decision
    if actor.staff_id in plan.author_ids:
        did = "wrote this plan" if actor.staff_id == plan.written_by_id else "sent this plan in"
        return refuse(f"You {did}, so somebody else approves it.")
    return _stands("return", plan)


def agrees_by_approving(actor: Actor, plan: Plan) -> bool:
    """Whoever approves a school's own plan for that school, where the school is asked to agree."""
    return is_held_by_school_of(actor, plan) and Party.SCHOOL in plan_type(plan.kind).agreeing


def agree(actor: Actor, plan: Plan, party: Party) -> Decision:
    """A school answers for itself; a worker records what the family, pupil or school said.

    On a plan that the school holds, the school records what the family and the pupil said too.
    """
    if not (decision := is_open(plan.case)):
        return decision
    if not _writes_answers(actor, plan, party):
        return refuse("A worker on the case records what this party said.")
    given = _answer(plan, party)
    if given and given.withdrawn_on and plan.state == S.AGREED:
        return ALLOWED  # Talked through, a party may agree again to the plan it withdrew from.
    if given and given.is_of_former_school and plan.state in (S.APPROVED, S.AGREED):
        return ALLOWED  # The pupil moved: the school of now is asked.
    if not (decision := _stands("agree", plan)):
        return decision
    if given and given.is_agreed:
        on = day_in_words(given.agreed_on)
        return refuse(f"{Party(party).label} agreed to this plan on {on}.")
    return ALLOWED


def withdraw(actor: Actor, plan: Plan, party: Party) -> Decision:
    """Agreement, to the plan or to support at all, may be withdrawn while the plan is in use; the plan
    then says what to do."""
    if not (decision := is_open(plan.case)):
        return decision
    if not _writes_answers(actor, plan, party):
        return refuse("A worker on the case records what this party said.")
    if not (decision := _stands("withdraw", plan)):
        return decision
    given = _answer(plan, party)
    if not given and party in NEED_NOT_BE_ASKED:
        return ALLOWED  # Support rests on their agreement, whatever the kind of plan asks for.
    if not given or given.withdrawn_on:
        return refuse(f"{Party(party).label} has no agreement in force to withdraw.")
    return ALLOWED


def redraft(actor: Actor, plan: Plan) -> Decision:
    """Write the next version because a party said no, or withdrew."""
    if not (decision := _holds(actor, plan) and _stands("redraft", plan)):
        return decision
    answers = list(plan.agreements.all())
    if plan.state == S.APPROVED and all(answer.is_agreed for answer in answers):
        return refuse("Nobody has said no to this plan.")
    if plan.state == S.AGREED and not any(a.withdrawn_on for a in answers):
        return refuse("This plan is agreed and in use. Review it to start the next.")
    if Plan.objects.filter(previous=plan).exists():
        return refuse("The next version is being written already.")
    return ALLOWED


def score(actor: Actor, plan: Plan) -> Decision:
    if not (actor.may(Permission.SESSION_RECORD) or is_held_by_school_of(actor, plan)):
        return refuse("Your role reads plans but does not score targets.")
    return is_open(plan.case) and _stands("score", plan)


def tick(actor: Actor, action: PlanAction) -> Decision:
    """The school ticks its own actions; a worker ticks anybody's."""
    plan = action.plan
    may = actor.may(Permission.CASE_WORK) or _answers_for_school(actor, plan, Party(action.party))
    if not may:
        return refuse("This action is ticked by the party that does it, or by a worker.")
    return is_open(plan.case) and _stands("tick", plan)


def review(actor: Actor, plan: Plan) -> Decision:
    if not (actor.may(Permission.REVIEW_RECORD) or is_held_by_school_of(actor, plan)):
        return refuse("Your role reads plans but does not review them.")
    if not (decision := is_open(plan.case) and _stands("review", plan)):
        return decision
    if actor.today < plan.starts_on:
        return refuse(
            f"This plan starts on {day_in_words(plan.starts_on)}. Review it from then on."
        )
    return ALLOWED


def decide_step(actor: Actor, decision: str) -> Decision:
    """A school reviews the plan it holds; a step up or down is the service's to decide."""
    is_step = decision in (Review.Decision.STEP_UP, Review.Decision.STEP_DOWN)
    if is_step and not actor.may(Permission.REVIEW_RECORD):
        return refuse("The service decides on a step up or down. Ask the lead worker.")
    return ALLOWED


def update(actor: Actor, plan: Plan) -> Decision:
    """Whoever works with the pupil writes how a plan in use goes."""
    if not (actor.may(Permission.SESSION_RECORD) and sees_whole(actor)):
        return refuse("Updates are written by those who work the case.")
    return is_open(plan.case) and _stands("score", plan)


def acknowledge(actor: Actor, update: ProgressUpdate) -> Decision:
    """By who leads the case or approves its plans, of what somebody else sent, once."""
    if update.read_at:
        return refuse("This update was acknowledged already.")
    if update.sent_by_id == actor.staff_id:
        return refuse("You sent this update.")
    if cases.leads(actor, update.plan.case) or actor.may(Permission.PLAN_APPROVE):
        return ALLOWED
    return refuse("Who leads the case acknowledges this.")


def invite(actor: Actor, plan: Plan) -> Decision:
    """The school is asked to the review of a plan in use."""
    if not actor.may(Permission.REVIEW_RECORD):
        return refuse("Your role reads plans but does not review them.")
    return is_open(plan.case) and _stands("review", plan)


def carry_forward(actor: Actor, case: Case, earlier: Plan) -> Decision:
    """Into another case of the same pupil, from a plan that was approved."""
    if earlier.pupil_id != case.pupil_id or earlier.case_id == case.pk:
        return refuse("A plan is carried forward into another case of the same pupil.")
    if earlier.approved_at is None:
        return refuse(f"Plan {earlier.number} was never approved.")
    return write(actor, case)


def next_cycle(actor: Actor, plan: Plan) -> Decision:
    """From the last review into the next plan, when none was begun: the case was open again, say."""
    if not hasattr(plan, "review"):
        return refuse(f"Plan {plan.number} has not been reviewed yet.")
    if Plan.objects.filter(previous=plan).exists():
        return refuse("The next cycle has begun already.")
    return write(actor, plan.case)


def _writes(actor: Actor, case: Case) -> Decision:
    if not actor.may(Permission.PLAN_WRITE):
        return refuse("Your role reads plans but does not write them.")
    return cases.work(actor, case)


def _school_writes(actor: Actor, case: Case) -> Decision:
    if not is_of_the_school(actor, case):
        return refuse("Your role reads plans but does not write them.")
    return is_open(case)


def _holds(actor: Actor, plan: Plan) -> Decision:
    """Whose plan it is writes its targets and actions; others add to it, and overwrite nothing."""
    if plan.held_by == Party.SERVICE:
        return _writes(actor, plan.case)
    if is_of_the_school(actor, plan.case):
        return is_open(plan.case)
    return refuse("The school holds this plan. Add your own section and notes to it instead.")


def is_open(case: Case) -> Decision:
    if case.state == CaseState.CLOSED:
        return refuse(f"This case was closed on {case.closed_on:%-d %B %Y}.")
    return ALLOWED


def _stands(act: str, plan: Plan) -> Decision:
    """Whether the plan's state lets this be done: the one reader of TRANSITIONS."""
    transition, state = TRANSITIONS[act], S(plan.state)
    if state in transition.sources:
        return ALLOWED
    return refuse(f"Plan {plan.number} {STATE_SAID[state]}, so it cannot be {transition.said} now.")


def _answer(plan: Plan, party: Party) -> Agreement | None:
    if party == Party.AGENCY:
        return None  # Each agency answers for itself: see `agree_as`.
    return next((a for a in plan.agreements.all() if a.party == party), None)


def _is_answered(plan: Plan) -> Decision:
    """A plan that came back is changed before it is sent once more."""
    unchanged = plan.submitted_at and plan.changed_at <= plan.submitted_at
    if plan.state == S.RETURNED and unchanged:
        return refuse(
            f"Plan {plan.number} came back with a reason, and nothing in it has changed since. "
            "Change what was asked for, then send it."
        )
    return ALLOWED


def _ready(plan: Plan) -> Decision:
    """Each target can be counted, and where the kind of plan asks for it, leads from need to act."""
    targets = list(plan.targets.all())
    doing = list(plan.actions.select_related("target"))
    left = wording.unready(targets, plan.starts_on, has_actions=bool(doing))
    kind = plan_type(plan.kind)
    if kind.is_traced:
        left += wording.untraced(targets, doing, has_needs=_has_needs(plan))
    if kind.has_timetable and not timetable_of(plan):
        left.append("Draw up the week: what is taught when, where and by whom.")
    return refuse(" ".join(left)) if left else ALLOWED


def _has_needs(plan: Plan) -> bool:
    """Whether who holds the plan could name a need: a school reads those that are shared with it."""
    if plan.held_by != Party.SCHOOL:
        return True
    shared = Q(is_shared=True) | Q(recorded_by=plan.written_by_id)
    stands = Need.objects.filter(shared, pupil=plan.pupil_id, ended_on=None)
    return stands.exclude(kind=Need.Kind.TRAUMA).exists()


def _writes_answers(actor: Actor, plan: Plan, party: Party) -> bool:
    """Who may write down what this party said: a worker, the school of itself or on its own plan."""
    is_worker = actor.may(Permission.CASE_WORK) or is_held_by_school_of(actor, plan)
    return is_worker or _answers_for_school(actor, plan, party)


def _answers_for_school(actor: Actor, plan: Plan, party: Party) -> bool:
    return party == Party.SCHOOL and is_of_the_school(actor, plan.case)
