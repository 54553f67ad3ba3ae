"""Work given to somebody who is full: said before it is saved, and why it is they is kept."""

import pytest
from playwright.sync_api import expect

from alongside.cases import team
from alongside.cases.models import Allocation
from alongside.core.decisions import Problem
from tests.duties.caseloads import more_cases
from tests.web.test_handing_over import comes_the_day, planned_for
from tests.web.test_team_caseload import day
from tests.web_page import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("way", ["allocate", "reassign"])
def test_giving_a_case_to_somebody_full_asks_why_and_keeps_it(signed_in, route, acting, way):
    mina, omar, asha = acting("mina"), route.staff("omar"), route.staff("asha").pk
    team.set_profile(actor=mina, staff=omar, most_cases=1, knows=[])
    more_cases(route, acting, "omar", 1)
    client, at = signed_in("mina"), f"/cases/{route.case.pk}/{way}/"
    told = {"staff": omar.pk, "led_by": asha, "capacity": "LEAD", "version": asha, "reason": ""}
    told |= day("starts_on", mina.today)

    asked = client.post(at, told)

    assert asked.status_code == 422
    page = asked.content.decode()
    assert "Omar Exampleton can lead 1 case and leads 1. Say why" in page
    assert Page(page).problems() == []
    assert client.post(at, told | {"despite": "One closes on Friday"}).status_code == 302
    acting("mina")
    given = Allocation.objects.get(case=route.case, ends_on=None)
    assert given.staff == omar and given.despite.endswith("leads 1. One closes on Friday")
    assert "One closes on Friday" in client.get(f"/cases/{route.case.pk}/").content.decode()


def test_a_handover_planned_to_somebody_full_keeps_why_until_its_day(acting, route):
    mina = acting("mina")
    team.set_profile(actor=mina, staff=route.staff("omar"), most_cases=1, knows=[])
    more_cases(route, acting, "omar", 1)
    mina = acting("mina")
    with pytest.raises(Problem, match="Say why it is Omar Exampleton all the same") as asked:
        planned_for(mina, route)
    assert asked.value.field == "despite"

    planned_for(mina, route, despite="One closes that week")

    assert comes_the_day() == 1
    acting("mina")
    kept = Allocation.objects.get(case=route.case, ends_on=None).despite
    assert kept.endswith("One closes that week")


def test_enter_in_the_reason_gives_the_case_to_nobody(browse, signed_in, route, acting):
    mina = acting("mina")
    team.set_profile(actor=mina, staff=route.staff("omar"), most_cases=1, knows=[])
    more_cases(route, acting, "omar", 1)
    page = browse(signed_in("mina"))
    page.goto(f"/cases/{route.case.pk}/reassign/")

    page.get_by_label("Why them all the same").fill("One closes on Friday")
    page.get_by_label("Why them all the same").press("Enter")

    expect(page.get_by_label("Why them all the same")).to_have_value("One closes on Friday")
    acting("mina")
    lead = Allocation.objects.get(case=route.case, capacity="LEAD", ends_on=None)
    assert lead.staff == route.staff("asha")
    page.get_by_role("button", name="Give to Omar").click()
    page.wait_for_url(f"**/cases/{route.case.pk}/")
