"""A lead chosen ahead: nothing is asked before their first day, and called off they never led."""

from dataclasses import replace
from datetime import timedelta

import pytest

from alongside.cases import actions, closing
from alongside.cases.covering import arrange_cover
from alongside.cases.models import Allocation, Case, CaseState
from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.core.models import AuditEntry, Notice
from alongside.documents.closure_report import Recipient, closure_report
from alongside.duties import standards
from alongside.duties.calendars import Calendars
from alongside.duties.due import due_items
from alongside.people.models import Capacity, ChronologyEntry, Involvement, Pupil
from alongside.rules.words import day_in_words
from alongside.rules.working_days import next_working_day
from tests.cases.test_allocating import lead_from
from tests.pages import plain

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def ahead(acting, route):
    """Omar leads from the next school day but one; nobody does until then."""
    today = acting("mina").today
    return lead_from(acting, route, next_working_day(next_working_day(today + DAY) + DAY))


def lead(acting, route, name, starts_on) -> Allocation:
    case = Case.objects.get(pk=route.case.pk)
    return actions.allocate(
        actor=acting("mina"), case=case, staff=route.staff(name), capacity=Capacity.LEAD,
        starts_on=starts_on,
    )  # fmt: skip


def on_the_case(actor: Actor, route) -> dict[str, object]:
    mine = due_items(actor, Calendars(actor))
    return {item.kind: item for item in mine if item.pupil_id == route.pupil.pk}


def test_nothing_is_asked_of_a_lead_before_their_first_day(acting, route, ahead):
    omar = acting("omar")
    assert not on_the_case(omar, route)

    asked = on_the_case(replace(omar, today=ahead.starts_on), route)

    add = Calendars(omar).add
    school = route.case.school_id
    assert asked["checklist"].due_on == add(school, ahead.starts_on, standards.CHECKLIST_WITHIN)
    assert "the lead worker’s first day" in asked["checklist"].why
    assert asked["seen"].due_on == add(school, ahead.starts_on, standards.CONTACT_WITHIN)
    assert asked["plan"].due_on == add(school, ahead.starts_on, standards.plan_within(omar))


def test_the_case_is_named_as_allocated_from_the_day(acting, route, ahead, signed_in):
    client = signed_in("mina")
    said = f"allocated from {day_in_words(ahead.starts_on)}"

    case = plain(client.get(f"/cases/{route.case.pk}/").content)
    record = plain(client.get(f"/pupils/{route.pupil.pk}/").content)

    assert f"A{said[1:]}" in case
    assert f"from {ahead.starts_on.day} {ahead.starts_on:%b %Y}" in case
    assert said in record and "open since" not in record
    assert "Allocated from" in plain(client.get("/caseload/?view=all").content)


def test_the_lead_is_told_from_when_and_where_they_may_look(acting, route, ahead):
    acting("omar")

    told = Notice.objects.filter(staff=route.staff("omar"), kind="case.allocated").latest("pk")

    assert told.text == (f"A case was allocated to you, from {day_in_words(ahead.starts_on)}.")
    assert told.url == "/caseload/"


def test_a_lead_from_today_is_counted_from_today_again(acting, route, ahead):
    mina = acting("mina")
    lead(acting, route, "asha", mina.today)

    case = Case.objects.get(pk=route.case.pk)
    assert (case.state, case.led_from) == (CaseState.OPEN, None)
    assert "checklist" in on_the_case(acting("asha"), route)


def test_another_day_may_be_chosen_while_the_lead_has_not_begun(acting, route, ahead):
    mina = acting("mina")
    sooner = next_working_day(mina.today + DAY)

    lead(acting, route, "asha", sooner)

    assert Case.objects.get(pk=route.case.pk).led_from == sooner
    assert [a.staff.name for a in Allocation.objects.filter(case=route.case)] == [
        route.staff("asha").name
    ]


def test_a_lead_called_off_was_never_one(acting, route, ahead, signed_in):
    mina, name = acting("mina"), route.staff("omar").name
    lead(acting, route, "asha", mina.today)

    acting("mina")
    assert not Allocation.objects.filter(staff=route.staff("omar")).exists()
    assert not Involvement.objects.filter(staff=route.staff("omar")).exists()
    line = ChronologyEntry.objects.get(summary__startswith="Called off before it began")
    assert name in line.summary and day_in_words(ahead.starts_on) in line.summary
    assert AuditEntry.objects.get(kind="allocation.called_off").detail["staff"] == ahead.staff_id
    assert name not in plain(signed_in("mina").get(f"/cases/{route.case.pk}/").content)
    facts = dict(closure_report(acting("mina"), route.case, Recipient.SERVICE).facts)
    assert facts["Lead worker"] == route.staff("asha").name
    told = Notice.objects.filter(staff=route.staff("omar")).latest("pk")
    assert told.kind == "case.called_off"


def test_called_off_on_its_page_the_case_waits_again(acting, route, ahead, signed_in):
    client, at = signed_in("mina"), f"/cases/{route.case.pk}/allocations/{ahead.pk}/end/"
    page = plain(client.get(at).content)
    assert "Call off" in page and "waits to be allocated again" in page and "Last day" not in page

    assert client.post(at)["Location"] == f"/cases/{route.case.pk}/"

    acting("mina")
    case = Case.objects.get(pk=route.case.pk)
    assert (case.state, case.led_from) == (CaseState.WAITING, None)
    assert not Pupil.objects.visible_to(acting("omar")).exists()


def test_closing_calls_off_a_lead_who_has_not_begun(acting, route, ahead):
    mina = acting("mina")

    closing.close_case(
        actor=mina, case=route.case, closed_on=mina.today, outcome="MOVED", risk_at_end="LOW",
        closing_summary="Not needed after all.",
    )  # fmt: skip

    assert Case.objects.get(pk=route.case.pk).state == CaseState.CLOSED
    assert not Allocation.objects.filter(case=route.case).exists()


def test_the_report_of_a_case_names_no_lead_who_has_not_begun(acting, route, ahead):
    facts = dict(closure_report(acting("mina"), route.case, Recipient.SERVICE).facts)

    assert facts["Lead worker"] == "not allocated"


@pytest.mark.parametrize("is_over", [True, False])
def test_a_cover_that_is_over_before_the_lead_begins_covers_nothing(acting, route, is_over):
    mina = acting("mina")
    day = next_working_day(mina.today + DAY)
    arrange_cover(
        actor=mina, staff=route.staff("omar"), covered_by=route.staff("ben"),
        starts_on=mina.today, ends_on=day - DAY if is_over else day + DAY,
    )  # fmt: skip
    route.case.allocations.all().delete()
    Case.objects.filter(pk=route.case.pk).update(state=CaseState.WAITING)

    actions.allocate(
        actor=mina, case=route.case, staff=route.staff("omar"), capacity=Capacity.LEAD,
        starts_on=day, despite="They know the school.",
    )  # fmt: skip

    covers = Involvement.objects.filter(pupil=route.pupil, capacity=Capacity.COVER)
    assert [one.starts_on for one in covers] == ([] if is_over else [day])


def test_the_last_day_that_is_offered_is_the_last_that_is_taken(acting, route):
    """Five days of work from today: a weekend after the fifth lies beyond it, and says so."""
    today = acting("mina").today
    days = [today + DAY * n for n in range(1, 15)]
    last = [day for day in days if day.weekday() < 5][4]

    for day in days:
        if day > last:
            with pytest.raises(Problem, match=f"by {day_in_words(last)}"):
                lead_from(acting, route, day)

    assert lead_from(acting, route, last).starts_on == last
