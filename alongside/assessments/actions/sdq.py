"""The scales of one SDQ: by one informant, at one point, of one day, in as many sittings as it takes."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import uuid4

from django.db import transaction

from alongside.assessments import policy
from alongside.assessments.actions.results import Given, add_score, in_words, tell
from alongside.assessments.models import Measure, MeasureResult
from alongside.assessments.wording import SDQ_NAMES, band_of, plain, problem_with
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.prepared import hold
from alongside.people.models import Pupil
from alongside.rules.scores import SDQ_SCALES, sdq_total
from alongside.rules.words import listed

type Scores = Mapping[str, int | Decimal]  # By scale, or `total` where only that was told.


@transaction.atomic
def record_sdq(
    *, actor: Actor, pupil: Pupil, scores: Scores, given: Given
) -> list[MeasureResult]:  # fmt: skip
    """The scales as scored on paper, and their total once all four difficulties of that day are there."""
    hold(Pupil, pupil.pk)
    require(policy.record(actor, pupil))
    if not scores:
        raise Problem("Type at least one scale.", SDQ_SCALES[0])
    measures = {m.part: m for m in Measure.objects.filter(scoring=Measure.Scoring.SDQ)}
    _require_sound(measures, scores)
    there = _there(pupil, given)
    whole = _with_total(_new(scores, there), there)
    if missing := [part for part in whole if part not in measures]:
        raise Problem(f"The council's measures do not hold the SDQ scale {missing[0]}.")
    sitting = next((one.sitting for one in there.values() if one.sitting), None) or uuid4()
    results = [
        add_score(
            actor, pupil, measures[part], Decimal(score), given, field=part, sitting=sitting
        )
        for part, score in whole.items()
    ]  # fmt: skip
    # Those of an earlier sitting are of the same paper, and move with it.
    MeasureResult.objects.filter(pk__in=[one.pk for one in there.values()]).update(sitting=sitting)
    tell(results, actor, in_words(results[0]), "; ".join(_briefly(r) for r in results[1:]))
    return results


def _require_sound(measures: Mapping[str, Measure], scores: Scores) -> None:
    """Each by itself, before any is added up."""
    for part, score in scores.items():
        if part in measures and (problem := problem_with(measures[part], Decimal(score))):
            raise Problem(problem, part)


def _there(pupil: Pupil, given: Given) -> dict[str, MeasureResult]:
    """What stands of this paper already, by its scale."""
    found = MeasureResult.objects.filter(
        pupil=pupil, measure__scoring=Measure.Scoring.SDQ, informant=given.informant,
        occasion=given.occasion, taken_on=given.taken_on, struck_out_because="",
    )  # fmt: skip
    return {one.measure.part: one for one in found.select_related("measure").order_by("pk")}


def _new(scores: Scores, there: Mapping[str, MeasureResult]) -> dict[str, int | Decimal]:
    """What does not stand yet. A whole paper may be typed again; what stands is never written over."""
    new = {part: score for part, score in scores.items() if part not in there}
    other = [part for part in scores if part in there and scores[part] != there[part].score]
    if new and not other:
        return new
    twice = other or list(scores)
    known = listed([f"{SDQ_NAMES[part].lower()} {plain(there[part].score)}" for part in twice])
    missing = [SDQ_NAMES[part].lower() for part in SDQ_SCALES if part not in there]
    todo = f"Record only what is missing: {listed(missing)}." if missing else "Nothing is missing."
    raise Problem(
        f"Recorded for this day already: {known}. {todo} If one is wrong, strike it out first.",
        twice[0],
    )


def _with_total(scores: Scores, there: Mapping[str, MeasureResult]) -> dict[str, int | Decimal]:
    """With the total first, once it can be reckoned; one that was typed must agree."""
    scales = {part: int(one.score) for part, one in there.items()}
    scales |= {part: int(score) for part, score in scores.items()}
    total, typed = sdq_total(scales), scales.get("total")
    if total is None or typed == total:
        return dict(scores)
    if typed is not None:
        raise Problem(
            f"The total of this day is recorded as {typed}, and its scales make {total}. Look at the "
            "paper; strike out what is wrong.",
            next(iter(scores)),
        )
    return {"total": total, **scores}


def _briefly(result: MeasureResult) -> str:
    band = band_of(result.measure, result.informant, result.score).lower()
    said = f"{result.measure.part} {plain(result.score)}"
    return f"{said}, {band}" if band else said
