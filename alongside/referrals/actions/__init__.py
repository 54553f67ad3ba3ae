"""Changes to referrals: what the school sends, and what the service answers."""

from alongside.referrals.actions.again import send_again
from alongside.referrals.actions.calling import Caller, take_call
from alongside.referrals.actions.deciding import accept, decline, signpost
from alongside.referrals.actions.requesting import (
    Asked,
    answer_request,
    send_request,
    withdraw_request,
)
from alongside.referrals.actions.screening import (
    Answer,
    answer,
    return_to_school,
    start_screening,
)
from alongside.referrals.actions.sending import keep_paper, same_paper, send, withdraw
from alongside.referrals.actions.told import Told, Tried
from alongside.referrals.actions.triage import Question, publish_triage_form, score
from alongside.referrals.actions.waiting import change_wait, put_on_waiting_list, set_cut_off

__all__ = [
    "Answer",
    "Asked",
    "Caller",
    "Question",
    "Told",
    "Tried",
    "accept",
    "answer",
    "answer_request",
    "change_wait",
    "decline",
    "keep_paper",
    "publish_triage_form",
    "put_on_waiting_list",
    "return_to_school",
    "same_paper",
    "score",
    "send",
    "send_again",
    "send_request",
    "set_cut_off",
    "signpost",
    "start_screening",
    "take_call",
    "withdraw",
    "withdraw_request",
]
