"""What stands around the plans of some routes: who brings what, strategies, the taper, the hours."""

from datetime import time, timedelta
from decimal import Decimal

from alongside.assessments.queries import standing_barriers
from alongside.core.actor import Actor
from alongside.ops.seed.life import Life
from alongside.plans import actions
from alongside.plans.actions.strategies import StepFacts
from alongside.plans.models import Party, Plan, Strategy, TaperStep
from alongside.plans.timetable import SlotFacts
from alongside.schools.queries import open_day

# Every so manyeth route has this: enough to see, and quick to load.
BROUGHT, TRIED, COUNTED = 5, 4, 6
KINDS = ("INTERVENTION", "INTERVENTION", "PASTORAL", "INDIVIDUAL", "CO_REGULATION")


# Mornings with the class, two afternoons elsewhere, until whole days hold.
WEEK = (
    (range(1, 6), time(9), time(10, 30), "CLASS", "English and maths", "Room 4"),
    (range(1, 6), time(10, 45), time(12), "APART", "Small group", "The hub"),
    (range(3, 5), time(12, 45), time(15), "PROVIDER", "Animal care", "Hollow Farm"),
)


def kind_of(number: int) -> str:
    """The kind of plan on this route. Whose hours are counted has a week of their own."""
    return "PATHWAY" if number % COUNTED == 0 else KINDS[number % len(KINDS)]


def draw_up_week(life: Life, actor: Actor, plan: Plan) -> None:
    if plan.kind != "PATHWAY":
        return
    slots = [
        SlotFacts(day, starts, ends, provision, what, place, life.worker.name)
        for days, starts, ends, provision, what, place in WEEK
        for day in days
    ]
    actions.set_timetable(actor=actor, plan=plan, slots=slots, version=plan.version)


def is_tried(life: Life) -> bool:
    """Whether strategies, and how support steps down, are written down on this route."""
    return life.number % TRIED == 0


def need_of(life: Life) -> int | None:
    """The barrier that the plan answers first."""
    return next((need.pk for need in standing_barriers(life.pupil)), None)


def bring_in(life: Life, plan: Plan) -> None:
    """The family's own part, and an agency's, while the plan is being written."""
    if life.number % BROUGHT:
        return
    with life.at(0, life.worker, 16) as actor:
        for party, name, role, section in (
            (Party.FAMILY, life.carer.name, life.carer.relationship, life.story.family_words),
            (Party.AGENCY, "Pat Exampleperson", "Family worker", "One home visit a week."),
        ):
            one = actions.add_contributor(actor=actor, plan=plan, party=party, name=name, role=role)
            actions.write_section(actor=actor, contributor=one, section=section, version=1)


def begin(life: Life, plan: Plan) -> None:
    """Once it is agreed: a note, strategies, and how support steps down."""
    if not is_tried(life):
        return
    with life.at(0, life.worker, 16) as actor:
        actions.add_note(actor=actor, plan=plan, text="A steady start. Two lessons whole.")
        for text in life.story.helps[:2]:
            actions.add_strategy(actor=actor, case=life.case, text=text)
        first = open_day(actor, life.school.pk, actor.today + timedelta(weeks=4))
        second = open_day(actor, life.school.pk, first + timedelta(weeks=4))
        actions.plan_taper(
            actor=actor,
            case=life.case,
            steps=[
                StepFacts(Decimal(2), first, "The targets are nearly met"),
                StepFacts(Decimal(1), second, "The school runs the agreed steps unaided"),
            ],
        )


def count_hours(life: Life) -> None:
    """Two weeks of lessons, short of full time."""
    if life.number % COUNTED:
        return
    with life.at(0, life.worker, 15) as actor:
        for weeks_ago, hours in ((1, 14), (0, 18)):
            actions.record_hours(
                actor=actor,
                case=life.case,
                week=actor.today - timedelta(weeks=weeks_ago),
                hours=Decimal(hours),
                full_time_hours=Decimal(25),
                why_short="Afternoons at home while mornings settle, agreed with the family",
            )


def hand_over(life: Life) -> None:
    """In the second cycle the school runs one strategy by itself, one needs development."""
    if not is_tried(life):
        return
    with life.at(0, life.worker, 14) as actor:
        tried = list(Strategy.objects.filter(case=life.case).order_by("pk"))
        actions.change_strategy(actor=actor, strategy=tried[0], run_by="SCHOOL", works="YES")
        actions.mark_for_development(
            actor=actor, strategy=tried[-1], because="Supply teachers do not know it"
        )
        step = TaperStep.objects.filter(case=life.case, taken_on=None).order_by("order").first()
        if step:
            actions.take_step(actor=actor, step=step, note="The targets are nearly met")
