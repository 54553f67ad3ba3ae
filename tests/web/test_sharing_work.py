"""A school reads a session or a daily log once it is shared with it, by no route before."""

import csv
import io
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from alongside.assessments.models import Voice
from alongside.core.handling import InformationClass
from alongside.core.models import AuditEntry
from alongside.fieldwork import actions
from alongside.fieldwork.models import DailyLog, Session
from alongside.people.actions.chronology import correct_entry, write_chronology
from alongside.people.models import Capacity, ChronologyEntry, EntryKind
from alongside.people.queries.shared import preview
from tests.fieldwork.conftest import targets, worked  # noqa: F401
from tests.pages import plain

pytestmark = pytest.mark.django_db

DID = "Talked about the move to grandad"
WORKED = "Counted to ten in the corridor"
LINES = ("Home visit session, 45 minutes", "Daily log: 1 of 1 target met")
SCHOOL = ("petra", "hana")


@pytest.fixture
def written(acting, worked, targets):
    """A session and a log of asha's. Theo teaches Robin."""
    worked.children.involve(worked.pupil, "theo", Capacity.TEACHES)
    asha = acting("asha")
    day = asha.today - timedelta(days=1)
    session = actions.record_session(
        actor=asha, case=worked.case, kind="HOME_VISIT", minutes=45, what_we_did=DID,
        starts_at=timezone.make_aware(datetime.combine(day, time(10))),
    )  # fmt: skip
    log = actions.record_daily_log(
        actor=asha, case=worked.case, on=day, what_worked=WORKED, marks={targets[0].pk: "MET"}
    )
    return session, log


def routes_to(session, log):
    """Every address by which a school meets the work."""
    pupil, case = f"/pupils/{session.pupil_id}/", f"/cases/{session.case_id}/"
    return [
        "/", "/caseload/?view=all", "/schools/", f"/schools/{session.case.school_id}/",
        "/search/?q=testerly", "/referrals/", pupil, f"{pupil}chronology/",
        f"{pupil}chronology/print/", f"{pupil}chronology/?kind=SESSION&kind=DAILY_LOG",
        f"{pupil}chronology/?words=grandad", f"{pupil}sessions/", f"{pupil}sessions/csv/",
        f"{pupil}chronology/csv/", f"{pupil}plan/", f"{pupil}assessment/", f"{pupil}people/", case,
        f"{case}report/", f"{case}report/?for=school", f"/sessions/{session.pk}/",
        f"/sessions/{session.pk}/edit/", f"/sessions/{session.pk}/share/", f"/logs/{log.pk}/",
        f"/logs/{log.pk}/edit/", f"/logs/{log.pk}/share/",
    ]  # fmt: skip


def met(client, written):
    """Words of the work that this person meets anywhere, and the addresses that are absent."""
    words, absent = set(), set()
    for url in routes_to(*written):
        answer = client.get(url)
        page = answer.content.decode()
        words |= {w for w in (DID, WORKED, *LINES) if w in page}
        if answer.status_code == 404:
            absent.add(url)
    return words, absent


@pytest.mark.parametrize("name", [*SCHOOL, "theo"])
def test_a_school_meets_nothing_of_the_work_by_any_route(signed_in, written, name):
    session, log = written

    words, absent = met(signed_in(name), written)

    assert words == set()
    assert {f"/sessions/{session.pk}/", f"/logs/{log.pk}/"} <= absent


@pytest.mark.parametrize("name", SCHOOL)
def test_nor_that_there_was_any_and_not_how_often(signed_in, written, name):
    session, _ = written
    client = signed_in(name)

    tab = client.get(f"/pupils/{session.pupil_id}/sessions/").content.decode()
    overview = client.get(f"/pupils/{session.pupil_id}/").content.decode()
    case = client.get(f"/cases/{session.case_id}/").content.decode()
    caseload = client.get("/caseload/?view=all").content.decode()

    assert "What the service shares with you stands here" in tab
    assert "Offered" not in tab
    assert "1 held" not in overview
    assert "1 session" not in case
    assert "None shared with you" in caseload
    assert "Last contact shared with you" in caseload
    assert "Not seen for" not in caseload


def test_who_reads_the_work_whole_reads_the_last_contact_whole(signed_in, written):
    caseload = signed_in("asha").get("/caseload/").content.decode()

    assert ">Last contact<" in caseload and "shared with you" not in caseload


@pytest.mark.parametrize("name", SCHOOL)
def test_nor_that_the_child_said_what_is_not_shared(signed_in, acting, written, name):
    session, _ = written
    asha = acting("asha")
    Voice.objects.create(
        pupil_id=session.pupil_id,
        method="TALK",
        words="I do not like it there.",
        said_on=asha.today,
        recorded_by_id=asha.staff_id,
    )

    case = signed_in(name).get(f"/cases/{session.case_id}/").content.decode()

    assert "1 entry" not in case
    assert case.count("None shared with you") == 3, "words, sessions and daily logs"


def test_an_unshared_one_is_the_same_as_none(signed_in, written):
    session, log = written
    client = signed_in("petra")

    for url, own in ((f"/sessions/{session.pk}/", session.pk), (f"/logs/{log.pk}/", log.pk)):
        unseen, absent = client.get(url), client.get(url.replace(str(own), "99999999"))
        assert plain(unseen.content) == plain(absent.content).replace("99999999", str(own))


@pytest.mark.parametrize("name", ["asha", "mina", "dora", "dpo"])
def test_the_service_and_who_answers_for_safety_read_it_whole(
    signed_in, for_a_purpose, worked, written, name
):
    worked.children.refer(worked.pupil, "outreach")
    for_a_purpose(worked.pupil.pk)

    words, _ = met(signed_in(name), written)

    assert words == {DID, WORKED, *LINES}


@pytest.mark.parametrize("name", SCHOOL)
def test_once_shared_the_school_reads_both_and_their_lines(signed_in, acting, written, name):
    asha = acting("asha")
    for each in written:
        actions.share(actor=asha, written=each)

    words, _ = met(signed_in(name), written)

    assert words == {DID, WORKED, *LINES}


def test_a_tutor_of_the_unit_reads_the_passport_and_of_the_work_what_is_shared(
    signed_in, acting, worked, written
):
    worked.children.involve(worked.pupil, "tom", Capacity.TEACHES)
    before, _ = met(signed_in("tom"), written)
    asha = acting("asha")
    for each in written:
        actions.share(actor=asha, written=each)

    after, _ = met(signed_in("tom"), written)

    assert before == set()
    assert {DID, WORKED} <= after


def test_a_class_teacher_reads_what_is_shared_and_their_own_note_but_no_other(
    signed_in, acting, worked, written
):
    theo = acting("theo")
    own = actions.record_daily_log(
        actor=theo, case=worked.case, on=theo.today, what_worked="Sat by the window"
    )
    actions.share(actor=acting("asha"), written=written[0])
    client = signed_in("theo")

    note = client.get(f"/logs/{own.pk}/").content.decode()
    lines = client.get(f"/pupils/{worked.pupil.pk}/chronology/").content.decode()

    assert "Sat by the window" in note
    assert DID in client.get(f"/sessions/{written[0].pk}/").content.decode()
    assert LINES[0] in lines
    assert LINES[1] not in lines
    assert signed_in("petra").get(f"/logs/{own.pk}/").status_code == 404
    assert "Sat by the window" in signed_in("asha").get(f"/logs/{own.pk}/").content.decode()


@pytest.mark.duty("LP-102")
def test_the_worker_sees_what_the_school_would_read_and_who_before_it_does(
    signed_in, acting, written
):
    session, _ = written
    client = signed_in("asha")
    url = f"/sessions/{session.pk}/share/"

    before = client.get(url).content.decode()
    after = client.post(url, {"to": "share"}, follow=True).content.decode()
    theirs = signed_in("petra").get(f"/sessions/{session.pk}/").content.decode()

    for words in ("exactly what the school would read", "Petra Exampleton", "Hana", "Theo", DID):
        assert words in before
    assert "Marta" not in before
    assert "The school can read this now." in after
    assert f"Shared with {session.case.school.name}." in after
    assert DID in theirs
    acting("dpo")
    assert AuditEntry.objects.get(kind="session.shared").pupil_ids == [session.pupil_id]


def test_taken_back_it_is_hidden_again_with_its_line_and_corrections(signed_in, acting, written):
    _, log = written
    asha = acting("asha")
    line = ChronologyEntry.objects.get(kind="DAILY_LOG")
    correct_entry(actor=asha, entry=line, words="It was on the stairs")
    signed_in("asha").post(f"/logs/{log.pk}/share/", {"to": "share"})
    shared = signed_in("petra").get(f"/pupils/{log.pupil_id}/chronology/").content.decode()

    signed_in("mina").post(f"/logs/{log.pk}/share/", {"to": "take_back"})
    signed_in("asha").post(f"/logs/{log.pk}/share/", {"to": "take_back"})

    assert "It was on the stairs" in shared
    assert (
        "stairs"
        not in signed_in("petra").get(f"/pupils/{log.pupil_id}/chronology/").content.decode()
    )
    assert signed_in("petra").get(f"/logs/{log.pk}/").status_code == 404
    acting("dpo")
    assert AuditEntry.objects.filter(kind="daily_log.taken_back").count() == 1


def test_saving_leads_to_the_look_when_asked_and_shares_nothing_by_itself(
    signed_in, acting, worked
):
    today = acting("asha").today
    told = {"on_0": today.day, "on_1": today.month, "on_2": today.year, "what_worked": "The card"}
    url = f"/cases/{worked.case.pk}/logs/new/"

    form = signed_in("asha").get(url).content.decode()
    answer = signed_in("asha").post(url, told | {"then": "share"})

    acting("asha")
    log = DailyLog.objects.get()
    assert "Not shared with the school." in form
    assert answer["Location"] == f"/logs/{log.pk}/share/"
    assert not log.is_shared


def test_a_change_to_what_is_shared_says_so_on_the_form_and_reaches_the_school(
    signed_in, acting, written
):
    _, log = written
    actions.share(actor=acting("asha"), written=log)
    client, url = signed_in("asha"), f"/logs/{log.pk}/edit/"

    form = client.get(url).content.decode()
    client.post(url, {"version": "1", "what_worked": "Counted to twenty"})

    assert "The pupil’s school reads all of it, as it stands." in form
    assert "what the school would read" not in form
    assert "Counted to twenty" in signed_in("petra").get(f"/logs/{log.pk}/").content.decode()


@pytest.mark.parametrize(
    ("name", "to", "reads"),
    [
        ("asha", "take_back", "This is not shared with the school."),
        ("hugo", "share", "record sessions and daily logs"),
        ("petra", "share", "record sessions and daily logs"),
    ],
)
def test_who_may_not_reads_why(signed_in, worked, written, name, to, reads):
    worked.children.refer(worked.pupil, "outreach")

    answer = signed_in(name).post(f"/sessions/{written[0].pk}/share/", {"to": to})

    assert answer.status_code in (403, 409)
    assert reads in answer.content.decode()


def test_a_teacher_cannot_take_back_what_the_service_shared(signed_in, acting, written):
    session, _ = written
    actions.share(actor=acting("asha"), written=session)

    answer = signed_in("theo").post(f"/sessions/{session.pk}/share/", {"to": "take_back"})

    assert "Ask the lead worker to take it back." in answer.content.decode()
    acting("asha")
    assert Session.objects.get().is_shared


def test_the_preview_of_a_recipient_leaves_the_work_out_until_it_is_shared(acting, written):
    asha = acting("asha")
    session, _ = written

    before = preview(asha, session.pupil, "sendco")
    actions.share(actor=asha, written=session)
    after = preview(asha, session.pupil, "sendco")

    assert [
        line.entry.kind for line in before.lines if line.entry.kind in ("SESSION", "DAILY_LOG")
    ] == []
    assert LINES[0] in [line.entry.summary for line in after.lines]
    assert after.kept_back == before.kept_back - 1


def rows_of(answer):
    return csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))


def test_the_spreadsheet_says_what_is_shared(signed_in, acting, written):
    actions.share(actor=acting("asha"), written=written[0])

    answer = signed_in("asha").get(f"/pupils/{written[0].pupil_id}/sessions/csv/")

    assert {row["What"]: row["Shared with school"] for row in rows_of(answer)} == {
        "Session": "Yes", "Daily log": "No",
    }  # fmt: skip
    assert {row["What"]: row["Which school"] for row in rows_of(answer)} == {
        "Session": written[0].case.school.name, "Daily log": "",
    }  # fmt: skip


@pytest.mark.wall
@pytest.mark.parametrize("name", [*SCHOOL, "theo"])
def test_the_database_itself_keeps_it_from_a_school(acting, written, name):
    acting(name)

    assert (Session.objects.count(), DailyLog.objects.count()) == (0, 0)
    assert not ChronologyEntry.objects.filter(kind__in=("SESSION", "DAILY_LOG")).exists()

    actions.share(actor=acting("asha"), written=written[0])
    acting(name)

    assert (Session.objects.count(), DailyLog.objects.count()) == (1, 0)
    assert ChronologyEntry.objects.filter(kind="SESSION").count() == 1


def test_a_failed_audit_shares_nothing(acting, written, monkeypatch):
    from alongside.core import audit

    asha = acting("asha")

    def fail(**_line):
        raise RuntimeError("the audit trail cannot be written")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError):
        actions.share(actor=asha, written=written[0])

    assert not Session.objects.filter(is_shared=True).exists()
    assert not ChronologyEntry.objects.filter(kind="SESSION", is_shared=True).exists()


def test_a_teachers_chronology_links_to_nothing_that_refuses_them(written, acting, signed_in):
    pupil, case = written[0].pupil, written[0].case
    kinds = {
        f"/cases/{case.pk}/": False,
        f"/cases/{case.pk}/start/": False,
        f"/pupils/{pupil.pk}/assessment/": False,
        f"/pupils/{pupil.pk}/plan/": True,
    }
    for url in kinds:
        write_chronology(
            actor=acting("asha"), pupil=pupil, kind=EntryKind.CASE, summary=f"A line of {url}",
            information_class=InformationClass.PUPIL, url=url, is_shared=True,
        )  # fmt: skip

    page = signed_in("theo").get(f"/pupils/{pupil.pk}/chronology/").content.decode()
    leads = signed_in("asha").get(f"/pupils/{pupil.pk}/chronology/").content.decode()

    for url, is_open in kinds.items():
        assert f"A line of {url}" in page
        assert (f'href="{url}">A line of' in page) == is_open, url
        assert f'href="{url}">A line of' in leads
