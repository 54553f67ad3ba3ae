"""Next steps agreed on a visit stand on both people's lists, until one of them is done."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.cases.models import Task
from alongside.core.decisions import Problem, Refused
from alongside.core.models import AuditEntry, Notice
from alongside.fieldwork import actions
from alongside.fieldwork.models import Visit
from alongside.people.models import ChronologyEntry
from tests.web.test_fieldwork import day, session_told

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(acting, worked):
    asha = acting("asha")
    return actions.record_session(
        actor=asha, case=worked.case, kind="ONE_TO_ONE", minutes=30, attendance="ATTENDED",
        starts_at=timezone.now() - timedelta(hours=30), what_we_did="Practised the exit card",
    )  # fmt: skip


@pytest.fixture
def visit(acting, worked):
    asha = acting("asha")
    return Visit.objects.create(
        staff_id=asha.staff_id, school=worked.case.school, minutes=30, purpose="Termly visit",
        starts_at=timezone.now(),
    )  # fmt: skip


def agree(actor, cast, met, text="Keep a seat by the door", **changes):
    step = actions.NextStep(text=text, due_on=actor.today + timedelta(days=7), is_mine=False)
    told = {"with_id": cast.staff["petra"], "steps": [step]} | changes
    return actions.agree_next_steps(actor=actor, met=met, **told)


def told_of(cast, by, **changes):
    told = {
        "with_whom": cast.staff["petra"],
        "step_1_text": "Keep a seat by the door", "step_1_who": "theirs",
        "step_2_text": "Bring the visual timetable", "step_2_who": "mine",
    }  # fmt: skip
    return told | day(by, "step_1_due_on") | day(by, "step_2_due_on") | changes


@pytest.mark.duty("SA-27")
def test_next_steps_agreed_on_the_visits_screen_stand_on_both_lists(
    signed_in, worked, acting, cast
):
    asha = acting("asha")
    client, by = signed_in("asha"), asha.today + timedelta(days=7)
    said = session_told(asha.today - timedelta(days=1), then="steps")

    page = client.post(f"/cases/{worked.case.pk}/sessions/new/", said)
    done = client.post(page["Location"], told_of(cast, by), follow=True)

    assert page["Location"].endswith("/next-steps/")
    assert "2 next steps agreed. You find them on both your lists." in done.content.decode()
    ours, theirs = (signed_in(n).get("/due/").content.decode() for n in ("asha", "petra"))
    assert "is to: Keep a seat by the door: Robin Testerly" in ours
    assert "Bring the visual timetable: Robin Testerly" in ours
    assert "Keep a seat by the door: Robin Testerly" in theirs
    assert "is to: Bring the visual timetable: Robin Testerly" in theirs


def test_a_step_undone_by_its_day_is_overdue_for_both(signed_in, session, acting, cast):
    asha = acting("asha")
    (task,) = agree(asha, cast, session)
    Task.objects.update(due_on=asha.today - timedelta(days=1))

    ours, theirs = (signed_in(name).get("/due/").content.decode() for name in ("asha", "petra"))
    read = signed_in("asha").get(f"/sessions/{session.pk}/").content.decode()

    assert all("Overdue" in page for page in (ours, theirs, read))
    assert f'href="/tasks/{task.pk}/"' in theirs


@pytest.mark.parametrize("name", ["petra", "asha"])
def test_either_of_the_two_ticks_it_and_it_leaves_both_lists(
    signed_in, session, acting, cast, name
):
    (task,) = agree(acting("asha"), cast, session)

    signed_in(name).post(f"/tasks/{task.pk}/")

    for person in ("asha", "petra"):
        assert "Keep a seat" not in signed_in(person).get("/due/").content.decode()


def test_the_school_reads_what_was_agreed_and_is_told(acting, session, cast):
    agree(acting("asha"), cast, session)

    petra = acting("petra")

    line = ChronologyEntry.objects.readable_by(petra).get(summary__startswith="Next steps")
    assert "by " in line.detail
    assert Notice.objects.get(staff_id=petra.staff_id, kind="next_steps.agreed")
    assert AuditEntry.objects.filter(kind="next_steps.agreed").exists()


def test_who_does_not_sign_in_is_named_on_the_workers_list(acting, session, cast):
    asha = acting("asha")

    (task,) = agree(asha, cast, session, with_id=None, name="Mrs Placeholder, tutor")

    assert task.text == "Ask Mrs Placeholder, tutor: Keep a seat by the door"
    assert (task.owner_id, task.agreed_with_id) == (asha.staff_id, None)


def test_a_visit_to_a_school_alone_agrees_steps_with_its_people(signed_in, visit, acting, cast):
    by = acting("asha").today + timedelta(days=3)
    client = signed_in("asha")

    assert f"/visits/{visit.pk}/next-steps/" in client.get("/planner/").content.decode()
    told = {n: v for n, v in told_of(cast, by).items() if not n.startswith("step_2")}
    client.post(f"/visits/{visit.pk}/next-steps/", told)

    acting("asha")
    task = Task.objects.get(agreed_from=f"/visits/{visit.pk}/")
    assert (task.owner_id, task.pupil_id) == (cast.staff["petra"], None)
    line = ChronologyEntry.objects.get(summary__startswith="Next steps")
    assert (line.information_class, line.school_id) == ("C1", visit.school_id)


def test_the_same_step_twice_is_agreed_once(acting, session, cast):
    asha = acting("asha")
    agree(asha, cast, session)

    with pytest.raises(Problem, match="agreed here already"):
        agree(asha, cast, session)


def test_a_day_gone_by_and_a_stranger_are_refused(acting, session, cast):
    asha = acting("asha")
    late = actions.NextStep("Ring", asha.today - timedelta(days=1), is_mine=True)

    with pytest.raises(Problem, match="gone by"):
        agree(asha, cast, session, steps=[late])
    with pytest.raises(Problem, match="pupil’s school"):
        agree(asha, cast, session, with_id=cast.staff["marta"])


def test_a_visit_to_come_or_called_off_agrees_nothing_yet(acting, visit, cast):
    asha = acting("asha")
    visit.starts_at = timezone.now() + timedelta(days=2)

    with pytest.raises(Refused, match="not happened yet"):
        agree(asha, cast, visit)
    visit.cancelled_because = "Ill"
    with pytest.raises(Refused, match="called off"):
        agree(asha, cast, visit)


def test_a_step_with_a_day_and_no_words_is_not_left_out(signed_in, visit, acting, cast):
    by = acting("asha").today + timedelta(days=7)
    told = told_of(cast, by, step_2_text="")

    answer = signed_in("asha").post(f"/visits/{visit.pk}/next-steps/", told)

    assert "Step 2: say what it is, or empty the row" in answer.content.decode()
    assert Task.objects.count() == 0


def test_an_empty_page_says_what_is_missing(signed_in, session):
    answer = signed_in("asha").post(f"/sessions/{session.pk}/next-steps/", {"with_whom": "else"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write their name" in page
    assert "Write one step at least" in page
