"""The plans recorded in a world, with all that stands around them."""

from datetime import timedelta

from django.utils import timezone

from alongside.assessments.models import Need
from alongside.pathways.models import PlanType, ServiceStandard
from alongside.plans.models import (
    Agreement,
    Contributor,
    LessonPlan,
    Plan,
    PlanAction,
    PlanVersion,
    ProgressUpdate,
    Strategy,
    TaperStep,
    Target,
)
from tests.world_ground import World


def plans(world: World) -> None:
    """Plan 1, ended, and plan 2, agreed and in use, which follows it."""
    said = {
        "case": world["case"],
        "pupil": world["pupil"],
        "aim": "Stays in lessons and feels able to come back to them",
        "written_by": world.lead,
        "changed_by": world.lead,
        "changed_at": timezone.now(),
        "approved_at": timezone.now(),
        "review_due_on": world.today + timedelta(days=28),
    }
    first = Plan.objects.create(number=1, state="ENDED", starts_on=world.long_ago, **said)
    starts_on = world.today - timedelta(days=14)
    plan = world["plan"] = Plan.objects.create(
        number=2, state="AGREED", starts_on=starts_on, previous=first, **said
    )
    for one in (first, plan):
        Target.objects.create(
            plan=one,
            order=1,
            text="Uses the exit card and is back within 10 minutes",
            unit="of 10 times",
            baseline=1,
            goal=8,
            due_on=said["review_due_on"],
            owner="T. Exemplar",
        )
    world["action"] = PlanAction.objects.create(
        plan=plan, order=1, party="SCHOOL", text="Keep a seat", due_on=said["review_due_on"]
    )
    world["contributor"] = Contributor.objects.create(
        plan=plan,
        party="AGENCY",
        name="Pat Exampleperson",
        role="Family worker",
        added_by=world.lead,
    )
    PlanVersion.objects.create(
        plan=plan,
        version=1,
        saved_by=world.lead,
        saved_at=timezone.now(),
        content=[["Aim", plan.aim, True]],
    )
    gap = Need.objects.create(
        pupil=world["pupil"],
        kind=Need.Kind.LEARNING_GAP,
        text="Times tables beyond five",
        recorded_on=world.long_ago,
        recorded_by=world.lead,
    )
    world["lesson"] = LessonPlan.objects.create(
        case=world["case"],
        pupil=world["pupil"],
        need=gap,
        title="Sixes with counters",
        steps="Lay them out, count in sixes.",
        planned_for=world.today,
        written_by=world.lead,
    )
    world["strategy"] = Strategy.objects.create(
        case=world["case"],
        pupil=world["pupil"],
        text="A seat by the door",
        run_since=starts_on,
        started_on=starts_on,
        recorded_by=world.lead,
    )
    world["taper_step"] = TaperStep.objects.create(
        case=world["case"],
        order=1,
        hours_a_week=2,
        starts_on=said["review_due_on"],
        criteria="Three targets of four are met",
    )
    world["update"] = ProgressUpdate.objects.create(
        plan=plan,
        since=starts_on,
        body="He comes back by himself",
        sent_at=timezone.now(),
        sent_by=world.lead,
        told="Nobody else",
    )
    PlanType.objects.get_or_create(
        key="PASTORAL",
        defaults={"name": "Pastoral Support Plan", "agreeing": ["SCHOOL", "FAMILY", "PUPIL"]},
    )
    ServiceStandard.objects.get_or_create(
        key="plan-agreed",
        ends_on=None,
        defaults={
            "name": "First plan agreed",
            "amount": 15,
            "unit": "SCHOOL_DAYS",
            "counted_from": "the day the referral is accepted",
            "starts_on": starts_on,
        },
    )
    for party in ("SCHOOL", "FAMILY", "PUPIL"):
        Agreement.objects.create(
            plan=plan,
            party=party,
            name="Jo Testerly",
            is_agreed=True,
            how="in school",
            agreed_on=starts_on,
            recorded_by=world.lead,
        )
