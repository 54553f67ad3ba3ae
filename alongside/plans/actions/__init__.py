"""What may be done to a plan, one module a part of its life."""

from alongside.plans.actions.agreeing import record_agreement, redraft, withdraw_agreement
from alongside.plans.actions.approving import approve, return_plan, submit
from alongside.plans.actions.barriers import take_barriers
from alongside.plans.actions.closing import close_case
from alongside.plans.actions.contributing import (
    add_contributor,
    add_note,
    answer_for,
    remove_contributor,
    write_section,
)
from alongside.plans.actions.doing import mark_action, score_target, score_targets
from alongside.plans.actions.reviewing import record_review
from alongside.plans.actions.writing import edit_plan, write_plan

__all__ = [
    "add_contributor",
    "add_note",
    "answer_for",
    "approve",
    "close_case",
    "edit_plan",
    "mark_action",
    "record_agreement",
    "record_review",
    "redraft",
    "remove_contributor",
    "return_plan",
    "score_target",
    "score_targets",
    "submit",
    "take_barriers",
    "withdraw_agreement",
    "write_plan",
    "write_section",
]
