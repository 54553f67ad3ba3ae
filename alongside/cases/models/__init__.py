"""Cases, who works them, and how pressing each is."""

from alongside.cases.models.behaviour import Behaviour
from alongside.cases.models.case import (
    Allocation,
    Case,
    CaseState,
    ChecklistItem,
    StepOwner,
    Task,
)
from alongside.cases.models.check import SustainedCheck
from alongside.cases.models.escalation import Escalation
from alongside.cases.models.judgement import Judgement
from alongside.cases.models.news import Announcement, Whereabouts
from alongside.cases.models.priority import PrimaryNeed, Priority, PriorityOverride
from alongside.cases.models.report import ReportApproval
from alongside.cases.models.team import (
    CaseComment,
    Countersignature,
    Cover,
    HandoverCase,
    PlannedHandover,
    WorkerProfile,
)

__all__ = [
    "Allocation",
    "Announcement",
    "Behaviour",
    "Case",
    "CaseComment",
    "CaseState",
    "ChecklistItem",
    "Countersignature",
    "Cover",
    "Escalation",
    "HandoverCase",
    "Judgement",
    "PlannedHandover",
    "PrimaryNeed",
    "Priority",
    "PriorityOverride",
    "ReportApproval",
    "StepOwner",
    "SustainedCheck",
    "Task",
    "Whereabouts",
    "WorkerProfile",
]
