"""Plans: targets, actions by each party, approval and agreement, and reviews that decide."""

from alongside.plans.models.around import CurriculumWeek, ReviewInvitation
from alongside.plans.models.lessons import LessonPlan, ProgressUpdate
from alongside.plans.models.parties import Agreement, Contributor, PlanDecision, PlanNote
from alongside.plans.models.parts import PlanAction, PlanBarrier, Target
from alongside.plans.models.plan import AGREEING, Party, Plan, PlanState, PlanVersion
from alongside.plans.models.review import Review, TargetScore
from alongside.plans.models.strategies import Strategy, StrategyReview, TaperStep
from alongside.plans.models.timetable import TimetableSlot

__all__ = [
    "AGREEING",
    "Agreement",
    "Contributor",
    "CurriculumWeek",
    "LessonPlan",
    "Party",
    "Plan",
    "PlanAction",
    "PlanBarrier",
    "PlanDecision",
    "PlanNote",
    "PlanState",
    "PlanVersion",
    "ProgressUpdate",
    "Review",
    "ReviewInvitation",
    "Strategy",
    "StrategyReview",
    "TaperStep",
    "Target",
    "TargetScore",
    "TimetableSlot",
]
