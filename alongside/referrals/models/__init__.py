"""The tables of referrals, one module a noun."""

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
from alongside.referrals.models.waiting import CutOff, Wait, Weekday

__all__ = [
    "CameBy",
    "CriterionAnswer",
    "CutOff",
    "Evidence",
    "Referral",
    "ReferralState",
    "SentRound",
    "Step",
    "SupportTried",
    "Wait",
    "Weekday",
    "Worry",
]
