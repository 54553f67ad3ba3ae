"""Scores: recorded within their measure's bounds, each held against the first of its kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from alongside.assessments.actions.common import audited, one_line, require_day, write_line
from alongside.assessments.models import Informant, Measure, MeasureResult
from alongside.assessments.wording import plain, problem_with
from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.core.handling import InformationClass
from alongside.core.prepared import prepared
from alongside.people.models import EntryKind, Pupil

Occasion = MeasureResult.Occasion


@dataclass(frozen=True)
class Given:
    """By whom, when in the work, and on which day a score was given."""

    informant: str
    occasion: str
    taken_on: date
    note: str = ""


def add_score(
    actor: Actor,
    pupil: Pupil,
    measure: Measure,
    score: Decimal,
    given: Given,
    *,
    field: str = "score",
    **more: Any,
) -> MeasureResult:
    """One score within its bounds and its place. The caller holds the pupil and asked the policy."""
    if problem := problem_with(measure, score):
        raise Problem(problem, field)
    require_day(actor, pupil, given.taken_on, "taken_on")
    require_occasion(pupil, measure, given.informant, given.occasion, given.taken_on)
    return MeasureResult.objects.create(
        pupil=pupil,
        measure=measure,
        informant=given.informant,
        occasion=given.occasion,
        score=score,
        taken_on=given.taken_on,
        recorded_by_id=actor.staff_id,
        note=one_line(given.note)[:300],
        **more,
    )


def tell(results: Sequence[MeasureResult], actor: Actor, summary: str, detail: str = "") -> None:
    """One line of the chronology and one of the audit for scores given together."""
    first = results[0]
    entry = write_line(
        actor,
        first.pupil,
        EntryKind.ASSESSMENT,
        InformationClass.CASEWORK,
        summary,
        on=first.taken_on,
        detail=detail or first.note,
    )
    MeasureResult.objects.filter(pk__in=[r.pk for r in results]).update(entry=entry)
    for result in results:
        result.entry = entry
    audited(
        actor, "measure.recorded", f"result {first.pk}", first.pupil, measure=first.measure.key,
        occasion=first.occasion, scores=len(results),
    )  # fmt: skip


def require_occasion(
    pupil: Pupil, measure: Measure, informant: str, occasion: str, taken_on: date
) -> None:
    """One baseline in a case; what comes later is held against it."""
    starts = _starts(pupil_id=pupil.pk, measure_id=measure.pk, informant=str(informant))
    first = starts[0] if starts else None
    whom = Informant(informant).label.lower()
    if occasion == Occasion.BASELINE:
        opened_on = _opened_on(pupil)
        if first and opened_on and first.taken_on >= opened_on:
            raise Problem(
                f"The score at the start from {_the(whom)} was taken on "
                f"{first.taken_on:%-d %B %Y}: {plain(first.score)}. Record this one at a review "
                "or at the end; if the first was a mistake, strike it out.",
                "occasion",
            )
    elif first is None:
        raise Problem(
            f"There is no score at the start from {_the(whom)} to hold this against. "
            "Record this one as the start.",
            "occasion",
        )
    elif taken_on < first.taken_on:
        raise Problem(f"The score at the start was taken on {first.taken_on:%-d %B %Y}. "
                      "This one cannot be before it.", "taken_on")  # fmt: skip


@prepared
def _starts(*, pupil_id: Any, measure_id: Any, informant: Any) -> QuerySet[MeasureResult]:
    """The scores at the start that stand, the newest first."""
    stands = MeasureResult.objects.filter(occasion=Occasion.BASELINE, struck_out_because="")
    same = stands.filter(pupil_id=pupil_id, measure_id=measure_id, informant=informant)
    return same.order_by("-taken_on", "-pk")[:1]


def _the(whom: str) -> str:
    return whom if whom.startswith("the ") else f"the {whom}"


def _opened_on(pupil: Pupil) -> date | None:
    """When the newest open case was opened: each case has a start of its own."""
    opened: list[date] = list(
        pupil.cases.exclude(state="CLOSED")
        .order_by("-opened_on")
        .values_list("opened_on", flat=True)[:1]
    )
    return opened[0] if opened else None


def in_words(result: MeasureResult) -> str:
    return (
        f"{result.measure.name}, {result.get_informant_display().lower()}, "
        f"{result.get_occasion_display().lower()}: {plain(result.score)}"
        f" of {plain(result.measure.high)}"
    )
