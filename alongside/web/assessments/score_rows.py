"""Scores as the Assessment tab prints them: before and after, and every one with what became of it."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from alongside.assessments.actions.sittings import goal_in_words
from alongside.assessments.models import Measure, MeasureResult
from alongside.assessments.queries import Pair
from alongside.assessments.wording import SDQ_NAMES, band_of, is_unchecked, plain
from alongside.people.models import Pupil
from alongside.rules.scores import BAND_WORDS, SDQ_DIFFICULTIES, Band
from alongside.rules.words import day_in_words, listed
from alongside.web import charts
from alongside.web.assessments.pages import url_of
from alongside.web.assessments.voice_rows import moved_words

UNCHECKED = "This band: check before relying on it."


def pair_row(pupil: Pupil, pair: Pair) -> dict[str, Any]:
    first, latest = pair.baseline, pair.latest
    again = urlencode(
        {
            "measure": pair.measure.pk,
            "informant": pair.informant,
            "occasion": MeasureResult.Occasion.REVIEW,
        }
    )
    drawn: dict[str, Any] = {
        "name": _name(pair.measure),
        "who": pair.informant_label,
        "words": pair.words,
        "bands": _bands(pair),
        "again_url": f"{url_of(pupil)}scores/new/?{again}" if not pair.measure.ended_on else "",
        "first": f"{plain(first.score)} on {day_in_words(first.taken_on)}",
        "chart": None,
        "trend": None,
        "caution": caution(pair.measure, pair.informant),
    }
    if pair.between:
        drawn["trend"] = charts.trend(
            measure=f"{pair.measure.name}, {pair.informant_label.lower()}",
            scores=[
                (one.taken_on, float(one.score), one.get_occasion_display()) for one in pair.through
            ],
            lowest=float(pair.measure.low),
            highest=float(pair.measure.high),
            lower_is_better=pair.measure.is_lower_better,
        )
    elif latest:
        drawn["chart"] = charts.slope(
            measure=f"{pair.measure.name}, {pair.informant_label.lower()}",
            before=float(first.score),
            after=float(latest.score),
            before_on=first.taken_on,
            after_on=latest.taken_on,
            lower_is_better=pair.measure.is_lower_better,
        )
    return drawn


def _name(measure: Measure) -> str:
    """A scale that was changed since keeps its name, with until when it stood so."""
    until = measure.ended_on
    return f"{measure.name} (until {day_in_words(until)})" if until else measure.name


def _bands(pair: Pair) -> str:
    if not pair.band_before:
        return ""
    if not pair.latest or pair.band_before == pair.band_after:
        return f"{pair.band_before}."
    return f"From “{pair.band_before.lower()}” to “{pair.band_after.lower()}”."


def score_row(pupil: Pupil, result: MeasureResult, may_put_right: bool) -> dict[str, Any]:
    struck = ""
    if result.struck_out_because and result.struck_out_by:
        struck = f"Struck out by {result.struck_out_by.name}: {result.struck_out_because}"
    return {
        "on": result.taken_on,
        "measure": result.measure.name,
        "who": result.get_informant_display(),
        "occasion": result.get_occasion_display(),
        "score": f"{plain(result.score)} of {plain(result.measure.high)}",
        "band": band_of(result.measure, result.informant, result.score),
        "caution": caution(result.measure, result.informant),
        "goals": [goal_in_words(goal) for goal in result.goals],
        "moved": moved_words(result),
        "note": result.note,
        "by": result.recorded_by.name,
        "struck": struck,
        "put_right_at": f"{url_of(pupil)}scores/{result.pk}/"
        if may_put_right and not struck
        else "",
    }


def caution(measure: Measure, informant: str) -> str:
    has_bands = bool(measure.bands.get(informant))
    return UNCHECKED if has_bands and is_unchecked(measure, informant) else ""


def sdq_said(
    results: list[MeasureResult], paper: list[MeasureResult], typed: Iterable[str] = ()
) -> str:
    """Of what was recorded now: the total, or what the paper lacks for one; then every scale beyond
    the first of its bands, or of no band."""
    found = {result.measure.part: result for result in results}
    stood = [SDQ_NAMES[part].lower() for part in typed if part not in found]
    have = {result.measure.part for result in paper}
    missing = [SDQ_NAMES[part] for part in SDQ_DIFFICULTIES if part not in have]
    said = []
    if total := found.pop("total", None):
        said = [f"{score_said(total)}."]
    elif missing and "total" not in have:
        lacking = f"No total yet, without a score for: {listed(missing).lower()}."
        said = [lacking, "Record it with the same day, and the total is reckoned."]
    if stood:
        said.append(f"Recorded earlier, and left as it was: {listed(stood)}.")
    beyond = [score_said(one) for one in found.values() if not _is_ordinary(one)]
    return " ".join([*said, *(f"{one}." for one in beyond)])


def score_said(result: MeasureResult) -> str:
    band = band_of(result.measure, result.informant, result.score).lower()
    said = f"{result.measure.name}: {plain(result.score)}"
    return f"{said}, {band}" if band else said


def _is_ordinary(result: MeasureResult) -> bool:
    band = band_of(result.measure, result.informant, result.score)
    return band.lower() == BAND_WORDS[Band.AVERAGE][0]
