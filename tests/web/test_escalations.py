"""Passing something up on screen: raised, seen on Today, acknowledged, answered."""

import pytest

from alongside.cases.models import Escalation
from alongside.core.models import Staff

pytestmark = pytest.mark.django_db


def send(client, asked, **typed):
    sent = {"kind": "DIRECTION", "case": "", "words": "May the morning be shortened?", **typed}
    return client.post("/escalations/new/", {**sent, "asked": str(asked.pk)})


def one():
    return Escalation.objects.get()


@pytest.mark.duty("RC-71")
def test_a_caseworker_escalates_a_case_and_sees_it_acknowledged_and_directed(
    signed_in, route, acting
):
    """Put to whoever supervises: a manager of the service holds the supervisor's place here."""
    client = signed_in("asha")
    send(client, route.staff("mina"), case=str(route.case.pk))
    acting("asha")
    address = f"/escalations/{one().pk}/"

    signed_in("mina").post(f"{address}acknowledge/")
    assert "Acknowledged" in client.get(address).content.decode()
    signed_in("mina").post(address, {"decision": "DIRECTED", "answer": "Keep it whole till May."})

    page = client.get(address).content.decode()
    assert "Direction given" in page
    assert "Keep it whole till May." in page
    assert (
        "Keep it whole till May."
        in client.get(f"/pupils/{route.pupil.pk}/chronology/").content.decode()
    )


@pytest.mark.duty("RC-71")
def test_a_council_caseworker_escalates_a_school_to_the_casework_supervisor(
    signed_in, cast, acting
):
    from tests.children import Children

    acting("nell")
    children = Children(cast, maker="nell")
    school = children.school("fenland")
    sara = Staff.objects.get(pk=cast.staff["sara"])

    send(signed_in("nell"), sara, school=str(school.pk))
    acting("sara")
    signed_in("sara").post(
        f"/escalations/{one().pk}/", {"decision": "DIRECTED", "answer": "I will ring the head."}
    )

    page = signed_in("nell").get("/escalations/").content.decode()
    assert "Direction given" in page
    assert school.name in page


@pytest.mark.duty("SA-92")
def test_an_assistant_asks_about_work_outside_the_brief_and_the_decision_is_recorded(
    signed_in, route, acting
):
    school = route.pupil.enrolments.get().school
    told = {"kind": "BRIEF", "school": str(school.pk), "words": "Cover Year 2 this afternoon"}
    send(signed_in("ben"), route.staff("lena"), **told)
    acting("lena")
    address = f"/escalations/{one().pk}/"

    day = signed_in("lena").get("/").content.decode()
    assert f"Answer {route.staff('ben').name}: work outside the brief, {school.name}" in day
    signed_in("lena").post(address, {"decision": "NOT_AGREED", "answer": "Not cover. I will ring."})

    page = signed_in("ben").get(address).content.decode()
    assert school.name in page
    assert "Cover Year 2 this afternoon" in page
    assert "Not agreed" in page
    assert "Not cover. I will ring." in page


@pytest.mark.duty("OW-104")
def test_a_request_beyond_the_role_goes_to_the_line_manager_and_its_outcome_stays(
    signed_in, route, acting
):
    acting("mina")
    Staff.objects.filter(pk=route.staff("asha").pk).update(line_manager=route.staff("hugo"))
    client = signed_in("asha")
    page = client.get(f"/cases/{route.case.pk}/").content.decode()
    assert f"/cases/{route.case.pk}/allocate/" not in page  # Only what the role permits is shown.
    assert client.get(f"/cases/{route.case.pk}/allocate/").status_code == 403

    send(client, route.staff("hugo"), kind="SCOPE", words="Asked to restrain a pupil")
    acting("hugo")
    answered = {"decision": "NOT_AGREED", "answer": "You are not trained for it."}
    signed_in("hugo").post(f"/escalations/{one().pk}/", answered)

    listed = client.get("/escalations/").content.decode()
    assert "Beyond my role" in listed
    assert "Not agreed" in listed


def test_today_shows_what_still_waits_for_an_answer(signed_in, route, acting):
    client = signed_in("asha")
    send(client, route.staff("mina"), case=str(route.case.pk))

    page = client.get("/").content.decode()

    assert "Waiting for an answer" in page
    assert "Direction needed: Robin Testerly" in page
    assert "has not read it yet" in page


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(signed_in, route):
    page = send(signed_in("ben"), route.staff("lena"), kind="BRIEF", words="Cover Year 2")

    assert page.status_code == 422
    body = page.content.decode()
    assert "Choose the school that asks." in body
    assert "Cover Year 2" in body


def test_with_nothing_passed_up_the_list_says_what_it_is_for(signed_in, cast):
    assert "Nothing was passed up" in signed_in("asha").get("/escalations/").content.decode()


def test_who_was_not_asked_reads_no_answer_form(signed_in, route, acting):
    send(signed_in("asha"), route.staff("mina"))
    acting("asha")

    page = signed_in("asha").get(f"/escalations/{one().pk}/").content.decode()

    assert 'name="decision"' not in page
    assert "has not read it yet" in page
