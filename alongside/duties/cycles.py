"""Assess, plan, do, review: each plan of a case as a dated cycle, from every context it touches."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef
from django.db.models.functions import TruncDate

from alongside.assessments.models import MeasureResult, Need, Voice
from alongside.cases.models import Case
from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.core.decisions import Decision, refuse
from alongside.fieldwork.models import Session
from alongside.people.queries.rows import Found, gather, rows
from alongside.plans import policy
from alongside.plans.models import (
    Agreement,
    Contributor,
    Party,
    Plan,
    PlanAction,
    PlanNote,
    Review,
)
from alongside.plans.queries import visible_plans
from alongside.rules.words import count_of, day_in_words


@dataclass(frozen=True)
class Part:
    """One of the four parts of a cycle: when, and what was done. Without a day it is still to come."""

    name: str
    began: date | None
    ended: date | None
    said: tuple[str, ...]


@dataclass(frozen=True)
class Cycle:
    """One plan, from what was found out before it to its review."""

    plan: Plan
    parts: tuple[Part, ...]
    next: Decision  # Whether the next cycle may begin from this review.


def cycles_of(actor: Actor, case: Case) -> list[Cycle]:
    """Every cycle of a case that the actor reads, the newest first. Two queries."""
    related = ("review", "approved_by", "previous", "case__school", "case__framework", "pupil")
    plans = list(visible_plans(actor).filter(case=case).select_related(*related).order_by("number"))
    known = _gathered(actor, case)
    found, since = [], case.opened_on
    last = plans[-1] if plans else None
    for plan in plans:
        review: Review | None = getattr(plan, "review", None)
        until = review.held_on if review else plan.ended_on or actor.today
        parts = (
            _assess(known, since, plan.starts_on),
            _plan(known, plan),
            _do(known, plan, until),
            _review(actor, known, plan, review),
        )
        # Only the last plan can be followed: of the others the next exists already.
        may = policy.next_cycle(actor, plan) if review and plan is last else refuse("")
        found.append(Cycle(plan, parts, may))
        since = until + timedelta(days=1) if review else since
    return found[::-1]


def _gathered(actor: Actor, case: Case) -> Found:
    """All that happened around the plans of a case, as this actor may read it."""
    mine = {"pupil": OuterRef("pk")}
    sees_whole = policy.sees_whole(actor)
    of_case = {"plan__case": case.pk, "plan__pupil": OuterRef("pk")}
    shared = {} if sees_whole else {"is_shared": True}
    scores = MeasureResult.objects.filter(**mine, struck_out_because="")
    agreed = Agreement.objects.filter(**of_case, is_agreed=True).order_by("agreed_on", "pk")
    held = Session.objects.readable_by(actor).filter(**mine, case=case.pk)
    return gather(
        case.pupil,
        needs=rows(Need.objects.readable_by(actor).filter(**mine), on="recorded_on"),
        scores=rows(scores if sees_whole else scores.none(), on="taken_on"),
        words=rows(Voice.objects.readable_by(actor).filter(**mine), on="said_on"),
        sessions=rows(held.annotate(on=TruncDate("starts_at")), "on"),
        agreed=rows(agreed, "plan_id", "party", "agreed_on"),
        actions=rows(PlanAction.objects.filter(**of_case, **shared), "plan_id", "done_on"),
        notes=rows(PlanNote.objects.filter(**of_case, **shared), "plan_id"),
        family=rows(
            Contributor.objects.filter(**of_case, **shared, party=Party.FAMILY).exclude(section=""),
            "plan_id",
            "section",
        ),
    )


def _days(known: Found, kind: str, since: date, until: date) -> list[date]:
    days = [date.fromisoformat(row["on"]) for row in known[kind] or ()]
    return [day for day in days if since <= day <= until]


def _of(known: Found, kind: str, plan: Plan) -> list[dict[str, Any]]:
    return [row for row in known[kind] or () if row["plan_id"] == plan.pk]


def _assess(known: Found, since: date, until: date) -> Part:
    """What was found out from the last review to the start of the plan."""
    named = (
        ("needs", "need", ""),
        ("scores", "score", ""),
        ("words", "saying of the child", "sayings of the child"),
    )
    found = [(_days(known, kind, since, until), one, many) for kind, one, many in named]
    days = [day for on, _, _ in found for day in on]
    said = tuple(count_of(len(on), one, many) for on, one, many in found if on)
    return Part("Assess", min(days, default=None), max(days, default=None), said)


def _plan(known: Found, plan: Plan) -> Part:
    said = []
    if plan.approved_at and plan.approved_by:
        on = day_in_words(day_of(plan.approved_at))
        said.append(f"Approved by {plan.approved_by.name}, {on}")
    said += [
        f"{Party(row['party']).label} agreed, {day_in_words(date.fromisoformat(row['agreed_on']))}"
        for row in _of(known, "agreed", plan)
    ]
    written = day_of(plan.created_at)
    return Part("Plan", min(written, plan.starts_on), plan.starts_on, tuple(said))


def _do(known: Found, plan: Plan, until: date) -> Part:
    if plan.state in policy.UNFINISHED:
        return Part("Do", None, None, ())
    sessions = len(_days(known, "sessions", plan.starts_on, until))
    actions, notes = _of(known, "actions", plan), len(_of(known, "notes", plan))
    done = sum(row["done_on"] is not None for row in actions)
    said = [f"{done} of {count_of(len(actions), 'action')} done"]
    said += [count_of(sessions, "session")] if sessions else []
    said += [count_of(notes, "note")] if notes else []
    return Part("Do", plan.starts_on, until, tuple(said))


def _review(actor: Actor, known: Found, plan: Plan, review: Review | None) -> Part:
    """What was decided and what the parent said: in the review, else in the family's own section."""
    if review is None:
        due = f"Due {day_in_words(plan.review_due_on)}"
        return Part("Review", None, None, () if plan.state == "ENDED" else (due,))
    said = [f"Decided: {review.get_decision_display().lower()}", review.reason]
    family = review.family_view if policy.sees_whole(actor) else ""
    sections = [row["section"] for row in _of(known, "family", plan)]
    family = family or "\n".join(sections)
    said += [f"Parent or carer: {family}"] if family else []
    said += [f"Pupil: {review.pupil_view}"] if review.pupil_view else []
    return Part("Review", review.held_on, review.held_on, tuple(said))
