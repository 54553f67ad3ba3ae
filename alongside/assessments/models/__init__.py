"""Needs, scored measures and the child's own words. Scores only: no wording of licensed tools."""

from alongside.assessments.models.assessment import NeedsAssessment
from alongside.assessments.models.barrier import Barrier, Domain, SupportLevel
from alongside.assessments.models.goals_and_talks import (
    InformedDecision,
    PersonalGoal,
    Tutee,
    TutorTalk,
)
from alongside.assessments.models.measure import Informant, Measure, MeasureResult
from alongside.assessments.models.need import Need, NeedQuerySet, SendNeeds
from alongside.assessments.models.profile import Profile
from alongside.assessments.models.voice import Voice, VoiceQuerySet

__all__ = [
    "Barrier",
    "Domain",
    "Informant",
    "InformedDecision",
    "Measure",
    "MeasureResult",
    "Need",
    "NeedQuerySet",
    "NeedsAssessment",
    "PersonalGoal",
    "Profile",
    "SendNeeds",
    "SupportLevel",
    "Tutee",
    "TutorTalk",
    "Voice",
    "VoiceQuerySet",
]
