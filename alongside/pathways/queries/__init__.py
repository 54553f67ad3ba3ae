"""Questions about frameworks, one module a noun."""

from alongside.pathways.queries.counts import (
    GONE,
    PAGE,
    Movement,
    StageChoice,
    counts_by_school,
    counts_by_stage,
    limit_day,
    movement,
    pupils_standing,
    stage_choices,
)
from alongside.pathways.queries.frameworks import (
    LadderData,
    framework_for,
    frameworks,
    get_framework,
    ladder,
    phase_of,
    stages_to_move_to,
    standards,
)
from alongside.pathways.queries.standings import (
    get_standing,
    movements,
    response,
    standings,
)

__all__ = [
    "GONE",
    "PAGE",
    "LadderData",
    "Movement",
    "StageChoice",
    "counts_by_school",
    "counts_by_stage",
    "framework_for",
    "frameworks",
    "get_framework",
    "get_standing",
    "ladder",
    "limit_day",
    "movement",
    "movements",
    "phase_of",
    "pupils_standing",
    "response",
    "stage_choices",
    "stages_to_move_to",
    "standards",
    "standings",
]
