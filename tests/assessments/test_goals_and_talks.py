"""Goals of their own, tutor talks, and decisions in their words: who may, and what is refused."""

from datetime import timedelta

import pytest

from alongside.assessments import actions, policy, queries
from alongside.assessments.actions import Explained, Talk
from alongside.assessments.models import InformedDecision, PersonalGoal, TutorTalk, Voice
from alongside.cases.models import Case, Task
from alongside.cases.tutoring import talk_with_tutee
from alongside.core import audit
from alongside.core.decisions import NotFound, Problem, Refused
from alongside.people.models import ChronologyEntry

pytestmark = pytest.mark.django_db


def set_goal(actor, pupil, **changes):
    told = {"text": "Speak up in drama", "set_on": actor.today}
    return actions.set_goal(actor=actor, pupil=pupil, **(told | changes))


def explain(actor, route, **changes):
    told = {
        "about": "Where to go after the suspension",
        "explained_on": actor.today,
        "options": "Stay with a plan; a managed move",
        "questions": "Can we say no? Yes.",
        "parent_name": "Jo Testerly",
        "parent_words": "We want him to stay.",
    }
    return actions.record_decision(
        actor=actor, pupil=route.pupil, explained=Explained(**(told | changes))
    )


@pytest.fixture
def tutee(acting, route):
    """A pupil of the unit without a case, whose tutor is sana, the unit's SENDCo."""
    pupil = route.children.pupil("Sky", "Placeholder", at="orchard")
    actions.name_tutor(actor=acting("sana"), pupil=pupil, tutor=route.staff("sana"))
    return pupil


def talk(actor, pupil, **changes):
    told = {"on": actor.today, "words": "Options for next year"}
    return talk_with_tutee(actor=actor, pupil=pupil, talk=Talk(**(told | changes)))


def test_a_goal_is_shared_and_what_they_say_of_it_when_said_so(acting, route):
    asha = acting("asha")
    goal = set_goal(asha, route.pupil)

    voice = actions.hear_of_goal(
        actor=asha, goal=goal, said_on=asha.today, words="I did it once", face=4, is_shared=True
    )

    assert queries.said_of_goals(acting("petra"), route.pupil) == {goal.pk: [voice]}
    line = ChronologyEntry.objects.filter(kind="VOICE").order_by("pk").first()
    assert (line.summary, line.is_shared) == ("Goal of their own: Speak up in drama", True)


def test_a_goal_ends_with_how_and_takes_no_more_words(acting, route):
    asha = acting("asha")
    goal = set_goal(asha, route.pupil)

    ended = actions.end_goal(actor=asha, goal=goal, ended_on=asha.today, ended_as="REACHED")

    with pytest.raises(Refused, match="This goal ended on"):
        actions.hear_of_goal(actor=asha, goal=ended, said_on=asha.today, words="More")


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"text": " "}, "better at"), ({"set_on": timedelta(days=1)}, "has not come yet")],
)
def test_a_goal_that_cannot_stand_is_refused(acting, route, changes, words):
    asha = acting("asha")
    if "set_on" in changes:
        changes = {"set_on": asha.today + changes["set_on"]}

    with pytest.raises(Problem, match=words):
        set_goal(asha, route.pupil, **changes)


def test_nothing_said_of_a_goal_is_refused(acting, route):
    asha = acting("asha")
    goal = set_goal(asha, route.pupil)

    with pytest.raises(Problem, match="Choose a face"):
        actions.hear_of_goal(actor=asha, goal=goal, said_on=asha.today)
    assert not Voice.objects.exists()


def test_the_units_sendco_keeps_goals_for_its_roll_without_a_case(acting, route, tutee):
    assert policy.hear(acting("sana"), tutee)
    assert not policy.hear(acting("tom"), tutee)
    Case.objects.update(state="CLOSED", closed_on=acting("sana").today)
    assert not policy.hear(acting("sana"), route.pupil)


def test_a_talk_puts_what_follows_on_the_tutors_list(acting, route, tutee):
    sana = acting("sana")
    by = sana.today + timedelta(days=7)

    recorded = talk(sana, tutee, follow_up="Ask about college", follow_up_by=by)

    task = Task.objects.get(owner=route.staff("sana"))
    assert (task.due_on, task.why) == (by, "Ask about college")
    (mine,) = queries.own_tutees(sana)
    assert (mine["follow_up"], mine["talked_on"]) == ("Ask about college", sana.today)
    actions.follow_up_talk(actor=sana, talk=recorded, note="Visit on 4 December")
    assert queries.own_tutees(sana)[0]["follow_up"] is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"words": " "}, "what you talked about"),
        ({"follow_up": "Ask about college"}, "what, and by which day"),
        ({"on": timedelta(days=1)}, "has not come yet"),
    ],
)
def test_a_talk_that_cannot_stand_is_refused(acting, tutee, changes, words):
    sana = acting("sana")
    if "on" in changes:
        changes = {"on": sana.today + changes["on"]}

    with pytest.raises(Problem, match=words):
        talk(sana, tutee, **changes)
    assert not TutorTalk.objects.exists()


@pytest.mark.parametrize("name", ["tom", "asha", "mina"])
def test_only_the_tutor_records_a_talk(acting, tutee, name):
    assert "Only the pupil's tutor" in policy.talk(acting(name), tutee).reason


def test_a_talk_is_read_by_casework_and_its_tutor(acting, tutee):
    recorded = talk(acting("sana"), tutee)

    assert queries.talks_of(acting("mina"), tutee) == [recorded]
    assert queries.talks_of(acting("tom"), tutee) == []
    with pytest.raises(NotFound):
        queries.get_talk(acting("tom"), tutee, recorded.pk)


def test_a_new_tutor_takes_the_place_of_the_one_before(acting, route, tutee):
    actions.name_tutor(actor=acting("sana"), pupil=tutee, tutor=route.staff("tom"))

    assert queries.tutor_of(tutee).tutor_id == route.staff("tom").pk
    assert queries.own_tutees(acting("sana")) == []
    with pytest.raises(Problem, match="their tutor already"):
        actions.name_tutor(actor=acting("sana"), pupil=tutee, tutor=route.staff("tom"))


def test_only_the_sendco_of_the_roll_names_a_tutor(acting, route, tutee):
    for name in ("asha", "marta", "hugo"):
        assert not policy.name_tutor(acting(name), tutee), name


def test_a_decision_keeps_options_questions_and_words(acting, route):
    decision = explain(acting("asha"), route, pupil_words="I want to stay too.")

    (read,) = queries.decisions_of(acting("mina"), route.pupil)
    assert read == decision
    line = ChronologyEntry.objects.get(kind="VOICE")
    assert line.summary == "Options explained and decided: Where to go after the suspension"
    assert (line.information_class, line.is_shared) == ("C3", False)


def test_what_is_not_to_be_passed_on_is_family_confidential(acting, route):
    explain(acting("asha"), route, is_confidential=True)

    assert len(queries.decisions_of(acting("asha"), route.pupil)) == 1
    assert queries.decisions_of(acting("petra"), route.pupil) == []
    assert queries.decisions_of(acting("ben"), route.pupil) == []
    acting("petra")
    assert not InformedDecision.objects.exists()  # The wall itself.


@pytest.mark.parametrize(
    ("changes", "words", "field"),
    [
        ({"about": " "}, "what was to be decided", "about"),
        ({"options": ""}, "the options as you explained", "options"),
        ({"parent_words": ""}, "what they decided", "parent_words"),
        ({"parent_name": ""}, "who in the family", "parent_name"),
    ],
)
def test_a_decision_that_says_too_little_is_refused_at_its_field(
    acting, route, changes, words, field
):
    with pytest.raises(Problem, match=words) as told:
        explain(acting("asha"), route, **changes)

    assert told.value.field == field


def test_a_young_person_may_decide_alone(acting, route):
    explain(acting("asha"), route, parent_name="", parent_words="", pupil_words="I will go.")

    assert InformedDecision.objects.get().pupil_words == "I will go."


def test_a_closed_case_takes_no_decision(acting, route):
    Case.objects.update(state="CLOSED", closed_on=acting("asha").today)

    with pytest.raises(Refused, match="There is no open case"):
        explain(acting("asha"), route)


def test_a_failed_audit_changes_nothing(acting, route, tutee, monkeypatch):
    def fail(**_line):
        raise RuntimeError("the audit trail cannot be written")

    monkeypatch.setattr(audit, "record", fail)
    for attempt in (
        lambda: set_goal(acting("asha"), route.pupil),
        lambda: explain(acting("asha"), route),
        lambda: talk(acting("sana"), tutee),
    ):
        with pytest.raises(RuntimeError):
            attempt()

    assert not PersonalGoal.objects.exists()
    assert not InformedDecision.objects.exists()
    assert not TutorTalk.objects.exists()
