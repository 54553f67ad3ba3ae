"""Another child's name is asked about wherever a school reads what is written; the own child's is not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.fieldwork import actions as fieldwork
from alongside.incidents import actions as incidents
from alongside.plans.models import Party
from tests.assessments.test_putting_right import right  # noqa: F401
from tests.children import Children
from tests.incidents.test_putting_right import sent
from tests.plans.makers import Making, added
from tests.referrals import made
from tests.routes import route  # noqa: F401
from tests.web.test_doubts import ASKED
from tests.web.test_plans import day, making, typed  # noqa: F401
from tests.web.test_referrals import typed as referred
from tests.web.test_referrals_waiting import call_form
from tests.web_page import Page

pytestmark = pytest.mark.django_db
SAID = "With Jamie Standing-In"
OWN = "Robin Testerly alone"


def asks(client, url, told, name, **more):
    """Asked about the other child in this field, then saved once sure; the own child, at once."""
    other = client.post(url, told | {name: SAID})
    page = other.content.decode()
    assert (other.status_code, ASKED in page) == (422, True), page
    assert f'value="{name}:jamie standing in">Send it all the same' in page
    assert Page(page).problems() == []
    assert "Name no other child" in page or "Name no child" in page
    sure = client.post(url, told | {name: SAID, "sure": f"{name}:jamie standing in"} | more)
    assert sure.status_code == 302, sure.content.decode()


def goes(client, url, told):
    """Saved without a question."""
    answer = client.post(url, told)
    assert answer.status_code == 302, answer.content.decode()


@pytest.fixture
def jamie(cast):
    """Another child of the council, of another school."""
    return Children(cast, _urn=900700).pupil("Jamie", "Standing-In", at="marlpit")


def shared_incident(actor, case):
    return incidents.record_incident(
        actor=actor, case=case, kind="LEFT", severity=2, place="Corridor",
        occurred_at=timezone.now() - timedelta(hours=2), happened="Left maths.", is_shared=True,
    )  # fmt: skip


@pytest.fixture
def incident(making: Making):
    return shared_incident(making.acting("asha"), making.case)


def test_why_a_shared_incident_is_corrected(signed_in, incident, jamie):
    client, url = signed_in("asha"), f"/incidents/{incident.pk}/edit/"

    asks(client, url, sent(incident, happened="Left the hall."), "reason")
    goes(client, url, sent(incident, reason=OWN, version=2, happened=f"{OWN} left."))


def test_why_a_shared_incident_is_struck_out(signed_in, incident, jamie):
    asks(signed_in("asha"), f"/incidents/{incident.pk}/strike-out/", {}, "reason")


def test_why_a_shared_incident_is_moved(acting, signed_in, route, right, jamie):
    incident = shared_incident(acting("asha"), route.case)
    told = {"to_pupil": str(right.pk)}

    asks(signed_in("asha"), f"/incidents/{incident.pk}/move/", told, "reason")


def assessed(making, *path):
    return "/".join((f"/pupils/{making.case.pupil_id}/assessment", *path, ""))


def test_the_childs_words_when_the_school_may_read_them(making, signed_in, jamie):
    client, url = signed_in("asha"), assessed(making, "voice", "new")
    told = {"method": "TALK", "about": "VIEW"} | day("said_on", making.today)

    goes(client, url, told | {"words": SAID})
    goes(client, url, told | {"words": OWN, "is_shared": "on"})
    asks(client, url, told | {"is_shared": "on"}, "words")


def test_what_a_child_says_of_belonging_when_the_school_may_read_it(making, signed_in, jamie):
    told = {"belonging": 2, "participation": 3, "occasion": "BASELINE", "is_shared": "on"}
    told |= day("said_on", making.today)

    asks(signed_in("asha"), assessed(making, "voice", "belonging") + "?with=scale", told, "words")


@pytest.mark.parametrize("name", ["words", "needs", "triggers", "helps", "avoids"])
def test_the_one_page_profile(making, signed_in, jamie, name):
    told = {"version": "0", "words": OWN, **day("said_on", making.today), "helps": OWN}

    asks(signed_in("asha"), assessed(making, "profile"), told, name)


def test_what_was_agreed_of_a_child(making, signed_in, jamie):
    asha = making.acting("asha")
    session = fieldwork.record_session(
        actor=asha, case=making.case, kind="ONE_TO_ONE", minutes=30, attendance="ATTENDED",
        starts_at=timezone.now() - timedelta(hours=30), what_we_did="Practised the exit card",
    )  # fmt: skip
    told = {"with_whom": "else", "name": "Mrs Placeholder", "step_1_who": "mine"}
    told |= day("step_1_due_on", asha.today + timedelta(days=7))

    asks(signed_in("asha"), f"/sessions/{session.pk}/next-steps/", told, "step_1_text")


def test_a_note_on_a_plan_that_is_not_kept_from_the_school(making, signed_in, jamie):
    client, url = signed_in("asha"), f"/plans/{making.agreed().pk}/notes/"

    goes(client, url, {"text": SAID, "kept": "on"})
    goes(client, url, {"text": OWN})
    asks(client, url, {}, "text")


@pytest.mark.parametrize("name", ["aim", "target_1_text", "action_1_text"])
def test_what_a_plan_says_to_the_school(making, signed_in, jamie, name):
    url = f"/cases/{making.case.pk}/plans/new/"

    asks(signed_in("asha"), url, typed(making), name)


def test_an_action_kept_from_the_school_is_not_asked_about(making, signed_in, jamie):
    told = typed(making, aim=OWN, action_1_text=SAID, action_1_kept="on")

    goes(signed_in("asha"), f"/cases/{making.case.pk}/plans/new/", told)


@pytest.fixture
def robin(acting, cast):
    return made.ready(acting, cast)[0]


@pytest.mark.parametrize("name", ["last_incident", "going_well", "tried-0-what", "tried-0-changed"])
def test_what_a_school_tells_the_service(robin, signed_in, jamie, name):
    client, url = signed_in("petra"), f"/referrals/new/{robin.pk}/"

    asks(client, url, referred(), name)
    page = client.post(url, referred() | {name: SAID}).content.decode()
    assert "Look again before this is saved" in page and "to fix" not in page
    assert "<title>Look again: " in page


def test_what_a_professional_said_on_the_telephone(robin, signed_in, jamie):
    client = signed_in("asha")

    asks(client, "/referrals/call/", call_form(), "last_incident")


def test_a_call_may_name_the_child_that_it_is_about(robin, signed_in, jamie):
    goes(signed_in("asha"), "/referrals/call/", call_form(last_incident=OWN))


def test_an_update_on_a_plan_that_goes_to_the_school(making, signed_in, jamie):
    asks(signed_in("asha"), f"/plans/{making.agreed().pk}/update/", {}, "body")


@pytest.mark.parametrize("name", ["present", "pupil_view", "family_view", "school_view", "reason"])
def test_what_is_written_in_a_review(making, signed_in, jamie, name):
    plan = making.agreed()
    told = {"decision": "CLOSE", "reason": "It holds.", "version": "0"}
    told |= day("held_on", making.today)

    asks(signed_in("asha"), f"/plans/{plan.pk}/review/", told, name)


@pytest.mark.parametrize("box", ["words", "cannot_{}"])
def test_what_goes_with_a_referral_that_is_sent_again(acting, cast, signed_in, jamie, box):
    referral = made.returned(acting, cast)
    missing = referral.framework.criteria.get(shown_by="EVIDENCE").pk
    told = {"version": referral.version, "main_worry": "LEAVING", "last_incident": "x"}
    told |= {f"cannot_{missing}": "It is being written."}

    asks(signed_in("petra"), f"/referrals/{referral.pk}/again/", told, box.format(missing))


def test_a_change_of_a_shared_session(making, signed_in, jamie):
    session = fieldwork.record_session(
        actor=making.acting("asha"), case=making.case, kind="ONE_TO_ONE", minutes=30,
        attendance="ATTENDED", starts_at=timezone.now() - timedelta(hours=30), what_we_did="Cards",
    )  # fmt: skip
    on = timezone.localtime(session.starts_at)
    told = {
        "kind": "ONE_TO_ONE",
        "minutes": "30",
        "attendance": "ATTENDED",
        "version": "1",
        "what_we_did": "Cards",
    }
    told |= day("on", on) | {"time": f"{on:%H:%M}", "sure": f"on:{on:%Y-%m-%d}"}
    client, url = signed_in("asha"), f"/sessions/{session.pk}/edit/"

    goes(client, url, told | {"response": SAID})
    making.acting("asha")
    session.refresh_from_db()
    fieldwork.share(actor=making.acting("asha"), written=session)
    session.refresh_from_db()
    page = client.post(url, told | {"response": SAID, "version": session.version}).content.decode()
    assert ASKED in page


def test_what_a_contributor_brings_to_a_plan(making, signed_in, jamie):
    plan = making.written()
    one = added(making, plan, Party.SERVICE, "Asha")

    asks(signed_in("asha"), f"/plans/{plan.pk}/contributors/{one.pk}/", {}, "section")
