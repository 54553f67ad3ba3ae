"""A goal of the child's own and a tutor's talk, of the wrong child: put right as a score is."""

from datetime import timedelta

import pytest

from alongside.assessments import actions, queries
from alongside.assessments.models import PersonalGoal, TutorTalk, Voice
from alongside.cases.models import Task
from alongside.core.decisions import Refused
from tests.assessments.test_putting_right import right  # noqa: F401

pytestmark = pytest.mark.django_db
WHY = "The name on the sheet"


def goal_of(actor, route) -> PersonalGoal:
    goal = actions.set_goal(
        actor=actor, pupil=route.pupil, text="Speak up in drama", set_on=actor.today
    )
    actions.hear_of_goal(actor=actor, goal=goal, said_on=actor.today, words="I did it once")
    return goal


def test_a_goal_goes_to_the_right_child_with_what_was_said_of_it(
    signed_in,
    acting,
    route,
    right,
):
    goal = goal_of(acting("asha"), route)
    client, at = signed_in("asha"), f"/pupils/{route.pupil.pk}/assessment/voice/"
    assert f"goals/{goal.pk}/move/" in client.get(at).content.decode()

    page = client.post(
        f"{at}goals/{goal.pk}/move/", {"to_pupil": right.pk, "reason": WHY}, follow=True
    ).content.decode()

    asha = acting("asha")
    moved = PersonalGoal.objects.get(moved_from=goal)
    assert (moved.pupil_id, moved.text) == (right.pk, "Speak up in drama")
    assert [v.words for v in queries.said_of_goals(asha, right)[moved.pk]] == ["I did it once"]
    assert not queries.said_of_goals(asha, route.pupil)
    assert Voice.objects.get(goal=goal).struck_out_because == "Entered for the wrong child"
    assert "Moved here" in page
    old = client.get(at).content.decode()
    assert "A goal was struck out by" in old
    assert "Speak up in drama" not in old


def test_a_goal_struck_out_asks_for_nothing_more(signed_in, acting, route):
    goal = goal_of(acting("asha"), route)
    at = f"/pupils/{route.pupil.pk}/assessment/voice/goals/{goal.pk}/"

    signed_in("asha").post(f"{at}strike-out/", {"reason": "Made up by mistake"})

    with pytest.raises(Refused, match="struck out"):
        actions.end_goal(actor=acting("asha"), goal=goal, ended_on=goal.set_on, ended_as="REACHED")


def test_a_talk_goes_to_the_right_tutee_and_what_is_to_follow_with_it(signed_in, acting, route):
    first = route.children.pupil("Sky", "Placeholder", at="orchard")
    other = route.children.pupil("Fern", "Placeholder", at="orchard")
    client = signed_in("sana")
    for pupil in (first, other):
        client.post(
            f"/pupils/{pupil.pk}/assessment/voice/tutor/", {"tutor": route.staff("sana").pk}
        )
    sana = acting("sana")
    on = {
        f"on_{n}": part
        for n, part in enumerate((sana.today.day, sana.today.month, sana.today.year))
    }
    by = sana.today + timedelta(days=7)
    on |= {f"follow_up_by_{n}": part for n, part in enumerate((by.day, by.month, by.year))}
    told = on | {"words": "Options for next year", "follow_up": "Ask about college"}
    client.post(f"/pupils/{first.pk}/assessment/voice/talks/new/", told)
    acting("sana")
    talk = TutorTalk.objects.get()
    at = f"/pupils/{first.pk}/assessment/voice/talks/{talk.pk}/"
    assert f"{at}move/" in client.get("/tutees/").content.decode()

    moved_to = client.post(f"{at}move/", {"to_pupil": other.pk, "reason": WHY}, follow=True)

    acting("sana")
    moved = TutorTalk.objects.get(moved_from=talk)
    assert moved_to.status_code == 200
    assert (moved.pupil_id, moved.follow_up, moved.done_on) == (other.pk, "Ask about college", None)
    waiting = Task.objects.get(text="Follow up a tutor talk", done_on=None)
    assert (waiting.pupil_id, waiting.url) == (
        other.pk, f"/pupils/{other.pk}/assessment/voice/talks/{moved.pk}/done/",
    )  # fmt: skip
    with pytest.raises(Refused, match="nothing left to follow up"):
        actions.follow_up_talk(actor=acting("sana"), talk=talk, note="x")


def test_only_the_tutor_puts_a_talk_right(acting, route):
    sky = route.children.pupil("Sky", "Placeholder", at="orchard")
    sana = acting("sana")
    talk = TutorTalk.objects.create(
        pupil=sky, recorded_by_id=sana.staff_id, on=sana.today, words="x"
    )

    with pytest.raises(Refused, match="tutor who wrote this"):
        actions.strike_out(actor=acting("asha"), entry=talk, reason="x")
