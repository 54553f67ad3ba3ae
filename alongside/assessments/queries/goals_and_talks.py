"""Questions about the child's own goals, their tutor, and decisions made knowing the options."""

from typing import Any

from django.db.models import OuterRef, Subquery

from alongside.assessments.models import (
    InformedDecision,
    PersonalGoal,
    Tutee,
    TutorTalk,
    Voice,
)
from alongside.core.actor import Actor
from alongside.core.models import RoleAssignment, Staff
from alongside.people.models import Enrolment, Pupil, called, on_pathway

MOST = 20


def goals_of(pupil: Pupil) -> list[PersonalGoal]:
    """The child's own goals, those they work towards first, the newest first; those struck out last."""
    related = ("recorded_by", "struck_out_by", "moved_from__recorded_by")
    found = PersonalGoal.objects.filter(pupil=pupil).select_related(*related).order_by("-pk")
    return sorted(
        found[:MOST], key=lambda goal: (bool(goal.struck_out_because), goal.ended_on is not None)
    )


def get_goal(pupil: Pupil, goal_id: int) -> PersonalGoal:
    return PersonalGoal.objects.filter(pupil=pupil).select_related("pupil").one(pk=goal_id)


def said_of_goals(actor: Actor, pupil: Pupil) -> dict[int, list[Voice]]:
    """What the child said of each goal, newest first."""
    said: dict[int, list[Voice]] = {}
    found = Voice.objects.filter(pupil=pupil).exclude(goal=None).readable_by(actor)
    for voice in found.select_related("recorded_by", "file", "moved_from__recorded_by").order_by(
        "-said_on", "-pk"
    ):
        said.setdefault(voice.goal_id or 0, []).append(voice)
    return said


def tutor_of(pupil: Pupil) -> Tutee | None:
    return Tutee.objects.filter(pupil=pupil, ends_on=None).select_related("tutor").first()


def who_can_tutor(actor: Actor, pupil: Pupil) -> list[Staff]:
    """People with a role in a school the pupil is on the roll of, by name."""
    places = Enrolment.objects.current(actor.today).filter(pupil=pupil).values("school__place")
    held = RoleAssignment.objects.filter(place__in=places, starts_on__lte=actor.today)
    here = held.exclude(ends_on__lt=actor.today).values("staff")
    return list(Staff.objects.filter(pk__in=here, is_active=True).order_by("name", "pk"))


def talks_of(actor: Actor, pupil: Pupil) -> list[TutorTalk]:
    """Talks are casework; a tutor reads their own."""
    found = TutorTalk.objects.filter(pupil=pupil)
    if not actor.reads_casework:
        found = found.filter(recorded_by=actor.staff_id)
    related = ("recorded_by", "struck_out_by", "moved_from__recorded_by")
    return list(found.select_related(*related).order_by("-on", "-pk")[:MOST])


def get_talk(actor: Actor, pupil: Pupil, talk_id: int) -> TutorTalk:
    found = TutorTalk.objects.filter(pupil=pupil)
    if not actor.reads_casework:
        found = found.filter(recorded_by=actor.staff_id)
    return found.select_related("pupil", "recorded_by").one(pk=talk_id)


def own_tutees(actor: Actor, pathway: str = "") -> list[dict[str, Any]]:
    """Those the actor is tutor of and still sees, by name: last talk, and what is still to follow."""
    newest = TutorTalk.objects.filter(
        pupil=OuterRef("pk"), recorded_by=actor.staff_id, struck_out_because=""
    )
    waiting = newest.filter(done_on=None).exclude(follow_up="").order_by("follow_up_by", "pk")
    mine = Tutee.objects.filter(tutor=actor.staff_id, ends_on=None).values("pupil")
    found = Pupil.objects.visible_to(actor).filter(pk__in=mine).order_by("search_name", "pk")
    if pathway:
        found = found.filter(on_pathway(pathway, actor.today, "pk"))
    told = found.annotate(
        called=called(),
        last_talk=Subquery(newest.order_by("-on", "-pk").values("pk")[:1]),
        talked_on=Subquery(newest.order_by("-on", "-pk").values("on")[:1]),
        follow_up=Subquery(waiting.values("follow_up")[:1]),
        follow_up_by=Subquery(waiting.values("follow_up_by")[:1]),
    )
    names = ("pk", "called", "year_group", "last_talk", "talked_on", "follow_up", "follow_up_by")
    return [dict(row) for row in told.values(*names)]


def decisions_of(actor: Actor, pupil: Pupil) -> list[InformedDecision]:
    found = InformedDecision.objects.filter(pupil=pupil).readable_by(actor)
    return list(found.select_related("recorded_by").order_by("-explained_on", "-pk")[:MOST])
