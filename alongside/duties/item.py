"""One thing that is due, and to whom it was given in its owner's place."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from alongside.core.days import day_of
from alongside.duties import standards
from alongside.rules.dates import short_weekday


class DueItem(NamedTuple):
    """One thing to be done by a day. `source` says law or our standard; `school_id` its calendar.

    A tuple, because a page of somebody's day looks at hundreds to show the first few.
    """

    due_on: date
    what: str
    why: str
    source: str
    url: str
    pupil_id: int | None
    kind: str
    school_id: int | None = None
    is_statutory: bool = False
    led_by: str = ""  # Who answers for it, where this person works the case beside them.


def given_to(steps: Sequence[dict[str, Any]], item: DueItem) -> int | None:
    """Who was given this deadline in the lead's place; nobody, when it has moved since."""
    given = given_of(steps, item)
    return int(given["owner"]) if given else None


def given_of(steps: Sequence[dict[str, Any]], item: DueItem) -> dict[str, Any] | None:
    """A review is given for its one day; a plan to be changed is due anew every day."""
    for given in steps:
        is_the_same = item.kind != "review" or given["due_on"] == item.due_on.isoformat()
        if given["step"] == item.kind and is_the_same:
            return given
    return None


def with_whom(act: str, row: dict[str, Any]) -> str:
    """What to do, and with whom: on the pupil's own record the name goes without saying."""
    return f"{act}: {row['pupil_name']}" if row.get("pupil_name") else act


def ours(due_on: date, what: str, why: str, url: str, row: dict[str, Any], kind: str) -> DueItem:
    """Due by our own standard, to do with the pupil and the school of a row."""
    return DueItem(
        due_on, what, why, standards.OUR_STANDARD, url, row["pupil_id"], kind, row["school_id"]
    )


def told_day(day: date | datetime | None, today: date) -> str:
    return short_weekday(date_of(day), today) if day else ""


def date_of(moment: date | datetime) -> date:
    return day_of(moment) if isinstance(moment, datetime) else moment
