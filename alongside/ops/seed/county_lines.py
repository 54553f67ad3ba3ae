"""The county's million lines of chronology and its audit trail, in the order of time."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from alongside.core.models import AuditEntry
from alongside.ops.seed.county_copy import Copier
from alongside.ops.seed.county_people import County
from alongside.ops.seed.county_size import Size
from alongside.people.models import ChronologyEntry

TABLES = (ChronologyEntry, AuditEntry)
FULLEST = 400  # Lines of the first child, so that a long record is measured too.
WITH_A_CASE = 0.8  # The share of lines that tell of children with a case.
KINDS = (
    ("CONTACT", "C3", "Rang home; will ring again on Thursday"),
    ("SESSION", "C2", "One-to-one, 45 minutes: attended"),
    ("DAILY_LOG", "C2", "Two targets met, one partly"),
    ("NOTE", "C3", "Head of year says mornings are calmer"),
    ("ASSESSMENT", "C2", "Difficulties score recorded"),
    ("VOICE", "C2", "“I like it when I know what comes next”"),
    ("CONTACT", "C2", "Met the SENDCo about the exit card"),
    ("PLAN", "C2", "Target scored"),
    ("NOTE", "C6", "The family told us about changes at home"),
    ("CONTACT", "C3", "Letter sent"),
)
LOOKS = ("pupil.viewed", "pupil.viewed", "pupil.viewed", "case.viewed", "session.recorded")


def fill(copier: Copier, county: County, size: Size, today: date, chance: random.Random) -> None:
    copier.copy(
        ChronologyEntry,
        "pupil occurred_at created_at kind information_class summary url recorded_by is_shared",
        _lines(county, size, today, chance),
    )
    copier.copy(
        AuditEntry,
        "created_at staff kind subject pupil_ids detail",
        _audit(county, size, today, chance),
    )


def _lines(
    county: County, size: Size, today: date, chance: random.Random
) -> Iterator[tuple[object, ...]]:
    """First each case's own lines, then contacts and notes, most of them of children with a case."""
    cases, children = county.cases, county.children
    left = size.entries
    for work in cases:
        url, at = f"/cases/{work.id}/", _moment(work.opened_on, 600)
        lines = [("CASE", at, "Case opened with the reintegration team")]
        if not work.is_waiting:
            lines.append(("ALLOCATION", at, f"Lead worker: {county.names[work.lead_id]}"))
        if work.closed_on:
            lines.append(("CASE", _moment(work.closed_on, 900), "Case closed: place sustained"))
        for kind, when, summary in lines[:left]:
            yield work.child.id, when, when, kind, "C2", summary, url, work.lead_id, True
        left -= len(lines[:left])
    first = cases[0]
    for number in range(left):
        kind, information_class, summary = KINDS[number % len(KINDS)]
        if number < FULLEST or number % 10 < WITH_A_CASE * 10:
            work = first if number < FULLEST else cases[chance.randrange(len(cases))]
            child_id, lead_id, since = work.child.id, work.lead_id, work.opened_on
            span = ((work.closed_on or today) - since).days
        else:
            child = children[chance.randrange(len(children))]
            child_id, lead_id = child.id, county.supervisor_id
            since, span = today - timedelta(days=900), 880
            information_class = "C2"
        when = _moment(since + timedelta(days=chance.randrange(span + 1)), 540 + number % 400)
        yield child_id, when, when, kind, information_class, summary, "", lead_id, number % 3 == 0


def _audit(
    county: County, size: Size, today: date, chance: random.Random
) -> Iterator[tuple[object, ...]]:
    """Looks and changes of the last year, in the order in which they happened."""
    start = _moment(today - timedelta(days=365), 540)
    apart = timedelta(days=364) / max(size.audit, 1)
    cases = county.cases
    for number in range(size.audit):
        work = cases[chance.randrange(len(cases))]
        kind = LOOKS[number % len(LOOKS)]
        yield (
            start + apart * number, work.lead_id, kind, f"pupil {work.child.id}", [work.child.id],
            {},
        )  # fmt: skip


def _moment(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60), UTC)
