"""Who has a part in a plan and what they noted, brought along with the plan in one query."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q

from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.core.models import Staff
from alongside.people.queries.rows import rows
from alongside.plans import policy
from alongside.plans.models import Agreement, Contributor, Party, Plan, PlanDecision, PlanNote

OWN = ("id", "version", "party", "name", "role", "staff_id", "section", "is_shared", "written_on")


def rows_of(actor: Actor) -> dict[str, ArraySubquery]:
    """Beside a plan: contributors in order; decisions and notes, the newest first."""
    contributors = Contributor.objects.filter(plan=OuterRef("pk")).order_by("pk")
    notes = PlanNote.objects.filter(plan=OuterRef("pk")).order_by("-written_on", "-pk")
    if not policy.sees_whole(actor):
        own_or_shared = Q(is_shared=True) | Q(written_by_id=actor.staff_id)
        contributors = contributors.filter(own_or_shared | Q(staff_id=actor.staff_id))
        notes = notes.filter(own_or_shared)
    return {
        "contributor_rows": rows(contributors, *OWN, writer="written_by__name"),
        "decision_rows": rows(
            PlanDecision.objects.filter(plan=OuterRef("pk")).order_by("-pk"),
            "answer",
            "comment",
            "decided_at",
            who="decided_by__name",
        ),
        "note_rows": rows(
            notes, "text", "party", "is_shared", "written_on", writer="written_by__name"
        ),
    }


def joined_by(actor: Actor) -> Exists:
    """Plans in which this person has a part by name."""
    mine = Contributor.objects.filter(plan=OuterRef("pk"), staff_id=actor.staff_id)
    return Exists(mine)


def contributors_of(plan: Plan) -> list[Contributor]:
    """Everybody with a part in a plan, as `get_plan` brought them, else as they stand."""
    found: list[dict[str, Any]] | None = getattr(plan, "contributor_rows", None)
    if found is None:
        return list(plan.contributors.select_related("written_by").order_by("pk"))
    return [_contributor(plan, row) for row in found]


def _contributor(plan: Plan, row: dict[str, Any]) -> Contributor:
    told = {name: row[name] for name in OWN}
    told["written_on"] = date.fromisoformat(row["written_on"]) if row["written_on"] else None
    writer = Staff(name=row["writer"]) if row["writer"] else None
    return Contributor(plan=plan, written_by=writer, **told)


def contributor_of(plan: Plan, contributor_id: int) -> Contributor:
    """One contributor of a plan read by `get_plan`, or `NotFound`."""
    for one in contributors_of(plan):
        if one.pk == contributor_id:
            return one
    raise NotFound


def answer_of(plan: Plan, contributor: Contributor) -> Agreement | None:
    """What an agency said to the plan, if anything yet."""
    given = plan.agreements.all()
    return next((one for one in given if one.contributor_id == contributor.pk), None)


@dataclass(frozen=True)
class Note:
    """What was noted on a plan, by whom and for whom."""

    text: str
    party: Party
    is_shared: bool
    written_on: date
    writer: str


def notes_of(plan: Plan) -> list[Note]:
    """Of a plan read by `get_plan`, the newest first."""
    found: list[dict[str, Any]] = plan.note_rows  # type: ignore[attr-defined]
    return [
        Note(
            **row
            | {
                "party": Party(row["party"]),
                "written_on": date.fromisoformat(row["written_on"]),
            }
        )
        for row in found
    ]
