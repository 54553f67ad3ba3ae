"""Incidents are written down once, read by whom they are for, and counted in the update on a plan."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from alongside.core.days import start_of
from alongside.core.decisions import NotFound, Problem, Refused
from alongside.core.models import AuditEntry, Notice
from alongside.incidents import actions, queries
from alongside.incidents.models import Incident
from alongside.people.models import ChronologyEntry, Involvement
from alongside.plans.models import ProgressUpdate
from tests.plans.makers import Making, make_case
from tests.plans.test_updates import worked
from tests.web.test_plans import day

pytestmark = pytest.mark.django_db


@pytest.fixture
def making(acting, cast) -> Making:
    return make_case(acting, cast)


def record(making, by="asha", **changes):
    told = {
        "kind": "LEFT", "severity": 2, "occurred_at": timezone.now() - timedelta(hours=2),
        "place": "Corridor", "happened": "Left maths and sat by the window.",
    } | changes  # fmt: skip
    return actions.record_incident(actor=making.acting(by), case=making.case, **told)


def typed(on, **changes):
    told = {
        "kind": "DAMAGE", "severity": "3", "time": "9:10", "ended": "9.25am", "place": "Room 4",
        "before": "Supply teacher", "happened": "Threw a chair at the wall.",
        "after": "Walked outside with Jo.", "told": "Head, mum", "school_reference": "CP-12",
    }  # fmt: skip
    return told | day("on", on) | {"sure": f"on:{on}"} | changes  # Whatever day this runs on.


@pytest.mark.duty("SA-31")
def test_an_update_is_pre_filled_with_sessions_scores_and_incidents_and_acknowledged(
    making, signed_in, cast
):
    plan = worked(making)
    earlier = max(timezone.now() - timedelta(hours=1), start_of(making.today))
    record(making, occurred_at=earlier)
    record(making, kind="HURT", severity=4, occurred_at=earlier)
    Involvement.objects.create(
        pupil=making.case.pupil, staff_id=cast.staff["ben"], capacity="CO_WORKER",
        starts_on=making.today,
    )  # fmt: skip
    client, lead = signed_in("ben"), signed_in("asha")
    at = f"/plans/{plan.pk}/"

    page = client.get(f"{at}update/").content.decode()
    for said in (
        "1 session: 1 attended", "now 5 of 10 times",
        ("2 incidents: 1 somebody was hurt or threatened, 1 left the lesson or the site. "
        "1 severe or extreme"), "left the lesson or the site, Corridor (moderate)",
    ):  # fmt: skip
        assert said in page
    client.post(f"{at}update/", {"body": "He comes back by himself."})
    assert "Read the update on the plan: Robin Testerly" in lead.get("/").content.decode()
    making.acting("asha")
    update = ProgressUpdate.objects.get()
    lead.post(f"{at}updates/{update.pk}/read/", {"answer": "Thank you. Keep the card."})

    assert "Read the update on the plan" not in lead.get("/").content.decode()
    read = client.get(f"{at}updates/").content.decode()
    assert "He comes back by himself." in read
    assert "Keep the card." in read
    making.acting("ben")
    assert Notice.objects.filter(staff_id=cast.staff["ben"], kind="plan.update_read").exists()


def test_an_incident_is_written_on_its_screen_and_stands_on_the_chronology(making, signed_in):
    on, client = making.today - timedelta(days=1), signed_in("asha")

    done = client.post(f"/cases/{making.case.pk}/incidents/new/", typed(on), follow=True)
    listed = client.get(f"/pupils/{making.case.pupil_id}/incidents/").content.decode()

    page = done.content.decode()
    assert "The incident is written down." in page
    assert "9:10am to 9:25am, Room 4" in page
    assert "CP-12" in page
    assert "1 incident: 1 things were damaged" in listed
    making.acting("asha")
    line = ChronologyEntry.objects.get(kind="INCIDENT")
    assert (line.information_class, line.is_shared) == ("C3", False)
    assert AuditEntry.objects.filter(kind="incident.recorded").exists()


def test_a_severe_incident_is_told_to_who_leads_the_case(making, cast):
    record(making, by="mina", severity=2)
    assert not Notice.objects.filter(kind="incident.recorded").exists()

    record(making, by="mina", severity=3, kind="HURT")

    making.acting("asha")
    notice = Notice.objects.get(kind="incident.recorded")
    assert (notice.staff_id, "Robin" in notice.text) == (cast.staff["asha"], False)


def test_a_school_reads_what_is_shared_with_it_and_what_it_wrote(making, signed_in):
    ours = record(making)
    shared = record(making, kind="WORDS", is_shared=True)

    petra = making.acting("petra")

    assert [one.pk for one in queries.visible_incidents(petra)] == [shared.pk]
    with pytest.raises(NotFound):
        queries.get_incident(petra, ours.pk)
    assert signed_in("petra").get(f"/incidents/{shared.pk}/").status_code == 200
    assert ChronologyEntry.objects.readable_by(petra).filter(kind="INCIDENT").count() == 1


@pytest.mark.wall
def test_the_wall_shows_a_school_no_incident_that_is_not_shared(making):
    record(making)
    making.acting("petra")

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM incidents_incident")
        assert cursor.fetchone() == (0,)


def test_a_class_teacher_writes_one_and_the_school_reads_it(making, cast):
    making.acting("dpo")
    Involvement.objects.create(
        pupil=making.case.pupil, staff_id=cast.staff["theo"], capacity="INVITED",
        starts_on=making.today,
    )  # fmt: skip

    assert record(making, by="theo").is_shared


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"occurred_at": timezone.now() + timedelta(hours=1)}, "not happened yet"),
        ({"occurred_at": timezone.now() - timedelta(days=400)}, "more than a year ago"),
        ({"ended_at": timezone.now() - timedelta(days=1)}, "ended after it began"),
        ({"happened": " "}, "Say what happened"),
    ],
)
def test_what_cannot_be_so_is_told_at_its_box(making, change, said):
    with pytest.raises(Problem, match=said):
        record(making, **change)


def test_the_same_incident_sent_twice_is_written_once(making):
    at = timezone.now() - timedelta(hours=3)
    record(making, occurred_at=at)

    with pytest.raises(Problem, match="already written"):
        record(making, occurred_at=at)
    assert Incident.objects.count() == 1


def test_who_only_reads_and_a_closed_case_are_refused(making):
    with pytest.raises(Refused, match="reads incidents"):
        record(making, by="petra")
    making.close()
    with pytest.raises(Refused, match="was closed"):
        record(making)
