"""The county's cases with all that hangs on them, each consistent with its state and dates."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils import timezone

from alongside.cases.actions import START_CHECKLIST
from alongside.cases.models import (
    Allocation,
    Case,
    ChecklistItem,
    PrimaryNeed,
    SustainedCheck,
    Task,
)
from alongside.fieldwork.models import Session
from alongside.ops.seed.county_copy import Copier
from alongside.ops.seed.county_people import AREAS, County, Work
from alongside.ops.seed.county_size import Size
from alongside.ops.seed.stories import STORIES, Story
from alongside.ops.seed.told.daily import SESSIONS_OLDER
from alongside.pathways.models import Framework, Stage, Standing
from alongside.people.models import Involvement
from alongside.rules.sustained_checks import check_days
from alongside.schools.models import Term
from alongside.schools.queries.calendar import made

TABLES: tuple[type[models.Model], ...] = (
    Case, ChecklistItem, Allocation, Involvement, Session, SustainedCheck, Task, Standing,
)  # fmt: skip
WAITING_SHARE = 40  # One in so many of the cases that are not closed waits to be allocated.
LONGEST_CASELOAD = 60  # Of the first caseworker of an area, so that a page of fifty is full.
GRACE = timedelta(days=10)
RISKS = ("LOW", "MEDIUM", "LOW", "HIGH", "")
COMPLEXITIES = ("ORDINARY", "ORDINARY", "COMPLEX", "VERY_COMPLEX")


def fill(copier: Copier, county: County, size: Size, today: date, chance: random.Random) -> None:
    framework = Framework.objects.using("owner").get(
        council_id=copier.council_id, ends_on=None, takes_referrals=True
    )
    cases = list(_cases(copier, county, size, today, chance))
    county.cases, county.framework_id = cases, framework.pk
    _case_rows(copier, county, cases, framework.pk, chance)
    _involvements(copier, county, cases)
    _checklists(copier, cases)
    _sessions(copier, cases, size, today, chance)
    _tasks_and_checks(copier, county, cases, today, chance)
    stages = list(Stage.objects.using("owner").filter(framework=framework).order_by("order"))
    copier.copy(
        Standing,
        "pupil stage starts_on ends_on reason moved_by",
        (
            (w.child.id, stages[2 + w.number % 2].pk, w.opened_on, w.closed_on,
             "Accepted by the team", w.lead_id)
            for w in cases if not w.is_waiting
        ),
    )  # fmt: skip


def _cases(
    copier: Copier, county: County, size: Size, today: date, chance: random.Random
) -> Iterator[Work]:
    """The first are open, the rest closed over three years; no child has two."""
    step = max(1, len(county.children) // size.cases)
    ids = copier.ids(Case)
    loads = dict.fromkeys(AREAS, 0)
    for number in range(size.cases):
        child = county.children[number * step]
        is_open = number < size.open_cases
        back = chance.randrange(5, 200) if is_open else chance.randrange(220, 1000)
        opened_on = today - timedelta(days=back)
        first, *others = county.workers[child.area]
        load = loads[child.area]
        is_of_first = not others or (is_open and load < LONGEST_CASELOAD)
        lead_id = first if is_of_first else others[load % len(others)]
        loads[child.area] += 1
        closed_on = None if is_open else opened_on + timedelta(days=chance.randrange(60, 210))
        is_waiting = is_open and number % WAITING_SHARE == WAITING_SHARE - 1
        yield Work(next(ids), child, lead_id, opened_on, closed_on, is_waiting, number)


def _case_rows(
    copier: Copier, county: County, cases: list[Work], framework_id: int, chance: random.Random
) -> None:
    places = county.ground.places
    copier.copy(
        Case,
        "id version reference pupil school service area framework state reason risk_at_start"
        " risk_now primary_need complexity is_contentious risk_at_end opened_on closed_on outcome closing_summary closing_notes closed_by",
        (
            (w.id, 1, f"C-{w.id:05d}", w.child.id, w.child.school_id, places["team"].pk,
             places[w.child.area].pk, framework_id, _state(w), story_of(w).barrier[:300],
             chance.choice(("LOW", "MEDIUM", "HIGH")), RISKS[w.number % 5],
             PrimaryNeed.values[w.number % len(PrimaryNeed.values)], COMPLEXITIES[w.number % 4],
             w.number % 11 == 0, "LOW" if w.closed_on else "", w.opened_on,
             w.closed_on, "SUSTAINED" if w.closed_on else "",
             "Stays in lessons. The school runs the agreed steps without us." if w.closed_on else "",
             "", w.lead_id if w.closed_on else None)
            for w in cases
        ),
    )  # fmt: skip


def _state(work: Work) -> str:
    return "CLOSED" if work.closed_on else "WAITING" if work.is_waiting else "OPEN"


def story_of(work: Work) -> Story:
    return STORIES[work.number % len(STORIES)]


def _involvements(copier: Copier, county: County, cases: list[Work]) -> None:
    """The area's for as long as the case; the lead's with the allocation that gives it."""
    ids = copier.ids(Involvement)
    rows: list[tuple[object, ...]] = []
    allocations: list[tuple[object, ...]] = []
    for work in cases:
        ends = (work.closed_on, work.closed_on + GRACE if work.closed_on else None)
        area_id = county.ground.places[work.child.area].pk
        reference = f"C-{work.id:05d}"
        rows.append(
            (
                next(ids),
                work.child.id,
                None,
                area_id,
                "REFERRED_TO",
                work.opened_on,
                *ends,
                reference,
            )
        )
        if work.is_waiting:
            continue
        led = next(ids)
        rows.append(
            (led, work.child.id, work.lead_id, None, "LEAD", work.opened_on, *ends, reference)
        )
        allocations.append(
            (
                work.id,
                work.lead_id,
                "LEAD",
                work.opened_on,
                work.closed_on,
                county.supervisor_id,
                led,
            )
        )
    copier.copy(
        Involvement,
        "id pupil staff place capacity starts_on ends_on access_ends_on reason",
        rows,
    )
    copier.copy(
        Allocation, "case staff capacity starts_on ends_on allocated_by involvement", allocations
    )


def _checklists(copier: Copier, cases: list[Work]) -> None:
    def rows() -> Iterator[tuple[object, ...]]:
        for work in cases:
            for order, (key, label) in enumerate(START_CHECKLIST, start=1):
                is_done = not work.is_waiting and (work.closed_on or work.number % 7 or order < 4)
                day = work.opened_on + timedelta(days=order) if is_done else None
                yield work.id, key, label, order, day, work.lead_id if is_done else None

    copier.copy(ChecklistItem, "case key label order done_on done_by", rows())


def _sessions(
    copier: Copier, cases: list[Work], size: Size, today: date, chance: random.Random
) -> None:
    held = [work for work in cases if not work.is_waiting]

    def rows() -> Iterator[tuple[object, ...]]:
        for number in range(size.sessions):
            work = held[number % len(held)]
            last = work.closed_on or today
            days = (number // len(held) * 7 + 3) % max((last - work.opened_on).days, 1)
            did, response, _ = SESSIONS_OLDER[number % len(SESSIONS_OLDER)]
            is_missed = number % 9 == 0
            yield (
                work.id, work.child.id, ("ONE_TO_ONE", "MENTORING")[number % 2],
                moment(work.opened_on + timedelta(days=days)), 45,
                "MISSED" if is_missed else "ATTENDED", "Off school, unwell" if is_missed else "",
                "" if is_missed else did, "" if is_missed else response,
                None if is_missed else chance.randrange(2, 6), work.lead_id, 1,
            )  # fmt: skip

    copier.copy(
        Session,
        "case pupil kind starts_at minutes attendance reason_missed what_we_did response face"
        " recorded_by version",
        rows(),
    )


def _tasks_and_checks(
    copier: Copier, county: County, cases: list[Work], today: date, chance: random.Random
) -> None:
    copier.copy(
        Task,
        "case pupil owner text why due_on source done_on done_by made_by",
        (
            (w.id, w.child.id, w.lead_id, ("Ring home", "Send the strategies")[turn],
             "Asked for by the school", w.opened_on + timedelta(days=20 + turn * 14), "",
             done_on, w.lead_id if done_on else None, county.supervisor_id)
            for w in cases if not w.is_waiting for turn in (0, 1)
            for done_on in [_done_on(w, today, turn)]
        ),
    )  # fmt: skip
    calendar = made(Term.objects.using("owner").filter(council_id=copier.council_id), ())
    copier.copy(
        SustainedCheck,
        "case weeks due_on owner done_on answer done_by",
        (
            (w.id, weeks, due_on, w.lead_id, due_on if due_on < today else None,
             "HELD" if due_on < today else "", w.lead_id if due_on < today else None)
            for w in cases if w.closed_on for day in check_days(w.closed_on, calendar)
            for weeks, due_on in [(day.weeks, day.due_on)]
        ),
    )  # fmt: skip


def _done_on(work: Work, today: date, turn: int) -> date | None:
    due_on = work.opened_on + timedelta(days=20 + turn * 14)
    return due_on if work.closed_on or (due_on < today and work.number % 5) else None


def moment(day: date) -> datetime:
    """A quarter past ten on that day."""
    return timezone.make_aware(datetime.combine(day, time(10, 15)))
