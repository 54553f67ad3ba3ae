"""What is known of the county's children with a case: needs, assessments, scores and their own words."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import models

from alongside.assessments.models import (
    Barrier,
    Measure,
    MeasureResult,
    Need,
    NeedsAssessment,
    Profile,
    SendNeeds,
    Voice,
)
from alongside.ops.seed.county_copy import Copier
from alongside.ops.seed.county_people import County, Work
from alongside.ops.seed.stories import STORIES
from alongside.rules.needs import Domain

TABLES: tuple[type[models.Model], ...] = (
    Need, NeedsAssessment, MeasureResult, Voice, Profile, SendNeeds,
)  # fmt: skip
TRAUMA_SHARE, GAP_SHARE, SUSPECTED_SHARE, SEND_SHARE = 20, 6, 15, 5
MEASURES = ("total-difficulties", "leuven-wellbeing")
SETTLES_IN = timedelta(days=7)  # From the opening of a case to its first scores.


def fill(copier: Copier, county: County, today: date) -> None:
    known = [work for work in county.cases if not work.is_waiting]
    _needs(copier, county, known)
    _assessments(copier, known, today)
    _results(copier, known, today)
    _voices(copier, known, today)
    copier.copy(
        Profile,
        "version pupil words said_on updated_by updated_on",
        (
            (1, w.child.id, STORIES[w.number % len(STORIES)].words_first, day, w.lead_id, day)
            for w in known for day in [_first_day(w, today)]
        ),
    )  # fmt: skip
    copier.copy(
        SendNeeds,
        "pupil primary secondary recorded_on recorded_by",
        (
            (w.child.id, "SEMH", "SLCN" if w.number % 2 else "", _first_day(w, today), w.lead_id)
            for w in known
            if w.number % SEND_SHARE == 0
        ),
    )


def _needs(copier: Copier, county: County, known: list[Work]) -> None:
    barriers = list(
        Barrier.objects.using("owner")
        .filter(council_id=copier.council_id)
        .order_by("id")
        .values_list("pk", "name")
    )
    ids = copier.ids(Need)

    def rows() -> Iterator[tuple[object, ...]]:
        for work in known:
            for kind, text, barrier_id in _told(work, barriers):
                need_id = next(ids)
                if barrier_id:
                    county.barriers.setdefault(work.id, []).append(need_id)
                is_restricted = kind == "TRAUMA"
                yield (
                    need_id, work.child.id, kind, barrier_id, text, "The class teacher",
                    work.opened_on + SETTLES_IN, work.lead_id,
                    "C5" if is_restricted else "C3", kind == "SUSPECTED_SEND",
                )  # fmt: skip

    copier.copy(
        Need,
        "id pupil kind barrier text source recorded_on recorded_by information_class is_shared",
        rows(),
    )


def _told(work: Work, barriers: list[tuple[int, str]]) -> Iterator[tuple[str, str, int | None]]:
    """Kind, words and the council's barrier of each need of one child."""
    story = STORIES[work.number % len(STORIES)]
    for turn in (0, 7):
        barrier_id, name = barriers[(work.number + turn) % len(barriers)]
        yield "BARRIER", name, barrier_id
    yield "STRENGTH", story.strength, None
    yield "TRIGGER", story.trigger, None
    yield "HELPS", story.helps[0], None
    if work.number % TRAUMA_SHARE == 0:
        yield "TRAUMA", "Told in confidence (invented)", None
    if work.number % GAP_SHARE == 0:
        yield "LEARNING_GAP", "Long division", None
    if work.number % SUSPECTED_SHARE == 0:
        yield "SUSPECTED_SEND", "Loses long instructions; hearing was checked", None


def _assessments(copier: Copier, known: list[Work], today: date) -> None:
    def rows() -> Iterator[tuple[object, ...]]:
        for work in known:
            first = {domain.value: (work.number + at) % 4 for at, domain in enumerate(Domain)}
            yield _assessment(work, 1, "BASELINE", _first_day(work, today), first)
            if work.closed_on:
                last = {domain: max(0, rating - 1) for domain, rating in first.items()}
                yield _assessment(work, 2, "EXIT", work.closed_on, last)

    copier.copy(
        NeedsAssessment,
        "pupil number occasion taken_on recorded_by ratings pupil_words school_words",
        rows(),
    )


def _assessment(
    work: Work, number: int, occasion: str, day: date, ratings: dict[str, int]
) -> tuple[object, ...]:
    words = STORIES[work.number % len(STORIES)].words_first
    return (
        work.child.id, number, occasion, day, work.lead_id, ratings, words, "Mornings are hardest",
    )  # fmt: skip


def _results(copier: Copier, known: list[Work], today: date) -> None:
    measures = dict(
        Measure.objects.using("owner")
        .filter(council_id=copier.council_id, key__in=MEASURES)
        .values_list("key", "pk")
    )

    def rows() -> Iterator[tuple[object, ...]]:
        for work in known:
            last = work.closed_on or today
            for turn, day in enumerate((_first_day(work, today), last)):
                occasion = "BASELINE" if turn == 0 else "EXIT" if work.closed_on else "REVIEW"
                difficulties, wellbeing = 14 + work.number % 20 - turn * 4, 2 + turn
                yield (
                    work.child.id, measures["total-difficulties"], "TEACHER", occasion,
                    difficulties, day, work.lead_id,
                )  # fmt: skip
                yield (
                    work.child.id, measures["leuven-wellbeing"], "WORKER", occasion, wellbeing,
                    day, work.lead_id,
                )  # fmt: skip

    copier.copy(
        MeasureResult, "pupil measure informant occasion score taken_on recorded_by", rows()
    )


def _voices(copier: Copier, known: list[Work], today: date) -> None:
    def rows() -> Iterator[tuple[object, ...]]:
        for work in known:
            story, last = STORIES[work.number % len(STORIES)], work.closed_on or today
            yield (
                work.child.id, "TALK", story.words_first, None, "BASELINE",
                _first_day(work, today), work.lead_id,
            )  # fmt: skip
            occasion = "EXIT" if work.closed_on else "REVIEW"
            yield (
                work.child.id, "FACES", story.words_last, 3 + work.number % 3, occasion, last,
                work.lead_id,
            )  # fmt: skip

    copier.copy(Voice, "pupil method words face occasion said_on recorded_by", rows())


def _first_day(work: Work, today: date) -> date:
    return min(work.opened_on + SETTLES_IN, today)
