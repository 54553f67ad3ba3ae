"""Records what the school, the family and the pupil say to a plan; all three bring it into use."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import prefetch_related_objects

from alongside.cases.queries import lead_staff_ids
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.prepared import add
from alongside.plans import policy
from alongside.plans.actions.shared import leave_trace, locked, tell
from alongside.plans.actions.writing import new_plan
from alongside.plans.facts import ActionFacts, PlanFacts, TargetFacts
from alongside.plans.models import Agreement, Contributor, Party, Plan, PlanState
from alongside.plans.people import approvers, school_people
from alongside.plans.queries import agreeing
from alongside.plans.timetable import timetable_of
from alongside.rules.words import day_in_words

CONTRIBUTED = (
    "party", "name", "role", "staff_id", "section", "is_shared", "written_on", "written_by_id",
    "added_by_id",
)  # fmt: skip

WITHDRAWN = ("is_agreed", "withdrawn_on", "words", "recorded_by")


@transaction.atomic
def record_agreement(
    *,
    actor: Actor,
    plan: Plan,
    party: Party,
    name: str,
    is_agreed: bool,
    how: str,
    agreed_on: date,
    words: str = "",
) -> Plan:
    """One party's yes or no. The last yes brings the plan into use and ends the one before."""
    plan = locked(plan)
    prefetch_related_objects([plan], "agreements")
    require(policy.agree(actor, plan, party))
    given = plan.agreements.all()
    answers = {Party(one.party): one for one in given if one.party != Party.AGENCY}
    if party not in agreeing(plan) and party not in answers:
        raise Problem(f"{party.label} is not asked to agree to this kind of plan.", "party")
    if agreed_on > actor.today:
        raise Problem("This day has not come yet.", "agreed_on")
    if plan.approved_at and agreed_on < plan.starts_on and agreed_on < plan.approved_at.date():
        on = day_in_words(plan.approved_at.date())
        raise Problem(f"The plan was approved on {on}; it could not be agreed before.", "agreed_on")
    if not is_agreed and not words.strip():
        raise Problem("Say in their words what they would want instead.", "words")
    answers[party] = _answer(
        answers.get(party) or Agreement(plan=plan, party=party),
        name=name,
        is_agreed=is_agreed,
        how=how,
        words=words,
        agreed_on=agreed_on,
        # A no to a plan that is in use, by the school of now say, is as an agreement withdrawn.
        withdrawn_on=None if is_agreed or plan.state != PlanState.AGREED else agreed_on,
        school_id=plan.case.school_id if party == Party.SCHOOL else None,
        recorded_by_id=actor.staff_id,
    )
    verb = "agreed to" if is_agreed else "said no to"
    leave_trace(
        actor,
        plan,
        "plan.agreed" if is_agreed else "plan.not_agreed",
        f"{party.label} {verb} plan {plan.number}",
        is_shared=True,
        detail={"party": party},
    )
    if plan.state == PlanState.APPROVED and _all_agree(plan, answers):
        _bring_into_use(actor, plan)
    else:
        writers = [plan.written_by_id] if plan.written_by_id != actor.staff_id else []
        tell(plan, writers, "plan.answered", f"{party.label} {verb} a plan you wrote.")
    return plan


@transaction.atomic
def withdraw_agreement(
    *, actor: Actor, plan: Plan, party: Party, words: str, withdrawn_on: date
) -> Plan:
    """A party no longer agrees. The plan stays in use, and says what to do next."""
    plan = locked(plan)
    require(policy.withdraw(actor, plan, party))
    given = Agreement.objects.filter(plan=plan, party=party).first()
    agreement = given or _not_asked(plan, party, withdrawn_on)
    if withdrawn_on > actor.today:
        raise Problem("This day has not come yet.", "withdrawn_on")
    if withdrawn_on < agreement.agreed_on:
        on = day_in_words(agreement.agreed_on)
        raise Problem(f"They agreed on {on}; it cannot be withdrawn before.", "withdrawn_on")
    if not words.strip():
        raise Problem("Say in their words what changed.", "words")
    agreement.is_agreed = False
    agreement.withdrawn_on = withdrawn_on
    agreement.words = words.strip()
    agreement.recorded_by_id = actor.staff_id
    agreement.save(update_fields=WITHDRAWN if given else None)
    _tell_of_withdrawal(actor, plan)
    leave_trace(
        actor,
        plan,
        "plan.agreement_withdrawn",
        f"{party.label} withdrew agreement to plan {plan.number}",
        is_shared=True,
        detail={"party": party},
    )
    return plan


def _not_asked(plan: Plan, party: Party, on: date) -> Agreement:
    """Of who is not asked to agree to this kind of plan: a no to it, mid-plan."""
    if on < plan.starts_on:
        said = day_in_words(plan.starts_on)
        raise Problem(f"The plan starts on {said}; it cannot be withdrawn before.", "withdrawn_on")
    return Agreement(plan=plan, party=party, name=party.label, how="mid-plan", agreed_on=on)


def _tell_of_withdrawal(actor: Actor, plan: Plan) -> None:
    """Who wrote it and leads on it, who may approve the next, and its school."""
    answering = [*approvers(plan, actor.today), *school_people(plan, actor.today)]
    told = {plan.written_by_id, *lead_staff_ids(plan.pupil_id), *(pk for pk, _ in answering)}
    told.discard(actor.staff_id)
    tell(plan, sorted(told), "plan.withdrawn", "Agreement to a plan was withdrawn.")


@transaction.atomic
def redraft(*, actor: Actor, plan: Plan) -> Plan:
    """Start the next version as a copy, because a party said no or withdrew."""
    plan = locked(plan)
    require(policy.redraft(actor, plan))
    following = new_plan(actor, plan.case, copy_of(plan), previous=plan, held_by=plan.held_by)
    bring_along(plan, following)
    if plan.state == PlanState.APPROVED:
        plan.state = PlanState.ENDED
        plan.ended_on = actor.today
        plan.save(update_fields=["state", "ended_on"])
    leave_trace(
        actor,
        following,
        "plan.redrafted",
        f"Plan {following.number} is being written, because not everybody agreed",
        detail={"previous": plan.pk},
    )
    return following


def copy_of(plan: Plan) -> PlanFacts:
    targets = tuple(
        TargetFacts(
            text=t.text,
            unit=t.unit,
            baseline=t.baseline,
            goal=t.goal,
            due_on=t.due_on,
            owner=t.owner,
            kind=t.kind,
            lowest=t.lowest,
            highest=t.highest,
            carried_from_id=t.pk,
            need_id=t.need_id,
        )
        for t in plan.targets.all()
    )
    actions = tuple(
        ActionFacts(
            party=Party(a.party),
            text=a.text,
            due_on=a.due_on,
            who=a.who,
            is_shared=a.is_shared,
            target_number=a.target_number,
        )
        for a in plan.actions.filter(done_on=None).select_related("target")
    )
    return PlanFacts(
        aim=plan.aim,
        starts_on=plan.starts_on,
        review_due_on=plan.review_due_on,
        kind=plan.kind,
        is_joint=plan.is_joint,
        targets=targets,
        actions=actions,
        timetable=tuple(timetable_of(plan)),
    )


def _all_agree(plan: Plan, answers: Mapping[Party, Agreement]) -> bool:
    asked = agreeing(plan)
    given = [answers[party] for party in asked if party in answers]
    return len(given) == len(asked) and all(
        a.is_agreed and not a.withdrawn_on and not a.is_of_former_school for a in given
    )


def bring_along(plan: Plan, following: Plan) -> None:
    """Who had a part in a plan has one in the next, with what they wrote and when."""
    Contributor.objects.bulk_create(
        Contributor(
            plan=following,
            **{name: getattr(one, name) for name in CONTRIBUTED},
        )
        for one in plan.contributors.order_by("pk")
    )


def _answer(agreement: Agreement, **said: object) -> Agreement:
    """One party's answer, in place of what it said before."""
    for name, value in said.items():
        setattr(agreement, name, value)
    if agreement.pk:
        agreement.save(update_fields=[*said])
        return agreement
    return add(agreement)


def _bring_into_use(actor: Actor, plan: Plan) -> None:
    former = Plan.objects.filter(case=plan.case, state__in=policy.IN_USE).exclude(pk=plan.pk)
    former.update(state=PlanState.ENDED, ended_on=actor.today)
    plan.state = PlanState.AGREED
    plan.save(update_fields=["state"])
    tell(plan, [plan.written_by_id], "plan.in_use", "A plan you wrote is agreed and in use.")
    leave_trace(
        actor, plan, "plan.came_into_use", f"Plan {plan.number} agreed by all", is_shared=True
    )
