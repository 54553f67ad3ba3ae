"""Asks the school to a review, and reminds of reviews before their day."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from alongside.cases.queries import lead_staff_ids
from alongside.core import notices
from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.core.decisions import Problem, require
from alongside.plans import policy
from alongside.plans.actions.shared import leave_trace, locked, url_of
from alongside.plans.models import Plan, PlanState, ReviewInvitation
from alongside.plans.people import school_people
from alongside.rules.bounds import too_far
from alongside.rules.dates import time_in_words
from alongside.rules.words import day_in_words, listed

REMIND_BEFORE = timedelta(days=7)


@transaction.atomic
def invite(
    *, actor: Actor, plan: Plan, meets_at: datetime, place: str, words: str = ""
) -> ReviewInvitation:
    """Tell the school's people when and where a plan is reviewed. No name goes by e-mail."""
    plan = locked(plan)
    require(policy.invite(actor, plan))
    on = day_of(meets_at)
    if on < actor.today:
        raise Problem("This day has passed. Choose one to come.", "on")
    if said := too_far(on, ahead_of=actor.today):
        raise Problem(said, "on")
    if not place.strip():
        raise Problem("Say where the review is held.", "place")
    people = school_people(plan, actor.today)
    if not people:
        raise Problem("Nobody of this school signs in here yet. Ring the school instead.")
    notices.notify(
        staff_ids=[pk for pk, _ in people],
        kind="review.invited",
        text=f"You are invited to a plan review on {day_in_words(on)}, {_clock(meets_at)}.",
        url=url_of(plan),
        pupil_id=plan.pupil_id,
        is_urgent=True,
    )
    made = ReviewInvitation.objects.create(
        plan=plan,
        meets_at=meets_at,
        place=place.strip(),
        words=words,
        told=listed([name for _, name in people])[:300],
        sent_by_id=actor.staff_id,
    )
    leave_trace(
        actor,
        plan,
        "review.invited",
        f"School invited to the review of plan {plan.number} on {day_in_words(on)}",
        is_shared=True,
        detail={"invitation": made.pk},
    )
    return made


@transaction.atomic
def remind_of_reviews(*, actor: Actor) -> int:
    """Tell who leads each case whose review comes within a week, once. Answers how many."""
    due = Plan.objects.select_for_update().filter(
        state=PlanState.AGREED,
        reminded_on=None,
        review_due_on__range=(actor.today, actor.today + REMIND_BEFORE),
    )
    plans = list(due.order_by("review_due_on", "pk"))
    for plan in plans:
        notices.notify(
            staff_ids=lead_staff_ids(plan.pupil_id) or [plan.written_by_id],
            kind="review.soon",
            text=f"A plan is to be reviewed by {day_in_words(plan.review_due_on)}.",
            url=f"{url_of(plan)}review/",
            pupil_id=plan.pupil_id,
        )
    Plan.objects.filter(pk__in=[plan.pk for plan in plans]).update(reminded_on=actor.today)
    return len(plans)


def _clock(moment: datetime) -> str:
    return time_in_words(timezone.localtime(moment))
