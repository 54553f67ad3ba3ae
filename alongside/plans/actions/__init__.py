"""What may be done to a plan, one module a part of its life."""

from alongside.plans.actions.agreeing import record_agreement, redraft, withdraw_agreement
from alongside.plans.actions.approving import approve, return_plan, submit
from alongside.plans.actions.barriers import take_barriers
from alongside.plans.actions.carrying import carry_forward
from alongside.plans.actions.closing import close_case
from alongside.plans.actions.contributing import (
    add_contributor,
    add_note,
    answer_for,
    remove_contributor,
    write_section,
)
from alongside.plans.actions.doing import mark_action, score_target, score_targets
from alongside.plans.actions.hours import record_hours
from alongside.plans.actions.inviting import invite, remind_of_reviews
from alongside.plans.actions.kinds import add_kind, change_kind
from alongside.plans.actions.lessons import (
    change_lesson,
    return_lesson,
    sign_off,
    write_lesson,
)
from alongside.plans.actions.lessons import record_result as record_lesson_result
from alongside.plans.actions.meeting import score_in_meeting
from alongside.plans.actions.reviewing import next_cycle, record_review
from alongside.plans.actions.strategies import (
    add_strategy,
    change_strategy,
    mark_for_development,
    plan_taper,
    put_off,
    take_step,
)
from alongside.plans.actions.timetabling import set_timetable
from alongside.plans.actions.updating import acknowledge_update, send_update
from alongside.plans.actions.writing import edit_plan, write_plan

__all__ = [
    "acknowledge_update",
    "add_contributor",
    "add_kind",
    "add_note",
    "add_strategy",
    "answer_for",
    "approve",
    "carry_forward",
    "change_kind",
    "change_lesson",
    "change_strategy",
    "close_case",
    "edit_plan",
    "invite",
    "mark_action",
    "mark_for_development",
    "next_cycle",
    "plan_taper",
    "put_off",
    "record_agreement",
    "record_hours",
    "record_lesson_result",
    "record_review",
    "redraft",
    "remind_of_reviews",
    "remove_contributor",
    "return_lesson",
    "return_plan",
    "score_in_meeting",
    "score_target",
    "score_targets",
    "send_update",
    "set_timetable",
    "sign_off",
    "submit",
    "take_barriers",
    "take_step",
    "withdraw_agreement",
    "write_lesson",
    "write_plan",
    "write_section",
]
