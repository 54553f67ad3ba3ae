"""Steps that the law dates: from which event, how long, on what authority. Pure.

A figure that could not be read in the law itself says so, and is shown with "check before relying
on it". A change in the law adds a step; the old one stays for what was begun under it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from alongside.rules.calendar_days import months_after
from alongside.rules.clocks.clock import CHECK


@dataclass(frozen=True)
class Step:
    """`days` and `months` run from the day after the event, holidays included (SI 2014/1530)."""

    key: str
    title: str  # What is to be done: a verb first.
    event: str  # What it is counted from, after "from".
    authority: str
    days: int = 0
    months: int = 0
    is_verified: bool = False

    @property
    def source(self) -> str:
        return self.authority if self.is_verified else f"{self.authority}: {CHECK}"

    @property
    def span(self) -> str:
        if self.months:
            return f"{self.months} months"
        unit, count = ("week", self.days // 7) if self.days % 7 == 0 else ("day", self.days)
        return f"{abs(count)} {unit}{'' if abs(count) == 1 else 's'}"

    @property
    def limit(self) -> str:
        """12 months from the plan or its last review; 2 weeks before the meeting."""
        return f"{self.span} {'before' if self.days < 0 else 'from'} {self.event}"


STEPS = (
    Step("annual-review", "Complete the annual review of the EHC plan",
         "the plan, or its last review", "Children and Families Act 2014, section 44", months=12),
    Step("review-papers", "Send notice and papers of the annual review meeting",
         "the meeting", "SI 2014/1530, regulation 20", days=-14),
    Step("review-report", "Send the report of the annual review meeting",
         "the meeting", "SI 2014/1530, regulation 20", days=14),
    Step("review-decision", "Have the council’s decision after the annual review",
         "the meeting", "SI 2014/1530, regulation 20", days=28),
    Step("final-plan", "Have the final amended EHC plan",
         "the annual review meeting",
         "R (L, M and P) v Devon [2022] EWHC 493 (Admin)", days=84, is_verified=True),
    Step("draft-views", "Send views on a draft EHC plan",
         "the day it was served, that day included", "SI 2014/1530, regulation 22(2)(c)",
         days=14, is_verified=True),
    Step("advice", "Send advice for an EHC needs assessment",
         "the council’s request", "SI 2014/1530, regulation 8", days=42),
)  # fmt: skip
BY_KEY = {step.key: step for step in STEPS}


def due_on(step: Step, event_on: date) -> date:
    """The last day. A month without that day ends on its own last day."""
    if step.months:
        return months_after(event_on, step.months)
    return event_on + timedelta(days=step.days)
