"""Short lessons against a learning gap: written by one, signed off by another, their result kept."""

import pytest

from alongside.assessments.actions.needs import record_need
from alongside.assessments.models import Need
from alongside.core.decisions import Conflict, NotFound, Problem, Refused
from alongside.core.models import Notice, Staff
from alongside.people.models import Capacity
from alongside.plans import actions, lessons
from alongside.plans.models import LessonPlan
from alongside.rules.working_days import next_working_day
from tests.children import Children
from tests.plans.makers import Making
from tests.web.test_plans import day


@pytest.fixture
def gap(making) -> Need:
    """Of the pupil, who has ben beside him as well."""
    Children(making.cast, _urn=900300).involve(making.case.pupil, "ben", Capacity.DEPLOYED)
    return record_need(
        actor=making.acting("asha"),
        pupil=making.case.pupil,
        kind=Need.Kind.LEARNING_GAP,
        text="Times tables beyond five",
    )


def written(making: Making, gap: Need, by: str = "ben") -> LessonPlan:
    actor = making.acting(by)
    return actions.write_lesson(
        actor=actor,
        case=making.case,
        need=gap,
        title="Sixes with counters",
        steps="Lay them out. Count in sixes.",
        adaptations="Ten minutes, counters first",
        planned_for=actor.today,
    )


@pytest.mark.duty("SA-42")
def test_an_assistant_plans_a_lesson_against_a_gap_and_keeps_its_result(making, gap, signed_in):
    client = signed_in("ben")
    sent = {
        "need": str(gap.pk),
        "title": "Sixes with counters",
        "steps": "Lay them out. Count in sixes.",
        **day("planned_for", next_working_day(making.today)),
    }
    assert client.post(f"/cases/{making.case.pk}/lessons/add/", sent).status_code == 302
    making.acting("mina")
    lesson = LessonPlan.objects.get()
    actions.sign_off(actor=making.acting("mina"), lesson=lesson)
    at = f"/cases/{making.case.pk}/lessons/{lesson.pk}/"

    told = {"went": "PARTLY", "result": "To 6 × 4", **day("delivered_on", making.today)}
    assert client.post(f"{at}result/", told).status_code == 302

    page = client.get(at).content.decode()
    assert "Times tables beyond five" in page
    assert "To 6 × 4" in page
    making.acting("ben")
    lesson.refresh_from_db()
    assert (lesson.went, lesson.delivered_on, lesson.need) == ("PARTLY", making.today, gap)


@pytest.mark.duty("LP-57")
def test_a_lead_returns_an_assistants_lesson_and_adaptations_then_signs_them_off(
    making, gap, signed_in, cast
):
    lesson = written(making, gap)
    lead = signed_in("mina")
    at = f"/cases/{making.case.pk}/lessons/{lesson.pk}/"
    shown = lead.get(f"{at}decide/").content.decode()
    assert "Ten minutes, counters first" in shown
    assert lead.post(f"{at}decide/", {"answer": "return", "reason": ""}).status_code == 422
    returned = {"answer": "return", "reason": "Add a picture."}
    assert lead.post(f"{at}decide/", returned).status_code == 302
    ben = making.acting("ben")
    lesson.refresh_from_db()
    assert (lesson.state, lesson.return_reason) == ("RETURNED", "Add a picture.")
    assert Notice.objects.filter(staff_id=cast.staff["ben"], kind="lesson.decided").exists()

    actions.change_lesson(
        actor=ben,
        lesson=lesson,
        need=gap,
        title=lesson.title,
        steps=lesson.steps,
        adaptations="Ten minutes, with pictures",
        planned_for=ben.today,
        version=lesson.version,
    )
    signed = actions.sign_off(actor=making.acting("mina"), lesson=lesson)

    mina = Staff.objects.get(pk=cast.staff["mina"])
    assert (signed.state, signed.decided_by, signed.decided_on) == ("SIGNED", mina, making.today)


def test_nobody_signs_off_what_they_wrote_and_no_assistant_signs_off(making, gap):
    own = written(making, gap, by="mina")

    with pytest.raises(Refused, match="You wrote this lesson"):
        actions.sign_off(actor=making.acting("mina"), lesson=own)
    with pytest.raises(Refused, match="signs lessons off"):
        actions.sign_off(actor=making.acting("ben"), lesson=own)


def test_a_lesson_is_delivered_once_and_not_before_it_is_signed_off(making, gap):
    lesson = written(making, gap)
    told = {"delivered_on": making.today, "went": "GRASPED"}
    with pytest.raises(Refused, match="once it is signed off"):
        actions.record_lesson_result(actor=making.acting("ben"), lesson=lesson, **told)
    actions.sign_off(actor=making.acting("mina"), lesson=lesson)
    actions.record_lesson_result(actor=making.acting("ben"), lesson=lesson, **told)

    with pytest.raises(Refused, match="was delivered on"):
        actions.record_lesson_result(actor=making.acting("ben"), lesson=lesson, **told)


def test_two_who_change_one_lesson_both_keep_their_words(making, gap):
    lesson = written(making, gap)
    told = {"need": gap, "title": "Sixes", "steps": "Count", "planned_for": making.today}
    actions.change_lesson(actor=making.acting("ben"), lesson=lesson, version=1, **told)

    with pytest.raises(Conflict):
        actions.change_lesson(actor=making.acting("ben"), lesson=lesson, version=1, **told)


def test_a_need_that_is_no_learning_gap_is_refused_at_its_field(making, gap):
    barrier = record_need(
        actor=making.acting("asha"),
        pupil=making.case.pupil,
        kind=Need.Kind.BARRIER,
        text="Noise",
    )

    with pytest.raises(Problem) as problem:
        written(making, barrier)
    assert problem.value.field == "need"


def test_a_school_and_another_team_read_no_lesson(making, gap):
    lesson = written(making, gap)

    for name in ("petra", "carys"):
        with pytest.raises(NotFound):
            lessons.get_lesson(making.acting(name), making.case, lesson.pk)


def test_no_lesson_yet_says_that_a_gap_comes_first(making, signed_in):
    page = signed_in("asha").get(f"/cases/{making.case.pk}/lessons/").content.decode()

    assert "No lesson is planned yet" in page
    assert "record one on Assessment" in page
