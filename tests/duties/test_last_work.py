"""No last day of the work lies before the work: in closing a case, and in leaving the council."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.cases.models import Case, CaseState, Task
from alongside.core.decisions import Problem
from alongside.duties.closing import close_case
from alongside.duties.leaving import leave_council
from alongside.fieldwork.models import DailyLog, Session, Visit
from alongside.pathways.models import Stage, Standing
from alongside.people.models import Enrolment
from alongside.plans.models import Plan
from alongside.rules.words import day_in_words
from tests.pages import plain
from tests.plans.makers import make_case
from tests.plans.test_leaving import left
from tests.referrals import made
from tests.routes import begun_before
from tests.web.test_case import day

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
TOLD = {"outcome": "SUSTAINED", "risk_at_end": "LOW", "closing_summary": "Stays in lessons."}


@pytest.fixture
def begun(acting, route):
    """The case was opened eight weeks ago."""
    begun_before(route, acting("asha").today - timedelta(weeks=8))
    return route


def log(begun, actor, on) -> None:
    DailyLog.objects.create(
        case=begun.case, pupil=begun.pupil, on=on, recorded_by_id=actor.staff_id
    )


def session(begun, actor, on) -> None:
    Session.objects.create(
        case=begun.case, pupil=begun.pupil, kind="ONE_TO_ONE", minutes=30, attendance="ATTENDED",
        starts_at=timezone.now() - (actor.today - on), recorded_by_id=actor.staff_id,
    )  # fmt: skip


def visit(begun, actor, on) -> None:
    at = timezone.now() - (actor.today - on)
    Visit.objects.create(
        staff_id=actor.staff_id, school=begun.case.school, pupil=begun.pupil, minutes=30,
        starts_at=at, done_at=at, purpose="Observe maths",
    )  # fmt: skip


def plan(begun, actor, on) -> None:
    Plan.objects.create(
        case=begun.case, pupil=begun.pupil, number=1, state="AGREED", aim="Stays", starts_on=on,
        review_due_on=on + timedelta(weeks=6), written_by_id=actor.staff_id,
        changed_by_id=actor.staff_id, changed_at=timezone.now(), approved_at=timezone.now(),
        approved_by_id=actor.staff_id,
    )  # fmt: skip


def stage(begun, actor, on) -> None:
    one = Stage.objects.create(framework=begun.framework, order=1, name="Outreach")
    Standing.objects.create(
        pupil=begun.pupil, stage=one, starts_on=on, reason="x", moved_by_id=actor.staff_id
    )


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (log, "the daily log of"),
        (session, "the session of"),
        (visit, "the visit of"),
        (plan, "plan 1, in use from"),
        (stage, "the stage “Outreach”, begun on"),
    ],
)
def test_a_case_is_not_closed_on_a_day_before_its_own_work(acting, begun, record, words):
    asha = acting("asha")
    on = asha.today - timedelta(days=7)
    record(begun, asha, on)

    with pytest.raises(Problem) as told:
        close_case(actor=asha, case=begun.case, closed_on=on - DAY, **TOLD)

    assert told.value.field == "closed_on"
    assert told.value.message == (
        f"Work is recorded after that day: {words} {day_in_words(on)}. "
        "Give that day or a later one."
    )
    assert Case.objects.get(pk=begun.case.pk).state == CaseState.OPEN
    closed = close_case(actor=asha, case=begun.case, closed_on=on, **TOLD)
    assert closed.closed_on == on


def test_a_review_held_after_the_last_day_stops_it(acting, cast):
    making = make_case(acting, cast)
    made_plan = making.reviewed()
    begun_before(making, making.today - timedelta(weeks=8))
    Plan.objects.filter(pk=made_plan.pk).update(starts_on=making.today - timedelta(weeks=7))

    with pytest.raises(Problem, match="the review of"):
        close_case(actor=acting("asha"), case=making.case, closed_on=making.today - DAY, **TOLD)


def test_the_closing_page_says_what_is_recorded_later(acting, begun, signed_in):
    asha = acting("asha")
    log(begun, asha, asha.today - DAY)
    sent = TOLD | day("closed_on", asha.today - timedelta(weeks=5))

    answer = signed_in("asha").post(f"/cases/{begun.case.pk}/close/", sent)

    assert answer.status_code == 422
    assert "Work is recorded after that day: the daily log of" in plain(answer.content)


def test_leaving_before_the_register_the_case_or_the_referral_began_is_refused(acting, begun, cast):
    asha = acting("asha")
    opened, on_roll = begun.case.opened_on, Enrolment.objects.get(pupil=begun.pupil)

    with pytest.raises(Problem, match=f"opened on {day_in_words(opened)}") as told:
        leave_council(actor=asha, pupil=begun.pupil, left=left(opened - DAY))
    assert told.value.field == "last_day"

    Enrolment.objects.filter(pk=on_roll.pk).update(starts_on=asha.today - timedelta(days=2))
    with pytest.raises(Problem, match=f"On roll at {on_roll.school.name} from"):
        leave_council(actor=asha, pupil=begun.pupil, left=left(asha.today - timedelta(days=9)))


def test_leaving_before_the_referral_was_sent_is_refused(acting, cast):
    referral = made.sent(acting, cast)
    mina = acting("mina")

    with pytest.raises(Problem, match=f"Referral {referral.reference} was sent on"):
        leave_council(actor=mina, pupil=referral.pupil, left=left(mina.today - DAY))


def test_who_left_before_the_last_work_is_ticked_once_and_nobody_is_shut_out(
    acting, begun, signed_in
):
    asha = acting("asha")
    log(begun, asha, asha.today - DAY)
    client, at = signed_in("asha"), f"/pupils/{begun.pupil.pk}/"
    sent = {
        "to_council": "Westshire",
        "closing_summary": "Stays in lessons with the exit card.",
        "risk_at_end": "LOW",
        **day("last_day", asha.today - timedelta(weeks=5)),
    }
    assert "They had left before that" not in client.get(f"{at}leaving/").content.decode()

    asked = client.post(f"{at}leaving/", sent)

    page = plain(asked.content)
    assert asked.status_code == 422
    assert "Work is recorded after that day: the daily log of" in page
    assert "They had left before that" in page
    assert Case.objects.get(pk=begun.case.pk).state == CaseState.OPEN
    saved = client.post(f"{at}leaving/", sent | {"had_left_before": "on"})
    assert saved["Location"] == f"{at}left/", plain(saved.content)
    assert client.get(f"{at}left/").status_code == 200
    acting("asha")
    task = Task.objects.get(url=f"{at}left/", done_on=None)
    assert client.get(f"/tasks/{task.pk}/").status_code == 200


def test_every_register_ends_with_leaving_and_one_still_to_begin_never_was(acting, begun, cast):
    asha = acting("asha")
    last = asha.today - timedelta(days=3)
    now = Enrolment.objects.get(pupil=begun.pupil)
    Enrolment.objects.filter(pk=now.pk).update(ends_on=asha.today + 30 * DAY)
    begun.children.enrol(begun.pupil, "marlpit", starts_on=asha.today + 31 * DAY)

    leave_council(actor=asha, pupil=begun.pupil, left=left(last))

    assert list(Enrolment.objects.filter(pupil=begun.pupil).values_list("pk", "ends_on")) == [
        (now.pk, last)
    ]
