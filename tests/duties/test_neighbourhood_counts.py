"""What one time holds of a service, and the end of that time: nothing before, after or beside it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.cases.models import Case
from alongside.core.actor import acting_as_system
from alongside.core.models import Place
from alongside.duties.neighbourhood_counts import OUTCOMES, count_both
from alongside.plans.models import Plan
from alongside.referrals.models import Referral, ReferralState, TriageScore
from tests.duties.test_neighbourhoods import Town

pytestmark = pytest.mark.django_db
YEAR, TERM = 365, 91


@pytest.fixture
def town(acting, cast):
    with acting_as_system("991"):
        yield Town(cast)


def counted(town):
    since, recent = (town.today - timedelta(days=n) for n in (YEAR, TERM))
    return count_both(town.service, since, recent, town.today)


def received(town, days: int, state: str = "ACCEPTED", *, scored: int | None = None) -> Referral:
    """`days` ago, and scored so many days ago. Beside it nothing changes."""
    town.referrals("north", 1, state, total=None if scored is None else 7)
    referral = Referral.objects.latest("pk")
    ago = timezone.now() - timedelta(days=days)
    Referral.objects.filter(pk=referral.pk).update(created_at=ago)
    if scored is not None:
        at = timezone.now() - timedelta(days=scored)
        TriageScore.objects.filter(referral=referral).update(scored_at=at)
    return referral


def elsewhere(town, referral: Referral) -> None:
    other = Place.objects.create(kind="SERVICE", name="Other", parent=town.service.parent)
    Referral.objects.filter(pk=referral.pk).update(service=other)


def names(found) -> dict[str, int]:
    return {name: n for _, name, n in found}


def test_referrals_received_then_are_counted_once_in_all_and_once_at_the_end(town):
    received(town, 0)
    received(town, TERM)
    received(town, TERM + 1)
    received(town, YEAR, "WAITING")
    received(town, YEAR + 1)
    received(town, -1)  # Tomorrow.
    elsewhere(town, received(town, 0))

    every, latest = counted(town)

    assert names(every.outcomes) == {"Accepted": 3, "Waiting list": 1}
    assert names(latest.outcomes) == {"Accepted": 2}  # And no line of nought.


def test_each_state_of_a_referral_has_its_one_outcome():
    states = [state for states in OUTCOMES.values() for state in states]

    assert sorted(states) == sorted(ReferralState)
    assert OUTCOMES["Waiting list"] == (ReferralState.WAITING,)


def test_scores_count_when_both_the_referral_and_the_score_came_then(town):
    received(town, 0, scored=0)
    received(town, TERM + 1, scored=0)  # Scored at the end, and come before it.
    received(town, YEAR + 1, scored=0)
    received(town, -1, scored=0)
    elsewhere(town, received(town, 0, scored=0))
    received(town, YEAR - 10, "DECLINED", scored=YEAR - 10)

    every, latest = counted(town)

    assert {one.state: one.number for one in every.scored} == {"ACCEPTED": 2, "DECLINED": 1}
    assert {one.state: one.number for one in latest.scored} == {"ACCEPTED": 1}


def with_plan(town, days: int, **more) -> Case:
    town.cases("north", 1, weeks=0)
    case = Case.objects.latest("pk")
    on = town.today - timedelta(days=days)
    Case.objects.filter(pk=case.pk).update(opened_on=on, **{"closed_on": on} | more)
    return case


def test_only_the_first_plan_counts_of_a_case_opened_then(town):
    first = with_plan(town, 0)
    plan = Plan.objects.get(case=first)
    Plan.objects.filter(pk=plan.pk).update(kind="INTERVENTION")
    plan.pk, plan.number, plan.kind = None, 2, "PASTORAL"
    plan._state.adding = True
    plan.save()
    with_plan(town, TERM + 1)
    with_plan(town, YEAR + 1)
    with_plan(town, -1)
    other = Place.objects.create(kind="SERVICE", name="Other", parent=town.service.parent)
    with_plan(town, 0, service=other)

    every, latest = counted(town)

    assert names(every.plans) == {"INTERVENTION": 2}
    assert names(latest.plans) == {"INTERVENTION": 1}


def test_the_length_of_a_case_counts_when_it_was_closed_then(town):
    def closed(days: int, length: int, **more) -> None:
        with_plan(town, days + length, closed_on=town.today - timedelta(days=days), **more)

    closed(0, 10)
    closed(TERM, 20)
    closed(TERM + 1, 30)
    closed(YEAR, 40)
    closed(YEAR + 1, 50)
    closed(-1, 60)
    other = Place.objects.create(kind="SERVICE", name="Other", parent=town.service.parent)
    closed(0, 70, service=other)

    every, latest = counted(town)

    assert sorted(days for _, days in every.closed) == [10, 20, 30, 40]
    assert sorted(days for _, days in latest.closed) == [10, 20]
