"""Our standards: the service's own promises in school days. Not law; shown as "our standard".

Those that a council's managers set on screen stand in `pathways.standards`; these are the figures
where it has set none.
"""

from alongside.core.actor import Actor
from alongside.pathways.standards import days_of

OUR_STANDARD = "our standard"

# Proposed defaults (brief, tension 15), until a council's managers set their own.
ALLOCATE_WITHIN = 2  # School days from acceptance.
RETURN_WITHIN = 5  # From the day a referral came back to the school.
CHECKLIST_WITHIN = 5  # From the day the case opened.
APPROVE_WITHIN = 3  # From the day a plan was last changed.
AGREE_WITHIN = 5
ANSWER_WITHIN = 2  # From the day something is passed up.
CONTACT_WITHIN = 10  # Between contacts with an allocated pupil.
SCHOOL_CONTACT_WITHIN = 30  # Between contacts with a school, half-termly, by its named worker.
TELL_MANAGER_AFTER = 5  # School days that something is overdue before the manager is told.
CONTACT_AFTER_REFERRAL = 10  # From the day a referral is received to the first contact.
PLAN_AFTER_REFERRAL = 25  # From the day a referral is received to the first approved plan.


def decide_within(actor: Actor) -> int:
    """School days from the day a referral is sent, or sent again, to its answer."""
    return days_of(actor, "referral-answer", 5)


def plan_within(actor: Actor) -> int:
    """School days from the day the case opened to its first plan."""
    return days_of(actor, "plan-agreed", 15)
