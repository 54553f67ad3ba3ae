"""Days from referral to first contact and to plan: counted, flagged past the target, reported."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from alongside.cases.models import Case
from alongside.core.days import start_of
from alongside.duties import timeliness
from alongside.duties.calendars import Calendars
from alongside.people.models import ChronologyEntry
from alongside.plans.models import Plan
from alongside.referrals.models import Referral
from tests.referrals import made
from tests.web_page import Page

pytestmark = pytest.mark.django_db


def at(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


class Supported:
    """A case of a referral received so many working weeks ago."""

    def __init__(self, acting, cast, weeks: int) -> None:
        self.referral = made.accepted(acting, cast)
        self.case = self.referral.case
        self.asha = acting("asha")
        self.received = self.asha.today - timedelta(weeks=weeks)
        Referral.objects.filter(pk=self.referral.pk).update(created_at=at(self.received))
        Case.objects.filter(pk=self.case.pk).update(opened_on=self.received)

    def met(self, days: int) -> None:
        ChronologyEntry.objects.create(
            pupil=self.case.pupil, occurred_at=at(self.received + timedelta(days=days)),
            kind="CONTACT", information_class="C2", summary="Rang home",
            recorded_by_id=self.asha.staff_id,
        )  # fmt: skip

    def planned(self, days: int) -> None:
        Plan.objects.create(
            case=self.case, pupil=self.case.pupil, number=1, aim="x", starts_on=self.received,
            review_due_on=self.asha.today, written_by_id=self.asha.staff_id,
            changed_by_id=self.asha.staff_id, changed_at=timezone.now(),
            approved_at=at(self.received + timedelta(days=days)),
        )  # fmt: skip

    def row(self, view: str = "all") -> timeliness.Row | None:
        rows = timeliness.page(self.asha, Calendars(self.asha), view).rows
        return rows[0] if rows else None


@pytest.mark.duty("LP-63")
def test_days_to_contact_and_to_plan_are_reported_and_past_the_target_flagged(acting, cast):
    supported = Supported(acting, cast, weeks=8)
    supported.met(days=7)
    supported.planned(days=42)

    row = supported.row()

    assert (row.contact.days, row.contact.is_late) == (5, False)
    assert (row.plan.days, row.plan.is_late) == (30, True)


@pytest.mark.duty("LP-63")
def test_a_case_past_the_target_with_no_contact_yet_is_flagged_and_listed_as_waiting(acting, cast):
    supported = Supported(acting, cast, weeks=3)

    row = supported.row("late")

    assert row.contact.is_waiting and row.contact.is_late and row.contact.days == 15
    assert not row.plan.is_late


def test_the_last_day_in_time_is_in_time_and_the_day_after_is_not(acting, cast):
    supported = Supported(acting, cast, weeks=2)  # Ten working days ago.

    assert not supported.row().contact.is_late and supported.row("late") is None

    day = supported.received - timedelta(days=1)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    Referral.objects.update(created_at=at(day))
    assert supported.row().contact.is_late and supported.row("late")


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 26), date(2026, 11, 12)),  # Thursdays: ten school days lie between.
        (date(2026, 11, 27), date(2026, 11, 13)),  # Fridays: the weekend after adds none.
        (date(2026, 11, 29), date(2026, 11, 13)),
        (date(2026, 11, 30), date(2026, 11, 16)),
    ],
)
def test_the_first_day_in_time_is_the_earliest_of_those_with_as_many_days(
    acting, cast, today, first
):
    calendars = Calendars(replace(acting("asha"), today=today))

    assert timeliness._first_in_time(calendars, 10) == start_of(first)


def test_a_contact_before_the_referral_does_not_count(acting, cast):
    supported = Supported(acting, cast, weeks=3)
    supported.met(days=-2)

    assert supported.row().contact.is_waiting


def test_the_councils_own_standard_is_used_where_it_has_one(acting, cast):
    supported = Supported(acting, cast, weeks=1)

    assert timeliness.targets(supported.asha)["contact"].days == 10
    assert "Eastmere service standards" in timeliness.targets(supported.asha)["plan"].source


def test_figures_say_what_half_took_and_how_many_were_in_time(acting, cast):
    supported = Supported(acting, cast, weeks=8)
    supported.met(days=7)
    supported.planned(days=42)

    found = timeliness.figures(supported.asha, Calendars(supported.asha))

    assert found == timeliness.Figures(1, 5, 1, 30, 0)


def test_another_teams_cases_are_not_counted(acting, cast):
    Supported(acting, cast, weeks=3)
    lena = acting("lena")

    assert timeliness.page(lena, Calendars(lena), "all").rows == []
    assert timeliness.figures(lena, Calendars(lena)).cases == 0


@pytest.mark.duty("LP-63")
def test_the_report_on_screen_says_past_the_target_in_words(acting, cast, signed_in):
    supported = Supported(acting, cast, weeks=3)

    page = signed_in("mina").get("/referrals/times/").content.decode()

    assert supported.case.reference in page and "15 school days, past the target" in page
    assert Page(page).problems() == []
    rows = signed_in("mina").get("/referrals/times/download/?view=late").content.decode("utf-8-sig")
    assert supported.case.reference in rows and "Yes" in rows


def test_an_empty_report_says_what_it_counts(acting, cast, signed_in):
    page = signed_in("mina").get("/referrals/times/?view=late").content.decode()

    assert "No case in this view" in page
    assert signed_in("petra").get("/referrals/times/").status_code == 403
