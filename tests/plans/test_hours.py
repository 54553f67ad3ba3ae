"""Hours of mainstream curriculum a week, against full time, with the shortfall flagged."""

from datetime import timedelta
from decimal import Decimal

import pytest

from alongside.core.decisions import Problem, Refused
from alongside.plans import actions, curriculum
from alongside.plans.models import CurriculumWeek
from tests.plans.makers import Making
from tests.web.test_plans import day


def record(making: Making, hours: float, *, weeks_ago: int = 0, by: str = "asha", **more):
    actor = making.acting(by)
    told = {"full_time_hours": Decimal(25), "why_short": "Mornings only, agreed"} | more
    return actions.record_hours(
        actor=actor,
        case=making.case,
        week=actor.today - timedelta(weeks=weeks_ago),
        hours=Decimal(str(hours)),
        **told,
    )


@pytest.mark.duty("LP-10")
def test_hours_of_a_week_stand_against_full_time_and_a_shortfall_is_flagged(making, signed_in):
    record(making, 10, weeks_ago=1)
    url = f"/cases/{making.case.pk}/hours/"
    sent = {
        "hours": "14",
        "full_time_hours": "25",
        "why_short": "Mornings only, agreed",
        **day("week", making.today),
    }
    client = signed_in("asha")

    assert client.post(url, sent).status_code == 302

    page = client.get(url).content.decode()
    assert "14 of 25 hours, 11 short" in page
    assert "Short of full time: 14 of 25 hours, 11 short, for 2 weeks recorded." in page


@pytest.mark.duty("RC-103")
def test_a_school_hands_in_its_weekly_return_of_hours_itself_and_follows_it(making, signed_in):
    plan = making.agreed()
    client, url = signed_in("petra"), f"/cases/{making.case.pk}/hours/"
    assert url in client.get(f"/plans/{plan.pk}/").content.decode()
    sent = {"full_time_hours": "25", "why_short": "Mornings only, agreed"}

    client.post(url, sent | {"hours": "14"} | day("week", making.today - timedelta(weeks=1)))
    client.post(url, sent | {"hours": "18"} | day("week", making.today))

    page = client.get(url).content.decode()
    assert "14 of 25 hours, 11 short" in page and "18 of 25 hours, 7 short" in page
    assert page.count("Petra Exampleton") >= 2
    assert "18 of 25 hours" in signed_in("asha").get(url).content.decode()


def test_full_time_is_flagged_no_more(making):
    record(making, 10, weeks_ago=1)
    record(making, 25)

    found = curriculum.standing(curriculum.weeks_of(making.acting("asha"), making.case))

    assert found.flag == ""


def test_the_same_week_again_is_a_correction(making):
    record(making, 10)
    record(making, 12)

    assert CurriculumWeek.objects.get().hours == 12


@pytest.mark.parametrize(
    ("hours", "more", "field"),
    [
        (26, {}, "hours"),
        (-1, {}, "hours"),
        (10, {"why_short": " "}, "why_short"),
        (0, {"full_time_hours": Decimal(0)}, "full_time_hours"),
        (10, {"weeks_ago": -1}, "week"),
    ],
)
def test_hours_that_cannot_stand_are_told_at_their_field(making, hours, more, field):
    with pytest.raises(Problem) as problem:
        record(making, hours, **more)

    assert problem.value.field == field


def test_the_school_records_its_own_hours_and_another_school_does_not(making):
    record(making, 20, by="petra")

    with pytest.raises(Refused):
        record(making, 20, by="marta")


def test_no_hours_yet_says_how_to_begin(making, signed_in):
    page = signed_in("asha").get(f"/cases/{making.case.pk}/hours/").content.decode()

    assert "No week is recorded yet" in page
