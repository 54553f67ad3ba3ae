"""After a move of school, what was shared names the school it was shared with; the school of now reads it."""

from datetime import datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from alongside.core.handling import InformationClass
from alongside.fieldwork import actions
from alongside.incidents.actions import record_incident
from alongside.people.actions import documents
from alongside.people.queries.registers import fingerprint
from alongside.referrals.actions import moving
from tests.fieldwork.conftest import targets, worked  # noqa: F401
from tests.pathways import made as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(acting, cast, worked, settings, tmp_path):
    """A session, a log, an incident and a paper shared with Chalkhill; then Robin moves to Marlpit."""
    settings.VAR = tmp_path
    asha = acting("asha")
    day = asha.today - timedelta(days=1)
    at = timezone.make_aware(datetime.combine(day, time(10)))
    session = actions.record_session(
        actor=asha,
        case=worked.case,
        kind="ONE_TO_ONE",
        minutes=45,
        starts_at=at,
        what_we_did="Cards",
    )
    log = actions.record_daily_log(actor=asha, case=worked.case, on=day, what_worked="Counting")
    for written in (session, log):
        actions.share(actor=asha, written=written)
    incident = record_incident(
        actor=asha, case=worked.case, kind="LEFT", severity=1, occurred_at=at, place="Corridor",
        happened="Left early", is_shared=True,
    )  # fmt: skip
    paper = documents.add_document(
        actor=asha, pupil=worked.pupil, title="Letter", information_class=InformationClass.CASEWORK,
        upload=SimpleUploadedFile("letter.pdf", b"%PDF-1.7 invented"),
    )  # fmt: skip
    paper = documents.share_document(actor=asha, document=paper)
    return session, log, incident, paper


def moved(acting, cast, pupil):
    return moving.change_school(
        actor=acting("asha"), pupil=pupil, seen=fingerprint(pupil),
        school=people.school(cast.places["marlpit"], "Marlpit Academy"),
        starts_on=acting("asha").today,
    )  # fmt: skip


def addresses(session, log, incident, paper):
    pupil = f"/pupils/{session.pupil_id}/"
    return [
        f"/sessions/{session.pk}/", f"/logs/{log.pk}/", f"/incidents/{incident.pk}/",
        f"/sessions/{session.pk}/share/", f"{pupil}sessions/", f"{pupil}incidents/",
    ]  # fmt: skip


def test_what_was_shared_names_the_school_and_after_a_move_that_it_was_passed_on(
    signed_in, acting, cast, worked, shared
):
    school = worked.case.school.name
    client = signed_in("asha")
    for url in addresses(*shared):
        page = client.get(url).content.decode()
        assert f"Shared with {school}" in page and "passed on" not in page, url

    moved(acting, cast, worked.pupil)

    client = signed_in("asha")
    for url in addresses(*shared):
        page = client.get(url).content.decode()
        assert f"Shared with {school}, and passed on with the record" in page, url
    page = client.get(f"/pupils/{worked.pupil.pk}/documents/{shared[3].pk}/").content.decode()
    assert f"{school}, and passed on with the record" in page


def test_the_school_of_now_reads_it_and_with_whom_it_was_shared(
    signed_in, acting, cast, worked, shared
):
    school = worked.case.school.name
    moved(acting, cast, worked.pupil)
    client = signed_in("marta")
    for kind, written in zip(("sessions", "logs", "incidents"), shared[:3], strict=True):
        page = client.get(f"/{kind}/{written.pk}/")
        assert f"Shared with {school}, and passed on with the record" in page.content.decode()
        assert "The pupil’s school reads all of it" in page.content.decode()


def test_taken_back_and_shared_again_names_the_school_of_now(acting, cast, worked, shared):
    session = shared[0]
    moved(acting, cast, worked.pupil)
    asha = acting("asha")

    taken = actions.take_back(actor=asha, written=session)
    assert taken.shared_with_id is None
    again = actions.share(actor=asha, written=session)

    assert again.shared_with.name == "Marlpit Academy"
