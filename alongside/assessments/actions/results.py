"""Scores: recorded within their measure's bounds, struck out with a reason, never removed."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from alongside.assessments import policy
from alongside.assessments.actions.common import audited, one_line, require_day, write_line
from alongside.assessments.models import Informant, Measure, MeasureResult
from alongside.assessments.wording import plain, scale_of
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.people.models import EntryKind, Pupil

Occasion = MeasureResult.Occasion


@transaction.atomic
def record_result(
    *,
    actor: Actor,
    pupil: Pupil,
    measure: Measure,
    informant: str,
    occasion: str,
    score: Decimal | int,
    taken_on: date,
    note: str = "",
) -> MeasureResult:
    """Add one score. The first of a measure and informant is the baseline others are held against."""
    Pupil.objects.select_for_update().get(pk=pupil.pk)  # Two baselines at once are one too many.
    require(policy.record(actor, pupil))
    score = Decimal(score)
    if problem := scale_of(measure).problem_with(_number(score)):
        raise Problem(problem, "score")
    require_day(actor, pupil, taken_on, "taken_on")
    _require_occasion(pupil, measure, informant, occasion, taken_on)
    result = MeasureResult.objects.create(
        pupil=pupil,
        measure=measure,
        informant=informant,
        occasion=occasion,
        score=score,
        taken_on=taken_on,
        recorded_by_id=actor.staff_id,
        note=one_line(note)[:300],
    )
    _write(actor, result, _in_words(result), taken_on)
    audited(
        actor, "measure.recorded", f"result {result.pk}", pupil, measure=measure.key,
        occasion=occasion,
    )  # fmt: skip
    return result


def _number(score: Decimal) -> int | Decimal:
    return int(score) if score == int(score) else score


def _require_occasion(
    pupil: Pupil, measure: Measure, informant: str, occasion: str, taken_on: date
) -> None:
    """One baseline in a case; what comes later is held against it."""
    same = MeasureResult.objects.filter(
        pupil=pupil, measure=measure, informant=informant, struck_out_because=""
    )
    first = same.filter(occasion=Occasion.BASELINE).order_by("-taken_on", "-pk").first()
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


def _in_words(result: MeasureResult) -> str:
    return (
        f"{result.measure.name}, {result.get_informant_display().lower()}, "
        f"{result.get_occasion_display().lower()}: {plain(result.score)}"
        f" of {plain(result.measure.high)}"
    )


def _write(actor: Actor, result: MeasureResult, summary: str, on: date, detail: str = "") -> None:
    write_line(
        actor,
        result.pupil,
        EntryKind.ASSESSMENT,
        InformationClass.CASEWORK,
        summary,
        on=on,
        detail=detail or result.note,
    )


@transaction.atomic
def strike_out_result(*, actor: Actor, result: MeasureResult, reason: str) -> MeasureResult:
    """A score entered for the wrong child, or wrongly: kept, shown struck, counted nowhere."""
    result = (
        MeasureResult.objects.select_for_update(of=("self",))
        .select_related("pupil", "measure")
        .get(pk=result.pk)
    )
    require(policy.strike_out(actor, result))
    if not reason.strip():
        raise Problem("Say why it is struck out.", "reason")
    result.struck_out_because = one_line(reason)[:300]
    result.struck_out_by_id = actor.staff_id
    result.save(update_fields=["struck_out_because", "struck_out_by"])
    _write(
        actor, result, f"Struck out: {_in_words(result)}", actor.today,
        result.struck_out_because,
    )  # fmt: skip
    audited(actor, "measure.struck", f"result {result.pk}", result.pupil)
    return result
