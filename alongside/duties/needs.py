"""Open cases by what they are mostly about: how many, and how long they have been open."""

from dataclasses import dataclass

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Value

from alongside.cases.models import CaseState, PrimaryNeed
from alongside.cases.queries import visible_cases
from alongside.core.actor import Actor


@dataclass(frozen=True)
class OfNeed:
    """Cases in scope that are not closed, of one primary need."""

    need: str
    label: str
    count: int
    days_open: int  # On average, in calendar days.


def by_need(actor: Actor) -> list[OfNeed]:
    """Each need there are open cases of, most cases first."""
    age = ExpressionWrapper(Value(actor.today) - F("opened_on"), output_field=DurationField())
    running = visible_cases(actor).filter(state__in=[CaseState.WAITING, CaseState.OPEN])
    found = running.values("primary_need").annotate(n=Count("pk"), age=Avg(age)).order_by()
    counted = [
        OfNeed(
            need=row["primary_need"],
            label=label_of(row["primary_need"]),
            count=row["n"],
            days_open=round(row["age"].total_seconds() / 86_400),
        )
        for row in found
    ]
    return sorted(counted, key=lambda of: (-of.count, of.label))


def label_of(need: str) -> str:
    return str(PrimaryNeed(need).label) if need else "Not said yet"


def long(days: int) -> str:
    """A time that a case has been open, in words."""
    if days < 14:
        return "1 day" if days == 1 else f"{days} days"
    return f"{round(days / 7)} weeks"
