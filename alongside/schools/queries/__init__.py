"""Questions about schools, one module a noun. Every school of the council is everybody's to see."""

from alongside.schools.queries.calendar import (
    DAY_PARTS,
    TERM_PARTS,
    bring_along,
    calendar_for,
    calendar_of,
    calendars_of_council,
    council_calendar,
    days_of,
    terms_of,
)
from alongside.schools.queries.school import (
    Wanted,
    find_school,
    find_schools,
    get_contact,
    get_school,
    line_of,
    named_workers,
    neighbourhoods,
    page_of_schools,
    search_schools,
    working_staff,
)

__all__ = [
    "DAY_PARTS",
    "TERM_PARTS",
    "Wanted",
    "bring_along",
    "calendar_for",
    "calendar_of",
    "calendars_of_council",
    "council_calendar",
    "days_of",
    "find_school",
    "find_schools",
    "get_contact",
    "get_school",
    "line_of",
    "named_workers",
    "neighbourhoods",
    "page_of_schools",
    "search_schools",
    "terms_of",
    "working_staff",
]
