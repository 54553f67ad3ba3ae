"""Scores of measures, their bands, and what two results may honestly be said to show.

Scores only: the wording of the SDQ belongs to Youthinmind, and no question of it stands anywhere here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor, sqrt

from alongside.rules.words import count_of

type Number = int | float | Decimal


class Direction(StrEnum):
    """Which way is better on a scale."""

    HIGHER = "HIGHER"
    LOWER = "LOWER"
    NEITHER = "NEITHER"


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale with its ends. `reliable_change`: points that chance alone seldom makes, if published."""

    name: str
    lowest: Number
    highest: Number
    better: Direction
    reliable_change: Number | None = None

    def problem_with(self, value: Number) -> str:
        """Why this cannot be a result on this scale; empty when it can."""
        if self.lowest <= value <= self.highest:
            return ""
        return f"{self.name} runs from {self.lowest} to {self.highest}; {value} lies outside it."


# Goodman's Strengths and Difficulties Questionnaire: five scales of five answers, 0 to 2 each.

SDQ_SCALES = ("emotional", "conduct", "hyperactivity", "peer", "prosocial")
SDQ_DIFFICULTIES = SDQ_SCALES[:4]
SDQ_ANSWERS = 5
SDQ_FEWEST_ANSWERS = 3


class Informant(StrEnum):
    PARENT = "PARENT"
    TEACHER = "TEACHER"
    SELF = "SELF"


class Band(StrEnum):
    """The four bands; for the prosocial scale, slightly lowered, low and very low."""

    AVERAGE = "AVERAGE"
    SLIGHT = "SLIGHT"
    HIGH = "HIGH"
    VERY_HIGH = "VERY_HIGH"


# The highest score of each band but the last (of prosocial: the lowest), for ages 4 to 17.
# Teacher: table 1 of PMC4830858, from sdqinfo.org “Scoring the SDQ for age 4-17”.
# Parent and self: the same sheet from memory; check against it before relying on them.
SDQ_BANDS: Mapping[Informant, Mapping[str, tuple[int, int, int]]] = {
    Informant.TEACHER: {
        "total": (11, 15, 18),
        "emotional": (3, 4, 5),
        "conduct": (2, 3, 4),
        "hyperactivity": (5, 7, 8),
        "peer": (2, 4, 5),
        "prosocial": (6, 5, 4),
    },
    Informant.PARENT: {
        "total": (13, 16, 19),
        "emotional": (3, 4, 6),
        "conduct": (2, 3, 5),
        "hyperactivity": (5, 7, 8),
        "peer": (2, 3, 4),
        "prosocial": (8, 7, 6),
    },
    Informant.SELF: {
        "total": (14, 17, 19),
        "emotional": (4, 5, 6),
        "conduct": (3, 4, 5),
        "hyperactivity": (5, 6, 7),
        "peer": (2, 3, 4),
        "prosocial": (7, 6, 5),
    },
}
BAND_WORDS = {
    Band.AVERAGE: ("close to average", "close to average"),
    Band.SLIGHT: ("slightly raised", "slightly lowered"),
    Band.HIGH: ("high", "low"),
    Band.VERY_HIGH: ("very high", "very low"),
}


def sdq_scale(name: str) -> Scale:
    """The scale of one of the five, or of `total`."""
    better = Direction.HIGHER if name == "prosocial" else Direction.LOWER
    return Scale(f"SDQ {name}", 0, 40 if name == "total" else 10, better)


def sdq_score(answers: Sequence[int | None]) -> int | None:
    """One scale from its five answers, already turned where the scoring turns them.

    With at least three answered, five times their mean, rounded with halves up; otherwise none.
    """
    if len(answers) != SDQ_ANSWERS:
        raise ValueError("An SDQ scale has five answers; give None for one left out.")
    given = [answer for answer in answers if answer is not None]
    if any(answer not in (0, 1, 2) for answer in given):
        raise ValueError("An SDQ answer counts 0, 1 or 2.")
    if len(given) < SDQ_FEWEST_ANSWERS:
        return None
    return floor(Fraction(sum(given) * SDQ_ANSWERS, len(given)) + Fraction(1, 2))


def sdq_total(scores: Mapping[str, int | None]) -> int | None:
    """Total difficulties: four scales without the prosocial; none when one of the four is missing."""
    parts = [scores.get(name) for name in SDQ_DIFFICULTIES]
    return None if None in parts else sum(part for part in parts if part is not None)


def sdq_band(name: str, score: int, informant: Informant) -> Band:
    if problem := sdq_scale(name).problem_with(score):
        raise ValueError(problem)
    ends = SDQ_BANDS[informant][name]
    if name == "prosocial":
        passed = sum(score < end for end in ends)
    else:
        passed = sum(score > end for end in ends)
    return tuple(Band)[passed]


def sdq_band_in_words(name: str, score: int, informant: Informant) -> str:
    return BAND_WORDS[sdq_band(name, score, informant)][name == "prosocial"]


# Bands whose figures nobody has yet checked against the sheet of the tool's owner.
SDQ_UNCHECKED = (Informant.PARENT, Informant.SELF)


def sdq_bands(name: str) -> tuple[dict[str, list[dict[str, int | str]]], list[str]]:
    """Each informant's bands of a scale as {from, to, label}, lowest first, and whose are unchecked."""
    highest = int(sdq_scale(name).highest)
    bands = {
        str(informant): _in_order(name, informant, highest) for informant in SDQ_BANDS
    }  # fmt: skip
    return bands, [str(informant) for informant in SDQ_UNCHECKED]


def _in_order(name: str, informant: Informant, highest: int) -> list[dict[str, int | str]]:
    found: list[dict[str, int | str]] = []
    for score in range(highest + 1):
        label = sdq_band_in_words(name, score, informant).capitalize()
        if found and found[-1]["label"] == label:
            found[-1]["to"] = score
        else:
            found.append({"from": score, "to": score, "label": label})
    return found


# Goal attainment scaling: Kiresuk & Sherman (1968), Community Mental Health Journal 4, 443-453.

GOAL_LEVELS: Mapping[int, str] = {
    -2: "much less than expected",
    -1: "somewhat less than expected",
    0: "as expected",
    1: "somewhat more than expected",
    2: "much more than expected",
}
GOALS_ALIKE = 0.3  # Their assumed correlation between the goals of one person.


def goal_attainment(goals: Sequence[tuple[int, Number]]) -> float:
    """The T score of (level, weight) pairs: 50 is as expected; one decimal is all it bears."""
    if not goals:
        raise ValueError("Goal attainment needs at least one goal.")
    if any(level not in GOAL_LEVELS for level, _ in goals):
        raise ValueError("A goal is attained from -2 to +2.")
    if any(weight <= 0 for _, weight in goals):
        raise ValueError("A goal's weight is more than nought.")
    weights = [float(weight) for _, weight in goals]
    reached = sum(weight * level for weight, (level, _) in zip(weights, goals, strict=True))
    spread = (1 - GOALS_ALIKE) * sum(w * w for w in weights) + GOALS_ALIKE * sum(weights) ** 2
    return round(50 + 10 * reached / sqrt(spread), 1)


# Well-being and involvement: Laevers (ed.) 2005, Well-being and Involvement in Care Settings, Leuven.

LEUVEN_LEVELS: Mapping[int, str] = {
    1: "extremely low",
    2: "low",
    3: "moderate",
    4: "high",
    5: "extremely high",
}
LEUVEN_WELL_BEING = Scale("Leuven well-being", 1, 5, Direction.HIGHER)
LEUVEN_INVOLVEMENT = Scale("Leuven involvement", 1, 5, Direction.HIGHER)


# Two results of one measure.


class Outcome(StrEnum):
    BETTER = "BETTER"
    WORSE = "WORSE"
    SAME = "SAME"
    UNKNOWN = "UNKNOWN"  # There is no better or worse on this scale.


@dataclass(frozen=True, slots=True)
class Change:
    """What lies between two results, and in words no more than it can bear."""

    points: Number
    outcome: Outcome
    is_beyond_chance: bool | None
    words: str


def change_between(before: Number, after: Number, scale: Scale) -> Change:
    for value in (before, after):
        if problem := scale.problem_with(value):
            raise ValueError(problem)
    points = after - before  # type: ignore[operator]  # Both are results of one scale.
    size = abs(points)
    outcome = _outcome(points, scale.better)
    if not size:
        return Change(points, outcome, None, f"No change; {_limits(scale, size)}.")
    said = f"{count_of_points(size)} {'higher' if points > 0 else 'lower'}"
    if outcome in (Outcome.BETTER, Outcome.WORSE):
        said += f", which is {outcome.lower()} on this scale"
    beyond = None if scale.reliable_change is None else size >= scale.reliable_change
    return Change(points, outcome, beyond, f"{said}; {_limits(scale, size)}.")


def count_of_points(size: Number) -> str:
    if size == int(size):
        return count_of(int(size), "point")
    return f"{float(size):.1f} points"


def _outcome(points: Number, better: Direction) -> Outcome:
    if not points:
        return Outcome.SAME
    if better == Direction.NEITHER:
        return Outcome.UNKNOWN
    return Outcome.BETTER if (points > 0) == (better == Direction.HIGHER) else Outcome.WORSE


def _limits(scale: Scale, size: Number) -> str:
    if scale.reliable_change is None:
        return "one measure, no interval known"
    least = count_of_points(scale.reliable_change)
    if size >= scale.reliable_change:
        return f"one measure, at least the {least} that chance seldom makes"
    return f"one measure, less than the {least} that chance may make"
