"""The tables of referrals, one module a noun."""

from alongside.referrals.models.departure import Departure
from alongside.referrals.models.referral import (
    CameBy,
    CriterionAnswer,
    Evidence,
    Referral,
    ReferralState,
    SentRound,
    Step,
    SupportTried,
    Worry,
)
from alongside.referrals.models.request import (
    RequestKind,
    RequestState,
    RequestStep,
    SupportRequest,
)
from alongside.referrals.models.start import SupportStart
from alongside.referrals.models.triage import HIGHEST_MARK, TriageForm, TriageScore
from alongside.referrals.models.waiting import CutOff, Wait, Weekday

__all__ = [
    "HIGHEST_MARK",
    "CameBy",
    "CriterionAnswer",
    "CutOff",
    "Departure",
    "Evidence",
    "Referral",
    "ReferralState",
    "RequestKind",
    "RequestState",
    "RequestStep",
    "SentRound",
    "Step",
    "SupportRequest",
    "SupportStart",
    "SupportTried",
    "TriageForm",
    "TriageScore",
    "Wait",
    "Weekday",
    "Worry",
]
