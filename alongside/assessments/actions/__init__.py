"""Changes to what is known of a child: needs, scores, the child's words, the one-page profile."""

from alongside.assessments.actions.assessing import (
    Found,
    complete_assessment,
    decide_support,
    withdraw_assessment,
)
from alongside.assessments.actions.belonging import Answers, record_belonging
from alongside.assessments.actions.goals_and_talks import (
    Explained,
    Talk,
    end_goal,
    follow_up_talk,
    hear_of_goal,
    name_tutor,
    record_decision,
    record_talk,
    set_goal,
)
from alongside.assessments.actions.learning import record_gaps, record_send_needs
from alongside.assessments.actions.needs import Answer, answer_need, end_need, record_need
from alongside.assessments.actions.profile import Seen, learn_from, update_profile
from alongside.assessments.actions.putting_right import move_to_child, strike_out
from alongside.assessments.actions.results import Given
from alongside.assessments.actions.scales import (
    Band,
    ScaleFacts,
    add_scale,
    change_scale,
    end_scale,
)
from alongside.assessments.actions.sdq import record_sdq
from alongside.assessments.actions.sittings import Goal, record_goals, record_result
from alongside.assessments.actions.voice import record_voice

__all__ = [
    "Answer",
    "Answers",
    "Band",
    "Explained",
    "Found",
    "Given",
    "Goal",
    "ScaleFacts",
    "Seen",
    "Talk",
    "add_scale",
    "answer_need",
    "change_scale",
    "complete_assessment",
    "decide_support",
    "end_goal",
    "end_need",
    "end_scale",
    "follow_up_talk",
    "hear_of_goal",
    "learn_from",
    "move_to_child",
    "name_tutor",
    "record_belonging",
    "record_decision",
    "record_gaps",
    "record_goals",
    "record_need",
    "record_result",
    "record_sdq",
    "record_send_needs",
    "record_talk",
    "record_voice",
    "set_goal",
    "strike_out",
    "update_profile",
    "withdraw_assessment",
]
