"""A pupil leaves the council mid-case: everything ends right, and the receiving side is told."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from alongside.cases import policy
from alongside.cases.actions import add_task, undo_task
from alongside.cases.giving import add_statutory_step
from alongside.cases.models import Case, SustainedCheck, Task
from alongside.core import audit
from alongside.core.decisions import Problem, Refused
from alongside.core.models import Notice
from alongside.fieldwork.models import Visit
from alongside.people.models import ChronologyEntry, Enrolment
from alongside.plans import leaving
from alongside.plans.actions.leaving import Left, leave_council, tell_receiving_side
from alongside.referrals import actions
from alongside.referrals.actions import Asked
from alongside.referrals.models import Departure, SupportRequest
from alongside.rules.statutory import STEPS
from tests.pathways import made as people
from tests.referrals import made
from tests.routes import begun_before, route  # noqa: F401

pytestmark = pytest.mark.django_db


def left(today, **changed: object) -> Left:
    given = {
        "to_council": "Westshire, Hilltop School",
        "last_day": today,
        "closing_summary": "Stays in lessons with the exit card. Mornings are still hard.",
        "risk_at_end": "MEDIUM",
    }
    return Left(**(given | changed))


TOLD = {"told_who": "Inclusion desk", "told_how": "Secure e-mail", "what_was_sent": "The report"}


def test_the_case_closes_as_left_the_area_and_the_receiving_side_is_recorded_as_told(
    acting,
    route,
):
    asha = acting("asha")

    departure = leave_council(
        actor=asha, pupil=route.pupil, left=left(asha.today, told_on=asha.today, **TOLD)
    )

    case = Case.objects.get(pk=route.case.pk)
    assert (case.state, case.outcome, case.closed_on) == ("CLOSED", "LEFT_AREA", asha.today)
    assert not Enrolment.objects.filter(pupil=route.pupil, ends_on=None).exists()
    assert departure.told_on == asha.today
    lines = set(ChronologyEntry.objects.values_list("summary", flat=True))
    assert "Told Westshire, Hilltop School: Inclusion desk secure e-mail" in lines
    assert not leaving.reminders(departure).exists()


def test_nobody_told_yet_is_a_task_until_somebody_is(acting, route):
    asha = acting("asha")
    departure = leave_council(actor=asha, pupil=route.pupil, left=left(asha.today))
    task = leaving.reminders(departure).get()
    assert task.owner_id == asha.staff_id and "Westshire" in task.text

    tell_receiving_side(actor=asha, departure=departure, told_on=asha.today, **TOLD)

    assert not leaving.reminders(departure).exists()
    departure.refresh_from_db()
    assert (departure.told_who, departure.told_on) == ("Inclusion desk", asha.today)
    with pytest.raises(Refused, match="were told on"):
        tell_receiving_side(actor=asha, departure=departure, told_on=asha.today, **TOLD)


def test_open_requests_end_with_it(acting, route):
    asha = acting("asha")
    actions.send_request(
        actor=asha, case=route.case, asked=Asked("SEND", "SEND team", "x"), submission=uuid4()
    )

    leave_council(actor=asha, pupil=route.pupil, left=left(asha.today))

    request = SupportRequest.objects.get()
    assert request.state == "WITHDRAWN" and "Left the area" in request.answer
    assert not Task.objects.filter(url=f"/requests/{request.pk}/", done_on=None).exists()


@pytest.mark.parametrize("state", ["SENT", "RETURNED", "WAITING"])
def test_a_live_referral_ends_with_the_reason(acting, cast, state):
    referral = made.STATES[state](acting, cast)
    asha = acting("asha")
    people.working_with(asha, referral.pupil)

    leave_council(actor=asha, pupil=referral.pupil, left=left(asha.today))

    referral.refresh_from_db()
    assert referral.state == "WITHDRAWN" and "Westshire" in referral.decision_reason
    assert not Task.objects.filter(url=f"/referrals/{referral.pk}/", done_on=None).exists()
    assert not referral.waits.filter(ends_on=None).exists()


def test_where_nothing_is_open_nothing_ends(acting, cast):
    referral = made.declined(acting, cast)
    asha = acting("asha")

    assert "Nothing is open" in leaving.leave_council(asha, referral.pupil).reason


def test_a_case_that_waits_for_a_lead_is_allocated_first(acting, cast):
    referral = made.accepted(acting, cast)

    assert "no lead worker yet" in leaving.leave_council(acting("asha"), referral.pupil).reason


@pytest.mark.parametrize("name", ["petra", "ben", "ines"])
def test_who_closes_no_case_ends_nothing(acting, route, name):
    actor = acting(name)
    with pytest.raises(Refused, match="Only the lead worker"):
        leave_council(actor=actor, pupil=route.pupil, left=left(actor.today))
    assert not leaving.tell(actor, Departure(to_council="x"))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"to_council": " "}, "to_council"),
        ({"last_day": 1}, "last_day"),
        ({"told_on": 0}, "told_who"),
        ({"told_on": 1, "told_who": "Desk"}, "told_on"),
        ({"closing_summary": " "}, "closing_summary"),
    ],
)
def test_what_cannot_stand_is_told_at_its_field(acting, route, changed, field):
    asha = acting("asha")
    changed = {
        k: asha.today + timedelta(days=v) if isinstance(v, int) else v for k, v in changed.items()
    }

    with pytest.raises(Problem) as told:
        leave_council(actor=asha, pupil=route.pupil, left=left(asha.today, **changed))

    assert told.value.field == field


def test_a_failed_audit_changes_nothing(acting, route, monkeypatch):
    asha = acting("asha")
    monkeypatch.setattr(audit, "record", lambda **_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        leave_council(actor=asha, pupil=route.pupil, left=left(asha.today))

    assert Case.objects.get(pk=route.case.pk).state == "OPEN"
    assert not Departure.objects.exists()


def test_on_one_page_the_work_ends_and_the_page_after_says_who_is_to_be_told(
    acting,
    route,
    signed_in,
):
    today = acting("asha").today
    asha, at = signed_in("asha"), f"/pupils/{route.pupil.pk}/"
    posted = {
        "to_council": "Westshire",
        "last_day_0": str(today.day),
        "last_day_1": str(today.month),
        "last_day_2": str(today.year),
        "closing_summary": "Stays in lessons with the exit card.",
        "risk_at_end": "LOW",
    }

    mina = acting("mina")
    planned = Visit.objects.create(
        staff_id=mina.staff_id, school=route.case.school, pupil=route.pupil, minutes=30,
        starts_at=timezone.now() + timedelta(days=3), purpose="Observe maths",
    )  # fmt: skip

    answer = asha.post(f"{at}leaving/", posted)

    assert answer["Location"] == f"{at}left/", answer.content.decode()
    acting("mina")
    planned.refresh_from_db()
    assert planned.cancelled_because == "The pupil left the council."
    told_of = Notice.objects.get(kind="visit.cancelled")
    assert told_of.staff_id == mina.staff_id and "is called off" in told_of.text
    page = asha.get(f"{at}left/").content.decode()
    assert "Westshire" in page and "Nobody yet" in page and "Record who was told" in page
    told = {"told_who": "Desk", "told_on_0": posted["last_day_0"]}
    told |= {f"told_on_{n}": posted[f"last_day_{n}"] for n in (1, 2)}
    assert asha.post(f"{at}left/told/", told)["Location"] == f"{at}left/"
    assert "Nobody yet" not in asha.get(f"{at}left/").content.decode()


def test_nobody_is_asked_whether_the_place_has_lasted_once_they_left(acting, route):
    asha = acting("asha")

    leave_council(actor=asha, pupil=route.pupil, left=left(asha.today))

    assert Case.objects.get(pk=route.case.pk).state == "CLOSED"
    assert not SustainedCheck.objects.filter(case=route.case).exists()


def asked(actor, route, text: str, **told) -> Task:
    given = {"owner_id": actor.staff_id, "due_on": actor.today + timedelta(days=9)}
    return add_task(actor=actor, text=text, **{"case": route.case} | given | told)


def test_what_is_still_to_do_on_the_case_ends_with_why_and_can_be_taken_back(acting, route):
    asha = acting("asha")
    meet = asked(asha, route, "Speak with Chalkhill High School: the plan")
    answer = asked(asha, route, "Say what the school finds", case=None, pupil=route.pupil)
    elsewhere = asked(asha, route, "Order the cards", case=None)
    other = acting("mina")

    leave_council(actor=other, pupil=route.pupil, left=left(other.today))

    for task in (meet, answer, elsewhere):
        task.refresh_from_db()
    assert meet.done_on == answer.done_on == other.today and elsewhere.done_on is None
    assert meet.ended_because.startswith("Left the area on") and "Westshire" in meet.ended_because
    asha = acting("asha")
    assert "This ended on" in policy.complete_task(asha, meet).reason
    undo_task(actor=asha, task=meet)  # It was hers, whoever ended it.
    meet.refresh_from_db()
    assert (meet.done_on, meet.ended_because) == (None, "")


def test_what_the_law_dates_is_asked_for_all_the_same(acting, route):
    mina = acting("mina")
    step = next(one for one in STEPS)
    task = add_statutory_step(
        actor=mina, pupil=route.pupil, step=step, event_on=mina.today, owner=route.staff("asha")
    )

    leave_council(actor=acting("asha"), pupil=route.pupil, left=left(mina.today))

    task.refresh_from_db()
    assert task.done_on is None


def test_the_sendco_of_the_school_left_and_the_lead_are_told(acting, route):
    asha = acting("asha")
    asked(asha, route, "Speak with the school")
    mina = acting("mina")
    begun_before(route, mina.today - timedelta(days=30))

    leave_council(actor=mina, pupil=route.pupil, left=left(mina.today - timedelta(days=1)))

    told = Notice.objects.filter(kind="pupil.left_council")
    by_whom = {one.staff_id: one.text for one in told}
    sendco = {"chalkhill": "petra", "marlpit": "marta"}
    name = sendco[next(k for k in sendco if route.case.school.name.lower().startswith(k))]
    ends = f"Support has ended: {route.case.reference}. The pupil left the council."
    assert by_whom[route.staff(name).pk] == ends
    assert by_whom[route.staff("asha").pk] == f"{ends} 1 task of yours ended with it."
    assert mina.staff_id not in by_whom


def test_what_ended_stands_on_the_page_of_who_left_and_opens(acting, route, signed_in):
    asha = acting("asha")
    task = asked(asha, route, "Speak with the school")
    leave_council(actor=asha, pupil=route.pupil, left=left(asha.today))
    client = signed_in("asha")

    page = client.get(f"/pupils/{route.pupil.pk}/left/").content.decode()

    assert "Ended with it" in page and f'href="/tasks/{task.pk}/"' in page
    one = client.get(f"/tasks/{task.pk}/").content.decode()
    assert "Ended because" in one and "It is still to do" in one
    client.post(f"/tasks/{task.pk}/", {"undo": "1"})
    acting("asha")
    assert Task.objects.get(pk=task.pk).done_on is None
