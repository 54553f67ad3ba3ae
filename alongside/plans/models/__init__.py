"""Plans: targets, actions by each party, approval and agreement, and reviews that decide."""

from alongside.plans.models.parties import Agreement, Contributor, PlanNote
from alongside.plans.models.parts import PlanAction, PlanBarrier, Target
from alongside.plans.models.plan import AGREEING, Party, Plan, PlanState, PlanVersion
from alongside.plans.models.review import Review, TargetScore

__all__ = [
    "AGREEING",
    "Agreement",
    "Contributor",
    "Party",
    "Plan",
    "PlanAction",
    "PlanBarrier",
    "PlanNote",
    "PlanState",
    "PlanVersion",
    "Review",
    "Target",
    "TargetScore",
]
