"""Changes to referrals: what the school sends, and what the service answers."""

from alongside.referrals.actions.again import send_again
from alongside.referrals.actions.screening import (
    Answer,
    accept,
    answer,
    decline,
    return_to_school,
    start_screening,
)
from alongside.referrals.actions.sending import keep_paper, send, withdraw
from alongside.referrals.actions.told import Told, Tried

__all__ = [
    "Answer",
    "Told",
    "Tried",
    "accept",
    "answer",
    "decline",
    "keep_paper",
    "return_to_school",
    "send",
    "send_again",
    "start_screening",
    "withdraw",
]
