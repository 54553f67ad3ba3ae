"""A last day saved wrongly is put right: what moves with it, who sees what, and what stays ended."""

from datetime import date, timedelta

import pytest

from alongside.cases import policy
from alongside.cases.actions import add_task
from alongside.cases.models import Allocation, Case, SustainedCheck, Task
from alongside.core import audit
from alongside.core.decisions import Problem, Refused
from alongside.core.models import AuditEntry, Notice
from alongside.core.queries import grace_days
from alongside.duties.closing import close_case, correct_closing
from alongside.duties.leaving import correct_last_day, leave_council
from alongside.people.actions import registers
from alongside.people.models import Capacity, ChronologyEntry, Enrolment, Involvement
from alongside.people.queries.registers import fingerprint, latest_change
from alongside.plans.models import Plan
from alongside.referrals.actions import moving
from alongside.referrals.models import Departure
from alongside.rules.sustained_checks import check_days
from alongside.rules.words import day_in_words
from alongside.schools.queries import calendar_of
from tests.duties.test_last_work import TOLD, log, plan
from tests.pages import plain
from tests.plans.test_leaving import left
from tests.routes import begun_before
from tests.web.test_case import day

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def gone(acting, route) -> Departure:
    """Robin's last day was saved as three weeks ago. It was a slip for yesterday."""
    asha = acting("asha")
    begun_before(route, asha.today - timedelta(weeks=8))
    plan(route, asha, asha.today - timedelta(weeks=7))
    route.children.involve(route.pupil, "theo", Capacity.TEACHES)
    acting("asha")
    add_task(actor=asha, owner_id=asha.staff_id, text="Ring", due_on=asha.today, case=route.case)
    return leave_council(actor=asha, pupil=route.pupil, left=left(asha.today - timedelta(weeks=3)))


def corrected(actor, gone, last_day: date, **told) -> Departure:
    return correct_last_day(
        actor=actor, departure=gone, last_day=last_day, **{"reason": "A slip: 6 for 26."} | told
    )


def test_what_the_leaving_ended_moves_to_the_right_day(acting, route, gone):
    asha = acting("asha")
    was, right = gone.last_day, asha.today - DAY

    corrected(asha, gone, right)

    assert Departure.objects.get(pk=gone.pk).last_day == right
    assert Case.objects.get(pk=route.case.pk).closed_on == right
    assert Plan.objects.get(case=route.case).ended_on == right
    assert {a.ends_on for a in Allocation.objects.filter(case=route.case)} == {right}
    assert Enrolment.objects.get(pupil=route.pupil).ends_on == right
    assert day_in_words(right) in Task.objects.get(text="Ring").ended_because
    line = ChronologyEntry.objects.get(summary__startswith="Corrected: the last day here was")
    assert day_in_words(right) in line.summary and day_in_words(was) in line.summary
    assert line.summary.endswith(". A slip: 6 for 26.") and line.is_shared
    assert line.corrects.summary.startswith("Left the area on")
    detail = AuditEntry.objects.get(kind="departure.corrected").detail
    assert (detail["from"], detail["to"], detail["reason"]) == (
        str(was),
        str(right),
        "A slip: 6 for 26.",
    )


def test_access_is_what_the_right_day_gives(acting, route, gone):
    asha = acting("asha")
    grace = timedelta(days=grace_days(asha))
    lead = Allocation.objects.get(case=route.case).involvement
    teaches = Involvement.objects.get(pupil=route.pupil, capacity=Capacity.TEACHES)
    assert teaches.access_ends_on == gone.last_day + grace
    assert (
        lead.access_ends_on == asha.today + grace
    )  # Notes are finished after the day of recording.

    corrected(asha, gone, asha.today - DAY)

    lead.refresh_from_db()
    teaches.refresh_from_db()
    assert (teaches.ends_on, teaches.access_ends_on) == (
        asha.today - DAY,
        asha.today - DAY + grace,
    )
    assert (lead.ends_on, lead.access_ends_on) == (asha.today - DAY, asha.today + grace)


def test_nothing_is_opened_again(acting, route, gone):
    mina = acting("mina")

    corrected(mina, gone, mina.today)

    case = Case.objects.get(pk=route.case.pk)
    assert (case.state, Plan.objects.get(case=case).state) == ("CLOSED", "ENDED")
    assert Task.objects.get(text="Ring").done_on
    told = Notice.objects.get(kind="pupil.last_day_corrected")
    assert told.staff == route.staff("asha") and day_in_words(mina.today) in told.text


@pytest.mark.parametrize(
    ("days", "told", "field", "said"),
    [
        (-1, {"reason": " "}, "reason", "Say why"),
        (-21, {}, "last_day", "stands already"),
        (1, {}, "last_day", "has not come"),
        (-100, {}, "last_day", "opened on"),
        (-30, {}, "had_left_before", "the daily log of"),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field(acting, route, gone, days, told, field, said):
    asha = acting("asha")
    log(route, asha, gone.last_day - DAY)

    with pytest.raises(Problem, match=said) as refused:
        corrected(asha, gone, asha.today + days * DAY, **told)

    assert refused.value.field == field
    assert Case.objects.get(pk=route.case.pk).closed_on == gone.last_day


def test_before_the_register_began_is_refused(acting, route, gone):
    asha = acting("asha")
    Enrolment.objects.filter(pupil=route.pupil).update(starts_on=gone.last_day - 3 * DAY)

    with pytest.raises(Problem, match="On roll at"):
        corrected(asha, gone, gone.last_day - 4 * DAY)


def test_a_plan_begun_after_the_last_day_ends_on_its_first_day_and_the_tick_is_audited(
    acting, route
):
    asha = acting("asha")
    begun_before(route, asha.today - timedelta(weeks=8))
    plan(route, asha, asha.today - timedelta(weeks=2))
    told = left(asha.today - timedelta(weeks=3), had_left_before=True)

    departure = leave_council(actor=asha, pupil=route.pupil, left=told)

    made = Plan.objects.get(case=route.case)
    assert made.ended_on == made.starts_on
    detail = AuditEntry.objects.get(kind="pupil.left_council").detail
    assert (detail["had_left_before"], detail["last_day"]) == (True, str(told.last_day))
    corrected(asha, departure, told.last_day - DAY, had_left_before=True)
    made.refresh_from_db()
    assert made.ended_on == made.starts_on
    assert AuditEntry.objects.get(kind="departure.corrected").detail["had_left_before"] is True


def test_who_is_back_is_corrected_no_more(acting, route, gone):
    asha = acting("asha")
    registers.change_school(
        actor=asha, pupil=route.pupil, seen=fingerprint(route.pupil), starts_on=asha.today,
        school=route.case.school,
    )  # fmt: skip

    with pytest.raises(Refused, match="is on roll or worked with here again"):
        corrected(asha, gone, asha.today - DAY)


@pytest.mark.parametrize("name", ["petra", "ben", "ines"])
def test_who_closes_no_case_corrects_no_last_day(acting, gone, name):
    with pytest.raises(Refused, match="Only the lead worker or a manager"):
        corrected(acting(name), gone, gone.last_day + DAY)


def test_a_failed_audit_corrects_nothing(acting, route, gone, monkeypatch):
    asha = acting("asha")
    monkeypatch.setattr(audit, "record", lambda **_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        corrected(asha, gone, asha.today - DAY)

    assert Departure.objects.get(pk=gone.pk).last_day == gone.last_day
    assert Case.objects.get(pk=route.case.pk).closed_on == gone.last_day


def test_the_page_says_what_is_not_reopened_and_corrects_the_day(acting, route, gone, signed_in):
    client, at = signed_in("asha"), f"/pupils/{route.pupil.pk}/left/"
    assert f'href="{at}correct/"' in plain(client.get(at).content)
    page = plain(client.get(f"{at}correct/").content)
    assert "Nothing is opened again" in page and "They had left before that" not in page
    right = acting("asha").today - DAY

    sent = day("last_day", right) | {"reason": "A slip"}
    answer = client.post(f"{at}correct/", sent)

    assert answer["Location"] == at, plain(answer.content)
    assert f"last day {right:%a} {right.day} {right:%b}" in plain(client.get(at).content)


def test_a_register_that_ended_with_leaving_is_corrected_with_it(acting, route, gone):
    asha = acting("asha")
    ended = Enrolment.objects.get(pupil=route.pupil)

    with pytest.raises(Refused, match="Left the council"):
        moving.correct_enrolment(
            actor=asha, enrolment=ended, seen=fingerprint(route.pupil), reason="A slip",
            starts_on=ended.starts_on, ends_on=asha.today,
        )  # fmt: skip


@pytest.fixture
def off_roll(acting, route) -> Enrolment:
    """Robin was taken off roll three weeks ago, by a slip; theo taught there."""
    route.children.involve(route.pupil, "theo", Capacity.TEACHES)
    asha = acting("asha")
    here = Enrolment.objects.get(pupil=route.pupil)
    registers.leave_roll(
        actor=asha, enrolment=here, seen=fingerprint(route.pupil),
        ends_on=asha.today - timedelta(weeks=3),
    )  # fmt: skip
    here.refresh_from_db()
    return here


@pytest.mark.parametrize("is_still_there", [False, True])
def test_the_last_day_on_a_register_is_corrected_with_a_reason_and_sight_follows(
    acting, route, off_roll, is_still_there
):
    asha, was = acting("asha"), off_roll.ends_on
    right = None if is_still_there else asha.today - DAY
    told = {
        "actor": asha, "enrolment": off_roll, "seen": fingerprint(route.pupil),
        "starts_on": off_roll.starts_on, "ends_on": right,
    }  # fmt: skip
    with pytest.raises(Problem, match="Say why") as refused:
        moving.correct_enrolment(**told)
    assert refused.value.field == "reason"

    moving.correct_enrolment(**told, reason="A slip for yesterday")

    theo = Involvement.objects.get(pupil=route.pupil, capacity=Capacity.TEACHES)
    until = right and right + timedelta(days=grace_days(asha))
    assert (theo.ends_on, theo.access_ends_on) == (right, until)
    change = latest_change(route.pupil)
    assert change.entry.detail == "A slip for yesterday"
    registers.undo_change(actor=asha, change=change)
    theo.refresh_from_db()
    assert theo.ends_on == was


def test_the_register_page_says_what_is_not_put_back(route, off_roll, signed_in):
    client = signed_in("asha")
    page = plain(
        client.get(f"/pupils/{route.pupil.pk}/people/schools/{off_roll.pk}/correct/").content
    )
    assert "Nothing else is put back" in page and "Why it is corrected" in page


@pytest.fixture
def closed(acting, route) -> Case:
    """Closed three weeks ago, by a slip for yesterday; its checks are counted from then."""
    asha = acting("asha")
    begun_before(route, asha.today - timedelta(weeks=8))
    plan(route, asha, asha.today - timedelta(weeks=7))
    return close_case(
        actor=asha, case=route.case, closed_on=asha.today - timedelta(weeks=3), **TOLD
    )


def test_the_last_day_of_a_closed_case_is_corrected_with_its_checks_and_access(
    acting, closed, signed_in
):
    client, at = signed_in("asha"), f"/cases/{closed.pk}/"
    assert f'href="{at}close/correct/"' in plain(client.get(at).content)
    assert "Nothing is opened again" in plain(client.get(f"{at}close/correct/").content)
    asha = acting("asha")
    right, calendar = asha.today - DAY, calendar_of(asha, closed.school)

    sent = day("closed_on", right) | {"reason": "A slip"}
    answer = client.post(f"{at}close/correct/", sent)

    assert answer["Location"] == at, plain(answer.content)
    acting("asha")
    assert Case.objects.get(pk=closed.pk).closed_on == right
    assert Plan.objects.get(case=closed).ended_on == right
    due = list(SustainedCheck.objects.filter(case=closed).values_list("due_on", flat=True))
    assert sorted(due) == [one.due_on for one in check_days(right, calendar)]
    lead = Allocation.objects.get(case=closed)
    grace = timedelta(days=grace_days(asha))
    assert (lead.ends_on, lead.involvement.access_ends_on) == (right, max(due) + grace)
    line = ChronologyEntry.objects.get(summary__startswith="Corrected: the last day of the work")
    assert line.summary.endswith(". A slip") and line.corrects.summary.startswith("Case closed")
    assert AuditEntry.objects.get(kind="case.closing_corrected").detail["reason"] == "A slip"


@pytest.mark.parametrize(
    ("days", "reason", "said"),
    [
        (-1, " ", "Say why"),
        (-21, "x", "stands already"),
        (1, "x", "has not come"),
        (-100, "x", "opened on"),
        (-50, "x", "plan 1, in use from"),
    ],
)
def test_a_last_day_of_a_case_that_cannot_be_is_refused(acting, closed, days, reason, said):
    asha = acting("asha")

    with pytest.raises(Problem, match=said):
        correct_closing(actor=asha, case=closed, closed_on=asha.today + days * DAY, reason=reason)

    assert Case.objects.get(pk=closed.pk).closed_on == closed.closed_on


def test_a_case_closed_by_leaving_or_still_open_is_not_corrected_alone(acting, route, gone):
    asha = acting("asha")
    case = Case.objects.get(pk=route.case.pk)

    assert "Left the council" in policy.correct_closing(asha, case).reason
    assert "Only the lead worker" in policy.correct_closing(acting("petra"), case).reason
    case.state = "OPEN"
    assert "is open" in policy.correct_closing(asha, case).reason
