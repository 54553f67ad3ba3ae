"""A standard made shorter: what falls overdue by it at once is said before it is set."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.cases.models import Case
from alongside.duties import shortened
from alongside.duties.calendars import Calendars
from alongside.duties.due import due_items
from alongside.pathways.models import ServiceStandard
from alongside.plans.models import Plan
from alongside.referrals.models import Referral
from alongside.schools.models import NonTeachingDay, Term
from tests.pathways import made
from tests.referrals import made as referrals
from tests.routes import route  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack(acting, route) -> None:
    made.pack(acting("adam"))


def test_a_shorter_standard_says_first_how_many_open_cases_are_overdue_at_once(
    signed_in, acting, route, pack
):
    mina = acting("mina")
    Case.objects.filter(pk=route.case.pk).update(opened_on=mina.today - timedelta(days=10))
    told = {"amount": "2", "unit": "SCHOOL_DAYS", "source": ""}
    client = signed_in("mina")

    asked = client.post("/standards/plan-agreed/", told)

    said = asked.content.decode()
    assert asked.status_code == 422
    assert "By 2 school days, 1 open case of the council would be overdue at once." in said
    assert "By 15 school days, none are." in said and "Robin" not in said
    acting("mina")
    assert ServiceStandard.objects.get(key="plan-agreed", ends_on=None).amount == 15
    sure = re.search(r'name="sure" value="(amount:[^"]+)"', said)[1]
    assert client.post("/standards/plan-agreed/", told | {"sure": sure}).status_code == 302
    asha = acting("asha")
    late = [one.what for one in due_items(asha, Calendars(asha)) if one.due_on < asha.today]
    assert "Write the first plan: Robin Testerly" in late


@pytest.mark.parametrize("amount", ["15", "40"])
def test_a_standard_that_is_not_shorter_asks_nothing(signed_in, acting, route, pack, amount):
    mina = acting("mina")
    Case.objects.filter(pk=route.case.pk).update(opened_on=mina.today - timedelta(days=90))

    answer = signed_in("mina").post(
        "/standards/plan-agreed/", {"amount": amount, "unit": "SCHOOL_DAYS", "source": ""}
    )

    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("key", "late"), [("first-contact", 1), ("referral-to-plan", 1), ("referral-answer", 1)]
)
def test_what_falls_overdue_is_counted_from_the_day_each_standard_begins(acting, cast, key, late):
    if key == "referral-answer":
        referrals.sent(acting, cast)
    else:
        referrals.accepted(acting, cast)
    adam = acting("adam")
    ago = timezone.now() - timedelta(days=30)
    Referral.objects.update(created_at=ago, sent_at=ago)

    assert shortened.overdue_by(adam, key, 5) == late
    assert shortened.overdue_by(adam, key, 100) == 0
    assert shortened.overdue_by(adam, "referral-read", 1) == 0


def opened(route, days: int, **more) -> None:
    today = timezone.localdate()
    Case.objects.filter(pk=route.case.pk).update(opened_on=today - timedelta(days=days), **more)


def with_plans(actor, route, *states: str) -> None:
    for number, state in enumerate(states, 1):
        Plan.objects.create(
            case=route.case, pupil=route.pupil, kind="INTERVENTION", number=number, aim="x",
            starts_on=actor.today, review_due_on=actor.today + timedelta(days=42), written_by_id=actor.staff_id,
            changed_by_id=actor.staff_id, changed_at=timezone.now(), state=state,
            **({"ended_on": actor.today} if state == "ENDED" else {}),
            **({"approved_at": timezone.now(), "approved_by_id": actor.staff_id}
               if state != "DRAFT" else {}),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("plans", "reopened", "days", "late"),
    [
        ((), None, 5, 1),
        (("ENDED",), None, 5, 0),  # Goes on without a plan.
        (("ENDED",), 14, 5, 1),  # Opened again, it needs one again,
        (("ENDED",), 14, 20, 0),  # counted from that day.
        (("AGREED",), None, 5, 0),
        (("ENDED", "DRAFT"), 14, 5, 0),  # The newest counts, and stands.
        (("DRAFT", "ENDED"), 14, 5, 1),
    ],
)
def test_a_case_without_its_plan_is_overdue_from_the_day_it_was_last_opened(
    acting, route, plans, reopened, days, late
):
    asha = acting("asha")
    again = {"reopened_on": asha.today - timedelta(days=reopened)} if reopened else {}
    opened(route, 90, **again)
    with_plans(asha, route, *plans)

    assert shortened.overdue_by(acting("adam"), "plan-agreed", days) == late


def test_a_closed_case_is_never_overdue_for_its_plan(acting, route):
    asha = acting("asha")
    opened(route, 90, state="CLOSED", closed_on=asha.today)

    assert shortened.overdue_by(acting("adam"), "plan-agreed", 5) == 0


def test_what_is_due_today_is_not_overdue_and_two_weeks_are_more_than_five_school_days(
    acting, route
):
    adam = acting("adam")
    opened(route, 14)
    calendars, on = Calendars(adam), adam.today - timedelta(days=14)
    last = max(n for n in range(15) if calendars.add(route.case.school_id, on, n) <= adam.today)

    assert shortened.overdue_by(adam, "plan-agreed", 5) == 1
    is_today = calendars.add(route.case.school_id, on, last) == adam.today
    assert shortened.overdue_by(adam, "plan-agreed", last) == (0 if is_today else 1)


def test_days_on_which_the_cases_own_school_is_closed_are_not_counted(acting, route):
    adam = acting("adam")
    opened(route, 14)
    Term.objects.create(
        name="Term", starts_on=adam.today - timedelta(days=60),
        ends_on=adam.today + timedelta(days=60),
    )  # fmt: skip
    assert shortened.overdue_by(adam, "plan-agreed", 5) == 1
    NonTeachingDay.objects.create(
        school=route.case.school, kind="INSET", learned_on=adam.today, ends_on=adam.today,
        starts_on=adam.today - timedelta(days=14),
    )  # fmt: skip

    assert shortened.overdue_by(acting("adam"), "plan-agreed", 5) == 0


@pytest.mark.parametrize(("reached", "late"), [("screening", 1), ("accepted", 0)])
def test_a_referral_is_unanswered_until_it_is_decided(acting, cast, reached, late):
    getattr(referrals, reached)(acting, cast)
    adam = acting("adam")
    Referral.objects.update(sent_at=timezone.now() - timedelta(days=30))

    assert shortened.overdue_by(adam, "referral-answer", 5) == late
