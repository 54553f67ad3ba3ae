"""The county's plans: in use, waiting for approval or ended, with their reviews, scores and strategies."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import models

from alongside.ops.seed.county_copy import Copier
from alongside.ops.seed.county_people import County, Work
from alongside.ops.seed.county_work import moment, story_of
from alongside.plans.models import (
    Agreement,
    CurriculumWeek,
    Plan,
    PlanAction,
    PlanBarrier,
    PlanVersion,
    Review,
    Strategy,
    TaperStep,
    Target,
    TargetScore,
)

TABLES: tuple[type[models.Model], ...] = (
    Plan, PlanVersion, Target, PlanAction, Agreement, PlanBarrier, Review, TargetScore, Strategy,
    TaperStep, CurriculumWeek,
)  # fmt: skip
BEGINS_IN, REVIEWED_IN = timedelta(days=12), timedelta(weeks=6)
IN_USE = ("AGREED", "ENDED")
TAPER_SHARE, HOURS_SHARE = 5, 10
Row = tuple[object, ...]


@dataclass(frozen=True)
class Written:
    """One plan as its parts need it."""

    id: int
    work: Work
    number: int
    state: str
    starts_on: date
    review_on: date
    ended_on: date | None
    previous_id: int | None

    @property
    def is_reviewed(self) -> bool:
        return self.state == "ENDED"


@dataclass
class _Rows:
    plans: list[Row] = field(default_factory=list)
    versions: list[Row] = field(default_factory=list)
    targets: list[Row] = field(default_factory=list)
    actions: list[Row] = field(default_factory=list)
    agreements: list[Row] = field(default_factory=list)
    barriers: list[Row] = field(default_factory=list)
    reviews: list[Row] = field(default_factory=list)
    scores: list[Row] = field(default_factory=list)


def fill(copier: Copier, county: County, today: date) -> None:
    plans = list(_plans(copier, county, today))
    _plan_rows(copier, county, plans)
    _support(copier, county, today)


def _plans(copier: Copier, county: County, today: date) -> Iterator[Written]:
    """In use for most open cases; a few wait for approval; ended for closed ones.

    Of a case that has run for longer than a cycle, the first was reviewed and a second followed it.
    """
    ids = copier.ids(Plan)
    for work in county.cases:
        state = _state(work)
        if not state:
            continue
        starts_on = work.opened_on + BEGINS_IN
        review_on = starts_on + REVIEWED_IN
        late_on = today - timedelta(days=14)
        if state != "AGREED" or review_on >= late_on:
            ended_on = work.closed_on if state == "ENDED" else None
            yield Written(next(ids), work, 1, state, starts_on, review_on, ended_on, None)
            continue
        first_id = next(ids)
        yield Written(first_id, work, 1, "ENDED", starts_on, review_on, review_on, None)
        due_on = today + timedelta(days=work.number % 50 - 6)
        next_on = min(review_on, due_on - timedelta(days=1))
        yield Written(next(ids), work, 2, "AGREED", next_on, due_on, None, first_id)


def _state(work: Work) -> str:
    if work.closed_on:
        return "ENDED" if work.number % 2 else ""
    if work.is_waiting or work.number % 10 == 0:
        return ""
    return "WAITING_APPROVAL" if work.number % 40 == 1 else "AGREED"


def _plan_rows(copier: Copier, county: County, plans: list[Written]) -> None:
    rows, target_ids, review_ids = _Rows(), copier.ids(Target), copier.ids(Review)
    carried: dict[int, list[int | None]] = {}  # Plan to the numbers of its targets.
    for plan in plans:
        rows.plans.append(_plan(plan, county.supervisor_id))
        saved = {"Aim": story_of(plan.work).aim}
        rows.versions.append((plan.id, 1, plan.work.lead_id, moment(plan.starts_on), saved))
        targets = [next(target_ids) for _ in story_of(plan.work).targets]
        before = carried.get(plan.previous_id or 0, [None] * len(targets))
        carried[plan.id] = [*targets]
        rows.targets += _targets(plan, targets, before)
        rows.actions += _actions(plan)
        rows.agreements += _agreements(plan)
        rows.barriers += [
            (plan.id, need_id, plan.work.lead_id)
            for need_id in county.barriers.get(plan.work.id, ())
        ]
        if plan.is_reviewed:
            review_id = next(review_ids)
            rows.reviews.append(_review(review_id, plan))
            rows.scores += _scores(review_id, plan, targets)
    _copy(copier, rows)


def _plan(plan: Written, supervisor_id: int) -> Row:
    lead_id, written_at = plan.work.lead_id, moment(plan.starts_on)
    is_approved = plan.state in IN_USE
    return (
        plan.id, written_at, 1, plan.work.id, plan.work.child.id, plan.number, plan.state,
        story_of(plan.work).aim, plan.starts_on, plan.review_on, lead_id, lead_id, written_at,
        written_at, supervisor_id if is_approved else None, written_at if is_approved else None,
        plan.ended_on, plan.previous_id,
    )  # fmt: skip


def _targets(plan: Written, ids: list[int], before: list[int | None]) -> Iterator[Row]:
    told = zip(ids, before, story_of(plan.work).targets, strict=True)
    for order, (target_id, carried_from, (words, unit, start, goal, most)) in enumerate(told, 1):
        yield (
            target_id, plan.id, order, words, unit, most, start, goal, plan.review_on,
            "Class team", carried_from,
        )  # fmt: skip


def _actions(plan: Written) -> Iterator[Row]:
    story = story_of(plan.work)
    for order, (party, words) in enumerate(
        (("SCHOOL", story.school_action), ("FAMILY", story.family_action)), start=1
    ):
        yield plan.id, order, party, words, "Head of year", plan.review_on


def _agreements(plan: Written) -> Iterator[Row]:
    for party in ("SCHOOL", "FAMILY", "PUPIL") if plan.state in IN_USE else ():
        yield plan.id, party, "A. Sampler", True, "In person", plan.starts_on, plan.work.lead_id


def _review(review_id: int, plan: Written) -> Row:
    is_last = plan.work.closed_on is not None
    return (
        review_id, plan.id, plan.ended_on, "CLOSE" if is_last else "CONTINUE",
        "Two of three targets are met.", "School, family and pupil",
        story_of(plan.work).words_last, plan.work.lead_id,
    )  # fmt: skip


def _scores(review_id: int, plan: Written, target_ids: list[int]) -> Iterator[Row]:
    """Half-way there between reviews, and the goal at most reviews."""
    half_way = plan.starts_on + timedelta(days=20)
    for target_id, (_, _, start, goal, _) in zip(
        target_ids, story_of(plan.work).targets, strict=True
    ):
        middle = (start + goal) / 2
        reached = goal if (plan.work.number + target_id) % 3 else middle
        yield target_id, None, middle, half_way, plan.work.lead_id
        yield target_id, review_id, reached, plan.ended_on, plan.work.lead_id


def _copy(copier: Copier, rows: _Rows) -> None:
    copier.copy(
        Plan,
        "id created_at version case pupil number state aim starts_on review_due_on written_by changed_by"
        " changed_at submitted_at approved_by approved_at ended_on previous",
        rows.plans,
    )
    copier.copy(PlanVersion, "plan version saved_by saved_at content", rows.versions)
    copier.copy(
        Target,
        "id plan order text unit highest baseline goal due_on owner carried_from",
        rows.targets,
    )
    copier.copy(PlanAction, "plan order party text who due_on", rows.actions)
    copier.copy(Agreement, "plan party name is_agreed how agreed_on recorded_by", rows.agreements)
    copier.copy(PlanBarrier, "plan need chosen_by", rows.barriers)
    copier.copy(
        Review,
        "id plan held_on decision reason present pupil_view recorded_by",
        rows.reviews,
    )
    copier.copy(TargetScore, "target review value scored_on recorded_by", rows.scores)


def _support(copier: Copier, county: County, today: date) -> None:
    """Strategies with who runs them, hours that step down, and hours of curriculum."""
    worked = [work for work in county.cases if not work.is_waiting]
    ids, strategies = copier.ids(Strategy), []
    for work in worked:
        for text in story_of(work).helps[:2]:
            strategies.append(
                (next(ids), work.id, work.child.id, text, "SCHOOL" if work.closed_on else "SERVICE",
                 work.opened_on, "YES", work.opened_on, work.lead_id)
            )  # fmt: skip
    copier.copy(
        Strategy,
        "id case pupil text run_by run_since works started_on recorded_by",
        strategies,
    )
    open_ = [work for work in worked if not work.closed_on]
    copier.copy(
        TaperStep,
        "case order hours_a_week starts_on criteria taken_on taken_by",
        (
            (w.id, order, 6 - 2 * order, day, "Two targets met and kept",
             *((day, w.lead_id) if day < today else (None, None)))
            for w in open_[::TAPER_SHARE] for order in (1, 2, 3)
            for day in [w.opened_on + timedelta(weeks=6 * order)]
        ),
    )  # fmt: skip
    monday = today - timedelta(days=today.weekday())
    copier.copy(
        CurriculumWeek,
        "case pupil week_starts_on hours full_time_hours recorded_by",
        (
            (w.id, w.child.id, monday - timedelta(weeks=back), 25 - 3 * back, 25, w.lead_id)
            for w in open_[::HOURS_SHARE] for back in range(1, 7)
            if monday - timedelta(weeks=back) >= w.opened_on
        ),
    )  # fmt: skip
