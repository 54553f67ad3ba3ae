"""A visit: planned is not yet made; from its row one writes what was done, prefilled."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from alongside.core.decisions import Refused
from alongside.duties.calendars import Calendars
from alongside.duties.due import due_items
from alongside.fieldwork.actions import record_daily_log, record_session
from alongside.fieldwork.actions.visits import cancel_visit, plan_visit, record_visit
from alongside.fieldwork.models import Visit
from alongside.schools.models import NamedWorker
from tests.fieldwork.conftest import targets, worked  # noqa: F401
from tests.web_page import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(acting, worked) -> Visit:
    """Of Asha's, to see Robin, begun a moment ago; she is the school's named worker."""
    asha = acting("asha")
    NamedWorker.objects.create(
        school=worked.case.school,
        staff_id=asha.staff_id,
        starts_on=asha.today - timedelta(days=60),
    )
    return plan_visit(
        actor=asha,
        school=worked.case.school,
        pupil=worked.pupil,
        starts_at=max(timezone.now() - timedelta(minutes=50), start_of_day(asha.today)),
        minutes=45,
        purpose="One-to-one",
    )


def start_of_day(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(0)))


def contact(acting, visit: Visit) -> str:
    """What Asha's list says of the contact with the school."""
    asha = acting("asha")
    items = due_items(asha, Calendars(asha))
    (why,) = [i.why for i in items if i.kind == "contact" and i.school_id == visit.school_id]
    return why


def body(answer) -> str:
    page = answer.content.decode()
    assert Page(page).problems() == []
    return page


def test_a_visit_that_was_only_planned_is_no_contact_with_the_school(acting, visit):
    assert contact(acting, visit) == "No contact recorded yet"


def test_a_visit_recorded_as_made_is_a_contact(acting, visit, signed_in):
    answer = signed_in("asha").post(f"/visits/{visit.pk}/done/", follow=True)

    page = body(answer)
    assert "Recorded: you were at" in page
    assert "Nothing is written of it yet." in page and f"sessions/new/?visit={visit.pk}" in page
    assert "Call it off" not in page
    assert contact(acting, visit).startswith("Last contact")


@pytest.mark.parametrize("kind", ["session", "log"])
def test_what_is_written_of_its_day_records_the_visit_as_made(acting, worked, visit, kind):
    asha = acting("asha")

    if kind == "session":
        told = {"kind": "ONE_TO_ONE", "minutes": 30, "what_we_did": "Practised the exit card"}
        record_session(actor=asha, case=worked.case, starts_at=visit.starts_at, **told)
    else:
        record_daily_log(actor=asha, case=worked.case, on=asha.today, what_worked="The card")

    visit.refresh_from_db()
    assert visit.done_at


def test_one_called_off_afterwards_is_no_contact(acting, visit):
    asha = acting("asha")
    record_visit(actor=asha, visit=visit)

    cancel_visit(actor=asha, visit=visit, because="Ticked by mistake; the school was shut.")

    assert contact(acting, visit) == "No contact recorded yet"


@pytest.mark.parametrize(
    ("who", "changed", "says"),
    [
        ("asha", {"cancelled_because": "Ill"}, "This visit was called off."),
        ("omar", {}, "Only whose visit it is records it."),
    ],
)
def test_a_visit_is_not_recorded_by_another_nor_called_off(acting, visit, who, changed, says):
    acting("asha")
    Visit.objects.filter(pk=visit.pk).update(**changed)

    with pytest.raises(Refused, match=says):
        record_visit(actor=acting(who), visit=visit)


def test_nor_before_its_hour(acting, visit):
    asha = acting("asha")
    Visit.objects.filter(pk=visit.pk).update(starts_at=timezone.now() + timedelta(hours=1))

    with pytest.raises(Refused, match="has not happened yet"):
        record_visit(actor=asha, visit=visit)


@pytest.mark.parametrize("page", ["/", "/planner/"])
def test_from_its_row_one_goes_straight_to_the_session_and_the_log(signed_in, worked, visit, page):
    shown = body(signed_in("asha").get(page))

    assert f'href="/pupils/{worked.pupil.pk}/"' in shown
    for kind in ("sessions", "logs"):
        assert f'href="/cases/{worked.case.pk}/{kind}/new/?visit={visit.pk}"' in shown
    assert f'action="/visits/{visit.pk}/done/' in shown


def test_the_forms_know_the_school_the_day_and_the_hour(acting, signed_in, worked, visit):
    acting("asha")
    at = timezone.localtime(visit.starts_at - timedelta(days=1))
    Visit.objects.filter(pk=visit.pk).update(minutes=25, starts_at=at)
    client, case = signed_in("asha"), worked.case

    page = body(client.get(f"/cases/{case.pk}/sessions/new/?visit={visit.pk}"))
    log = body(client.get(f"/cases/{case.pk}/logs/new/?visit={visit.pk}"))

    assert f'value="{at:%H:%M}"' in page and 'value="25"' in page
    assert f'value="{case.school.name}"' in page
    for shown in (page, log):
        assert re.search(rf'name="on_0"[^>]* value="{at.day}"', shown)


def test_a_visit_of_another_fills_in_nothing(acting, signed_in, worked, visit):
    acting("asha")
    Visit.objects.filter(pk=visit.pk).update(staff_id=worked.staff("omar").pk, minutes=25)

    page = body(signed_in("asha").get(f"/cases/{worked.case.pk}/sessions/new/?visit={visit.pk}"))

    assert 'value="25"' not in page


def test_a_visit_that_was_recorded_says_so(signed_in, visit):
    client = signed_in("asha")
    client.post(f"/visits/{visit.pk}/done/")

    page = body(client.get("/"))

    assert "Recorded" in page and f"/visits/{visit.pk}/done/" not in page
