"""How long each kind of record is kept, from when, and on whose authority. Deletes nothing.

The names are those that `core.handling.Keep` puts on every stored field. Periods not read in their
source say so: check them, and the council's own schedule, before anything is destroyed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from alongside.rules.calendar_days import years_after
from alongside.rules.words import count_of, day_in_words


class Runs(StrEnum):
    """The event from which a period runs."""

    FROM_BIRTH = "the pupil's date of birth"
    FROM_LEAVING = "the day the member of staff left"
    FROM_ENTRY = "the day of the entry"
    FROM_CLOSING = "the day the school closed or left the council"
    FROM_LAST_CHANGE = "the last change"
    WHILE_IN_USE = "the end of its use"


class Confidence(StrEnum):
    READ = "READ"  # In the words of the instrument.
    SECOND_HAND = "SECOND_HAND"  # On a page that states it.
    UNREAD = "UNREAD"  # Known, not found in writing.
    OURS = "OURS"  # The service's own choice.


CHECK = "Check before relying on it."


@dataclass(frozen=True, slots=True)
class Rule:
    """`years` and `days` after the event; both nought: at once when the use ends."""

    name: str
    runs: Runs
    authority: str
    confidence: Confidence
    years: int = 0
    days: int = 0
    note: str = ""

    @property
    def must_be_checked(self) -> bool:
        return self.confidence in (Confidence.SECOND_HAND, Confidence.UNREAD)

    @property
    def in_words(self) -> str:
        period = [count_of(self.years, "year")] if self.years else []
        period += [count_of(self.days, "day")] if self.days else []
        said = f"{' '.join(period)} from {self.runs}" if period else f"until {self.runs}"
        return f"{said}. {CHECK}" if self.must_be_checked else f"{said}."


RULES: Mapping[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule(
            "pupil file",
            Runs.FROM_BIRTH,
            "Information and Records Management Society, toolkit for schools: pupil's record",
            Confidence.UNREAD,
            years=25,
            note="A copy held by a service may go sooner when the school holds the file.",
        ),
        Rule(
            "education, health and care plan",
            Runs.FROM_BIRTH,
            "Information and Records Management Society, toolkit for schools, p. 94: 25 years and six",
            Confidence.SECOND_HAND,
            years=31,
        ),
        Rule(
            "safeguarding file",
            Runs.FROM_BIRTH,
            "Information and Records Management Society, toolkit for schools: child protection file",
            Confidence.UNREAD,
            years=25,
            note="Records of child sexual abuse are kept longer, commonly 75 years: ask first.",
        ),
        Rule(
            "attendance register",
            Runs.FROM_ENTRY,
            "School Attendance (Pupil Registration) (England) Regulations 2024, SI 2024/208, reg 14",
            Confidence.SECOND_HAND,
            years=6,
        ),
        Rule(
            "staff file",
            Runs.FROM_LEAVING,
            "Limitation Act 1980 s.5: six years for a claim on a contract",
            Confidence.UNREAD,
            years=6,
            note="An allegation about a child is kept to pension age, or ten years if longer.",
        ),
        Rule(
            "audit trail",
            Runs.FROM_ENTRY,
            "As long as the longest record it speaks of: who saw what must outlive the record",
            Confidence.OURS,
            years=31,
        ),
        Rule(
            "school record",
            Runs.FROM_CLOSING,
            "Public facts about schools, with work done for them: six years for a claim",
            Confidence.OURS,
            years=6,
        ),
        Rule("while in use", Runs.WHILE_IN_USE, "Settings hold no one's history", Confidence.OURS),
        Rule(
            "days, not weeks",
            Runs.FROM_LAST_CHANGE,
            "Drafts, sign-in codes and working copies serve only until the work is done",
            Confidence.OURS,
            days=30,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Holding:
    """Until when a record is kept, and why."""

    rule: Rule
    until: date
    is_held: bool = False

    def may_be_destroyed(self, today: date) -> bool:
        return today > self.until and not self.is_held

    @property
    def in_words(self) -> str:
        if self.is_held:
            return "Kept until the hold is lifted."
        return f"Kept until {day_in_words(self.until)}: {self.rule.in_words}"


def holding(name: str, event_on: date, *, is_held: bool = False) -> Holding:
    """The last day of keeping. A hold (a claim, an inquiry, a request) outlasts every period."""
    rule = RULES[name]
    return Holding(rule, years_after(event_on, rule.years) + timedelta(rule.days), is_held)
