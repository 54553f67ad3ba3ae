"""Neighbourhoods compared: referral rates, thresholds, plan types, lengths, versions; small numbers hidden."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from alongside.cases.models import Case
from alongside.core.actor import acting_as_system
from alongside.core.models import Place, Staff
from alongside.duties.neighbourhoods import compare, usage
from alongside.pathways.models import Framework
from alongside.people.models import Pupil
from alongside.plans.models import Plan
from alongside.referrals.models import Referral, TriageForm, TriageScore
from alongside.schools.models import School
from tests.plans.makers import load_kinds

pytestmark = pytest.mark.django_db


class Town:
    """The primary service with its two neighbourhoods, to be filled."""

    def __init__(self, cast) -> None:
        self.service = Place.objects.get(pk=cast.places["primary"])
        self.areas = {key: Place.objects.get(pk=cast.places[key]) for key in ("north", "south")}
        self.lead = Staff.objects.get(pk=cast.staff["lena"])
        self.today = timezone.localdate()
        self.framework = Framework.objects.create(
            key="town", name="Town", owner=self.service, version="1", starts_on=date(2020, 1, 1)
        )
        self.schools = {}
        for number, (key, area) in enumerate(self.areas.items()):
            place = Place.objects.create(kind="SCHOOL", name=f"{key} primary", parent=area)
            self.schools[key] = School.objects.create(
                place=place, urn=800000 + number, la_code="991", name=place.name,
                phase="Primary", pupils_on_roll=500, search_name=place.name,
            )  # fmt: skip
        self.forms = [
            TriageForm.objects.create(
                service=self.service, version=version, name="Triage form", accept_from=5,
                questions=[{"text": "Q", "levels": ["a", "b", "c", "d"]}] * 3,
                starts_on=date(2020, 1, version), published_by=self.lead,
            )
            for version in (1, 2)
        ]  # fmt: skip

    def child(self) -> Pupil:
        number = Pupil.objects.count()
        return Pupil.objects.create(
            legal_forename="Robin", legal_surname=f"Testerly {number}",
            born_on=date(2017, 3, 14), search_name=f"robin testerly {number}",
        )  # fmt: skip

    def referrals(self, area: str, count: int, state: str, total: int | None = None, form: int = 1):
        for _ in range(count):
            referral = Referral.objects.create(
                reference=f"T-{Referral.objects.count()}", pupil=self.child(),
                school=self.schools[area], service=self.service, area=self.areas[area],
                framework=self.framework, state=state, main_worry="OTHER", last_incident="x",
                sent_at=timezone.now(), sent_by=self.lead,
            )  # fmt: skip
            if total is not None:
                TriageScore.objects.create(
                    referral=referral, form=self.forms[form - 1], round=1, marks=[0, 0, 0],
                    total=total, scored_by=self.lead, scored_at=timezone.now(),
                )  # fmt: skip

    def cases(self, area: str, count: int, weeks: int, kind: str = "INTERVENTION"):
        for _ in range(count):
            opened_on = self.today - timedelta(weeks=weeks + 1)
            case = Case.objects.create(
                reference=f"T-{Case.objects.count()}", pupil=self.child(),
                school=self.schools[area], service=self.service, area=self.areas[area],
                framework=self.framework, state="CLOSED", reason="x", opened_on=opened_on,
                closed_on=opened_on + timedelta(weeks=weeks), outcome="SUSTAINED",
            )  # fmt: skip
            Plan.objects.create(
                case=case, pupil=case.pupil, kind=kind, number=1, aim="x", starts_on=opened_on,
                review_due_on=self.today, written_by=self.lead, changed_by=self.lead,
                changed_at=timezone.now(),
            )  # fmt: skip


@pytest.fixture
def town(acting, cast):
    with acting_as_system("991"):
        yield Town(cast)


def year(acting, town, name: str = "otis"):
    return compare(acting(name), town.service, town.today - timedelta(days=365), town.today)


@pytest.mark.duty("LP-34", "LP-14")
def test_rates_thresholds_plan_kinds_and_lengths_stand_beside_each_other(acting, cast, town):
    town.referrals("north", 10, "ACCEPTED", total=7)
    town.referrals("north", 5, "ACCEPTED", total=3)
    town.referrals("south", 5, "ACCEPTED", total=6)
    town.referrals("south", 5, "DECLINED", total=8)
    town.cases("north", 6, weeks=10)
    town.cases("south", 5, weeks=24, kind="PASTORAL")
    load_kinds(acting)

    found = year(acting, town)

    assert found.places == ("North Eastmere", "South Eastmere", "No neighbourhood")
    accepted = found.referrals.columns.index("Accepted")
    assert [row[accepted] for row in found.referrals.table.rows] == [15, 5, 0]
    assert found.rates == (30.0, 20.0, None, 25.0)
    assert found.judged.table.rows[0] == (10, 5, 0, 0)
    assert found.judged.table.rows[1] == (5, 0, 5, 0)
    assert found.scores == (7.0, 6.0, None, 6.5)
    assert found.lengths == (10.0, 24.0, None, 10.0)
    assert dict(zip(found.plans.columns, found.plans.table.column_totals, strict=True)) == {
        "Intervention plan": 6,
        "Pastoral Support Plan": 5,
    }


@pytest.mark.duty("LP-13")
def test_which_version_of_the_shared_form_each_neighbourhood_uses_is_seen(acting, cast, town):
    town.referrals("north", 6, "ACCEPTED", total=7, form=1)
    town.referrals("north", 5, "ACCEPTED", total=7, form=2)
    town.referrals("south", 8, "DECLINED", total=2, form=1)

    found = usage(acting("lena"), town.service, town.today - timedelta(days=365))

    assert found.last_used == ("Version 2", "Version 1", "Not used yet", "Version 1")  # All.
    assert found.versions.columns == ("Version 1", "Version 2")
    assert found.versions.table.rows[0] == (6, 5)


def test_what_is_hidden_beside_the_threshold_is_not_said_by_what_became_of_them(acting, cast, town):
    """All accepted, less those at or above, would be the few accepted below; and so on."""
    town.referrals("north", 16, "ACCEPTED", total=7)
    town.referrals("north", 3, "ACCEPTED", total=2)
    town.referrals("south", 9, "ACCEPTED", total=7)
    town.referrals("south", 4, "DECLINED", total=2)
    town.referrals("south", 6, "DECLINED", total=8)

    found = year(acting, town)

    names = found.referrals.columns
    sums = zip(found.referrals.table.rows, found.judged.table.rows, strict=True)
    for outcomes, judged in [
        *sums,
        (found.referrals.table.column_totals, found.judged.table.column_totals),
    ]:
        said = dict(zip(names, outcomes, strict=True))
        for whole, parts in (("Accepted", judged[:2]), ("Declined", judged[2:])):
            cells = [said[whole], *parts]
            assert cells.count(None) != 1, cells


def test_a_small_number_is_hidden_and_cannot_be_worked_out(acting, cast, town):
    town.referrals("north", 12, "ACCEPTED")
    town.referrals("north", 2, "DECLINED")
    town.referrals("south", 20, "ACCEPTED")
    town.referrals("south", 9, "DECLINED")

    table = year(acting, town).referrals.table

    declined = 3
    assert table.rows[0][declined] is None  # The two.
    for line, total in [
        *zip(table.rows, table.row_totals, strict=True),
        *zip(zip(*table.rows, strict=True), table.column_totals, strict=True),
    ]:
        hidden = [cell for cell in line if cell is None]
        assert len(hidden) != 1 or total is None


def test_a_median_of_fewer_than_five_is_not_said(acting, cast, town):
    town.cases("north", 4, weeks=10)
    town.cases("south", 5, weeks=10)

    assert year(acting, town).lengths == (None, 10.0, None, 10.0)  # And of all.


def test_a_median_that_is_said_does_not_tell_how_few_are_beside_it(acting, cast, town):
    """A median is said of five or more: of six in all, one would be left for the other."""
    town.cases("north", 1, weeks=10)
    town.cases("south", 5, weeks=10)

    found = year(acting, town)

    assert found.lengths == (None, 10.0, None, 10.0)
    shown = [row[0] for row in found.closed.table.rows]
    assert shown[0] is None
    assert None in (shown[1], found.closed.table.total)
    assert found.closed.table.total != 6


def test_a_rate_of_a_hidden_number_is_not_said(acting, cast, town):
    town.referrals("north", 3, "ACCEPTED")
    town.referrals("south", 9, "ACCEPTED")

    found = year(acting, town)

    assert found.referrals.table.row_totals[0] is None and found.rates[0] is None


def test_what_was_received_before_the_time_is_left_out(acting, cast, town):
    town.referrals("north", 6, "ACCEPTED")
    Referral.objects.update(created_at=timezone.now() - timedelta(days=400))
    town.referrals("north", 7, "ACCEPTED")

    assert year(acting, town).referrals.table.total == 7
