"""The Assessment tab: needs by kind, before and after, the child's words, the one-page profile."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.assessments import actions
from alongside.assessments.models import Measure, MeasureResult, Need, Profile, Voice
from tests.fieldwork.conftest import worked  # noqa: F401
from tests.pages import plain, says_who_saved
from tests.pictures import PNG

pytestmark = pytest.mark.django_db


@pytest.fixture
def base(worked) -> str:
    return f"/pupils/{worked.pupil.pk}/assessment/"


@pytest.fixture
def measure(acting) -> Measure:
    acting("asha")
    return Measure.objects.create(
        key="belonging", name="Belonging scale", low=0, high=10, is_lower_better=False,
        bands={"SELF": [{"from": 0, "to": 4, "label": "Low"}, {"from": 5, "to": 10, "label": "High"}]},
    )  # fmt: skip


def day(on, name):
    return {f"{name}_0": on.day, f"{name}_1": on.month, f"{name}_2": on.year}


def score(client, base, measure, on, value, occasion="BASELINE", **changes):
    told = {"measure": measure.pk, "informant": "SELF", "occasion": occasion, "score": value}
    return client.post(f"{base}scores/new/", told | day(on, "taken_on") | changes, follow=True)


def page_of(client, url):
    return client.get(url).content.decode()


def test_an_empty_page_says_what_to_begin_with(signed_in, base):
    page = page_of(signed_in("asha"), base)

    for words in ("Nothing measured yet", "Begin with a strength", "Not asked yet", "No profile"):
        assert words in page


@pytest.mark.duty("LP-93")
def test_two_scores_make_a_picture_with_its_words_and_table(signed_in, base, measure, acting):
    client, on = signed_in("asha"), acting("asha").today
    first = score(client, base, measure, on, "3")
    score(client, base, measure, on, "6", "REVIEW")

    page = page_of(client, base)

    assert "Belonging scale: 3, low." in first.content.decode()
    assert "3 points higher, which is better on this scale" in page
    assert "From “low” to “high”." in page
    assert "Show this as a table" in page


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("11", "Belonging scale runs from 0 to 10; 11 lies outside it."),
        ("many", "Score: type a number such as 10"),
        ("", "Score: enter an answer"),
    ],
)
def test_a_score_that_cannot_stand_is_kept_and_explained(
    signed_in, base, measure, acting, value, words
):
    answer = score(signed_in("asha"), base, measure, acting("asha").today, value, note="In class")

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "In class" in answer.content.decode()


def test_a_score_struck_out_stays_to_be_seen(signed_in, base, measure, acting):
    client = signed_in("asha")
    score(client, base, measure, acting("asha").today, "3")
    acting("asha")
    result = MeasureResult.objects.get()

    answer = client.post(
        f"{base}scores/{result.pk}/strike-out/", {"reason": "For the wrong child"}, follow=True
    )

    page = answer.content.decode()
    assert "<s>3 of 10</s>" in page
    assert "Struck out by Asha Exampleton: For the wrong child" in page
    assert "Nothing measured yet" in page


def test_a_suspected_need_is_put_to_the_sendco_who_answers(signed_in, base, acting):
    told = {"kind": "SUSPECTED_SEND", "text": "Loses words", "source": "Seen in two lessons"}
    asked = signed_in("asha").post(f"{base}needs/new/", told, follow=True)
    assert "Petra Exampleton will answer" in asked.content.decode()
    acting("asha")
    need = Need.objects.get()

    petra = signed_in("petra")
    assert f"{base}needs/{need.pk}/answer/" in page_of(petra, base)
    petra.post(f"{base}needs/{need.pk}/answer/", {"answer": "Screening on 3 December"})

    assert "Screening on 3 December" in page_of(signed_in("asha"), base)


def test_a_need_is_added_shared_and_ended(signed_in, base, acting):
    client, on = signed_in("asha"), acting("asha").today
    told = {"kind": "BARRIER", "text": "The loud corridor", "is_shared": "on"}
    client.post(f"{base}needs/new/", told)
    acting("asha")
    need = Need.objects.get()
    assert "The loud corridor" in page_of(signed_in("petra"), base)

    page = client.post(f"{base}needs/{need.pk}/end/", day(on, "ended_on"), follow=True)

    assert "No longer so since" in page.content.decode()


def test_a_suspicion_without_evidence_is_asked_for_it(signed_in, base):
    answer = signed_in("asha").post(
        f"{base}needs/new/", {"kind": "SUSPECTED_SEND", "text": "Loses words"}
    )

    assert answer.status_code == 422
    assert "the evidence" in answer.content.decode()


def test_trauma_is_not_on_the_page_of_those_not_cleared(signed_in, base):
    told = {"kind": "TRAUMA", "text": "A fire at home", "source": "The child"}
    signed_in("asha").post(f"{base}needs/new/", told)

    assert "A fire at home" in page_of(signed_in("asha"), base)
    for name in ("mina", "petra", "hugo"):
        assert "A fire at home" not in page_of(signed_in(name), base), name


def test_a_face_stands_with_its_word(signed_in, base, acting):
    told = {"method": "FACES", "face": "2", "question": "Monday mornings", "is_shared": "on"}

    answer = signed_in("asha").post(
        f"{base}voice/new/", told | day(acting("asha").today, "said_on"), follow=True
    )

    assert "Chose “Hard”." in answer.content.decode()


def test_a_drawing_is_saved_by_those_who_may_read_it(signed_in, base, acting):
    told = {"method": "DRAWING", "upload": SimpleUploadedFile("house.png", PNG)}
    signed_in("asha").post(f"{base}voice/new/", told | day(acting("asha").today, "said_on"))
    acting("asha")
    url = f"{base}voice/{Voice.objects.get().pk}/file/"

    kept = signed_in("asha").get(url)

    assert kept.content == PNG
    assert kept["Content-Disposition"].startswith("attachment")
    assert (
        signed_in("petra").get(url).status_code == 404
    )  # Not for the school: the box was unticked.


def test_what_was_typed_for_another_way_of_asking_stands_in_nobodys_way(signed_in, base, acting):
    on = acting("asha").today
    said = {"said_on_0": on.day, "said_on_1": on.month, "said_on_2": on.year}
    told = {"method": "TALK", "about": "VIEW", "words": "I like maths", "scale": "ten"}

    answer = signed_in("asha").post(f"{base}voice/new/", told | said)

    assert answer.status_code == 302
    acting("asha")
    assert (Voice.objects.get().words, Voice.objects.get().scale) == ("I like maths", None)


def test_a_choice_without_its_answer_says_which(signed_in, base, acting):
    told = {"method": "SCALE", "scale": "12"} | day(acting("asha").today, "said_on")

    answer = signed_in("asha").post(f"{base}voice/new/", told)

    assert "The scale runs from 0 to 10." in answer.content.decode()


def test_two_people_writing_the_profile_are_shown_both(signed_in, base, worked, acting):
    told = {"version": "0", "words": "", "helps": "A card\nTime", "avoids": ""}
    first = signed_in("asha").post(f"{base}profile/", told)

    both = signed_in("mina").post(f"{base}profile/", told | {"helps": "A quiet room"})

    assert first.status_code == 302
    assert both.status_code == 409
    assert says_who_saved(both.content.decode(), "Asha")
    assert "A quiet room" in both.content.decode()
    assert "Asha Exampleton" in both.content.decode()
    acting("asha")
    assert Profile.objects.get().helps == ["A card", "Time"]


@pytest.mark.parametrize("name", ["omar", "marta", "nell"])
def test_out_of_scope_is_the_same_as_absent(signed_in, base, name):
    client, own = signed_in(name), base.split("/")[2]

    unseen, absent = client.get(base), client.get(base.replace(own, "99999999"))

    assert (unseen.status_code, absent.status_code) == (404, 404)
    assert plain(unseen.content) == plain(absent.content).replace("99999999", own)


def test_a_school_reads_that_scores_are_casework(signed_in, base, measure, acting, worked):
    actions.record_result(
        actor=acting("asha"), pupil=worked.pupil, measure=measure, informant="SELF",
        occasion="BASELINE", score=3, taken_on=acting("asha").today,
    )  # fmt: skip

    page = page_of(signed_in("petra"), base)

    assert "Scores are casework." in page
    assert "Belonging scale" not in page


@pytest.mark.parametrize("place", ["needs/new/", "scores/new/", "voice/new/", "profile/"])
def test_without_an_open_case_the_reason_stands_in_place_of_the_form(
    signed_in, base, place, worked, acting
):
    asha = acting("asha")
    worked.case.state, worked.case.closed_on = "CLOSED", asha.today
    worked.case.save(update_fields=["state", "closed_on"])

    page = page_of(signed_in("asha"), base + place)

    assert "There is no open case." in page
    assert 'type="radio"' not in page
