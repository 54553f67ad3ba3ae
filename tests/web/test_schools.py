"""Screens of schools: found, filtered, ordered, exported; one school's page, people and calendar."""

from datetime import date

import pytest

from alongside.core.models import AuditEntry
from alongside.schools.models import NamedWorker, School, SchoolContact, Term
from tests.children import Children

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(cast):
    children = Children(cast, maker="adam")
    children.school("marlpit")
    return children.school("chalkhill")


def test_the_list_finds_a_school_by_part_of_its_name(signed_in, school):
    page = signed_in("asha").get("/schools/?q=chalkh").content.decode()

    assert "Chalkhill High School" in page
    assert "Marlpit Academy" not in page


def test_a_closed_school_is_shown_only_when_asked_for(signed_in, acting, school):
    acting("adam")
    School.objects.filter(pk=school.pk).update(status="CLOSED")
    client = signed_in("asha")

    assert "Chalkhill" not in client.get("/schools/").content.decode()
    assert "Chalkhill" in client.get("/schools/?status=CLOSED").content.decode()


def test_the_next_page_goes_on_where_the_last_one_ended(acting, school):
    from alongside.schools.queries import Wanted, page_of_schools

    actor = acting("asha")
    first, after = page_of_schools(actor, Wanted(), size=1)
    second, end = page_of_schools(actor, Wanted(), after=after, size=1)

    assert [s.name for s in (*first, *second)] == ["Chalkhill High School", "Marlpit Academy"]
    assert (bool(after), end) == (True, "")


def test_a_made_up_page_shows_the_first(signed_in, school):
    assert signed_in("asha").get("/schools/?after=rubbish&sort=x").status_code == 200


def test_an_exported_name_that_starts_a_formula_is_plain_text(signed_in, acting, school):
    acting("adam")
    School.objects.filter(pk=school.pk).update(name="=1+1")

    text = signed_in("asha").get("/schools/list.csv").content.decode("utf-8-sig")

    assert "'=1+1" in text
    assert AuditEntry.objects.filter(kind="schools.exported").exists()


def test_schools_are_printed_as_they_are_chosen(signed_in, school):
    client = signed_in("asha")

    paper = client.get("/schools/list.csv?q=Chalkhill&way=print").content.decode()

    assert "“Chalkhill”. 1 row, the whole of it." in paper
    assert "/schools/list.csv?way=print" in client.get("/schools/").content.decode()


def test_another_councils_school_is_not_found(signed_in, school):
    assert signed_in("nell").get(f"/schools/{school.pk}/").status_code == 404


def test_a_school_enters_its_own_contacts(signed_in, school):
    client = signed_in("hana")

    answer = client.post(
        f"/schools/{school.pk}/contacts/new/", {"role": "SENDCo", "name": "Priya Mockford"}
    )

    assert answer.status_code == 302
    assert "Priya Mockford" in client.get(f"/schools/{school.pk}/").content.decode()


def test_a_school_does_not_change_another_schools_contacts(signed_in, school):
    answer = signed_in("marta").post(
        f"/schools/{school.pk}/contacts/new/", {"role": "SENDCo", "name": "Priya Mockford"}
    )

    assert answer.status_code == 409
    assert not SchoolContact.objects.exists()


def test_naming_a_worker_ends_the_one_before(acting, cast, school):
    from alongside.core.models import Staff
    from alongside.schools.actions.people import name_worker

    actor = acting("mina")
    for name, on in (("asha", date(2026, 9, 1)), ("omar", date(2026, 11, 1))):
        staff = Staff.objects.get(pk=cast.staff[name])
        name_worker(actor=actor, school=school, staff=staff, starts_on=on)

    ends = NamedWorker.objects.order_by("starts_on").values_list("ends_on", flat=True)
    assert list(ends) == [date(2026, 10, 31), None]


def test_a_term_that_overlaps_another_is_refused_at_its_field(signed_in, acting, school):
    acting("adam")
    Term.objects.create(
        school=school, name="Autumn", starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 18)
    )

    answer = signed_in("hana").post(
        f"/schools/{school.pk}/calendar/terms/new/",
        {"name": "Spring", "starts_on": "2026-12-10", "ends_on": "2027-03-26"},
    )

    assert answer.status_code == 422
    assert "before Autumn" in answer.content.decode()


def test_a_term_without_an_end_says_so(signed_in, school):
    answer = signed_in("hana").post(
        f"/schools/{school.pk}/calendar/terms/new/", {"name": "Spring", "starts_on": "2027-01-04"}
    )

    assert answer.status_code == 422
    assert "last day" in answer.content.decode().lower()


def test_the_year_is_drawn_with_its_days_counted(signed_in, acting, school):
    acting("adam")
    Term.objects.create(
        school=school, name="Autumn", starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 11)
    )

    page = signed_in("asha").get(f"/schools/{school.pk}/calendar/?year=2026").content.decode()

    assert "9 school days" in page
    assert "September 2026" in page
