"""The child's voice on screen: tools that fit the age, read aloud, charted, and beside the plan."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from alongside.people.models import Pupil
from alongside.plans.models import Plan
from tests.fieldwork.conftest import targets, worked  # noqa: F401
from tests.pathways import made
from tests.pictures import PNG

pytestmark = pytest.mark.django_db


@pytest.fixture
def base(worked) -> str:
    return f"/pupils/{worked.pupil.pk}/assessment/"


@pytest.fixture
def pack(acting, worked) -> None:
    made.pack(acting("adam"))


def day(on, name):
    return {f"{name}_0": on.day, f"{name}_1": on.month, f"{name}_2": on.year}


def ask(client, base, acting, belonging, participation, occasion="BASELINE", **more):
    told = {"belonging": belonging, "participation": participation, "occasion": occasion}
    told |= day(acting("asha").today, "said_on") | {"is_shared": "on"} | more
    return client.post(f"{base}voice/belonging/?with=scale", told, follow=True)


def page_of(client, url):
    return client.get(url).content.decode()


@pytest.mark.duty("OW-62")
def test_belonging_at_start_review_and_exit_is_charted_with_the_words(
    signed_in, base, pack, acting
):
    client = signed_in("asha")
    ask(client, base, acting, 2, 1, words="Nobody waits for me")
    ask(client, base, acting, 5, 4, "REVIEW")
    done = ask(client, base, acting, 8, 9, "EXIT", words="We have a club now")

    page = page_of(client, base)

    assert "Thank you, Robin. It is kept as you said it." in done.content.decode()
    assert "I belong, the child through time" in page
    assert "I join in, the child through time" in page
    assert "6 points higher, which is better on this scale" in page
    assert "Nobody waits for me" in page and "We have a club now" in page


@pytest.mark.parametrize(
    ("born_on", "words", "means"),
    [
        ("2021-05-01", "How does it feel to be in your class?", 'class="al-faces"'),
        ("2017-05-01", "How much do you feel part of your class?", 'class="al-faces"'),
        ("2011-05-01", "How much do you feel that you belong", "10 is completely"),
    ],
)
def test_the_questions_and_the_means_fit_the_age(
    signed_in, base, pack, worked, acting, born_on, words, means
):
    acting("asha")
    Pupil.objects.filter(pk=worked.pupil.pk).update(born_on=born_on)

    page = page_of(signed_in("asha"), f"{base}voice/belonging/")

    assert words in page and means in page


def test_each_question_can_be_read_aloud(signed_in, base, pack):
    page = page_of(signed_in("asha"), f"{base}voice/belonging/?with=faces")

    assert page.count("Read it to me") == 3
    assert "Very hard, Hard, OK, Good, Great" in page


def test_the_page_handed_to_the_child_shows_nothing_of_their_record(signed_in, base, pack):
    page = page_of(signed_in("asha"), f"{base}voice/belonging/")

    assert "Record of Robin" not in page
    assert 'class="al-banner"' not in page


def test_the_other_means_is_one_press_away(signed_in, base, pack):
    page = page_of(signed_in("asha"), f"{base}voice/belonging/?with=faces")

    assert "?with=scale" in page and "with numbers 0 to 10" in page


def test_an_answer_left_out_is_asked_for_and_the_words_are_kept(signed_in, base, pack, acting):
    answer = ask(signed_in("asha"), base, acting, 2, "", words="Nobody waits for me")

    assert answer.status_code == 422
    assert "Nobody waits for me" in answer.content.decode()


def voice(client, base, acting, method, **told):
    told = {"method": method, "is_shared": "on"} | day(acting("asha").today, "said_on") | told
    return client.post(f"{base}voice/new/", told, follow=True)


@pytest.mark.duty("SA-77")
def test_views_by_every_tool_stand_beside_the_plan(signed_in, base, acting, worked, targets):
    client = signed_in("asha")
    voice(client, base, acting, "FACES", face="4", question="Maths")
    voice(client, base, acting, "SCALE", scale="7", question="How safe")
    voice(client, base, acting, "DRAWING", upload=SimpleUploadedFile("house.png", PNG))
    voice(client, base, acting, "SCRIBED", words="I want to sit near the door")

    page = page_of(client, f"/plans/{targets[0].plan_id}/")

    for shown in ("Chose “Good”.", "<b>7</b> of 10.", "house.png", "I want to sit near the door"):
        assert shown in page
    assert "Told, and written down for them" in page


@pytest.mark.duty("SA-53")
def test_the_childs_view_of_their_own_progress_says_so(signed_in, base, acting):
    answer = voice(signed_in("asha"), base, acting, "SCALE", scale="6", about="PROGRESS")

    assert "Their own progress" in answer.content.decode()


def test_a_school_sees_beside_the_plan_what_is_shared(signed_in, base, acting, targets):
    client = signed_in("asha")
    voice(client, base, acting, "TALK", words="For everybody")
    voice(client, base, acting, "TALK", words="Between us", is_shared="")
    acting("asha")
    Plan.objects.update(approved_at=timezone.now())

    page = page_of(signed_in("petra"), f"/plans/{targets[0].plan_id}/")

    assert "For everybody" in page
    assert "Between us" not in page


def test_what_one_may_ask_at_this_age_stands_at_the_question(signed_in, base):
    assert "What would you change first?" in page_of(signed_in("asha"), f"{base}voice/new/")
