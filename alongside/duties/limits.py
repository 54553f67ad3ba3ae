"""Stages that last at most so long: who stands at one past its limit, and to whom that is due.

To the lead of the pupil's open case; without one, to who may change the framework.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce, JSONObject

from alongside.cases.models import Allocation, CaseState
from alongside.core.reach import Reach
from alongside.duties.item import DueItem
from alongside.pathways.models import Standing
from alongside.people.models import Capacity, in_scope
from alongside.rules.dates import short_weekday
from alongside.rules.words import count_of

SOURCE = "the framework’s time limit"
SEEN_BEFORE = timedelta(weeks=2)  # The lead sees the last day coming, and not half a year ahead.

SINCE = Coalesce("since_on", "starts_on")
UNTIL = ExpressionWrapper(SINCE + F("stage__weeks_limit") * 7, output_field=DateField())


def limited() -> QuerySet[Any]:
    """Where pupils stand now at a stage with a limit, with the last day it is meant to last."""
    now = Standing.objects.filter(ends_on=None, stage__weeks_limit__isnull=False)
    return now.annotate(until=UNTIL)


def limit_of(pupil: str) -> Subquery:
    """In a query of cases, the limit that ends first. `pupil` is how its key is called there."""
    told = JSONObject(until="until", since=SINCE, stage="stage__name", weeks="stage__weeks_limit")
    found = limited().filter(pupil=OuterRef(pupil)).order_by("until", "pk")
    return Subquery(found.values(told=told)[:1])


def item_of(case: dict[str, Any], today: date) -> DueItem | None:
    """What is due of one open case whose pupil's stage has lasted as long as it may, or soon has."""
    limit = case.get("limit")
    if not limit or (until := date.fromisoformat(limit["until"])) > today + SEEN_BEFORE:
        return None
    whom = f": {case['pupil_name']}" if case.get("pupil_name") else ""
    since = short_weekday(date.fromisoformat(limit["since"]), today)
    return DueItem(
        until,
        f"Decide what follows {limit['stage']}{whom}",
        f"At most {count_of(limit['weeks'], 'week')}, since {since}",
        SOURCE,
        f"/pupils/{case['pupil_id']}/frameworks/",
        case["pupil_id"],
        "limit",
        case["school_id"],
    )


def without_a_lead(rows: list[dict[str, Any]]) -> Iterator[DueItem]:
    """Of each framework that the actor may change: how many are past a limit and nobody's case."""
    for row in rows:
        yield DueItem(
            row["first"],
            f"{count_of(row['pupils'], 'pupil')} past the time limit of {row['framework']}",
            "Nobody leads an open case of theirs: decide what follows, or end it",
            SOURCE,
            f"/frameworks/{row['framework_id']}/pupils/",
            None,
            "limit",
        )


def past_without_a_lead(is_wide: bool, reach: Reach, owner_ids: Any) -> QuerySet[Any]:
    """By framework of these owners: how many, and the first last day that went by."""
    led = Allocation.objects.filter(
        case__pupil=OuterRef("pupil"),
        case__state=CaseState.OPEN,
        capacity=Capacity.LEAD,
        ends_on=None,
    )
    past = limited().filter(in_scope(reach, "pupil_id"), until__lt=reach.today)
    if not is_wide:
        past = past.filter(stage__framework__owner_id__among=owner_ids)
    return (
        past.exclude(Exists(led))
        .values(framework_id=F("stage__framework_id"), framework=F("stage__framework__name"))
        .annotate(pupils=Count("pupil", distinct=True), first=Min("until"))
        .order_by("first", "framework_id")
    )
