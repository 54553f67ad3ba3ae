"""Measures in words: their bounds, their bands, and what two scores may be said to show."""

from decimal import Decimal

from alongside.assessments.models import Measure
from alongside.rules.scores import Direction, Number, Scale

SDQ_NAMES = {
    "emotional": "Emotional difficulties",
    "conduct": "Conduct difficulties",
    "hyperactivity": "Hyperactivity",
    "peer": "Difficulties with peers",
    "prosocial": "Kind and helpful behaviour",
    "total": "Total",
}


def plain(score: Decimal | float) -> str:
    """24, or 24.5; never 24.00."""
    return f"{Decimal(score).normalize():f}"


def number(score: Decimal | int) -> Number:
    return int(score) if score == int(score) else Decimal(plain(score))


def scale_of(measure: Measure) -> Scale:
    better = Direction.LOWER if measure.is_lower_better else Direction.HIGHER
    return Scale(measure.name, number(measure.low), number(measure.high), better)


def band_of(measure: Measure, informant: str, score: Decimal | int) -> str:
    """The band a score falls in, as the measure's pack words it; empty where none is known."""
    for band in measure.bands.get(informant, ()):
        if band["from"] <= score <= band["to"]:
            return str(band["label"])
    return str(measure.levels.get(plain(score), ""))


def is_unchecked(measure: Measure, informant: str) -> bool:
    """Whether the bands of this informant are to be checked before anybody relies on them."""
    return informant in measure.unchecked


def problem_with(measure: Measure, score: Decimal | int) -> str:
    """Why this cannot be a score of this measure; empty when it can."""
    if problem := scale_of(measure).problem_with(number(score)):
        return problem
    if measure.is_whole and score != int(score):
        lower = int(score)
        return f"{measure.name} is a whole number: {lower} or {lower + 1}, not {plain(score)}."
    if measure.levels and plain(score) not in measure.levels:
        return f"{measure.name} is one of {', '.join(measure.levels)}; {plain(score)} is none."
    return ""


def hours_a_week(hours: Decimal) -> str:
    """1 hour a week, 1.5 hours a week, no hours."""
    if not hours:
        return "no hours of direct work"
    return f"{plain(hours)} hour{'' if hours == 1 else 's'} a week"
