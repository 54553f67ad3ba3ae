"""Who may add to a plan: contributors, their own sections, notes, an agency's answer."""

from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.permissions import Permission
from alongside.plans import parts, policy
from alongside.plans.models import Contributor, Party, Plan, PlanState
from alongside.rules.words import day_in_words

S = PlanState
SECTIONS_OPEN = (S.DRAFT, S.WAITING_APPROVAL, S.RETURNED, S.APPROVED)


def add_contributor(actor: Actor, plan: Plan) -> Decision:
    """Whoever works the case, or holds the school's part, says who else has one."""
    if not (decision := policy.is_open(plan.case)):
        return decision
    if not (actor.may(Permission.CASE_WORK) or policy.is_of_the_school(actor, plan.case)):
        return refuse("A worker on the case or the school adds people to a plan.")
    if plan.state in (S.REVIEWED, S.ENDED):
        return refuse(f"Plan {plan.number} {policy.STATE_SAID[S(plan.state)]}.")
    return ALLOWED


def remove_contributor(actor: Actor, contributor: Contributor) -> Decision:
    if not (decision := add_contributor(actor, contributor.plan)):
        return decision
    if contributor.section or parts.answer_of(contributor.plan, contributor):
        return refuse(f"{contributor.name} has written or answered, and so stays.")
    return ALLOWED


def write_section(actor: Actor, contributor: Contributor) -> Decision:
    """One's own section, or of somebody who does not sign in. Never the school's, by a worker."""
    plan = contributor.plan
    if not (decision := policy.is_open(plan.case)):
        return decision
    if plan.state not in SECTIONS_OPEN:
        return refuse(
            f"Plan {plan.number} {policy.STATE_SAID[S(plan.state)]}: its sections stay as they "
            "were agreed. Add a note instead."
        )
    return _is_theirs(actor, contributor)


def _is_theirs(actor: Actor, contributor: Contributor) -> Decision:
    if contributor.staff_id:
        if contributor.staff_id == actor.staff_id:
            return ALLOWED
        return refuse(f"{contributor.name} signs in and writes this section.")
    is_school = policy.is_of_the_school(actor, contributor.plan.case)
    if contributor.party == Party.SCHOOL:
        if is_school or (contributor.plan.held_by != Party.SCHOOL and _is_worker(actor)):
            return ALLOWED
        return refuse("The school writes its own section.")
    if _is_worker(actor):
        return ALLOWED
    return refuse("A worker on the case writes this section.")


def _is_worker(actor: Actor) -> bool:
    return actor.may(Permission.CASE_WORK)


def add_note(actor: Actor, plan: Plan) -> Decision:
    """How it goes: whoever has a part in the plan, while it runs."""
    if not (decision := policy.is_open(plan.case)):
        return decision
    if party_of(actor, plan) is None:
        return refuse("Whoever has a part in this plan writes notes on it.")
    if plan.state not in policy.IN_USE:
        return refuse("Notes are written once a plan is agreed and in use.")
    return ALLOWED


def party_of(actor: Actor, plan: Plan) -> Party | None:
    """For whom somebody writes in a plan; None for who has no part in it."""
    for one in parts.contributors_of(plan):
        if one.staff_id == actor.staff_id:
            return Party(one.party)
    if policy.is_of_the_school(actor, plan.case):
        return Party.SCHOOL
    return Party.SERVICE if _is_worker(actor) else None


def answer_for(actor: Actor, contributor: Contributor) -> Decision:
    """An agency answers for itself, or a worker writes down what it said."""
    plan = contributor.plan
    if not (decision := policy.is_open(plan.case)):
        return decision
    if contributor.party != Party.AGENCY:
        return refuse(f"{Party(contributor.party).label} answers as one.")
    if not (_is_worker(actor) or contributor.staff_id == actor.staff_id):
        return refuse("A worker on the case records what this agency said.")
    if plan.state not in (S.APPROVED, S.AGREED):
        return refuse(f"Plan {plan.number} {policy.STATE_SAID[S(plan.state)]}.")
    given = parts.answer_of(plan, contributor)
    if given and given.is_agreed:
        return refuse(f"{contributor.name} agreed on {day_in_words(given.agreed_on)}.")
    return ALLOWED
