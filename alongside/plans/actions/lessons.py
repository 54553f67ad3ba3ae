"""Writes a lesson plan against a learning gap, signs it off or returns it, keeps its result."""

from datetime import date

from django.db import transaction

from alongside.assessments.models import Need
from alongside.cases.models import Case
from alongside.cases.queries import lead_staff_ids
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import EntryKind
from alongside.plans import lessons
from alongside.plans.models import LessonPlan
from alongside.rules.bounds import too_far

State = LessonPlan.State


@transaction.atomic
def write_lesson(
    *,
    actor: Actor,
    case: Case,
    need: Need,
    title: str,
    steps: str,
    planned_for: date,
    adaptations: str = "",
) -> LessonPlan:
    """A lesson is sent to be signed off as it is written; who leads the case is told."""
    require(lessons.write(actor, case))
    _check(actor, case, need, planned_for)
    lesson = LessonPlan.objects.create(
        case=case,
        pupil=case.pupil,
        need=need,
        title=title.strip(),
        steps=steps.strip(),
        adaptations=adaptations.strip(),
        planned_for=planned_for,
        written_by_id=actor.staff_id,
    )
    _tell(
        lesson, lead_staff_ids(case.pupil_id), "lesson.written", "A lesson waits to be signed off."
    )
    _leave_trace(actor, lesson, "lesson.written", f"Lesson planned: {lesson.title}")
    return lesson


@transaction.atomic
def change_lesson(
    *,
    actor: Actor,
    lesson: LessonPlan,
    need: Need,
    title: str,
    steps: str,
    planned_for: date,
    version: int,
    adaptations: str = "",
) -> LessonPlan:
    """Changed, it is sent in again. Raises `Conflict` when it was saved since `version`."""
    lesson = _locked(lesson)
    require(lessons.change(actor, lesson))
    lesson.require_version(version)
    _check(actor, lesson.case, need, planned_for)
    lesson.need, lesson.title, lesson.steps = need, title.strip(), steps.strip()
    lesson.planned_for, lesson.adaptations = planned_for, adaptations.strip()
    lesson.state, lesson.return_reason = State.WAITING, ""
    lesson.save(
        update_fields=[
            "need", "title", "steps", "planned_for", "adaptations", "state", "return_reason", "version",
        ]
    )  # fmt: skip
    _tell(lesson, lead_staff_ids(lesson.pupil_id), "lesson.changed", "A lesson was changed.")
    _leave_trace(actor, lesson, "lesson.changed")
    return lesson


@transaction.atomic
def sign_off(*, actor: Actor, lesson: LessonPlan) -> LessonPlan:
    lesson = _locked(lesson)
    require(lessons.decide(actor, lesson))
    return _decide(actor, lesson, State.SIGNED, "")


@transaction.atomic
def return_lesson(*, actor: Actor, lesson: LessonPlan, reason: str) -> LessonPlan:
    lesson = _locked(lesson)
    require(lessons.decide(actor, lesson))
    if not reason.strip():
        raise Problem("Say what should be different, so that the writer can do it.", "reason")
    return _decide(actor, lesson, State.RETURNED, reason.strip())


@transaction.atomic
def record_result(
    *, actor: Actor, lesson: LessonPlan, delivered_on: date, went: str, result: str = ""
) -> LessonPlan:
    """How it went, once it was delivered."""
    lesson = _locked(lesson)
    require(lessons.record_result(actor, lesson))
    if delivered_on > actor.today:
        raise Problem("This day has not come yet.", "delivered_on")
    lesson.delivered_on, lesson.went, lesson.result = delivered_on, went, result.strip()
    lesson.save(update_fields=["delivered_on", "went", "result"])
    how = LessonPlan.Went(went).label.lower()
    _leave_trace(actor, lesson, "lesson.delivered", f"Lesson delivered: {lesson.title}. {how}")
    return lesson


def _check(actor: Actor, case: Case, need: Need, planned_for: date) -> None:
    if need.pupil_id != case.pupil_id or need.kind != Need.Kind.LEARNING_GAP:
        raise Problem("Choose a learning gap of this pupil.", "need")
    if said := too_far(planned_for, ahead_of=actor.today):
        raise Problem(said, "planned_for")


def _decide(actor: Actor, lesson: LessonPlan, state: str, reason: str) -> LessonPlan:
    lesson.state, lesson.return_reason = state, reason
    lesson.decided_by_id, lesson.decided_on = actor.staff_id, actor.today
    lesson.save(update_fields=["state", "return_reason", "decided_by", "decided_on"])
    is_signed = state == State.SIGNED
    said = "Your lesson is signed off." if is_signed else "A lesson came back with a reason."
    _tell(lesson, [lesson.written_by_id], "lesson.decided", said)
    verb = "signed off" if is_signed else "returned"
    kind = "lesson.signed_off" if is_signed else "lesson.returned"
    _leave_trace(actor, lesson, kind, f"Lesson {verb}: {lesson.title}")
    return lesson


def _locked(lesson: LessonPlan) -> LessonPlan:
    return hold(LessonPlan, lesson.pk, "case__school", "pupil")


def _tell(lesson: LessonPlan, staff_ids: list[int], kind: str, text: str) -> None:
    url = f"/cases/{lesson.case_id}/lessons/{lesson.pk}/"
    notices.notify(staff_ids=staff_ids, kind=kind, text=text, url=url, pupil_id=lesson.pupil_id)


def _leave_trace(actor: Actor, lesson: LessonPlan, kind: str, summary: str = "") -> None:
    if summary:
        write_chronology(
            actor=actor,
            pupil=lesson.pupil,
            kind=EntryKind.PLAN,
            information_class=InformationClass.CASEWORK,
            summary=summary,
            url=f"/cases/{lesson.case_id}/lessons/{lesson.pk}/",
        )
    audit.record(
        actor=actor,
        kind=kind,
        subject=f"lesson {lesson.pk}",
        pupil_ids=[lesson.pupil_id],
        detail={"lesson": lesson.pk},
    )
