"""The route of a case as steps: what is done, what is next, and whether this person may do it."""

from typing import Any

from django.db.models import Count, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from alongside.assessments.models import MeasureResult, Voice
from alongside.cases import policy
from alongside.cases.models import Case, CaseState
from alongside.core.actor import Actor
from alongside.core.permissions import Permission
from alongside.documents.policy import read_school_copy
from alongside.duties import standards
from alongside.duties.calendars import Calendars
from alongside.fieldwork.models import DailyLog, Session
from alongside.plans import policy as plan_policy
from alongside.plans.models import Plan, PlanState, Review
from alongside.plans.queries import visible_plans
from alongside.plans.withdrawn import beside, state_of
from alongside.web.dates import short_weekday

TO_DO = "To do"
VOICE = "The child’s own words"
SESSIONS, LOGS = WORK = ("Sessions", "Daily logs")


def next_steps(actor: Actor, case: Case, calendars: Calendars) -> list[dict[str, str]]:
    """Rows for components/tasks.html, in the order of the work."""
    may_record = bool(policy.work(actor, case)) and actor.may(Permission.ASSESSMENT_RECORD)
    plans: list[Plan | None] = [*_plans(actor, case)]
    plan = plans[0] if plans else None
    taken = _taken(actor, case)
    steps = [
        _step(
            "Needs and a baseline measure",
            taken["baseline"],
            f"/pupils/{case.pupil_id}/assessment/",
            _times(taken["baseline"], "score"),
        ),
        _step(
            VOICE,
            taken["voice"],
            f"/pupils/{case.pupil_id}/assessment/",
            _times(taken["voice"], "entry", "entries"),
        ),
        *(_plan_step(actor, case, one, calendars) for one in plans or [None]),
        _step(
            SESSIONS,
            taken["sessions"],
            f"/cases/{case.pk}/sessions/new/"
            if may_record
            else f"/pupils/{case.pupil_id}/sessions/",
            _times(taken["sessions"], "session"),
        ),
        _step(
            LOGS,
            taken["logs"],
            f"/cases/{case.pk}/logs/new/" if may_record else f"/pupils/{case.pupil_id}/sessions/",
            _times(taken["logs"], "log"),
        ),
        _step(
            "Reviews",
            taken["reviews"],
            f"/plans/{plan.pk}/review/"
            if plan and plan_policy.review(actor, plan)
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
            "url": _end_url(actor, case),
            "note": "",
            **_state(int(case.state == CaseState.CLOSED)),
        },
    ]
    if not actor.reads_work:
        steps = [_as_shared(step) if step["what"] in WORK else step for step in steps]
    if not actor.reads_casework:
        steps = [_as_shared(step) if step["what"] == VOICE else step for step in steps]
    return [_as_left(step) for step in steps] if case.state == CaseState.CLOSED else steps


def _plans(actor: Actor, case: Case) -> list[Plan]:
    """The newest; of a case that is closed the one that was in use first, were another set aside."""
    found = list(visible_plans(actor).filter(case=case).annotate(**beside()).order_by("-number"))
    for plan in found:
        plan.case = case  # How it stands depends on the case, which is at hand.
    newest = found[:1]
    if case.state != CaseState.CLOSED or not newest or not newest[0].is_set_aside:
        return newest
    used = [plan for plan in found if not plan.is_set_aside]
    return [*used[:1], *newest]


def _as_shared(step: dict[str, str]) -> dict[str, str]:
    """Whom something is not shared with cannot tell from it that nothing was done."""
    if step["word"] != TO_DO:
        return step
    return step | {"note": "None shared with you", "state": "info", "word": "Not shared"}


def _as_left(step: dict[str, str]) -> dict[str, str]:
    """In a case that is closed nothing is to do any more."""
    if step["word"] != TO_DO:
        return step
    return step | {"note": "Nothing was recorded", "word": "Not done", "url": ""}


def _taken(actor: Actor, case: Case) -> dict[str, int]:
    """What the actor reads of what was recorded since the case opened, counted in one query."""
    scores = MeasureResult.objects.filter(
        pupil=OuterRef("pupil"), struck_out_because="", taken_on__gte=OuterRef("opened_on")
    )
    voices = Voice.objects.readable_by(actor).filter(
        pupil=OuterRef("pupil"), said_on__gte=OuterRef("opened_on")
    )
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


def _end_url(actor: Actor, case: Case) -> str:
    """Where a case is closed, or its report read; nowhere for who may do neither."""
    if case.state == CaseState.CLOSED:
        return f"/cases/{case.pk}/report/" if read_school_copy(actor, case) else ""
    return f"/cases/{case.pk}/close/" if policy.close(actor, case) else ""


def _plan_step(actor: Actor, case: Case, plan: Plan | None, calendars: Calendars) -> dict[str, str]:
    new_url = f"/cases/{case.pk}/plans/new/" if plan_policy.may_begin(actor, case) else ""
    if plan is None:
        begun = case.led_from or case.opened_on
        due_on = calendars.add(case.school_id, begun, standards.plan_within(actor))
        due = f"First plan by {short_weekday(due_on)}, our standard"
        return {"what": "A plan with targets", "url": new_url, "note": due, **_state(0)}
    if plan.state == PlanState.ENDED and case.state != CaseState.CLOSED:
        note = f"Plan {plan.number} has ended: the case goes on without one"
        if case.reopened_on:
            begun = case.led_from or case.reopened_on
            due_on = calendars.add(case.school_id, begun, standards.plan_within(actor))
            why = "the lead worker’s first day" if case.led_from else "the day it was opened again"
            note = f"By {short_weekday(due_on)}, our standard from {why}"
        return {"what": f"Plan {plan.number + 1}", "url": new_url, "note": note, **_state(0)}
    is_settled = plan.state in (PlanState.AGREED, PlanState.REVIEWED, PlanState.ENDED)
    said, pressing = state_of(plan)
    state = "met" if is_settled else "soon"
    if plan.is_set_aside:
        state = "waiting"
    return {
        "what": f"Plan {plan.number}",
        "url": f"/plans/{plan.pk}/",
        "note": plan.aim,
        "word": said,
        "state": pressing or state,
    }


def _step(what: str, count: int, url: str, note: str) -> dict[str, str]:
    return {"what": what, "url": url, "note": note, **_state(count)}


def _state(count: int) -> dict[str, str]:
    return {"state": "met", "word": "Done"} if count else {"state": "waiting", "word": TO_DO}


def _times(count: int, one: str, many: str = "") -> str:
    if not count:
        return "Nothing recorded yet"
    return f"{count} {one if count == 1 else many or one + 's'}"
