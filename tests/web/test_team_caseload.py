"""The team's screens: the board, reassigning in two clicks, handing over, cover, countersigning."""

import re
from datetime import timedelta

import pytest

from alongside.cases.models import Allocation, Cover
from alongside.core.models import RoleAssignment
from alongside.fieldwork.actions.logs import record_daily_log
from alongside.people.actions.chronology import add_entry
from alongside.people.models import Capacity, EntryKind
from tests.duties.caseloads import more_cases

pytestmark = pytest.mark.django_db


def day(name, on):
    return {f"{name}_0": on.day, f"{name}_1": on.month, f"{name}_2": on.year}


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.mark.duty("OW-18")
def test_a_manager_sees_reassigns_and_comments_on_every_case_of_who_reports_to_them(
    signed_in, route, acting
):
    more_cases(route, acting, "asha", 2)
    client, asha = signed_in("mina"), route.staff("asha").pk

    board = client.get("/team/board/").content.decode()
    person = client.get(f"/team/{asha}/").content.decode()
    assert f"/team/{asha}/" in board
    assert person.count("Reassign") == 3
    choose = client.get(f"/cases/{route.case.pk}/reassign/").content.decode()
    assert "Give to Omar Exampleton" in choose
    done = client.post(
        f"/cases/{route.case.pk}/reassign/", {"staff": route.staff("omar").pk}, follow=True
    )
    said = client.post(
        f"/cases/{route.case.pk}/comments/", {"text": "Please ring the DSL"}, follow=True
    )

    assert "Omar Exampleton leads case" in done.content.decode()
    assert "Please ring the DSL" in said.content.decode()
    acting("mina")
    lead = Allocation.objects.get(case=route.case, capacity=Capacity.LEAD, ends_on=None)
    assert lead.staff_id == route.staff("omar").pk
    assert "Please ring the DSL" in signed_in("omar").get(f"/cases/{route.case.pk}/").content.decode()  # fmt: skip


def test_the_board_says_how_many_cases_wait_to_be_allocated(signed_in, route, acting):
    more_cases(route, acting, "asha", 2)
    waits = route.case.__class__.objects.order_by("-pk").first()
    waits.allocations.update(ends_on=waits.opened_on)
    route.case.__class__.objects.filter(pk=waits.pk).update(state="WAITING")

    board = words(signed_in("mina").get("/team/board/").content.decode())

    assert "2 open cases, 1 waiting to be allocated" in board


@pytest.mark.duty("SA-04")
def test_a_lead_practitioner_sees_allocates_and_countersigns_an_assistants_work(
    signed_in, route, acting, cast
):
    acting("adam")
    RoleAssignment.objects.filter(staff=cast.staff["ben"]).update(place=cast.places["north"])
    route.case.area_id, route.case.service_id = cast.places["north"], cast.places["primary"]
    route.case.save(update_fields=["area", "service"])
    route.children.refer(route.pupil, "north")
    lena, client = acting("lena"), signed_in("lena")
    told = {"staff": route.staff("ben").pk, "capacity": "DEPLOYED"} | day("starts_on", lena.today)
    client.post(f"/cases/{route.case.pk}/allocate/", told)
    ben = acting("ben")
    add_entry(
        actor=ben,
        pupil=route.pupil,
        kind=EntryKind.CONTACT,
        information_class="C3",
        summary="Sat with him at lunch",
    )

    record_daily_log(actor=ben, case=route.case, on=ben.today, what_worked="A quiet start")

    page = client.get("/team/countersign/").content.decode()
    assert "Sat with him at lunch" in page and "Daily log" in page
    entries = re.findall(r'name="entry" value="(\d+)"', page)
    client.post("/team/countersign/", {"entry": entries, "note": "Well seen"})

    assert "Nothing waits" in client.get("/team/countersign/").content.decode()
    assert "Well seen" in signed_in("ben").get("/team/signed/").content.decode()
    assert "Nothing waits" in signed_in("carys").get("/team/countersign/").content.decode()


def test_the_board_says_what_each_holds_and_has_room_for(signed_in, route):
    client, asha = signed_in("mina"), route.staff("asha").pk
    client.post(f"/team/{asha}/profile/", {"most_cases": "8", "knows": ["LEAVING"], "note": ""})

    page = words(client.get("/team/board/").content.decode())

    assert re.search(r"Asha Exampleton Outreach Worker, [\w ]+ 1 7 of 8", page)


def test_the_board_goes_on_where_its_page_of_people_ends(signed_in, route, monkeypatch):
    monkeypatch.setattr("alongside.web.team.views.PAGE", 1)
    client = signed_in("mina")

    first = client.get("/team/board/").content.decode()
    (following,) = re.findall(r'rel="next" href="(\?after=\d+)"', first)
    second = client.get(f"/team/board/{following}").content.decode()

    shown = r'<th scope="row"><a href="/team/(\d+)/"'
    assert len(re.findall(shown, first)) == len(re.findall(shown, second)) == 1
    assert re.findall(shown, first) != re.findall(shown, second)
    assert ">First</a>" in second


def test_a_whole_caseload_is_handed_over_on_screen(signed_in, route, acting):
    cases = [route.case, *more_cases(route, acting, "asha", 2)]
    mina, client, asha = acting("mina"), signed_in("mina"), route.staff("asha").pk
    told = {"to": route.staff("omar").pk, "cases": [c.pk for c in cases], "note": "Ring on Mondays"}

    empty = client.post(f"/team/{asha}/hand-over/", day("starts_on", mina.today))
    page = client.post(
        f"/team/{asha}/hand-over/", told | day("starts_on", mina.today), follow=True
    ).content.decode()

    assert empty.status_code == 422
    assert "3 cases handed to Omar Exampleton." in page
    assert "Leads no case" in page


def test_cover_is_arranged_and_ended_on_screen_and_the_team_sees_it(signed_in, route, acting):
    asha, client = acting("asha"), signed_in("asha")
    told = {"staff": asha.staff_id, "covered_by": route.staff("omar").pk, "reason": "On a course"}
    told |= day("starts_on", asha.today) | day("ends_on", asha.today + timedelta(days=3))

    client.post("/team/cover/", told)
    seen = words(signed_in("omar").get("/team/today/").content.decode())
    cover = Cover.objects.get()
    client.post(f"/team/cover/{cover.pk}/end/", day("ends_on", asha.today))

    assert "Away, covered by Omar Exampleton" in seen
    assert "On a course" in seen
    acting("asha")
    assert Cover.objects.get().ends_on == asha.today


def test_cases_that_one_covers_are_a_view_of_the_caseload(signed_in, route, acting):
    asha = acting("asha")
    told = {"staff": asha.staff_id, "covered_by": route.staff("omar").pk}
    told |= day("starts_on", asha.today) | day("ends_on", asha.today + timedelta(days=3))
    signed_in("asha").post("/team/cover/", told)
    client = signed_in("omar")

    assert "Robin Testerly" in client.get("/caseload/?view=covering").content.decode()
    assert "Robin Testerly" not in client.get("/caseload/?view=mine").content.decode()


@pytest.mark.parametrize("name", ["lena", "carys"])
def test_another_teams_manager_finds_nobody_there(signed_in, route, name):
    assert signed_in(name).get(f"/team/{route.staff('asha').pk}/").status_code == 404


def test_a_worker_adds_a_colleague_on_screen(signed_in, route, acting):
    asha = acting("asha")
    told = {"staff": route.staff("omar").pk, "reason": "Maths"} | day("starts_on", asha.today)

    page = signed_in("asha").post(f"/cases/{route.case.pk}/colleagues/", told, follow=True)

    assert "Omar Exampleton works beside the lead" in page.content.decode()
    assert "Co-worker" in page.content.decode()
