"""Spans of time that a list of what is due is seen by: this week, next week, the term ahead."""

from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from alongside.duties.calendars import Calendars
from alongside.duties.item import DueItem
from alongside.duties.team import SPANS, count_spans
from alongside.rules.calendar import BeyondCalendar

LABELS = {
    "all": "All",
    "overdue": "Overdue",
    "week": "This week",
    "next": "Next week",
    "term": "Term ahead",
    "law": "Statutory",
}


def span_of(asked: QueryDict) -> str:
    """The span that an address asks for; everything when it asks for none of ours."""
    span = asked.get("span", "all")
    return span if span in SPANS else "all"


def term_end(calendars: Calendars) -> date | None:
    """The last day of this term, or in a holiday of the next; None where nobody entered terms."""
    calendar = calendars.own()
    if calendar is None:
        return None
    try:
        term = calendar.term_on(calendars.today) or calendar.next_term(calendars.today)
    except BeyondCalendar:
        return None
    return term.end


def span_views(
    today: date, end: date | None, items: list[DueItem], chosen: str, keep: dict[str, str]
) -> list[dict[str, object]]:
    """The variables of components/views.html, each with how many it holds."""
    counts = count_spans(items, today, end)
    return [
        {
            "label": LABELS[span],
            "count": counts[span],
            "url": f"?{urlencode({**keep, 'span': span})}",
            "is_current": span == chosen,
        }
        for span in SPANS
    ]
