"""Everything done for one pupil side by side: who worked when, which support ran, where it overlaps or lacks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef

from alongside.cases.models import Allocation, CaseState
from alongside.cases.queries import visible_cases
from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.duties import standards
from alongside.duties.calendars import Calendars
from alongside.duties.contacts import KINDS
from alongside.fieldwork.models import Session
from alongside.people.models import Capacity, ChronologyEntry, Involvement, Professional, Pupil
from alongside.people.queries.rows import Found, Lists, day_from, gather, moment_from, rows
from alongside.plans.models import PlanState
from alongside.plans.queries import visible_plans
from alongside.rules.coverage import Gap, Overlap, Stretch, gaps, overlaps

BACK = timedelta(weeks=26)
GOES_ON = timedelta(weeks=3)  # Support of which the last time was no longer ago is still going on.
LEADS = "Lead worker"


@dataclass(frozen=True)
class Together:
    """What the picture and the words beside it are made of."""

    first: date
    workers: list[Stretch]
    support: list[Stretch]
    plans: list[Stretch]
    overlaps: list[Overlap]
    gaps: list[Gap]
    unled: list[Gap]  # Days of an open case without a lead.


def together(actor: Actor, pupil: Pupil, calendars: Calendars) -> Together:
    """Within what the actor reads, in one query. The last half year, or since the oldest open case."""
    found = gather(pupil, **_lists(actor))
    running = [case for case in found["cases"] if case["state"] != CaseState.CLOSED]
    opened = [date.fromisoformat(case["opened_on"]) for case in running]
    first = min([actor.today - BACK, *opened])
    workers = [s for s in _workers(found) if s.last is None or s.last >= first]
    support = list(_support(found["sessions"], first, actor.today))
    shared = [s for s in [*workers, *support] if s.sort not in (LEADS, "")]
    seen = [day_of(moment_from(row["at"])) for row in found["contacts"]]
    return Together(
        first=first,
        workers=workers,
        support=support,
        plans=[_stretch(f"Plan {p['number']}: {p['aim']}", "Plan", p) for p in found["plans"]],
        overlaps=overlaps(shared, actor.today),
        gaps=[g for case in running for g in _unseen(actor, case, seen, first, calendars)],
        unled=[g for case in running for g in _unled(actor, case, found["given"])],
    )


def _lists(actor: Actor) -> Lists:
    mine = {"pupil": OuterRef("pk")}
    given = Allocation.objects.filter(case__pupil=OuterRef("pk")).order_by("starts_on", "pk")
    cover = Involvement.objects.filter(**mine, capacity=Capacity.COVER, staff__isnull=False)
    held = Session.objects.readable_by(actor).filter(**mine).order_by("starts_at", "pk")
    plans = visible_plans(actor).filter(**mine, state__in=[PlanState.AGREED, PlanState.ENDED])
    contacts = ChronologyEntry.objects.readable_by(actor).filter(**mine, kind__in=KINDS)
    others = Professional.objects.filter(**mine)
    knows_casework = actor.reads_casework
    days = {"starts_on": "starts_on", "ends_on": "ends_on"}
    agencies = rows(others.order_by("starts_on", "pk"), "name", "profession", **days)
    return {
        **({"others": agencies} if knows_casework else {}),
        "cases": rows(visible_cases(actor).filter(**mine), "id", "state", "opened_on", "school_id"),
        "given": rows(given, "case_id", "capacity", name="staff__name", **days),
        "cover": rows(cover.order_by("starts_on", "pk"), name="staff__name", **days),
        "sessions": rows(held, "kind", name="recorded_by__name", at="starts_at"),
        "plans": rows(
            plans.order_by("starts_on", "pk"), "number", "aim", "starts_on", ends_on="ended_on"
        ),
        "contacts": rows(contacts, at="occurred_at"),
    }


def _stretch(what: str, sort: str, row: dict[str, Any]) -> Stretch:
    return Stretch(what, sort, date.fromisoformat(row["starts_on"]), day_from(row["ends_on"]))


def _workers(found: Found) -> Iterator[Stretch]:
    """Staff by their allocations and cover; other agencies' people by their own dates."""
    for row in found["given"]:
        label = str(Capacity(row["capacity"]).label)
        yield _stretch(f"{row['name']}, {label.lower()}", label, row)
    for row in found["cover"]:
        yield _stretch(f"{row['name']}, covering", "", row)
    for row in found.get("others", ()):
        yield _stretch(f"{row['name']}, {row['profession'].lower()}", row["profession"], row)


def _support(sessions: list[dict[str, Any]], first: date, today: date) -> Iterator[Stretch]:
    """Sessions of one kind by one person are one intervention, from the first to the last."""
    days: dict[tuple[str, str], list[date]] = defaultdict(list)
    for row in sessions:
        on = day_of(moment_from(row["at"]))
        if first <= on <= today:
            days[str(Session.Kind(row["kind"]).label), row["name"]].append(on)
    for (kind, name), held in days.items():
        last = None if today - held[-1] <= GOES_ON else held[-1]
        yield Stretch(f"{kind} by {name} ({len(held)})", kind, held[0], last)


def _unseen(
    actor: Actor, case: dict[str, Any], seen: list[date], first: date, calendars: Calendars
) -> Iterable[Gap]:
    if not actor.reads_work:
        return []  # Whom the work is not shared with cannot tell from it that nobody came.
    return gaps(
        max(date.fromisoformat(case["opened_on"]), first),
        seen,
        actor.today,
        standards.CONTACT_WITHIN,
        lambda after, until: calendars.since(case["school_id"], after, until),
    )


def _unled(actor: Actor, case: dict[str, Any], given: list[dict[str, Any]]) -> list[Gap]:
    """Between the end of one lead and the start of the next, by the calendar."""
    leads = [g for g in given if g["case_id"] == case["id"] and g["capacity"] == Capacity.LEAD]
    found, ended = [], date.fromisoformat(case["opened_on"])
    for lead in leads:
        starts_on, ends_on = date.fromisoformat(lead["starts_on"]), day_from(lead["ends_on"])
        if (starts_on - ended).days > 1:
            found.append(Gap(ended, starts_on, (starts_on - ended).days - 1))
        if ends_on is None:
            return found
        ended = max(ended, ends_on)
    return [*found, Gap(ended, None, (actor.today - ended).days)] if ended < actor.today else found
