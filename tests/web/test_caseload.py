"""The caseload: whose, in what order, filtered, paged, downloaded, and never beyond scope."""

import csv
from datetime import timedelta
from io import StringIO

import pytest

from alongside.cases import actions, priorities
from alongside.cases.models import Case, Task
from alongside.cases.priorities import Marks
from alongside.people.models import Capacity, Enrolment
from tests.pathways.made import school
from tests.plans.makers import Making, make_case

pytestmark = pytest.mark.django_db


def test_the_lead_sees_their_case_with_its_reason(signed_in, route):
    page = signed_in("asha").get("/caseload/").content.decode()

    assert "Robin Testerly" in page
    assert "First plan due in 15 school days" in page
    assert "My cases (1)" in page


def test_a_school_is_offered_no_view_that_is_a_workers(signed_in, route):
    page = signed_in("petra").get("/caseload/").content.decode()

    assert "Robin Testerly" in page
    assert "My cases" not in page and "Covering" not in page and "to be allocated" not in page


def test_a_colleague_without_it_sees_an_empty_list(signed_in, route):
    page = signed_in("omar").get("/caseload/").content.decode()

    assert "Testerly" not in page
    assert "No cases here" in page


@pytest.mark.parametrize("name", ["lena", "sara", "nell", "marta"])
def test_other_teams_schools_and_councils_see_nothing(signed_in, route, name):
    assert "Testerly" not in signed_in(name).get("/caseload/?view=all").content.decode()


@pytest.mark.parametrize("name", ["cleo", "iris", "adam", "theo"])
def test_roles_without_cases_are_refused_in_words(signed_in, route, name):
    answer = signed_in(name).get("/caseload/")

    assert answer.status_code == 403
    assert "see cases" in answer.content.decode()


def test_fifty_one_cases_make_two_pages_by_key(signed_in, route, acting):
    for n in range(50):
        pupil = route.children.pupil(f"Sample{n:02}", "Placeholder", at="marlpit")
        mina = acting("mina")
        case = actions.open_case(
            actor=mina,
            pupil=pupil,
            school=pupil.enrolments.get().school,
            service=route.service,
            framework=route.framework,
            reason="Example",
            opened_on=mina.today,
        )
        actions.allocate(
            actor=mina,
            case=case,
            staff=route.staff("asha"),
            capacity=Capacity.LEAD,
            starts_on=mina.today,
        )
    client = signed_in("asha")

    first = client.get("/caseload/?sort=name").content.decode()
    after = first.split("after=")[1].split('"')[0].replace("&amp;", "&")
    second = client.get(f"/caseload/?sort=name&after={after}").content.decode()

    assert first.count('href="/cases/') == 50
    assert second.count('href="/cases/') == 1
    assert len(first) < 60_000


@pytest.mark.parametrize(
    "query",
    [
        "?after=x",
        "?after=~",
        "?sort=nonsense",
        "?view=nonsense",
        "?school=x",
        "?after=2026-13-01~5",
    ],
)
def test_an_address_that_makes_no_sense_shows_the_plain_list(signed_in, route, query):
    answer = signed_in("asha").get(f"/caseload/{query}")

    assert answer.status_code == 200
    assert "Robin Testerly" in answer.content.decode()


def test_a_list_of_fifty_takes_few_queries(signed_in, route, django_assert_max_num_queries):
    client = signed_in("asha")
    with django_assert_max_num_queries(24):  # 15, and the transaction's own marks in tests.
        client.get("/caseload/")


def test_the_download_starts_no_formula(signed_in, route, acting):
    route.children.act()
    type(route.pupil).objects.filter(pk=route.pupil.pk).update(preferred_forename="=1+1")
    mina = signed_in("mina")

    text = mina.get("/caseload/download/").content.decode()

    assert "'=1+1 Testerly" in text


def test_who_works_cases_and_has_none_lands_where_there_are_some(signed_in, route, acting, cast):
    sana, count = signed_in("sana"), "Everyone ({})".format
    assert count(0) in sana.get("/caseload/").content.decode()
    acting("adam")
    unit = school(cast.places["orchard"], "Orchard Unit")
    Enrolment.objects.filter(pupil=route.pupil).update(school=unit)

    page = sana.get("/caseload/").content.decode()

    assert count(1) in page and "Robin Testerly" in page
    assert "Robin Testerly" in sana.get("/caseload/download/").content.decode()
    assert "Robin Testerly" not in sana.get("/caseload/?view=mine").content.decode()


def test_a_school_is_offered_no_view_of_contacts_that_were_not_shared_with_it(signed_in, route):
    assert "Not seen or reviewed" not in signed_in("petra").get("/caseload/").content.decode()
    assert "Not seen or reviewed" in signed_in("asha").get("/caseload/").content.decode()


def test_searching_narrows_the_list(signed_in, route):
    client = signed_in("asha")

    assert "Robin Testerly" in client.get("/caseload/?q=tester").content.decode()
    assert "No cases here" in client.get("/caseload/?q=nobody").content.decode()


def test_the_file_says_why_as_the_screen_does_and_carries_no_safety_flag(signed_in, route, acting):
    route.children.flag(route.pupil, "CONCEALED_ADDRESS", "ACT", "Address concealed")
    marks = Marks("MEDIUM", "", "COMPLEX", is_contentious=True, marked_because="A complaint")
    priorities.mark_case(
        actor=acting("asha"), case=route.case, marks=marks, version=route.case.version
    )
    mina = signed_in("mina")
    screen = mina.get("/caseload/?view=all").content.decode()

    file = mina.get("/caseload/download/?view=all").content.decode("utf-8-sig")
    line = next(csv.DictReader(StringIO(file)))

    assert "Risk medium, address concealed, contentious" in screen
    assert line["Because"] == "Risk medium, contentious"
    assert "conceal" not in str(line).lower()


def test_a_view_that_a_person_set_is_said_in_the_file_as_on_the_screen(signed_in, route, acting):
    mina = acting("mina")
    priorities.set_priority(
        actor=mina,
        case=route.case,
        priority="VERY_HIGH",
        reason="Moved in the night to the refuge",
        until=mina.today + timedelta(days=7),
    )

    text = signed_in("mina").get("/caseload/download/?view=all").content.decode()

    assert f"Set by {mina.name}" in text and "refuge" not in text


@pytest.fixture
def making(acting, cast) -> Making:
    return make_case(acting, cast)


@pytest.fixture
def with_a_late_step(making):
    """A plan in use, so that nothing else is asked for, and one step whose day has gone by."""
    making.agreed()
    asha = making.acting("asha")
    Task.objects.create(
        owner_id=asha.staff_id, made_by_id=asha.staff_id, case=making.case,
        pupil=making.case.pupil, text="Bring the timetable", due_on=asha.today - timedelta(days=8),
    )  # fmt: skip


def test_a_case_with_a_late_step_is_not_on_track(with_a_late_step, signed_in):
    page = signed_in("asha").get("/caseload/").content.decode()

    assert "Next step" in page and "school days late" in page
    assert "On track" not in page


def test_a_contact_that_was_due_says_so_and_is_marked(making, signed_in):
    mina = making.acting("mina")
    Case.objects.filter(pk=making.case.pk).update(opened_on=mina.today - timedelta(days=60))

    page = signed_in("asha").get("/caseload/").content.decode()

    assert "Contact was due" in page
