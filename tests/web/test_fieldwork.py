"""Sessions and daily logs on screen: written with a few taps, read, mended for a day, taken away."""

import csv
import io
import re
from datetime import timedelta

import pytest

from alongside.cases.actions import allocate, open_case
from alongside.cases.models import Case
from alongside.core.models import AuditEntry
from alongside.fieldwork import actions
from alongside.fieldwork.models import DailyLog, Session, TargetMark
from alongside.people.models import Capacity, Involvement
from tests.fieldwork.conftest import targets, worked  # noqa: F401
from tests.pages import plain, says_who_saved

pytestmark = pytest.mark.django_db


def day(on, name="on"):
    """With the answer to what is asked of a day off, whatever day this runs on."""
    typed = {f"{name}_0": on.day, f"{name}_1": on.month, f"{name}_2": on.year}
    return typed | {"sure": f"{name}:{on}"}


def session_told(on, **changes):
    told = {
        "kind": "ONE_TO_ONE", "time": "10.30", "minutes": "45", "attendance": "ATTENDED",
        "what_we_did": "Practised the exit card",
    }  # fmt: skip
    return told | day(on) | changes


def page_of(client, url):
    return client.get(url).content.decode()


def test_a_session_is_written_and_read(signed_in, worked, targets, acting):
    on = acting("asha").today - timedelta(days=1)
    told = session_told(on, face="4") | {f"mark_{targets[0].pk}": "MET"}

    answer = signed_in("asha").post(f"/cases/{worked.case.pk}/sessions/new/", told, follow=True)

    page = answer.content.decode()
    assert "The session is written." in page
    assert "at 10:30am, 45 minutes" in page
    assert "Uses the exit card" in page
    acting("asha")
    assert TargetMark.objects.get().mark == "MET"


def test_what_was_typed_is_kept_beside_what_is_wrong(signed_in, worked, acting):
    on = acting("asha").today + timedelta(days=1)
    told = session_told(on, minutes="lots", time="quarter past", response="Calm")

    answer = signed_in("asha").post(f"/cases/{worked.case.pk}/sessions/new/", told)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert ": enter the time like 14:30 or 2.30pm" in page
    assert "How long: type a whole number such as 10" in page
    assert "Calm" in page


def test_a_missed_session_asks_why_at_its_box(signed_in, worked, acting):
    on = acting("asha").today - timedelta(days=1)
    told = session_told(on, attendance="MISSED", what_we_did="")

    page = signed_in("asha").post(f"/cases/{worked.case.pk}/sessions/new/", told)

    assert "Say why it was missed." in page.content.decode()


def test_the_same_session_twice_offers_the_first(signed_in, worked, acting):
    on = acting("asha").today - timedelta(days=1)
    client, url = signed_in("asha"), f"/cases/{worked.case.pk}/sessions/new/"
    client.post(url, session_told(on))

    answer = client.post(url, session_told(on))

    acting("asha")
    assert answer.status_code == 422
    assert f'href="/sessions/{Session.objects.get().pk}/">Open it' in answer.content.decode()


@pytest.mark.parametrize(
    ("time", "minutes", "asks"),
    [("10.45", "20", True), ("9.30", "60", False), ("10.00", "31", True)],
)
def test_sessions_that_share_time_are_asked_about_and_kept_when_meant(
    signed_in, worked, acting, time, minutes, asks
):
    on = acting("asha").today - timedelta(days=1)
    client, url = signed_in("asha"), f"/cases/{worked.case.pk}/sessions/new/"
    client.post(url, session_told(on))
    told = session_told(on, time=time, minutes=minutes)

    answer = client.post(url, told)

    assert answer.status_code == (422 if asks else 302)
    if asks:
        page = answer.content.decode()
        assert "You recorded a session from 10:30am to 11:15am that day" in page
        sure = re.search(r'name="sure" value="(time:[^"]+)"', page)[1]
        assert client.post(url, told | {"sure": [f"on:{on}", sure]}).status_code == 302
    acting("asha")
    assert Session.objects.count() == 2


@pytest.fixture
def other(worked, acting):
    """A case of another child's that asha leads too, as long open."""
    mina = acting("mina")
    pupil = worked.children.pupil("Sky", "Samplewood")
    mina = acting("mina")
    case = open_case(
        actor=mina, pupil=pupil, school=worked.case.school, service=worked.service,
        framework=worked.framework, reason="Leaves lessons", opened_on=mina.today,
    )  # fmt: skip
    allocate(
        actor=mina, case=case, staff=worked.staff("asha"), capacity=Capacity.LEAD,
        starts_on=mina.today,
    )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(opened_on=mina.today - timedelta(days=50))
    return case


@pytest.mark.parametrize("time", ["10.30", "10.45", "10.00"])
def test_sessions_of_two_children_at_one_time_are_asked_about_and_kept_when_both_are_right(
    signed_in, worked, other, acting, time
):
    on = acting("asha").today - timedelta(days=1)
    client, url = signed_in("asha"), f"/cases/{worked.case.pk}/sessions/new/"
    client.post(f"/cases/{other.pk}/sessions/new/", session_told(on))
    told = session_told(on, time=time)

    page = plain(client.post(url, told).content)

    assert "You have a session with Sky Samplewood from 10:30am to 11:15am at the same time" in page
    answer = client.post(url, told).content.decode()
    sure = re.search(r'name="sure" value="(time:[^"]+)"', answer)[1]
    assert "Yes, both are right" in answer
    assert client.post(url, told | {"sure": [f"on:{on}", sure]}).status_code == 302


def test_a_child_out_of_sight_is_not_named_by_what_is_asked_of_the_time(
    signed_in, worked, other, acting
):
    on = acting("asha").today - timedelta(days=1)
    client = signed_in("asha")
    client.post(f"/cases/{other.pk}/sessions/new/", session_told(on))
    acting("mina")
    hers = Involvement.objects.filter(pupil=other.pupil, staff=worked.staff("asha"))
    hers.update(staff=worked.staff("omar"))

    answer = client.post(f"/cases/{worked.case.pk}/sessions/new/", session_told(on))

    page = plain(answer.content)
    assert "You have a session with another child from 10:30am to 11:15am at the same" in page
    assert "Samplewood" not in page


@pytest.mark.parametrize(
    "said", [{"kind": "GROUP"}, {"attendance": "MISSED", "reason_missed": "Ill"}]
)
def test_a_group_and_what_was_missed_are_not_asked_about(signed_in, worked, other, acting, said):
    on = acting("asha").today - timedelta(days=1)
    client, told = signed_in("asha"), session_told(on, **said)
    client.post(f"/cases/{other.pk}/sessions/new/", told)

    answer = client.post(f"/cases/{worked.case.pk}/sessions/new/", told)

    assert answer.status_code == 302


def test_changing_a_session_asks_about_its_time_only_when_that_is_changed(
    signed_in, worked, acting
):
    on = acting("asha").today - timedelta(days=1)
    client, url = signed_in("asha"), f"/cases/{worked.case.pk}/sessions/new/"
    client.post(url, session_told(on))
    client.post(url, session_told(on, time="11.15", minutes="30"))
    acting("asha")
    first = Session.objects.earliest("starts_at")
    at = f"/sessions/{first.pk}/edit/"

    longer = client.post(at, session_told(on, minutes="50", version="1"))
    same = client.post(at, session_told(on, response="Calm", version="1"))

    assert "from 11:15am to 11:45am that day" in longer.content.decode()
    assert same.status_code == 302


def test_a_days_log_is_pre_filled_with_school_day_and_targets(signed_in, worked, targets, acting):
    today = acting("asha").today
    client, url = signed_in("asha"), f"/cases/{worked.case.pk}/logs/new/"

    page = page_of(client, url)
    done = client.post(
        url, day(today) | {f"mark_{targets[1].pk}": "PARTLY", "face": "2"}, follow=True
    )

    assert "Chalkhill High School" in page
    assert "Starts work in 5 minutes" in page
    assert f'value="{today.year}"' in page
    assert "The day is written." in done.content.decode()
    acting("asha")
    assert DailyLog.objects.get().face == 2


def test_a_second_log_of_the_day_offers_the_first(signed_in, worked, acting):
    today = acting("asha").today
    client, url = signed_in("asha"), f"/cases/{worked.case.pk}/logs/new/"
    client.post(url, day(today) | {"what_worked": "The card"})

    before, answer = page_of(client, url), client.post(url, day(today) | {"what_worked": "More"})

    acting("asha")
    link = f'href="/logs/{DailyLog.objects.get().pk}/">Open it'
    assert link in before
    assert answer.status_code == 422
    assert link in answer.content.decode()


def test_an_empty_log_says_what_is_missing(signed_in, worked, acting):
    today = acting("asha").today

    answer = signed_in("asha").post(f"/cases/{worked.case.pk}/logs/new/", day(today))

    assert "Mark a target, choose a face, or say what worked." in answer.content.decode()


@pytest.fixture
def log(acting, worked, targets) -> DailyLog:
    asha = acting("asha")
    return actions.record_daily_log(
        actor=asha, case=worked.case, on=asha.today, what_worked="=The card",
        marks={targets[0].pk: "MET"},
    )  # fmt: skip


def test_two_devices_are_shown_both_versions_and_one_is_kept(signed_in, log, acting):
    client, url = signed_in("asha"), f"/logs/{log.pk}/edit/"
    client.post(url, {"version": "1", "what_worked": "From the phone"})

    both = client.post(url, {"version": "1", "what_worked": "From the laptop"})
    kept = client.post(
        url,
        {
            "resolving": "1",
            "version": "2",
            "keep-what_worked": "mine",
            "mine:what_worked:what_worked": "From the laptop",
        },
    )

    assert both.status_code == 409
    assert says_who_saved(both.content.decode(), "You")
    assert "From the phone" in both.content.decode()
    assert "From the laptop" in both.content.decode()
    assert kept.status_code == 302
    acting("asha")
    log.refresh_from_db()
    assert (log.what_worked, log.version) == ("From the laptop", 3)


def test_another_reads_it_and_is_told_why_they_cannot_change_it(signed_in, log):
    client = signed_in("mina")

    read, edit = page_of(client, f"/logs/{log.pk}/"), page_of(client, f"/logs/{log.pk}/edit/")

    assert "Change it" not in read
    assert "Only who wrote this changes it" in edit
    assert "Save the day" not in edit


def test_after_a_day_the_writer_adds_a_correction(signed_in, log, acting):
    acting("asha")
    DailyLog.objects.update(created_at=log.created_at - timedelta(hours=25))

    page = page_of(signed_in("asha"), f"/logs/{log.pk}/")

    assert "Add a correction" in page
    assert f"/pupils/{log.pupil_id}/chronology/" in page


@pytest.mark.parametrize("name", ["omar", "marta", "nell"])
def test_out_of_scope_is_the_same_as_absent(signed_in, log, name):
    client = signed_in(name)

    for url, own in (
        (f"/logs/{log.pk}/", str(log.pk)),
        (f"/pupils/{log.pupil_id}/sessions/", str(log.pupil_id)),
    ):
        unseen, absent = client.get(url), client.get(url.replace(own, "99999999"))
        assert (unseen.status_code, absent.status_code) == (404, 404)
        assert plain(unseen.content) == plain(absent.content).replace("99999999", own)


def test_a_school_reads_what_is_shared_but_is_offered_nothing_to_write(signed_in, log, acting):
    actions.share(actor=acting("asha"), written=log)

    page = page_of(signed_in("petra"), f"/pupils/{log.pupil_id}/sessions/")

    assert "1 of 1 target met" in page
    assert "/logs/new/" not in page


def test_a_pupil_without_sessions_has_a_page_that_says_so(signed_in, worked):
    page = page_of(signed_in("asha"), f"/pupils/{worked.pupil.pk}/sessions/")

    assert "Nothing yet" in page


def test_a_long_list_goes_on_to_the_next_page(signed_in, worked, acting):
    asha = acting("asha")
    for days_ago in range(30):
        actions.record_daily_log(
            actor=asha, case=worked.case, on=asha.today - timedelta(days=days_ago),
            what_worked=f"Day {days_ago} ago",
        )  # fmt: skip
    client, url = signed_in("asha"), f"/pupils/{worked.pupil.pk}/sessions/"

    first = client.get(url)
    query = first.context["pages"]["next_url"].removeprefix(url)
    second = page_of(client, url + query)

    assert "Day 24 ago" in first.content.decode()
    assert "Day 25 ago" not in first.content.decode()
    assert "Day 25 ago" in second
    assert "Day 29 ago" in second


def test_the_list_is_taken_away_harmless_and_audited(signed_in, log, acting):
    answer = signed_in("asha").get(f"/pupils/{log.pupil_id}/sessions/csv/")

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0]["What we did, or what worked"] == "'=The card"
    assert rows[0]["Targets"] == "Uses the exit card: Met"
    acting("dpo")
    assert AuditEntry.objects.filter(kind="sessions.exported").count() == 1


def test_a_draft_is_given_back(signed_in, worked):
    client, url = signed_in("asha"), f"/cases/{worked.case.pk}/logs/new/"
    client.post("/drafts/", {"key": url, "content": '{"what_worked": ["Half a thought"]}'})

    assert "Half a thought" in page_of(client, url)
