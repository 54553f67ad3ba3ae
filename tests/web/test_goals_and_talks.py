"""Goals of their own, a tutor's talks and decisions made knowing the options, on screen."""

from datetime import timedelta

import pytest

from alongside.assessments.models import PersonalGoal, TutorTalk
from tests.fieldwork.conftest import worked  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def base(worked) -> str:
    return f"/pupils/{worked.pupil.pk}/assessment/voice/"


def day(on, name):
    return {f"{name}_0": on.day, f"{name}_1": on.month, f"{name}_2": on.year}


def page_of(client, url):
    return client.get(url).content.decode()


def test_an_empty_page_says_what_belongs_here(signed_in, base):
    page = page_of(signed_in("asha"), base)

    for words in ("No goal of their own yet", "No decision is kept", "No tutor is named."):
        assert words in page


@pytest.mark.duty("SC-50")
def test_a_goal_of_their_own_and_what_they_say_of_it(signed_in, base, acting):
    client, today = signed_in("asha"), acting("asha").today
    client.post(f"{base}goals/new/", {"text": "Speak up in drama"} | day(today, "set_on"))
    acting("asha")
    goal = PersonalGoal.objects.get()
    told = {"face": "4", "words": "I did it once"} | day(today, "said_on")

    page = client.post(f"{base}goals/{goal.pk}/said/", told, follow=True).content.decode()
    ended = client.post(
        f"{base}goals/{goal.pk}/end/", {"ended_as": "REACHED"} | day(today, "ended_on"),
        follow=True,
    ).content.decode()  # fmt: skip

    assert "Speak up in drama" in page
    assert "Chose “Good”." in page and "“I did it once”" in page
    assert "Reached, " in ended
    assert "Speak up in drama" in page_of(signed_in("petra"), base)


@pytest.mark.duty("SC-91")
def test_a_tutor_records_a_talk_and_its_follow_up_for_their_own_tutee(
    signed_in, acting, worked, base
):
    sky = worked.children.pupil("Sky", "Placeholder", at="orchard")
    at, client = f"/pupils/{sky.pk}/assessment/voice/", signed_in("sana")
    assert "You are nobody’s tutor here" in page_of(client, "/tutees/")
    client.post(f"{at}tutor/", {"tutor": worked.staff("sana").pk})
    today = acting("sana").today
    told = {"words": "Options for next year", "follow_up": "Ask about college"}
    told |= day(today, "on") | day(today + timedelta(days=7), "follow_up_by")

    mine = client.post(f"{at}talks/new/", told, follow=True).content.decode()
    acting("sana")
    recorded = TutorTalk.objects.get()
    today_page = page_of(client, "/")
    done = client.post(f"{at}talks/{recorded.pk}/done/", {"note": "Visit booked"}, follow=True)

    assert "Sky Placeholder" in mine and "Ask about college" in mine
    assert "Follow up a tutor talk" in today_page
    assert "Ask about college" not in done.content.decode()
    assert "Visit booked" in page_of(client, at)


def test_another_than_the_tutor_reads_why_they_cannot(signed_in, base):
    assert "Only the pupil&#x27;s tutor records a tutor talk." in page_of(
        signed_in("asha"), f"{base}talks/new/"
    )


@pytest.mark.duty("RC-60")
def test_options_questions_and_both_decisions_are_kept_in_their_words(signed_in, base, acting):
    told = {
        "about": "Where to go after the suspension",
        "options": "Stay with a plan; a managed move; off-site for six weeks",
        "questions": "Can we say no? Yes.",
        "parent_name": "Jo Testerly",
        "parent_words": "We want him to stay.",
        "pupil_words": "I want my own class.",
    } | day(acting("asha").today, "explained_on")

    page = signed_in("asha").post(f"{base}decisions/new/", told, follow=True).content.decode()

    for words in told.values():
        if isinstance(words, str):
            assert words in page


def test_a_decision_without_anybodys_words_is_kept_to_be_finished(signed_in, base, acting):
    told = {"about": "The next school", "options": "Two schools"}
    told |= day(acting("asha").today, "explained_on")

    answer = signed_in("asha").post(f"{base}decisions/new/", told)

    assert answer.status_code == 422
    assert "Write what they decided, in their words." in answer.content.decode()
    assert "Two schools" in answer.content.decode()


def test_what_the_family_keeps_to_itself_is_not_on_the_schools_page(signed_in, base, acting):
    told = {
        "about": "The next school", "options": "Two schools", "parent_name": "Jo",
        "parent_words": "Not yet", "is_confidential": "on",
    } | day(acting("asha").today, "explained_on")  # fmt: skip
    signed_in("asha").post(f"{base}decisions/new/", told)

    assert "The next school" in page_of(signed_in("asha"), base)
    for name in ("petra", "ben", "hana"):
        assert "The next school" not in page_of(signed_in(name), base), name
