"""Choosing how I am reminded, and the calendar behind its secret address."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from alongside.cases import actions
from alongside.core.models import Reminders
from alongside.fieldwork.actions.visits import plan_visit

pytestmark = pytest.mark.django_db


def body(answer):
    return answer.content.decode()


def make(client):
    page = body(client.post("/me/calendar/make/"))
    return re.search(r"/calendar/[\w-]+\.ics", page).group()


def test_a_person_chooses_how_often_and_what(signed_in, cast, acting):
    client = signed_in("asha")
    assert "Every working day" in body(client.get("/me/reminders/"))

    client.post("/me/reminders/", {"digest": "DAILY", "weekday": "0", "tells_overdue": "on"})

    acting("asha")
    own = Reminders.objects.get()
    assert (own.digest, own.tells_overdue, own.tells_week) == ("DAILY", True, False)


def test_only_leaders_are_asked_about_a_team(signed_in, cast):
    assert "my team’s" not in body(signed_in("asha").get("/me/reminders/"))
    assert "my team’s" in body(signed_in("mina").get("/me/reminders/"))


def test_a_calendar_program_reads_what_is_due_without_a_name(signed_in, route, acting):
    from datetime import datetime, time

    from django.utils import timezone

    asha = acting("asha")
    school = route.pupil.enrolments.get().school
    day = asha.today + timedelta(days=7)
    plan_visit(
        actor=asha,
        school=school,
        pupil=route.pupil,
        starts_at=timezone.make_aware(datetime.combine(day, time(10))),
        minutes=45,
        purpose="One-to-one with Robin",
    )
    actions.add_task(
        actor=asha, owner_id=asha.staff_id, text="Ring Robin’s mum", due_on=day, case=route.case
    )
    address = make(signed_in("asha"))

    answer = Client().get(address)

    assert answer["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer["Cache-Control"]
    feed = body(answer)
    assert "SUMMARY:Write a plan\r\n" in feed
    assert "SUMMARY:Do a task\r\n" in feed
    assert "SUMMARY:Visit\r\n" in feed
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}\r\n" in feed
    for name in ("Robin", "Testerly", school.name, asha.name):
        assert name not in feed
    assert feed.startswith("BEGIN:VCALENDAR\r\n")
    assert feed.endswith("END:VCALENDAR\r\n")
    assert max(len(line) for line in feed.split("\r\n")) <= 75


def test_a_revoked_address_opens_nothing(signed_in, cast):
    client = signed_in("asha")
    address = make(client)
    assert Client().get(address).status_code == 200

    client.post("/me/calendar/revoke/")

    assert Client().get(address).status_code == 404


def test_a_new_address_closes_the_one_before(signed_in, cast):
    client = signed_in("asha")
    first, second = make(client), make(client)

    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200


def test_a_wrong_address_is_not_found(cast, db):
    assert Client().get("/calendar/no-such-secret.ics").status_code == 404


def test_of_the_secret_only_a_hash_is_kept(signed_in, cast, acting):
    address = make(signed_in("asha"))

    acting("asha")
    own = Reminders.objects.get()
    assert own.calendar_hash
    assert own.calendar_hash not in address
