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
from alongside.referrals.models import Referral
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
