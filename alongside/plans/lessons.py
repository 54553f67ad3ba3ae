"""When a lesson plan may be written, signed off and delivered, and which there are."""

from alongside.assessments.models import Need
from alongside.cases import policy as cases
from alongside.cases.models import Case
from alongside.cases.queries import visible_cases
from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, NotFound, refuse
from alongside.core.permissions import Permission
from alongside.plans import policy
from alongside.plans.models import LessonPlan
from alongside.rules.words import day_in_words

State = LessonPlan.State


def write(actor: Actor, case: Case) -> Decision:
    return cases.work(actor, case)


def change(actor: Actor, lesson: LessonPlan) -> Decision:
    """Until it is signed off, whoever works the case may change it; then it is sent in again."""
    if not (decision := write(actor, lesson.case)):
        return decision
    if lesson.state == State.SIGNED:
        return refuse("This lesson is signed off. Write another.")
    return ALLOWED


def decide(actor: Actor, lesson: LessonPlan) -> Decision:
    """A lead signs off what somebody else wrote."""
    if not actor.may(Permission.PLAN_APPROVE):
        return refuse("A lead practitioner or manager signs lessons off.")
    if not (decision := policy.is_open(lesson.case)):
        return decision
    if lesson.written_by_id == actor.staff_id:
        return refuse("You wrote this lesson, so somebody else signs it off.")
    if lesson.state != State.WAITING:
        return refuse(f"This lesson: {lesson.get_state_display().lower()}.")
    return ALLOWED


def record_result(actor: Actor, lesson: LessonPlan) -> Decision:
    if not (decision := write(actor, lesson.case)):
        return decision
    if lesson.state != State.SIGNED:
        return refuse("A lesson is delivered once it is signed off.")
    if lesson.delivered_on:
        return refuse(f"This lesson was delivered on {day_in_words(lesson.delivered_on)}.")
    return ALLOWED


def reads(actor: Actor) -> bool:
    """Lessons are casework."""
    return policy.sees_whole(actor)


def lessons_of(actor: Actor, case: Case) -> list[LessonPlan]:
    if not reads(actor):
        raise NotFound
    in_scope = visible_cases(actor).filter(pk=case.pk).values("pk")
    found = LessonPlan.objects.filter(case__in=in_scope).select_related("need", "written_by")
    return list(found.order_by("-planned_for", "-pk")[:50])


def get_lesson(actor: Actor, case: Case, lesson_id: int) -> LessonPlan:
    if not reads(actor):
        raise NotFound
    in_scope = visible_cases(actor).filter(pk=case.pk).values("pk")
    related = ("need", "written_by", "decided_by", "case__school", "case__pupil")
    return LessonPlan.objects.filter(case__in=in_scope).select_related(*related).one(pk=lesson_id)


def gaps_of(actor: Actor, case: Case) -> list[Need]:
    """The learning gaps that still stand, which a lesson may bridge."""
    needs = Need.objects.readable_by(actor).filter(pupil=case.pupil_id, ended_on=None)
    return list(needs.filter(kind=Need.Kind.LEARNING_GAP).order_by("-recorded_on", "-pk"))
