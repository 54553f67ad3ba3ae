"""When a plan should be reviewed, with its working. Must not query."""

from dataclasses import dataclass
from datetime import date, timedelta

from alongside.rules.words import weekday_in_words
from alongside.rules.working_days import is_working_day, why_no_working_day, working_days_before


@dataclass(frozen=True)
class Proposal:
    """A day and how it was reached."""

    on: date
    working: str


def propose_review(starts_on: date, weeks: int, framework_name: str) -> Proposal:
    """So many weeks on; the last working day before, when nobody works on that day."""
    counted = starts_on + timedelta(weeks=weeks)
    on = counted if is_working_day(counted) else working_days_before(counted, 1)
    working = f"{weeks} weeks from {weekday_in_words(starts_on)} is {weekday_in_words(counted)}"
    if on != counted:
        why = why_no_working_day(counted)
        reason = "a weekend" if why in ("Saturday", "Sunday") else why
        working += f", {reason}, so {weekday_in_words(on)}"
    return Proposal(on, f"{working}. Our standard: {framework_name}.")
