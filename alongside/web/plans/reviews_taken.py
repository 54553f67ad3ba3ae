"""The lists of reviews as they are taken away: one line a school, a plan, a review or a case."""

from collections.abc import Callable
from typing import Any

from alongside.duties.review_lists import Rows, Wanted
from alongside.plans.models import PlanState, Review
from alongside.web.dates import as_day
from alongside.web.downloads import Cells, Part, Taken

LABELS = {
    "schools": "By school",
    "overdue": "Overdue",
    "due": "Due in 6 weeks",
    "done": "Done in 12 weeks",
    "none": "No plan in use",
}
OF_PLANS = ("Pupil", "Plan", "School", "Review due", "Lead", "School invited for")
COLUMNS = {
    "schools": ("School", "Overdue", "Due", "Done", "No plan"),
    "overdue": OF_PLANS,
    "due": OF_PLANS,
    "done": ("Pupil", "Plan", "School", "Review was due", "Held", "Decided", "Recorded by"),
    "none": ("Case", "Pupil", "School", "Accepted", "Lead", "Newest plan"),
}


def reviews_taken(wanted: Wanted, rows: Rows, has_more: bool) -> Taken:
    line = LINES[wanted.view]
    about = [] if wanted.view == "schools" else [row["pupil_id"] for row in rows]
    school = rows[0].get("school_name", "") if wanted.school_id and rows else ""
    return Taken(
        title=f"Reviews, {LABELS[wanted.view].lower()}",
        chosen=[LABELS[wanted.view], school],
        parts=[Part(COLUMNS[wanted.view], [line(row) for row in rows], about=about)],
        back_url=f"/reviews/?view={wanted.view}"
        + (f"&school={wanted.school_id}" if wanted.school_id else ""),
        is_cut=has_more,
    )


def _school(row: dict[str, Any]) -> Cells:
    return [row["name"], *(row[view] or 0 for view in ("overdue", "due", "done", "none"))]


def _plan(row: dict[str, Any]) -> Cells:
    invited = as_day(row["invited_to"]) if row["invited_to"] else ""
    named = [row["pupil_name"], row["number"], row["school_name"]]
    return [*named, row["review_due_on"], row["lead"] or "Nobody yet", invited]


def _done(row: dict[str, Any]) -> Cells:
    decided = Review.Decision(row["decision"]).label
    named = [row["pupil_name"], row["number"], row["school_name"]]
    return [*named, row["due_on"], row["held_on"], decided, row["by"]]


def _none(row: dict[str, Any]) -> Cells:
    plan = PlanState(row["plan_state"]).label if row["plan_state"] else "None yet"
    named = [row["reference"], row["pupil_name"], row["school_name"]]
    return [*named, row["opened_on"], row["lead"] or "Nobody yet", plan]


LINES: dict[str, Callable[[dict[str, Any]], Cells]] = {
    "schools": _school,
    "overdue": _plan,
    "due": _plan,
    "done": _done,
    "none": _none,
}
