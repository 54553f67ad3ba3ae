"""The screens of the waiting list, the weekly cut-off, signposting and a professional's call."""

from datetime import time, timedelta
from uuid import uuid4

import pytest

from alongside.core.models import Place
from alongside.referrals import actions
from alongside.referrals.models import CutOff, Referral, Wait
from alongside.rules.working_days import count_working_days, next_working_day
from tests.referrals import made
from tests.web_page import Page

pytestmark = pytest.mark.django_db


def body(answer) -> str:
    return answer.content.decode()


def day_parts(name: str, day) -> dict[str, str]:
    return {
        f"{name}_0": str(day.day),
        f"{name}_1": str(day.month),
        f"{name}_2": str(day.year),
    }


def soon(today, days: int):
    """A day on which any school may be open."""
    return next_working_day(today + timedelta(days=days))


def test_a_screener_puts_a_referral_on_the_list_and_the_school_reads_why(acting, cast, signed_in):
    referral = made.answered(acting, cast, missing=0)
    posted = {
        "version": str(referral.version),
        "waits_for": "WORKER",
        "reason": "Everybody is full until January.",
        **day_parts("expected_on", soon(acting("asha").today, 40)),
    }

    answer = signed_in("asha").post(f"/referrals/{referral.pk}/wait/", posted)

    assert answer.status_code == 302, body(answer)
    page = body(signed_in("petra").get(f"/referrals/{referral.pk}/"))
    assert "On the waiting list" in page and "A worker with room" in page
    assert "Everybody is full until January." in page and "Expected to begin by" in page


@pytest.mark.parametrize(("name", "count"), [("asha", 1), ("petra", 1), ("marta", 0), ("lena", 0)])
def test_the_waiting_list_is_read_by_the_service_and_the_school(
    acting, cast, signed_in, name, count
):
    made.waiting(acting, cast)

    page = body(signed_in(name).get("/referrals/waiting/"))

    assert page.count('<th scope="row">') == count
    assert ("Nobody is on the waiting list" in page) is (count == 0)
    assert Page(page).problems() == []


def test_the_list_counts_school_days(acting, cast, signed_in):
    referral = made.waiting(acting, cast)
    since = acting("asha").today - timedelta(days=27)
    Wait.objects.filter(referral=referral).update(starts_on=since, expected_on=since)

    page = body(signed_in("asha").get("/referrals/waiting/"))

    assert f"{count_working_days(since, acting('asha').today)} school days" in page
    assert "27 days" not in page


def test_a_wait_past_its_day_is_flagged(acting, cast, signed_in):
    referral = made.waiting(acting, cast)
    today = acting("asha").today
    Wait.objects.update(starts_on=today - timedelta(days=30), expected_on=today - timedelta(days=1))

    page = body(signed_in("asha").get("/referrals/waiting/"))

    assert "Past its day" in page and "past their day" in page
    assert "Past its day" in body(signed_in("petra").get(f"/referrals/{referral.pk}/"))


def test_a_waiting_referral_is_changed_and_then_accepted_on_screen(acting, cast, signed_in):
    referral = made.waiting(acting, cast)
    asha, at = signed_in("asha"), f"/referrals/{referral.pk}"
    posted = {
        "version": str(referral.version),
        "waits_for": "TERM",
        "reason": "From the first week back.",
        **day_parts("expected_on", soon(acting("asha").today, 50)),
    }
    assert asha.post(f"{at}/wait/change/", posted)["Location"] == f"{at}/"
    acting("asha")
    referral.refresh_from_db()
    stage = referral.framework.stages.get(order=3)
    accepted = {
        "version": str(referral.version),
        "reason": "Omar has room.",
        "stage": str(stage.pk),
        "risk_at_start": "MEDIUM",
    }

    assert asha.post(f"{at}/accept/", accepted)["Location"] == f"{at}/"

    assert "waiting to be allocated" in body(asha.get(f"{at}/"))


def test_a_wait_changed_on_an_old_page_is_given_back_and_can_then_be_sent(acting, cast, signed_in):
    referral = made.waiting(acting, cast)
    asha, at = signed_in("asha"), f"/referrals/{referral.pk}/wait/change/"
    posted = {
        "version": str(referral.version - 1),
        "waits_for": "TERM",
        "reason": "From the first week back.",
        **day_parts("expected_on", soon(acting("asha").today, 50)),
    }

    answer = asha.post(at, posted, follow=True)

    assert "Look again first: what you wrote is kept as a draft" in body(answer)
    again = body(asha.get(at))
    assert "From the first week back." in again
    assert f'name="version" value="{referral.version}"' in again
    asha.post(at, posted | {"version": str(referral.version)})
    assert "From the first week back." in body(signed_in("petra").get(f"/referrals/{referral.pk}/"))


def test_a_signposted_referral_tells_the_school_where_to_turn(acting, cast, signed_in):
    referral = made.screening(acting, cast)
    posted = {
        "version": str(referral.version),
        "signposted_to": "Early Help, 01632 960100",
        "reason": "This is about sleep.",
    }

    signed_in("asha").post(f"/referrals/{referral.pk}/signpost/", posted)

    page = body(signed_in("petra").get(f"/referrals/{referral.pk}/"))
    assert "Signposted" in page and "Early Help, 01632 960100" in page


def test_a_manager_sets_the_cut_off_and_the_school_sees_it_while_it_writes(acting, cast, signed_in):
    robin, _ = made.ready(acting, cast)
    mina = signed_in("mina")
    at = f"/referrals/cut-offs/{cast.places['outreach']}/"

    answer = mina.post(at, {"weekday": "2", "at": "12:00", "triage_weekday": "3"})

    assert answer["Location"] == "/referrals/cut-offs/"
    assert "In by Wednesday 12pm, read at triage on Thursday" in body(
        mina.get("/referrals/cut-offs/")
    )
    page = body(signed_in("petra").get(f"/referrals/new/{robin.pk}/"))
    assert "12pm" in page and "sent by then, it is read at triage on" in page
    acting("mina")
    assert CutOff.objects.get().ends_on is None


@pytest.mark.parametrize("at", ["noon", "25:00", ""])
def test_a_time_that_is_none_is_told_in_words(cast, signed_in, at):
    answer = signed_in("mina").post(
        f"/referrals/cut-offs/{cast.places['outreach']}/",
        {"weekday": "2", "at": at, "triage_weekday": "3"},
    )

    assert answer.status_code == 422


def test_the_referral_says_at_which_triage_it_is_read(acting, cast, signed_in):
    referral = made.sent(acting, cast)
    mina = acting("mina")
    service = Place.objects.get(pk=cast.places["outreach"])
    actions.set_cut_off(actor=mina, service=service, weekday=2, at=time(12), triage_weekday=3)

    page = body(signed_in("asha").get(f"/referrals/{referral.pk}/"))

    assert "Read at triage on Thu" in page and "in by the cut-off, Wed" in page
    listed = body(signed_in("asha").get("/referrals/?view=all&triage=this"))
    later = body(signed_in("asha").get("/referrals/?view=all&triage=later"))
    assert listed.count('<th scope="row">') + later.count('<th scope="row">') == 1


def call_form(**changed: str) -> dict[str, str]:
    return {
        "submission": str(uuid4()),
        "caller_name": "Jo Testerton",
        "caller_role": "School nurse",
        "forename": "Robin",
        "surname": "Testerly",
        "born_on_0": "14",
        "born_on_1": "3",
        "born_on_2": "2013",
        "main_worry": "LOW_MOOD",
        "last_incident": "Will not go in to school.",
    } | changed


def test_a_call_is_taken_on_one_page_and_pressed_twice_makes_one(acting, cast, signed_in):
    made.ready(acting, cast)
    asha, form = signed_in("asha"), call_form()

    first, again = (asha.post("/referrals/call/", form) for _ in range(2))

    acting("asha")
    referral = Referral.objects.get()
    assert first["Location"] == again["Location"] == f"/referrals/{referral.pk}/"
    page = body(asha.get(f"/referrals/{referral.pk}/"))
    assert "Jo Testerton, School nurse, rang" in page
    assert "From a call: School nurse" in body(asha.get("/referrals/"))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"surname": "Nobody"}, "known by exactly this"),
        ({"upn": "A123"}, "a UPN has 13"),
        ({"born_on_0": "", "born_on_1": "", "born_on_2": ""}, "Give the date of birth"),
        ({"caller_name": ""}, "Who rang"),
        ({"agreed_by": "Mum"}, "Say when they agreed"),
        ({"last_incident": "x" * 120_000}, ": this is about 40 pages"),
    ],
)
def test_a_mistake_in_a_call_is_told_with_everything_kept(acting, cast, signed_in, changed, says):
    made.ready(acting, cast)

    answer = signed_in("asha").post("/referrals/call/", call_form(**changed))

    page = body(answer)
    assert answer.status_code == 422 and says in page
    assert "School nurse" in page
    assert Page(page).problems() == []
    acting("asha")
    assert not Referral.objects.exists()


def test_a_call_about_a_pupil_already_referred_says_so(acting, cast, signed_in):
    first = made.sent(acting, cast)

    page = body(signed_in("asha").post("/referrals/call/", call_form()))

    assert first.reference in page
