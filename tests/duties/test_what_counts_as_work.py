"""What is work of a case, and what is not: the last day is held to the newest of it alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.cases.models import Case
from alongside.core.decisions import Problem, Refused
from alongside.core.models import Place
from alongside.duties.closing import close_case, correct_closing
from alongside.duties.last_work import last_work
from alongside.duties.leaving import correct_last_day, leave_council
from alongside.fieldwork.models import Session, Visit
from alongside.pathways.models import Framework, Stage, Standing
from alongside.plans.models import Plan, Review
from alongside.rules.words import day_in_words
from tests.duties.test_last_work import TOLD, begun, log, plan, session, stage, visit  # noqa: F401
from tests.plans.makers import make_case
from tests.plans.test_leaving import left
from tests.routes import begun_before

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def drawn(begun, actor, on) -> None:
    """A plan that nobody has approved."""
    plan(begun, actor, on)
    Plan.objects.filter(case=begun.case).update(
        state="DRAFT", approved_at=None, approved_by_id=None
    )


def planned_visit(begun, actor, on) -> None:
    visit(begun, actor, on)
    Visit.objects.update(done_at=None)


def visit_of_others(begun, actor, on) -> None:
    visit(begun, actor, on)
    Visit.objects.update(staff_id=begun.staff("ben").pk)


def session_elsewhere(begun, actor, on) -> None:
    session(begun, actor, on)
    Session.objects.update(case=other_case(begun))


def stage_elsewhere(begun, actor, on) -> None:
    stage(begun, actor, on)
    other = Framework.objects.create(
        key="other", name="Another", owner=begun.service, version="1", starts_on="2020-09-01"
    )
    Stage.objects.update(framework=other)


def other_case(begun, **told) -> Case:
    """Of the same pupil, with another service."""
    place = Place.objects.get(name__contains="primary")
    given = {"state": "OPEN", "opened_on": begun.case.opened_on} | told
    return Case.objects.create(
        reference="C-1", pupil=begun.pupil, school=begun.case.school, service=place,
        framework=begun.framework, reason="x", **given,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("record", "days"),
    [
        (session, 3), (log, 3), (visit, 3), (plan, 3), (stage, 3),  # Still to come.
        (drawn, -3), (planned_visit, -3), (visit_of_others, -3), (session_elsewhere, -3),
        (stage_elsewhere, -3), (visit, -70), (stage, -70),  # The case was opened 56 days ago.
    ],
)  # fmt: skip
def test_what_is_still_to_come_or_not_of_this_case_is_no_work_of_it(acting, begun, record, days):
    asha = acting("asha")

    record(begun, asha, asha.today + timedelta(days=days))

    assert last_work(asha, begun.case) is None


def test_a_review_still_to_come_is_no_work(acting, cast):
    making = make_case(acting, cast)
    made = making.reviewed()
    Plan.objects.filter(pk=made.pk).update(starts_on=making.today - timedelta(days=9))
    Review.objects.update(held_on=making.today + timedelta(days=9))

    found = last_work(acting("asha"), making.case)

    assert found and found.what == "plan 1, in use from"


@pytest.mark.parametrize("record", [session, log, visit, stage])
@pytest.mark.parametrize("order", [(-9, -4), (-4, -9)])
def test_the_newest_of_a_kind_is_the_last(acting, begun, record, order):
    asha = acting("asha")
    for days in order:
        if record is stage and Stage.objects.exists():
            Standing.objects.create(
                pupil=begun.pupil, stage=Stage.objects.get(), reason="x",
                starts_on=asha.today + timedelta(days=days), moved_by_id=asha.staff_id,
            )  # fmt: skip
        else:
            record(begun, asha, asha.today + timedelta(days=days))

    assert last_work(asha, begun.case).on == asha.today - 4 * DAY


def test_the_newest_plan_and_the_newest_review_are_the_last(acting, cast):
    making = make_case(acting, cast)
    made = making.reviewed()
    asha = acting("asha")
    begun_before(making, asha.today - timedelta(weeks=8))
    first = Review.objects.get(plan=made)
    Plan.objects.filter(pk=made.pk).update(starts_on=asha.today - 30 * DAY)
    Review.objects.filter(pk=first.pk).update(held_on=asha.today - 9 * DAY)
    later = Review.objects.get(pk=first.pk)
    later.pk, later.held_on = None, asha.today - 4 * DAY
    second = Plan.objects.get(pk=made.pk)
    second.pk, second.number, second.starts_on = None, 9, asha.today - 20 * DAY
    second._state.adding = later._state.adding = True
    second.state, second.ended_on = "ENDED", asha.today
    second.save()
    later.plan = second
    later.save()

    assert last_work(asha, making.case).words.startswith("the review of")
    assert last_work(asha, making.case).on == asha.today - 4 * DAY
    Review.objects.all().delete()
    assert last_work(asha, making.case).on == asha.today - 20 * DAY


def test_the_newest_of_all_kinds_is_told(acting, begun):
    asha = acting("asha")
    log(begun, asha, asha.today - 5 * DAY)
    session(begun, asha, asha.today - 3 * DAY)
    visit(begun, asha, asha.today - 8 * DAY)

    assert last_work(asha, begun.case).what == "the session of"


def test_a_stage_carried_over_began_when_it_first_did(acting, begun):
    asha = acting("asha")
    stage(begun, asha, asha.today - 2 * DAY)
    Standing.objects.update(since_on=asha.today - 30 * DAY)

    assert last_work(asha, begun.case).on == asha.today - 30 * DAY


def test_the_day_of_the_last_work_may_be_the_last_day_here(acting, begun):
    asha = acting("asha")
    log(begun, asha, asha.today - 5 * DAY)

    leave_council(actor=asha, pupil=begun.pupil, left=left(asha.today - 5 * DAY))

    assert Case.objects.get(pk=begun.case.pk).closed_on == asha.today - 5 * DAY


def test_work_of_a_case_closed_before_is_not_asked_about(acting, begun):
    asha = acting("asha")
    older = other_case(
        begun, state="CLOSED", closed_on=asha.today - DAY, outcome="SUSTAINED", risk_at_end="LOW"
    )
    Session.objects.create(
        case=older, pupil=begun.pupil, kind="ONE_TO_ONE", minutes=30, attendance="ATTENDED",
        starts_at=timezone.now() - 2 * DAY, recorded_by_id=asha.staff_id,
    )  # fmt: skip

    leave_council(actor=asha, pupil=begun.pupil, left=left(asha.today - 9 * DAY))

    older.refresh_from_db()
    assert older.closed_on == asha.today - DAY


def test_of_two_cases_the_newest_work_is_told(acting, begun):
    mina = acting("mina")
    log(begun, mina, mina.today - 6 * DAY)
    other = other_case(begun)
    Session.objects.create(
        case=other, pupil=begun.pupil, kind="ONE_TO_ONE", minutes=30, attendance="ATTENDED",
        starts_at=timezone.now() - 3 * DAY, recorded_by_id=mina.staff_id,
    )  # fmt: skip

    with pytest.raises(Problem) as told:
        leave_council(actor=mina, pupil=begun.pupil, left=left(mina.today - 20 * DAY))

    assert f"the session of {day_in_words(mina.today - 3 * DAY)}" in told.value.message
    assert not Case.objects.filter(pupil=begun.pupil, state="CLOSED").exists()


def test_who_may_not_is_told_so_before_anything_of_the_work(acting, begun):
    asha = acting("asha")
    log(begun, asha, asha.today - DAY)
    early = asha.today - 9 * DAY
    ben = acting("ben")  # He reads the work, and closes no case.
    with pytest.raises(Refused):
        close_case(actor=ben, case=begun.case, closed_on=early, **TOLD)
    with pytest.raises(Refused):
        leave_council(actor=ben, pupil=begun.pupil, left=left(early))

    asha = acting("asha")
    closed = close_case(actor=asha, case=begun.case, closed_on=asha.today, **TOLD)
    with pytest.raises(Refused):
        correct_closing(actor=acting("ben"), case=closed, closed_on=early, reason="x")


def test_who_may_not_correct_a_leaving_is_told_so_before_anything_of_the_work(acting, begun):
    asha = acting("asha")
    log(begun, asha, asha.today - DAY)
    gone = leave_council(actor=asha, pupil=begun.pupil, left=left(asha.today))

    with pytest.raises(Refused):
        correct_last_day(
            actor=acting("ben"), departure=gone, last_day=asha.today - 9 * DAY, reason="x"
        )
