"""The screens of requests to other services."""

from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.referrals import actions
from alongside.referrals.actions import Asked
from alongside.referrals.models import SupportRequest
from tests.web_page import Page

pytestmark = pytest.mark.django_db

ASKED = Asked("PSYCHOLOGY", "Duty desk", "Loses words under pressure.")


def body(answer) -> str:
    return answer.content.decode()


def sent(acting, route) -> SupportRequest:
    asha = acting("asha")
    return actions.send_request(actor=asha, case=route.case, asked=ASKED, submission=uuid4())


@pytest.mark.duty("LP-16")
def test_a_worker_asks_from_the_case_and_records_the_answer_on_screen(acting, route, signed_in):
    asha, at = signed_in("asha"), f"/cases/{route.case.pk}/requests/"
    assert at in body(asha.get(f"/cases/{route.case.pk}/"))
    assert "Nothing has been asked yet" in body(asha.get(at))
    posted = {
        "submission": str(uuid4()),
        "kind": "PSYCHOLOGY",
        "addressed_to": "Duty desk",
        "asked": "Loses words under pressure.",
        "is_shared": "on",
    }

    first, again = (asha.post(f"{at}new/", posted)["Location"] for _ in range(2))

    assert first == again
    today = acting("asha").today
    answer = {
        "version": "1",
        "step": "accept",
        "reason": "Seen from January.",
        "said_by": "P. Sampler",
        "answered_on_0": str(today.day),
        "answered_on_1": str(today.month),
        "answered_on_2": str(today.year),
    }
    assert asha.post(f"{first}answer/", answer)["Location"] == first
    page = body(asha.get(first))
    assert "Accepted" in page and "Seen from January." in page and "said by P. Sampler" in page
    assert Page(page).problems() == []


@pytest.mark.duty("RC-103")
def test_a_school_asks_and_follows_on_its_own(acting, route, signed_in):
    petra = signed_in("petra")
    at = f"/cases/{route.case.pk}/requests/new/"
    assert "Ask for more support" in body(petra.get(at))

    made = petra.post(at, {"submission": str(uuid4()), "asked": "One more session a week."})

    page = body(petra.get(made["Location"]))
    assert "Sent, no answer yet" in page and "One more session a week." in page
    assert "The service working with the pupil records the answer." in page
    assert "One more" in body(signed_in("asha").get(made["Location"]))
    assert made["Location"] in body(petra.get("/requests/"))


def test_a_mistake_keeps_everything_typed(acting, route, signed_in):
    at = f"/cases/{route.case.pk}/requests/new/"
    posted = {"submission": str(uuid4()), "kind": "SEND", "asked": "x" * 120_000}

    answer = signed_in("asha").post(at, posted)

    page = body(answer)
    assert answer.status_code == 422 and ": this is about 40 pages" in page
    assert "x" * 1000 in page
    acting("asha")
    assert not SupportRequest.objects.exists()


def test_a_second_answer_on_an_old_page_is_not_taken(acting, route, signed_in):
    request = sent(acting, route)
    asha = acting("asha")
    actions.answer_request(
        actor=asha, request=request, step="chase", reason="Rang again.", version=request.version
    )

    answer = signed_in("asha").post(
        f"/requests/{request.pk}/withdraw/", {"version": "1", "reason": "No."}, follow=True
    )

    assert "Look again first" in body(answer)


def test_the_list_flags_what_has_no_answer_by_its_day(acting, route, signed_in):
    sent(acting, route)
    today = acting("asha").today
    SupportRequest.objects.update(chase_on=today - timedelta(days=1))

    page = body(signed_in("asha").get("/requests/?view=late"))

    assert page.count('<th scope="row">') == 1 and "To ask about (1)" in page
    assert "No requests here" in body(signed_in("marta").get("/requests/"))
    assert Page(page).problems() == []


@pytest.mark.parametrize("after", ["2026-02-30|1", "x|y", "2026-11-26|9999999999999999999999"])
def test_a_place_in_the_list_that_is_none_is_the_beginning(cast, signed_in, after):
    for at in ("/requests/", "/referrals/waiting/", "/referrals/times/"):
        assert signed_in("mina").get(f"{at}?after={after}").status_code == 200


def test_a_version_that_is_no_number_is_an_old_page(acting, route, signed_in):
    request = sent(acting, route)

    answer = signed_in("asha").post(
        f"/requests/{request.pk}/withdraw/", {"version": "x", "reason": "No."}, follow=True
    )

    assert "Look again first" in body(answer)
