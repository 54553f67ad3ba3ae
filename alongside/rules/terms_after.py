"""The day on which something has held for whole terms: our own rule, not the law's.

It is the last school day of the first, or second, whole term after the one it began in. What begins in the
holidays begins in the term that follows. Where term dates do not reach that far, a term is counted as
thirteen weeks, to a school day or a working day, and the working says so.
"""

from dataclasses import dataclass
from datetime import date

from alongside.rules.calendar import SchoolCalendar
from alongside.rules.calendar_days import weeks_after
from alongside.rules.open_days import open_day_from
from alongside.rules.words import count_of, day_in_words
from alongside.rules.working_days import ONE_DAY

WEEKS_A_TERM = 13
ASKED_AFTER = (1, 2)  # RC-44: held after one and after two terms.


@dataclass(frozen=True, slots=True)
class HoldDay:
    """When to ask, with its working in one line."""

    terms: int
    due_on: date
    working: str


def hold_day(began_on: date, terms: int, calendar: SchoolCalendar) -> HoldDay:
    after = f"{count_of(terms, 'whole term')} after {day_in_words(began_on)}"
    known = [term for term in calendar.terms if term.end >= began_on]
    is_known = bool(calendar.terms) and calendar.terms[0].start <= began_on
    if not is_known or len(known) <= terms:
        due_on, _ = open_day_from(weeks_after(began_on, WEEKS_A_TERM * terms), calendar)
        weeks = count_of(WEEKS_A_TERM * terms, "week")
        return HoldDay(
            terms, due_on, f"{after}, counted as {weeks}: the term dates entered do not reach it."
        )
    term = known[terms]
    last = calendar.school_days_before(term.end + ONE_DAY, 1)
    return HoldDay(terms, last, f"{after}: the last day of {term.called}.")
