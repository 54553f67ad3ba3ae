"""What is typed into a plan and a review, checked for what cannot stand. Must not save anything."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from alongside.core.decisions import Problem
from alongside.pathways.models import Stage
from alongside.plans import wording
from alongside.plans.models import Party, Review, Target
from alongside.plans.timetable import SlotFacts
from alongside.rules.bounds import too_far
from alongside.rules.words import day_in_words

MOST_ACTIONS = 40


@dataclass(frozen=True)
class TargetFacts:
    """A target as typed."""

    text: str
    unit: str
    baseline: Decimal
    goal: Decimal
    due_on: date
    owner: str
    kind: str = Target.Kind.BEHAVIOUR
    lowest: Decimal = Decimal(0)
    highest: Decimal = Decimal(10)
    carried_from_id: int | None = None
    need_id: int | None = None  # What it answers.


@dataclass(frozen=True)
class ActionFacts:
    """What one party does, as typed."""

    party: Party
    text: str
    due_on: date
    who: str = ""
    is_shared: bool = True
    target_number: int = 0  # The target it serves, counted from one.


@dataclass(frozen=True)
class PlanFacts:
    """A whole plan as typed."""

    aim: str
    starts_on: date
    review_due_on: date
    kind: str = "INTERVENTION"  # The key of a plan type.
    is_joint: bool = False
    targets: tuple[TargetFacts, ...] = ()
    actions: tuple[ActionFacts, ...] = ()
    timetable: tuple[SlotFacts, ...] = ()


@dataclass(frozen=True)
class Scored:
    """Where a target stands, and what was seen."""

    value: Decimal
    note: str = ""


@dataclass(frozen=True)
class StrategySaid:
    """What a review says of one strategy, as typed."""

    run_by: str
    works: str = ""
    settled: str = ""  # How what was raised is developed.


@dataclass(frozen=True)
class ReviewFacts:
    """A review as typed. `scores` and `strategies` map the id of each to what was said of it."""

    held_on: date
    decision: str
    reason: str
    present: str = ""
    pupil_view: str = ""
    family_view: str = ""
    school_view: str = ""
    next_review_on: date | None = None
    stage: Stage | None = None
    decided_by: str = ""  # Where others decide on that stage.
    decided_on: date | None = None
    scores: dict[int, Scored] = field(default_factory=dict)
    strategies: dict[int, StrategySaid] = field(default_factory=dict)
    scores_seen: int | None = None  # What was scored that day when the form was read.


def check_plan(facts: PlanFacts, opened_on: date, today: date) -> None:
    """Raise `Problem` at the field of the first thing that cannot stand, even in a draft."""
    found = problems_of_days(facts.starts_on, facts.review_due_on, opened_on, today)
    if len(facts.targets) > wording.MOST_TARGETS:
        said = f"A plan has at most {wording.MOST_TARGETS} targets. Keep those that matter."
        found.append(Problem(said))
    if len(facts.actions) > MOST_ACTIONS:
        found.append(Problem(f"A plan has at most {MOST_ACTIONS} actions."))
    for number, target in enumerate(facts.targets, 1):
        found += problems_of_target(number, target, facts.starts_on)
    for number, action in enumerate(facts.actions, 1):
        found += problems_of_action(number, action, facts.starts_on)
        if action.target_number > len(facts.targets):
            said = f"Action {number}: there is no target {action.target_number}."
            found.append(Problem(said, f"action_{number}_target"))
    for problem in found:
        raise problem


def problems_of_days(
    starts_on: date, review_due_on: date | None, opened_on: date, today: date
) -> list[Problem]:
    """What is wrong with when a plan starts and is reviewed. A screen shows all of it at once."""
    found = []
    if starts_on < opened_on:
        found.append(Problem(f"The case opened on {day_in_words(opened_on)}.", "starts_on"))
    if said := too_far(starts_on, ahead_of=today):
        found.append(Problem(said, "starts_on"))
    if review_due_on is None:
        return found
    if said := too_far(review_due_on, ahead_of=starts_on):
        found.append(Problem(said, "review_due_on"))
    if review_due_on <= starts_on:
        said = f"The review comes after the plan starts, on {day_in_words(starts_on)}."
        found.append(Problem(said, "review_due_on"))
    return found


def problems_of_target(number: int, target: TargetFacts, starts_on: date) -> list[Problem]:
    notes = wording.unsound(number, target, starts_on)
    found = [Problem(note.said, f"target_{number}_{note.part}") for note in notes]
    if said := too_far(target.due_on, ahead_of=starts_on, years=2):
        found.append(Problem(f"Target {number}: {said}", f"target_{number}_due_on"))
    return found


def problems_of_action(number: int, action: ActionFacts, starts_on: date) -> list[Problem]:
    found = []
    if action.due_on < starts_on:
        said = f"Action {number}: the day is before the plan starts."
        found.append(Problem(said, f"action_{number}_due_on"))
    if said := too_far(action.due_on, ahead_of=starts_on, years=2):
        found.append(Problem(f"Action {number}: {said}", f"action_{number}_due_on"))
    return found


STEPS = (Review.Decision.STEP_UP, Review.Decision.STEP_DOWN)


def fits(decision: str, stage: Stage, now: Stage | None) -> bool:
    """A step up leads to more support than now, a step down to less: stages stand in that order."""
    if now is None:
        return decision in STEPS
    if decision == Review.Decision.STEP_UP:
        return stage.order > now.order
    return decision == Review.Decision.STEP_DOWN and stage.order < now.order


def check_step(facts: ReviewFacts, now: Stage | None) -> None:
    """Raise `Problem` where what is decided and the stage chosen say different things."""
    if facts.stage is None or fits(facts.decision, facts.stage, now):
        return
    if facts.decision not in STEPS:
        decided = Review.Decision(facts.decision).label.lower()
        raise Problem(f"To {decided} is no step: choose “No step”, or step up or down.", "stage")
    where = now.name if now else ""
    more = "more" if facts.decision == Review.Decision.STEP_UP else "less"
    decided = Review.Decision(facts.decision).label
    raise Problem(
        f"{decided} means {more} support than {where}, where the pupil stands now, and "
        f"{facts.stage.name} is not. Choose another stage, or decide otherwise.",
        "stage",
    )


def check_review(facts: ReviewFacts, starts_on: date, today: date) -> None:
    """Raise `Problem` for a review that is incomplete, too early or in the future."""
    if facts.held_on > today:
        raise Problem("This day has not come yet. Record the review once it was held.", "held_on")
    if facts.held_on < starts_on:
        raise Problem(f"The plan started on {day_in_words(starts_on)}.", "held_on")
    if not facts.reason.strip():
        raise Problem(
            "Say why: it is read by the school, the family and whoever comes next.", "reason"
        )
    if facts.decision == Review.Decision.CLOSE:
        return
    if facts.next_review_on is None:
        raise Problem("Say when the next plan is reviewed.", "next_review_on")
    if facts.next_review_on <= facts.held_on:
        raise Problem("The next review comes after this one.", "next_review_on")
    if said := too_far(facts.next_review_on, ahead_of=facts.held_on):
        raise Problem(said, "next_review_on")
    if facts.decision in STEPS and facts.stage is None:
        raise Problem("Choose the stage to step to.", "stage")
