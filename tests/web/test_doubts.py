"""A day on which the school is closed is asked about on the form; nothing typed is lost."""

import re
from datetime import date, timedelta

import pytest

from alongside.core.actor import acting_as_system
from alongside.fieldwork.actions.logs import record_daily_log
from alongside.fieldwork.models import Visit
from alongside.plans.models import Plan
from alongside.referrals.models import Wait
from alongside.rules.words import weekday_in_words
from alongside.rules.working_days import next_working_day, working_days_before
from alongside.schools.models import NonTeachingDay, Term
from tests.children import Children
from tests.plans.makers import Making
from tests.referrals import made
from tests.web.test_plans import day, making, typed  # noqa: F401
from tests.web_page import Page


@pytest.fixture
def inset(making) -> date:
    """A training day of the school, some weeks from now; the day after teaches."""
    first = making.today - timedelta(days=30)
    on = next_working_day(making.today + timedelta(weeks=4))
    while next_working_day(on + timedelta(days=1)) != on + timedelta(days=1):
        on = next_working_day(on + timedelta(days=1))
    with acting_as_system("991"):
        Term.objects.create(
            name="Long", starts_on=first, ends_on=making.today + timedelta(weeks=20)
        )
        NonTeachingDay.objects.create(
            school=making.case.school,
            kind="INSET",
            starts_on=on,
            ends_on=on,
            learned_on=making.today,
        )
    making.acting("asha")
    return on


def asks(answer, on: date, name: str) -> str:
    page = answer.content.decode()
    assert answer.status_code == 422, page
    assert f"{weekday_in_words(on)} is a training day: {name} is closed." in page
    assert "Look again before this is saved" in page and "There is 1 thing" not in page
    assert "<title>Look again: " in page
    assert re.search(r'href="#(id_\w+-answer)"', page)[1] in re.findall(
        r'<button[^>]* id="([^"]+)"', page
    )
    assert Page(page).problems() == []
    return page


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("sessions", {"kind": "ONE_TO_ONE", "minutes": "45", "attendance": "ATTENDED",
                      "what_we_did": "Practised the card", "then": "share"}),
        ("logs", {"what_worked": "The card"}),
        ("incidents", {"kind": "DAMAGE", "severity": "3", "place": "Room 4",
                       "happened": "Threw a chair at the wall."}),
    ],
)  # fmt: skip
def test_what_happened_on_a_day_off_is_asked_about_and_kept(making, signed_in, inset, what, said):
    on = working_days_before(making.today, 3)
    with acting_as_system("991"):
        NonTeachingDay.objects.update(starts_on=on, ends_on=on)
    client, url = signed_in("asha"), f"/cases/{making.case.pk}/{what}/new/"
    sent = {"time": "10.30"} | said | day("on", on)

    page = asks(client.post(url, sent), on, making.case.school.name)

    assert f'value="on:{on}"' in page
    assert ('type="hidden" name="then" value="share"' in page) == ("then" in said)
    kept = client.post(url, sent | {"sure": f"on:{on}"})
    assert kept.status_code == 302


def test_the_review_of_a_plan_on_a_training_day_is_asked_about(making, signed_in, inset):
    client, url = signed_in("asha"), f"/cases/{making.case.pk}/plans/new/"
    sent = typed(making, kind="INTERVENTION") | day("review_due_on", inset)
    sent |= day("target_1_due_on", making.today)

    page = asks(client.post(url, sent), inset, making.case.school.name)

    after = inset + timedelta(days=1)
    assert f'value="review_due_on:{after}">Use {weekday_in_words(after)}</button>' in page
    assert f"Keep {weekday_in_words(inset)}</button>" in page
    assert "Stays in lessons" in page and not Plan.objects.exists()

    client.post(url, sent | {"instead": f"review_due_on:{after}"})
    assert Plan.objects.get().review_due_on == after


def test_a_day_that_is_kept_is_kept_and_not_asked_about_again(making, signed_in, inset):
    client, url = signed_in("asha"), f"/cases/{making.case.pk}/plans/new/"
    sent = typed(making) | day("review_due_on", inset) | day("target_1_due_on", making.today)
    sure = {"sure": f"review_due_on:{inset}"}

    wrong = client.post(url, sent | sure | {"aim": ""}).content.decode()
    assert f'<input type="hidden" name="sure" value="review_due_on:{inset}">' in wrong
    assert "is a training day" not in wrong

    client.post(url, sent | sure)
    assert Plan.objects.get().review_due_on == inset


def test_what_was_kept_says_nothing_of_another_day(making, signed_in, inset):
    client, url = signed_in("asha"), f"/cases/{making.case.pk}/plans/new/"
    sent = typed(making) | day("review_due_on", inset) | {"sure": "review_due_on:2020-01-01"}

    assert client.post(url, sent).status_code == 422
    assert client.post(url, sent | {"instead": "review_due_on:soon"}).status_code == 422
    assert not Plan.objects.exists()


def test_a_target_due_after_the_review_is_asked_about(making, signed_in):
    client, url = signed_in("asha"), f"/cases/{making.case.pk}/plans/new/"
    review = next_working_day(making.review().next_review_on)
    sent = typed(making, kind="INTERVENTION") | day("review_due_on", review)
    late = next_working_day(review + timedelta(days=10))
    sent |= day("target_1_due_on", late)

    page = client.post(url, sent).content.decode()
    assert f"Target 1 is due on {weekday_in_words(late)}, after the plan’s review on" in page

    client.post(url, sent | {"instead": f"target_1_due_on:{review}"})
    assert Plan.objects.get().targets.get().due_on == review


def test_a_visit_on_a_training_day_names_the_school_that_was_chosen(making, signed_in, inset):
    school = making.case.school
    sent = {"school": str(school.pk), "purpose": "Review", "at": "10:00", "minutes": "60"}
    sent |= day("on", inset)
    client = signed_in("asha")

    asks(client.post("/visits/new/", sent), inset, school.name)

    assert client.post("/visits/new/", sent | {"sure": f"on:{inset}"}).status_code == 302
    assert Visit.objects.exists()


@pytest.mark.parametrize("answer", ["instead", "sure"])
def test_a_wait_until_a_weekend_is_asked_about(acting, cast, signed_in, answer):
    referral = made.answered(acting, cast, missing=0)
    today = acting("asha").today
    saturday = today + timedelta(days=40 + (5 - (today + timedelta(days=40)).weekday()) % 7)
    sent = {"version": str(referral.version), "waits_for": "WORKER", "reason": "Full."}
    sent |= day("expected_on", saturday)
    client, url = signed_in("asha"), f"/referrals/{referral.pk}/wait/"

    page = client.post(url, sent).content.decode()
    assert f"{weekday_in_words(saturday)} is at a weekend: " in page and "is closed." in page

    on = {"sure": saturday, "instead": next_working_day(saturday)}[answer]
    client.post(url, sent | {answer: f"expected_on:{on}"})
    assert Wait.objects.get().expected_on == on


def test_a_first_day_on_roll_on_a_saturday_is_a_question_and_no_refusal(making: Making, signed_in):
    today = making.today
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 or 7)
    school = making.case.school
    sent = {"school": str(school.pk), "is_main": "no", **day("starts_on", saturday)}

    answer = signed_in("asha").post(f"/pupils/{making.case.pupil_id}/people/schools/second/", sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{weekday_in_words(saturday)} is at a weekend: {school.name} is closed." in page


@pytest.fixture
def jamie(making, cast):
    """Another child of the council, of another school."""
    return Children(cast, _urn=900700).pupil("Jamie", "Standing-In", at="marlpit")


ASKED = "Jamie Standing-In is named here. Send it all the same?"


def test_another_childs_name_in_a_wait_is_asked_about_and_sent_once_sure(
    acting, cast, signed_in, jamie
):
    referral = made.answered(acting, cast, missing=0)
    on = next_working_day(acting("asha").today + timedelta(days=40))
    sent = {"version": str(referral.version), "waits_for": "PLACE", **day("expected_on", on)}
    sent["reason"] = "Jamie Standing-In takes the place."
    client, url = signed_in("asha"), f"/referrals/{referral.pk}/wait/"
    assert "Name no other child." in client.get(url).content.decode()

    page = client.post(url, sent).content.decode()

    assert ASKED in page and "Jamie Standing-In takes the place.</textarea>" in page
    assert Page(page).problems() == []
    assert not Wait.objects.exists()
    client.post(url, sent | {"sure": "reason:jamie standing in"})
    assert Wait.objects.get().expected_on == on


def test_each_of_several_doubts_says_which_box_it_is_about(making, signed_in, jamie):
    on = making.today - timedelta(days=1)
    sent = {"kind": "LEFT", "severity": "1", "time": "10:30", "place": "Hall", "told": "Mum"}
    sent |= day("on", on) | {"sure": f"on:{on}", "is_shared": "on"}
    sent |= {"before": "Jamie Standing-In sat down", "happened": "Jamie Standing-In began it"}

    page = signed_in("asha").post(f"/cases/{making.case.pk}/incidents/new/", sent).content.decode()

    assert f"What came before: {ASKED}" in page
    assert f"What happened: {ASKED}" in page


def test_another_childs_name_in_an_announcement_is_asked_about(acting, cast, signed_in, jamie):
    today = acting("mina").today
    sent = {"place": str(cast.places["outreach"]), "title": "Jamie Standing-In is excluded"}
    sent |= day("starts_on", today) | day("ends_on", today)
    client = signed_in("mina")

    assert ASKED in client.post("/team/announcements/new/", sent).content.decode()
    assert (
        client.post(
            "/team/announcements/new/", sent | {"sure": "title:jamie standing in"}
        ).status_code
        == 302
    )


@pytest.mark.parametrize(("is_shared", "code"), [(True, 422), (False, 302)])
def test_only_a_note_that_is_shared_is_asked_about(making, signed_in, jamie, is_shared, code):
    today = making.today
    sent = {"kind": "NOTE", "summary": "Sat with Jamie Standing-In.", "information_class": "C3"}
    sent |= day("occurred_on", today) | ({"is_shared": "on"} if is_shared else {})

    answer = signed_in("asha").post(f"/pupils/{making.case.pupil_id}/chronology/new/", sent)

    assert answer.status_code == code


def test_a_log_that_names_another_child_is_shared_once_sure(making, signed_in, jamie):
    log = record_daily_log(
        actor=making.acting("asha"),
        case=making.case,
        on=making.today,
        what_worked="Sat beside Jamie Standing-In",
    )
    client, url = signed_in("asha"), f"/logs/{log.pk}/share/"

    page = client.post(url, {"to": "share"}).content.decode()

    log.refresh_from_db()
    assert ASKED in page and not log.is_shared
    client.post(url, {"sure": "share:jamie standing in"})
    log.refresh_from_db()
    assert log.is_shared
