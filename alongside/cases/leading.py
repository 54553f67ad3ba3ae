"""Who leads a case when another is chosen, and from which day: no child is nobody's without a word."""

from datetime import date, timedelta
from typing import Any

from alongside.cases.models import Allocation, Case
from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.people.models import Capacity
from alongside.rules.calendar import SchoolCalendar
from alongside.rules.open_days import count_open_days, shut_on
from alongside.rules.words import count_of, day_in_words
from alongside.schools.queries import calendar_of

SOON = 5  # School days that a child may wait with a lead chosen who has not begun.


def begun_on(case: dict[str, Any]) -> date:
    """Of a case as a row: the day from which its own steps are counted."""
    begun: date = case["led_from"] or case["reopened_on"] or case["opened_on"]
    return begun


def unseen_since(case: dict[str, Any], seen_on: date | None) -> date:
    """The day from which the next contact is counted: never before the lead's first day."""
    since: date = seen_on or case["opened_on"]
    return max(since, case["led_from"] or since)


def led_from(case: Case, today: date) -> date | None:
    """The first day of a lead who has not begun."""
    return case.led_from if case.led_from and case.led_from > today else None


class LeadChanged(Problem):
    """Another lead was chosen meanwhile. `lead` is how the case is led now, None for by nobody."""

    def __init__(self, message: str, lead: Allocation | None) -> None:
        super().__init__(message, "")
        self.lead = lead


def check_lead(actor: Actor, case: Case, starts_on: date, seen_lead_id: int | None) -> None:
    led = case.allocations.filter(capacity=Capacity.LEAD, ends_on=None)
    led = led.select_related("staff", "allocated_by")
    now = led.first()
    if seen_lead_id is not None and seen_lead_id != (now.staff_id if now else 0):
        leads = f"{now.staff.name} leads this case now" if now else "Nobody leads this case now"
        raise LeadChanged(f"{leads}: it changed after you opened this page. Choose again.", now)
    if not now or now.starts_on > actor.today:  # Who has not begun is called off.
        _check_soon(actor, case, starts_on)
    elif starts_on > actor.today:
        raise Problem(
            f"{now.staff.name} leads this case until then. Choose today, or hand it over from a "
            f"coming day with “Hand cases over” on the page of {now.staff.name}.",
            "starts_on",
        )


def _check_soon(actor: Actor, case: Case, starts_on: date) -> None:
    """Allocated, a case leaves the list of those that wait: until the day nobody would lead it."""
    if starts_on <= actor.today:
        return
    calendar = calendar_of(actor, case.school)
    latest = _latest(actor.today, calendar)
    if starts_on > latest:  # A weekend after the last school day is not within it either.
        raise Problem(
            f"Nobody would lead this case until then. Choose a day within {count_of(SOON, 'school day')} "
            f"(by {day_in_words(latest)}), or somebody who can lead it sooner; "
            "until one is chosen it waits to be allocated.",
            "starts_on",
        )
    if shut := shut_on(starts_on, calendar):
        raise Problem(shut.sentences(case.school.name), "starts_on")


def _latest(today: date, calendar: SchoolCalendar | None) -> date:
    day = today
    while count_open_days(today, day, calendar) < SOON:
        day += timedelta(days=1)
    return day
