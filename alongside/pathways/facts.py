"""What is typed of a framework, its stages and criteria, checked for what cannot stand."""

from dataclasses import dataclass

from alongside.core.decisions import Problem
from alongside.pathways.models import Criterion

MOST_STAGES, MOST_CRITERIA, MOST_OFFERS = 12, 20, 20
MOST_WEEKS = 208  # Four years: beyond that it is no limit.


@dataclass(frozen=True)
class HeadFacts:
    """What a framework says of itself."""

    name: str
    description: str
    review_weeks: int
    source: str
    is_verified: bool

    def check(self) -> None:
        if not self.name.strip():
            raise Problem("Give the framework a name.", "name")
        if not 1 <= self.review_weeks <= 52:
            raise Problem("Reviews are between 1 and 52 weeks apart.", "review_weeks")
        if self.is_verified and not self.source.strip():
            raise Problem("Say where the figures come from, if they have been checked.", "source")


@dataclass(frozen=True)
class StageFacts:
    """One stage as typed. `offers` is one a line."""

    name: str
    order: int
    description: str = ""
    entry: str = ""
    evidence: str = ""
    decided_by: str = ""
    decided_by_role: str = ""
    provider: str = ""
    exit: str = ""
    offers: tuple[str, ...] = ()
    weeks_limit: int | None = None
    limit_is_verified: bool = False
    is_tried_first: bool = False

    def check(self) -> None:
        if not self.name.strip():
            raise Problem("Give the stage a name.", "name")
        if not self.entry.strip():
            raise Problem("Say what brings a pupil onto this stage.", "entry")
        if not self.exit.strip():
            raise Problem("Say what shows that it has done its work.", "exit")
        if self.weeks_limit is not None and not 1 <= self.weeks_limit <= MOST_WEEKS:
            raise Problem(f"A limit is between 1 and {MOST_WEEKS} weeks.", "weeks_limit")
        if len(self.offers) > MOST_OFFERS or any(len(offer) > 120 for offer in self.offers):
            raise Problem(f"At most {MOST_OFFERS} offers, each in 120 characters.", "offers")


@dataclass(frozen=True)
class CriterionFacts:
    """One thing that a referral must show, as typed."""

    text: str
    order: int
    guidance: str
    shown_by: str
    amount: int | None = None
    is_required: bool = True

    def check(self) -> None:
        if not self.text.strip():
            raise Problem("Say what must be shown.", "text")
        if not self.guidance.strip():
            raise Problem("Say what would meet it: it is sent back with “not yet met”.", "guidance")
        if self.shown_by == Criterion.ShownBy.CYCLES and self.amount is None:
            raise Problem("Say how many reviewed cycles.", "amount")
