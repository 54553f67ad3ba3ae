"""Which pages are measured, as whom, and what each is to keep to. Asks the database as its owner."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import connections
from django.urls import NoReverseMatch, reverse

from alongside.ops.places import Problem

BASE = "base"
KILOBYTE = 1024


@dataclass(frozen=True)
class Target:
    """Times the base for median and p95; most queries; most bytes of HTML. Nought: none is set."""

    median: float
    p95: float = 0
    queries: int = 0
    bytes: int = 0


SCREEN = Target(median=6, p95=12, queries=15, bytes=60 * KILOBYTE)
SUGGESTION = Target(median=3)

SEARCHED = {"words": "mornings calmer"}  # As some of the county's lines say.


@dataclass(frozen=True)
class Page:
    name: str
    path: str
    who: int  # The account that asks; nought for nobody.
    target: Target | None


# What eight people at once do, by the names of the pages below: six who work cases, two who manage.
OF_A_WORKER = (
    "Today", "pupil record", "chronology", "plan", "type-ahead, fragment", "pupil record",
    "assessment", "caseload", "type-ahead, birthday", "school page", "everything due", "reviews",
    "caseload, whole area", "casework search", "type-ahead, misspelt", "type-ahead, UPN",
)  # fmt: skip
OF_A_MANAGER = (
    "team today", "team’s deadlines", "referrals", "waiting list", "team board", "requests",
    "reviews, overdue", "framework, pupils", "directory of services", "protocols",
    "framework, counts", "reviews, team", "times to contact", "times, every case", "neighbourhoods",
)  # fmt: skip
JOURNEYS = (*[OF_A_WORKER] * 6, *[OF_A_MANAGER] * 2)

# The case worker with the fullest caseload whom the demonstration's door lets in, and a busy child.
WORKER = """
    SELECT p.account FROM sec.demonstration_people() p JOIN core_staff s ON s.account_id = p.account
    JOIN cases_allocation a ON a.staff_id = s.id AND a.ends_on IS NULL
    WHERE p.account = (SELECT min(q.account) FROM sec.demonstration_people() q
                       WHERE q.council = p.council AND q.role = p.role)
    GROUP BY p.account ORDER BY count(*) DESC, p.account LIMIT 1
"""
MANAGER = """
    SELECT m.account FROM sec.demonstration_people() m JOIN sec.demonstration_people() w
    ON w.council = m.council AND w.account = %s
    WHERE m.role IN ('casework_supervisor', 'outreach_manager') ORDER BY m.account LIMIT 1
"""
CHILD = """
    SELECT c.pupil_id, c.school_id, p.legal_surname, p.upn, p.born_on, c.framework_id
    FROM cases_case c
    JOIN people_pupil p ON p.id = c.pupil_id JOIN cases_allocation a ON a.case_id = c.id
    JOIN core_staff s ON s.id = a.staff_id AND s.account_id = %s
    JOIN plans_plan l ON l.case_id = c.id AND l.state = 'AGREED'
    WHERE c.state = 'OPEN' AND a.ends_on IS NULL ORDER BY c.id LIMIT 1
"""


def pages() -> tuple[list[Page], list[str]]:
    """What can be measured here, and what cannot because the service has no such page yet."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(WORKER)
        worker = _one(cursor)[0]
        cursor.execute(MANAGER, [worker])
        manager = _one(cursor)[0]
        cursor.execute(CHILD, [worker])
        pupil_id, school_id, surname, upn, born_on, framework_id = _one(cursor)
    child, ladder = {"pupil_id": pupil_id}, {"framework_id": framework_id}
    asked: list[tuple[str, str, dict[str, Any], dict[str, Any], Target, int]] = [
        ("Today", "today", {}, {}, SCREEN, worker),
        ("caseload", "caseload", {}, {}, SCREEN, worker),
        ("caseload, whole area", "caseload", {}, {"view": "all"}, SCREEN, worker),
        ("pupil record", "pupil", child, {}, SCREEN, worker),
        ("chronology", "pupil-chronology", child, {}, SCREEN, worker),
        ("assessment", "pupil-assessment", child, {}, SCREEN, worker),
        ("plan", "pupil-plan", child, {}, SCREEN, worker),
        ("school page", "school", {"school_id": school_id}, {}, SCREEN, worker),
        ("everything due", "due", {}, {}, SCREEN, worker),
        ("casework search", "casework", {}, SEARCHED, SCREEN, worker),
        ("reviews", "reviews", {}, {}, SCREEN, worker),
        ("referrals", "referrals", {}, {}, SCREEN, manager),
        ("waiting list", "waiting-list", {}, {}, SCREEN, manager),
        ("neighbourhoods", "neighbourhoods", {}, {}, SCREEN, manager),
        ("times to contact", "referral-times", {}, {}, SCREEN, manager),
        ("times, every case", "referral-times", {}, {"view": "all"}, SCREEN, manager),
        ("requests", "requests", {}, {}, SCREEN, manager),
        ("directory of services", "directory", {}, {}, SCREEN, manager),
        ("protocols", "protocols", {}, {}, SCREEN, manager),
        ("framework, counts", "framework", ladder, {}, SCREEN, manager),
        ("framework, pupils", "framework-pupils", ladder, {}, SCREEN, manager),
        ("team today", "team-today", {}, {}, SCREEN, manager),
        ("team board", "team-board", {}, {}, SCREEN, manager),
        ("team’s deadlines", "team", {}, {}, SCREEN, manager),
        ("reviews, team", "reviews", {}, {}, SCREEN, manager),
        ("reviews, overdue", "reviews", {}, {"view": "overdue"}, SCREEN, manager),
        ("type-ahead, fragment", "search-suggest", {}, {"q": surname[:5]}, SUGGESTION, worker),
        ("type-ahead, misspelt", "search-suggest", {}, {"q": _misspelt(surname)}, SUGGESTION,
         worker),
        ("type-ahead, UPN", "search-suggest", {}, {"q": upn}, SUGGESTION, worker),
        ("type-ahead, birthday", "search-suggest", {}, {"q": f"{born_on:%d/%m/%Y}"}, SUGGESTION,
         worker),
    ]  # fmt: skip
    found = [
        Page(BASE, "/bench/base/", 0, None),
        Page("signed in", "/bench/signed-in/", worker, None),
    ]
    missing = []
    for name, address, parts, query, target, who in asked:
        try:
            path = reverse(address, kwargs=parts)
        except NoReverseMatch:
            missing.append(name)
            continue
        found.append(Page(name, f"{path}?{urlencode(query)}" if query else path, who, target))
    return found, missing


def _one(cursor: Any) -> tuple[Any, ...]:
    row = cursor.fetchone()
    if row is None:
        raise Problem(
            "There is no open case to look at. Load one first: python3 run.py seed --scale county"
        )
    return row


def _misspelt(name: str) -> str:
    """Two letters changed places, as fingers do."""
    return f"{name[:2]}{name[3]}{name[2]}{name[4:]}"
