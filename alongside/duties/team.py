"""A team's deadlines in one list by date: of cases, plans and staff, each with whose it is."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from alongside.cases.models import CaseState, StepOwner
from alongside.core.actor import Actor
from alongside.core.permissions import ROLES, Permission, Role
from alongside.duties import due, due_rows, team_rows
from alongside.duties.calendars import Calendars
from alongside.duties.contacts import schools_to_contact
from alongside.duties.due_rows import Rows
from alongside.duties.item import DueItem, given_of
from alongside.duties.team_rows import Member

NOBODY = "Nobody yet"
GIVEN = [step.value for step in StepOwner.Step]  # What of a case is given on by itself.
ROLE_ENDS_WITHIN = timedelta(weeks=8)


@dataclass(frozen=True)
class TeamItem:
    """One deadline and whose it is. `key` names it for giving on; empty when it cannot be."""

    item: DueItem
    owner_id: int | None
    owner: str
    key: str = ""


@dataclass(frozen=True)
class TeamList:
    """Everything found, by day; `is_cut` when a kind had more than the list holds."""

    items: list[TeamItem]
    is_cut: bool


def team_list(
    actor: Actor, calendars: Calendars, members: list[Member], person: int = 0
) -> TeamList:
    """`members` are the team's people: `team_of`. Of one `person` alone, nothing is left out."""
    staff_ids = [member.pk for member in members]
    found = [
        team_rows.tasks(actor, staff_ids, person),
        team_rows.checks(actor, staff_ids, person),
        due_rows.screened_by_anybody(actor, person)
        if actor.may(Permission.REFERRAL_SCREEN)
        else [],
    ]
    cases, others, are_more = team_rows.cases(actor, staff_ids, person)
    found += others
    tasks, checks, screened, passed_up, schools = (rows[: team_rows.MOST] for rows in found)
    items = [
        *_tasks(actor, tasks, staff_ids),
        *_owned("check", checks, due.check_items(actor, checks)),
        *_steps(actor, calendars, cases),
        *_contacts(actor, calendars, cases),
        *_owned("escalation", passed_up, due.escalation_items(actor, passed_up)),
        *_whoever(schools, schools_to_contact(calendars, schools)),
        *_whoever(screened, due.referrals_to_screen(actor, calendars, screened)),
        *(_role_ends(role) for member in members for role in member.ending),
        *(() if person else _of_nobody(actor, calendars)),
    ]
    theirs = [one for one in items if one.owner_id == person] if person else items
    return TeamList(
        items=sorted(theirs, key=lambda one: (one.item.due_on, one.item.what, one.key)),
        is_cut=are_more or any(len(rows) > team_rows.MOST for rows in found),
    )


def _owned(kind: str, rows: Rows, items: Iterator[DueItem]) -> Iterator[TeamItem]:
    for row, item in zip(rows, items, strict=True):
        yield TeamItem(item, row["owner_id"], row["whose"], f"{kind}-{row['id']}")


def _whoever(rows: Rows, items: Iterator[DueItem]) -> Iterator[TeamItem]:
    """What a person holds with their part in something, and nobody gives on from here."""
    for row, item in zip(rows, items, strict=True):
        yield TeamItem(item, row["owner_id"], row["whose"] or NOBODY)


def _tasks(actor: Actor, rows: Rows, staff_ids: list[int]) -> Iterator[TeamItem]:
    """Each with whose it is, and once more with who of the team agreed it and waits for it."""
    for row in rows:
        item = due.task_of(actor.today, row, False, "")
        yield TeamItem(item, row["owner_id"], row["whose"], f"task-{row['id']}")
        waits_id, who = row["agreed_with_id"], row["with_whom"]
        if waits_id in staff_ids and waits_id != row["owner_id"]:
            yield TeamItem(due.task_of(actor.today, row, True, who), waits_id, who)


def _steps(actor: Actor, calendars: Calendars, cases: Rows) -> Iterator[TeamItem]:
    for case in cases:
        if case.get("state") == CaseState.WAITING:
            yield TeamItem(due.allocation_of(calendars, case), None, NOBODY)
            continue
        for item in due.of_case(actor, calendars, case):
            key = f"{item.kind}-{case['case_id']}" if item.kind in GIVEN else ""
            if given := given_of(case["steps"], item):
                yield TeamItem(item, given["owner"], given["name"], key)
            else:
                yield TeamItem(item, case["owner_id"], case["whose"] or NOBODY, key)


def _contacts(actor: Actor, calendars: Calendars, cases: Rows) -> Iterator[TeamItem]:
    """Each pupil of an open case once with whoever leads it: as on the lead's own list."""
    if not actor.reads_work:
        return
    opened = [row for row in cases if row["state"] == CaseState.OPEN]
    for case in {(row["pupil_id"], row["owner_id"]): row for row in opened}.values():
        whose = case["whose"] or NOBODY
        yield TeamItem(due.to_see(actor, calendars, case), case["owner_id"], whose)


def _role_ends(row: dict[str, Any]) -> TeamItem:
    role = ROLES[Role(row["role"])].label
    what = f"Renew or end: {role}, {row['place_name']}"
    url = f"/staff/{row['staff_id']}/"
    item = DueItem(row["ends_on"], what, "The role ends on this day", "", url, None, "role")
    return TeamItem(item, row["staff_id"], row["whose"])


def _of_nobody(actor: Actor, calendars: Calendars) -> Iterator[TeamItem]:
    """What waits for whoever approves."""
    found: list[DueItem] = []
    if actor.may(Permission.PLAN_APPROVE) or actor.may(Permission.PLAN_AGREE):
        found += due.plans_to_approve(actor, calendars)
    for item in found:
        yield TeamItem(item, None, NOBODY)


SPANS = ("all", "overdue", "week", "next", "term", "law")


def bounds(span: str, today: date, term_ends_on: date | None) -> tuple[date, date]:
    """The first and the last day of a span: overdue, this week, next week, this term; else any."""
    sunday = today + timedelta(days=6 - today.weekday())
    if span == "overdue":
        return date.min, today - timedelta(days=1)
    if span == "week":
        return today, sunday
    if span == "next":
        return sunday + timedelta(days=1), sunday + timedelta(days=7)
    if span == "term":
        return today, term_ends_on or sunday
    return date.min, date.max


def within(item: DueItem, span: str, today: date, term_ends_on: date | None) -> bool:
    """Whether a deadline belongs to a span; to the law's, what the law dates."""
    first, last = bounds(span, today, term_ends_on)
    return first <= item.due_on <= last and (item.is_statutory or span != "law")


def count_spans(items: list[DueItem], today: date, term_ends_on: date | None) -> dict[str, int]:
    """How many deadlines each span holds."""
    days = sorted(item.due_on for item in items)
    counts = {}
    for span in SPANS:
        first, last = bounds(span, today, term_ends_on)
        counts[span] = bisect_right(days, last) - bisect_left(days, first)
    return counts | {"law": sum(item.is_statutory for item in items)}
