"""Who works here: listed to managers, changed by the system administrator, let in by a link once."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from alongside.core.models import AuditEntry, RoleAssignment, Staff

pytestmark = pytest.mark.django_db
NEW = {
    "name": "Morgan Samplewood",
    "email": "Morgan@Example.org",
    "job_title": "Outreach worker",
    "role": "outreach_worker",
    "place-words": "outreach service",
    "starts_on_0": "1",
    "starts_on_1": "9",
    "starts_on_2": "2026",
}


def new_person(client: Client) -> Staff:
    client.post("/staff/new/", NEW)
    return Staff.objects.get(email="morgan@example.org")


def test_a_manager_reads_the_list_and_changes_nothing(signed_in, cast):
    mina = signed_in("mina")

    page = mina.get("/staff/").content.decode()

    assert "Asha Exampleton" in page
    assert "Outreach Worker, Eastmere outreach service" in page
    assert "Add a person" not in page
    assert "Give a role" not in mina.get(f"/staff/{cast.staff['asha']}/").content.decode()
    assert mina.post("/staff/new/", NEW).status_code == 403


def test_people_are_found_by_name_role_and_sorted_back_to_front(signed_in):
    mina = signed_in("mina")

    by_name = mina.get("/staff/?q=asha").content.decode()
    by_role = mina.get("/staff/?role=dsl").content.decode()
    turned = mina.get("/staff/?sort=-name").content.decode()

    assert "Asha Exampleton" in by_name and "Omar Exampleton" not in by_name
    assert "Dora Exampleton" in by_role and "Asha Exampleton" not in by_role
    assert turned.index("Tom Exampleton") < turned.index("Asha Exampleton")


def test_a_long_list_comes_a_page_at_a_time_without_gap_or_repeat(signed_in, acting):
    acting("adam")
    Staff.objects.bulk_create(Staff(name=f"Person {n:03}") for n in range(120))
    mina, url, seen = signed_in("mina"), "/staff/?q=Person", []
    while url:
        page = mina.get(url).content.decode()
        seen += re.findall(r"Person \d{3}", page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        url = "/staff/" + following.group(1).replace("&amp;", "&") if following else ""

    assert seen == [f"Person {n:03}" for n in range(120)]


def test_an_administrator_adds_a_person_with_a_role(signed_in, acting):
    morgan = new_person(signed_in("adam"))
    acting("dpo")

    assert morgan.account.email == "morgan@example.org"
    assert str(morgan.assignments.get()) == "Outreach Worker, Eastmere outreach service"
    kinds = AuditEntry.objects.filter(subject=f"staff {morgan.pk}").order_by("id")
    assert [line.kind for line in kinds] == ["staff.added", "role.given"]


def test_an_address_in_use_is_refused_at_its_field(signed_in):
    answer = signed_in("adam").post("/staff/new/", NEW | {"email": "ASHA@example.org"})

    assert answer.status_code == 422
    assert "Somebody already signs in with this e-mail address" in answer.content.decode()
    assert "Morgan Samplewood" in answer.content.decode()


def test_a_place_that_could_be_several_is_asked_about(signed_in):
    answer = signed_in("adam").post("/staff/new/", NEW | {"place-words": "eastmere"})

    assert answer.status_code == 422
    assert "Choose one" in answer.content.decode()


def test_a_place_of_another_council_cannot_be_chosen(signed_in, cast):
    west = str(cast.places["west"])

    answer = signed_in("adam").post("/staff/new/", NEW | {"place": west})

    assert answer.status_code == 422
    assert not Staff.objects.filter(email="morgan@example.org").exists()


def test_a_role_is_ended_on_a_day_and_stays_readable(signed_in, acting, cast):
    adam = signed_in("adam")
    morgan = new_person(adam)
    held = morgan.assignments.get()
    last = timezone.localdate() + timedelta(days=2)
    typed = {"ends_on_0": last.day, "ends_on_1": last.month, "ends_on_2": last.year}

    adam.post(f"/staff/roles/{held.pk}/end/", typed)

    acting("adam")
    assert RoleAssignment.objects.get(pk=held.pk).ends_on == last
    assert f"{last:%-d %b %Y}" in adam.get(f"/staff/{morgan.pk}/").content.decode()


def test_a_role_cannot_end_before_it_starts(signed_in):
    adam = signed_in("adam")
    held = new_person(adam).assignments.get()

    answer = adam.post(
        f"/staff/roles/{held.pk}/end/", {"ends_on_0": "1", "ends_on_1": "1", "ends_on_2": "2020"}
    )

    assert answer.status_code == 422
    assert "cannot end before it starts" in answer.content.decode()


def test_a_new_person_is_let_in_by_a_link_sent_to_them(
    signed_in, django_capture_on_commit_callbacks
):
    adam = signed_in("adam")
    morgan = new_person(adam)

    with django_capture_on_commit_callbacks(execute=True):
        page = adam.post(f"/staff/{morgan.pk}/link/").content.decode()

    url = re.search(r"http\S+/sign-in/first/\S+?/(?=\s)", mail.outbox[-1].body).group()
    assert url in page
    assert mail.outbox[-1].to == ["morgan@example.org"]
    assert Client().get(url.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_a_link_is_no_way_into_the_account_of_somebody_who_has_signed_in(signed_in, cast):
    signed_in("asha")

    answer = signed_in("adam").post(f"/staff/{cast.staff['asha']}/link/")

    assert answer.status_code == 409
    assert "has signed in before" in answer.content.decode()


def test_a_closed_account_cannot_sign_in_and_can_be_opened_again(signed_in, cast):
    adam, omar = signed_in("adam"), signed_in("omar")
    url = f"/staff/{cast.staff['omar']}/close/"

    adam.post(url, {"open": "no"})
    assert omar.get("/me/").status_code == 302
    adam.post(url, {"open": "yes"})

    assert signed_in("omar").get("/me/").status_code == 200


def test_nobody_closes_their_own_account(signed_in, cast):
    answer = signed_in("adam").post(f"/staff/{cast.staff['adam']}/close/", {"open": "no"})

    assert answer.status_code == 409


def test_somebody_of_another_council_is_not_there(signed_in, cast):
    assert signed_in("adam").get(f"/staff/{cast.staff['nell']}/").status_code == 404


def test_the_service_itself_is_not_a_person(signed_in, acting):
    acting("adam")
    system = Staff.objects.get(is_system=True)

    assert signed_in("adam").get(f"/staff/{system.pk}/").status_code == 404
    assert "Alongside for Eastmere" not in signed_in("adam").get("/staff/").content.decode()


def test_nobody_gives_themselves_a_role_and_their_page_says_so(signed_in, acting, cast):
    adam, url = signed_in("adam"), f"/staff/{cast.staff['adam']}/"
    typed = {k: v for k, v in NEW.items() if k not in ("name", "email", "job_title")}

    answer = adam.post(f"{url}roles/new/", typed | {"cleared_for": ["C4", "C5"]})

    assert answer.status_code == 409
    assert "cannot give yourself a role" in answer.content.decode()
    for page in (url, f"{url}roles/new/"):
        shown = adam.get(page).content.decode()
        assert "cannot give yourself a role" in shown and "Give the role</button>" not in shown
    assert signed_in("adam").get("/caseload/").status_code == 403


def test_a_role_given_by_mistake_is_taken_away_with_the_next_request(signed_in, acting, cast):
    adam, pat = signed_in("adam"), signed_in("pat")
    person = f"/staff/{cast.staff['pat']}/"
    today = timezone.localdate()
    typed = {"role": "casework_supervisor", "place": cast.places["council"], "cleared_for": ["C4"]}
    typed |= {"starts_on_0": today.day, "starts_on_1": today.month, "starts_on_2": today.year}
    adam.post(f"{person}roles/new/", typed)
    acting("adam")
    held = RoleAssignment.objects.get(staff_id=cast.staff["pat"], role="casework_supervisor")
    assert pat.get("/caseload/").status_code == 200
    end = adam.get(f"/staff/roles/{held.pk}/end/").content.decode()
    assert "Given by mistake: take it away now" in end

    url = f"/staff/roles/{held.pk}/take-away/"
    assert adam.post(url, {"reason": ""}).status_code == 422
    adam.post(url, {"reason": "Meant for somebody else"})

    assert pat.get("/caseload/").status_code == 403
    page = adam.get(person).content.decode()
    assert "Taken away" in page and "Adam Exampleton: Meant for somebody else" in page
    assert "was taken away on" in adam.get(url).content.decode()
    assert "was taken away on" in adam.get(f"/staff/roles/{held.pk}/end/").content.decode()
