"""The route of a case as steps: what is done, what is next, and whether this person may do it."""

from typing import Any

from django.db.models import Count, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from alongside.assessments.models import MeasureResult, Voice
from alongside.cases import policy
from alongside.cases.models import Case, CaseState
from alongside.core.actor import Actor
from alongside.core.permissions import Permission
from alongside.duties import standards
from alongside.duties.calendars import Calendars
from alongside.fieldwork.models import DailyLog, Session
from alongside.plans.models import Plan, PlanState, Review
from alongside.plans.queries import visible_plans
from alongside.web.dates import short_weekday


def next_steps(actor: Actor, case: Case, calendars: Calendars) -> list[dict[str, str]]:
    """Rows for components/tasks.html, in the order of the work."""
    may_record = bool(policy.work(actor, case)) and actor.may(Permission.ASSESSMENT_RECORD)
    plan = visible_plans(actor).filter(case=case).order_by("-number").first()
    taken = _taken(actor, case)
    return [
        _step(
            "Needs and a baseline measure",
            taken["baseline"],
            f"/pupils/{case.pupil_id}/assessment/",
            _times(taken["baseline"], "score"),
        ),
        _step(
            "The child’s own words",
            taken["voice"],
            f"/pupils/{case.pupil_id}/assessment/",
            _times(taken["voice"], "entry", "entries"),
        ),
        _plan_step(case, plan, calendars),
        _step(
            "Sessions",
            taken["sessions"],
            f"/cases/{case.pk}/sessions/new/"
            if may_record
            else f"/pupils/{case.pupil_id}/sessions/",
            _times(taken["sessions"], "session"),
        ),
        _step(
            "Daily logs",
            taken["logs"],
            f"/cases/{case.pk}/logs/new/" if may_record else f"/pupils/{case.pupil_id}/sessions/",
            _times(taken["logs"], "log"),
        ),
        _step(
            "Reviews",
            taken["reviews"],
            f"/plans/{plan.pk}/review/"
            if plan and plan.state == PlanState.AGREED
            else f"/pupils/{case.pupil_id}/plan/",
            _times(taken["reviews"], "review"),
        ),
        _step(
            "Measured again at the end",
            taken["exit"],
            f"/pupils/{case.pupil_id}/assessment/",
            _times(taken["exit"], "score"),
        ),
        {
            "what": "Closed, with the closure report",
            "url": f"/cases/{case.pk}/report/"
            if case.state == CaseState.CLOSED
            else f"/cases/{case.pk}/close/",
            "note": "",
            **_state(int(case.state == CaseState.CLOSED)),
        },
    ]


def _taken(actor: Actor, case: Case) -> dict[str, int]:
    """What the actor reads of what was recorded since the case opened, counted in one query."""
    scores = MeasureResult.objects.filter(
        pupil=OuterRef("pupil"), struck_out_because="", taken_on__gte=OuterRef("opened_on")
    )
    voices = Voice.objects.filter(pupil=OuterRef("pupil"), said_on__gte=OuterRef("opened_on"))
    counted: Any = (
        Case.objects.filter(pk=case.pk)
        .values(
            n_baseline=_count(scores.filter(occasion=MeasureResult.Occasion.BASELINE)),
            n_exit=_count(scores.filter(occasion=MeasureResult.Occasion.EXIT)),
            n_voice=_count(voices),
            n_sessions=_count(Session.objects.readable_by(actor).filter(case=OuterRef("pk"))),
            n_logs=_count(DailyLog.objects.readable_by(actor).filter(case=OuterRef("pk"))),
            n_reviews=_count(Review.objects.filter(plan__case=OuterRef("pk"))),
        )
        .get()
    )
    return {name.removeprefix("n_"): count for name, count in counted.items()}


def _count(rows: QuerySet[Model]) -> Coalesce:
    one = rows.order_by().values(everything=Value(1)).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(one), 0)


def _plan_step(case: Case, plan: Plan | None, calendars: Calendars) -> dict[str, str]:
    if plan is None:
        due_on = calendars.add(case.school_id, case.opened_on, standards.PLAN_WITHIN)
        due = f"First plan by {short_weekday(due_on)}, our standard"
        url = f"/cases/{case.pk}/plans/new/"
        return {"what": "A plan with targets", "url": url, "note": due, **_state(0)}
    if plan.state == PlanState.ENDED and case.state != CaseState.CLOSED:
        note = f"Plan {plan.number} has ended: the case goes on without one"
        url = f"/cases/{case.pk}/plans/new/"
        return {"what": f"Plan {plan.number + 1}", "url": url, "note": note, **_state(0)}
    word = {"state": "met" if plan.state in (PlanState.AGREED, PlanState.ENDED) else "soon"}
    return {
        "what": f"Plan {plan.number}",
        "url": f"/plans/{plan.pk}/",
        "note": plan.aim,
        "word": plan.state_word,
        **word,
    }


def _step(what: str, count: int, url: str, note: str) -> dict[str, str]:
    return {"what": what, "url": url, "note": note, **_state(count)}


def _state(count: int) -> dict[str, str]:
    return {"state": "met", "word": "Done"} if count else {"state": "waiting", "word": "To do"}


def _times(count: int, one: str, many: str = "") -> str:
    if not count:
        return "Nothing recorded yet"
    return f"{count} {one if count == 1 else many or one + 's'}"
