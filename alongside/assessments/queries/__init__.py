"""Questions about a child's needs, scores and words. Within scope, and within the classes read."""

from alongside.assessments.queries.assessments import (
    Line,
    assessments_of,
    barriers,
    barriers_then,
    beside,
    domain_lines,
    get_assessment,
    latest_assessment,
    levels,
    standing_barriers,
    strategies_for,
)
from alongside.assessments.queries.measures import (
    Pair,
    get_result,
    latest_goals,
    measures,
    pair_up,
    pairs,
    results_of,
    sitting_of,
)
from alongside.assessments.queries.needs import get_need, needs_of, sendco_ids, sendcos_of
from alongside.assessments.queries.voice import (
    answers_of,
    get_voice,
    profile_of,
    shared_words,
    voices_of,
)

__all__ = [
    "Line",
    "Pair",
    "answers_of",
    "assessments_of",
    "barriers",
    "barriers_then",
    "beside",
    "domain_lines",
    "get_assessment",
    "get_need",
    "get_result",
    "get_voice",
    "latest_assessment",
    "latest_goals",
    "levels",
    "measures",
    "needs_of",
    "pair_up",
    "pairs",
    "profile_of",
    "results_of",
    "sendco_ids",
    "sendcos_of",
    "shared_words",
    "sitting_of",
    "standing_barriers",
    "strategies_for",
    "voices_of",
]
