"""What is due, said without a child\'s name: for e-mail and calendars, which others may read."""

from collections import Counter
from collections.abc import Iterable

from alongside.duties.item import DueItem

# Kind of due item → what it is called for one, and for several.
CALLED = {
    "task": ("Do a task", "tasks"),
    "check": ("Ask whether a place has lasted", "sustained checks"),
    "escalation": ("Answer what was passed up", "answers to give"),
    "checklist": ("Finish a start checklist", "start checklists"),
    "review": ("Review a plan", "plan reviews"),
    "plan": ("Write a plan", "plans to write"),
    "referral": ("Screen a referral", "referrals to screen"),
    "allocate": ("Allocate a case", "cases to allocate"),
    "approve": ("Approve or return a plan", "plans to approve"),
    "returned": ("Add what a referral lacks", "referrals to complete"),
    "agree": ("Agree a plan", "plans to agree"),
    "agreeing": ("Ask after a plan’s agreement", "plans that wait for a school"),
    "action": ("Do an action of a plan", "actions of plans"),
    "seen": ("See or speak with a pupil", "pupils to see or speak with"),
    "contact": ("Contact a school", "schools to contact"),
    "limit": ("Decide what follows a stage", "stages at their time limit"),
    "role": ("Renew or end a role", "roles that end"),
}
ANYTHING = ("Do what is due", "things due")


def called(item: DueItem) -> str:
    """A verb and a noun, and nobody\'s name."""
    return CALLED.get(item.kind, ANYTHING)[0]


def counted(items: Iterable[DueItem]) -> list[str]:
    """3 plan reviews; 1 of tasks: how many of each kind, the most first."""
    kinds = Counter(item.kind for item in items)
    return [f"{n} × {CALLED.get(kind, ANYTHING)[1]}" for kind, n in kinds.most_common()]
